from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tracker.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415  # apps are loaded only now

        from tracker.accounts.sessions import begin  # noqa: PLC0415

        user_logged_in.connect(begin, dispatch_uid="session begins")
