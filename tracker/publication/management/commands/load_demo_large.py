from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from amendments.services.loading import demo
from tracker.accounts.models import User
from tracker.publication.services.publishing import publish_laws


class Command(BaseCommand):
    help = "Load one large code with four editions into the demo. Does nothing when it is loaded already."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not demo.loaded():
            raise CommandError("Load the demo first: make demo.")
        if demo.loaded("fr-code-penal"):
            self.stdout.write("The large code is loaded already.")
            return
        started = time.monotonic()
        with transaction.atomic():
            laws = demo.load_large(settings.BASE_DIR / "demo", report=self._report)
            self.stdout.write(f"  texts in {time.monotonic() - started:.0f} s; publishing")
            publish_laws(laws, by=User.objects.get(handle="reviewer"))
        self.stdout.write(f"Loaded {', '.join(law.slug for law in laws)} in {time.monotonic() - started:.0f} s.")

    def _report(self, done: int, total: int, what: str) -> None:
        self.stdout.write(f"  [{done + 1}/{total}] {what}")
