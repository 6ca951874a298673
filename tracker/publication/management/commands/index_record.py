from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tracker.publication.services import findable


class Command(BaseCommand):
    help = "Build what the public search looks in anew, from what the record shows now."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"The public search holds {findable.rebuild()} texts.")
