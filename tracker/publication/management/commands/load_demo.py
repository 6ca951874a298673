from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from amendments.services.loading import demo
from tracker.accounts.models import User
from tracker.publication.services import signing
from tracker.publication.services.publishing import publish_laws


class Command(BaseCommand):
    help = "Load the demo: the Kazakh case and one French bill. Does nothing when it is loaded already."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if demo.loaded():
            self.stdout.write("The demo is loaded already.")
            return
        signing.ready()
        with transaction.atomic():
            laws = demo.load(settings.BASE_DIR / "demo", report=self._report)
            self.stdout.write("  Publishing")
            release = publish_laws(laws, by=User.objects.get(handle="reviewer"))
        signing.sign_waiting()
        self.stdout.write(f"Loaded {len(laws)} laws; release {release.number if release else '-'} shows them.")

    def _report(self, done: int, total: int, what: str) -> None:
        self.stdout.write(f"  [{done + 1}/{total}] {what}")
