from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.publication.models import Document, Release
from tracker.publication.services import signing, verify_signatures
from tracker.publication.services.verify import broken_link


class Command(BaseCommand):
    help = "Recompute the whole public record, check its signatures, and name the first broken link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--remember", type=Path, metavar="FILE",
            help="keep the newest release here, and say at the next check when it is gone or another one",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        self.documents, self.said = Document.objects.count(), time.monotonic()
        self.stdout.write(f"Checking {Release.objects.count()} releases and {self.documents} documents …")
        file: Path | None = options["remember"]
        found = broken_link(self._progress)
        if not found and file is not None:
            found = next(verify_signatures.remembered_breaks(file), "")
        if found:
            raise CommandError(found)
        if file is not None:
            verify_signatures.remember(file)
        self.stdout.write("Every document, root and header recomputes. The chain is whole.")
        waiting = signing.waiting()
        if waiting:
            self.stdout.write(f"{len(waiting)} releases wait for their signature, the first is {waiting[0]}.")

    def _progress(self, read: int) -> None:
        """A line for every second that it takes."""
        if time.monotonic() - self.said > 1:
            self.said = time.monotonic()
            self.stdout.write(f"  {read} of {self.documents} documents")
