from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker.publication.services.erasure import replay


class Command(BaseCommand):
    help = "After a restore from a backup: erase again what the journal of erasures names."

    def handle(self, *_args: Any, **_options: Any) -> None:
        journal = Path(settings.ERASURE_JOURNAL)
        if not journal.exists():
            raise CommandError(f"There is no journal of erasures at {journal}. ERASURE_JOURNAL names it.")
        try:
            done, held = replay(journal)
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{done} erasures replayed; {held} stood already or name what this record does not hold.")
