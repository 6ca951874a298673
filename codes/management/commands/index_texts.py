"""Make all texts findable again: after an upgrade that brought the search, or when the index is in doubt."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from codes.services import search_index


class Command(BaseCommand):
    help = "Builds the search index of all article texts anew."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{search_index.rebuild()} article texts can be found.")
