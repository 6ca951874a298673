from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.publication.models import Document, Release
from tracker.publication.services.verify import broken_link


class Command(BaseCommand):
    help = "Recompute the whole public record and name the first broken link."

    def handle(self, *_args: Any, **_options: Any) -> None:
        releases, documents = Release.objects.count(), Document.objects.count()
        self.stdout.write(f"Checking {releases} releases and {documents} documents …")
        found = broken_link()
        if found:
            raise CommandError(found)
        self.stdout.write("Every document, root and header recomputes. The chain is whole.")
