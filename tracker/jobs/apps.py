from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "tracker.jobs"
    label = "jobs"

    def ready(self) -> None:
        from tracker import celery  # noqa: F401, PLC0415  # makes the Celery application the current one
