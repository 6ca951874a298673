from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.publication import keys
from tracker.publication.models import Release
from tracker.publication.services import signing
from tracker.publication.services.verify import broken_release


class Command(BaseCommand):
    help = "For a key on another machine: print what a release's signature is over, or take the signature made there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release", type=int)
        parser.add_argument("--key", help="the public key, in hex")
        parser.add_argument("--signature", help="the signature, in hex")

    def handle(self, *_args: Any, **options: Any) -> None:
        number: int = options["release"]
        release = Release.objects.filter(number=number).first()
        if release is None:
            raise CommandError(f"There is no release {number}.")
        if not options["signature"]:
            found = broken_release(number)
            if found:
                raise CommandError(f"Do not sign: {found}")
            self.stdout.write(keys.message(release.hash).hex())
            return
        try:
            signing.bring(number, options["key"] or "", bytes.fromhex(options["signature"]))
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Release {number} is signed by {options['key'][:16]}.")
