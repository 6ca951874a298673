from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from codes.services.invitations import invite_first_administrator


class Command(BaseCommand):
    help = "Print the path of an invitation for the first administrator. It works once, for 72 hours."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            token = invite_first_administrator()
        except PermissionDenied as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Open this path on the members' site, once: /w/join/{token}/")
