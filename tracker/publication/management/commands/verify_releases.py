from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.publication.models import Document, Release
from tracker.publication.services.verify import broken_link


class Command(BaseCommand):
    help = "Recompute the whole public record and name the first broken link."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.documents, self.said = Document.objects.count(), time.monotonic()
        self.stdout.write(f"Checking {Release.objects.count()} releases and {self.documents} documents …")
        found = broken_link(self._progress)
        if found:
            raise CommandError(found)
        self.stdout.write("Every document, root and header recomputes. The chain is whole.")

    def _progress(self, read: int) -> None:
        """A line for every second that it takes."""
        if time.monotonic() - self.said > 1:
            self.said = time.monotonic()
            self.stdout.write(f"  {read} of {self.documents} documents")
