from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.publication.mirror.build import Build, Busy, Nothing


class Command(BaseCommand):
    help = "Build the copy of the public record that opens from a disk, or bring it up to the newest release."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, help="the folder; what readers use is OUT/site")

    def handle(self, *_args: Any, **options: Any) -> None:
        begun = self.said = time.monotonic()
        try:
            outcome = Build(options["out"], self._progress).run()
        except (Nothing, Busy) as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"Release {outcome.release}: {outcome.pages} pages, {outcome.made} of them made anew; "
            f"{outcome.files} files, {outcome.size / 1e6:.1f} MB, in {time.monotonic() - begun:.1f} s."
        )

    def _progress(self, count: int, known: int, address: str) -> None:
        """A line for every five seconds that it takes."""
        if time.monotonic() - self.said > 5:
            self.said = time.monotonic()
            self.stdout.write(f"  {count} of {known} pages, now {address}")
