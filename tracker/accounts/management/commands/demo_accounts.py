from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tracker.accounts.demo import HANDLES, PASSWORD
from tracker.accounts.models import User


class Command(BaseCommand):
    help = "Print the demo's accounts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        known = set(User.objects.filter(is_demo=True).values_list("handle", flat=True))
        self.stdout.write(f"Demo accounts (password of each: {PASSWORD}):")
        for handle in HANDLES:
            if handle in known:
                self.stdout.write(f"  {handle}")
