from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PublicationConfig(AppConfig):
    """The last app in the order of imports: when it is migrated, the guards are set over all tables."""

    name = "tracker.publication"
    label = "publication"

    def ready(self) -> None:
        from tracker.guards import apply_guards  # noqa: PLC0415  # needs every app's models

        post_migrate.connect(apply_guards, dispatch_uid="guards")
