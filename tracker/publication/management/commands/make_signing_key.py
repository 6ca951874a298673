from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.publication.services import signing


class Command(BaseCommand):
    help = (
        "Make the key that signs releases, in the file that SIGNING_KEY_FILE names, and let it sign from the next on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--adopt", metavar="PUBLIC_KEY", help="let a key sign whose private part lies on another machine"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        public: str = options["adopt"] or self._made()
        if len(public) != 64 or not set(public) <= set("0123456789abcdef"):
            raise CommandError("A public key has 64 hexadecimal digits.")
        signing.adopt(public)
        self.stdout.write(f"Public key {public}. It signs from the next release on.")

    def _made(self) -> str:
        path = settings.SIGNING_KEY_FILE
        if path is None:
            raise CommandError("SIGNING_KEY_FILE is not set. Name a file outside the repository and its backups.")
        try:
            return signing.make_key(path)
        except FileExistsError:
            raise CommandError(f"There is a key in {path} already; it is not overwritten.") from None
