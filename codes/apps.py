from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "codes"
    verbose_name = "The law's words"

    def ready(self) -> None:
        from codes import checks  # noqa: F401, PLC0415  # registers what `check --deploy` asks
