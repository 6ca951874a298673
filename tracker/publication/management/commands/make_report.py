from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.publication.pages.overview import BASES
from tracker.publication.pages.words import VERDICTS
from tracker.publication.reports.content import PRESETS, Options, Unreportable
from tracker.publication.reports.making import public_report
from tracker.publication.reports.render import RENDERERS


class Command(BaseCommand):
    help = "Make a report of a law from the newest release, as a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("law", help="its slug, as in addresses")
        parser.add_argument("--preset", choices=PRESETS, required=True)
        parser.add_argument("--language", choices=[code for code, _ in settings.LANGUAGES], required=True)
        parser.add_argument("--format", choices=list(RENDERERS), required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument("--text", default="", help="the text reported on, by its slug (the newest one)")
        parser.add_argument("--texts", nargs="*", default=[], help="texts that the history shows (all)")
        parser.add_argument("--base", choices=list(BASES), default="rec", help="what verdicts are measured by")
        parser.add_argument("--topics", nargs="*", default=[], help="only concerns with one of these topics")
        parser.add_argument("--verdicts", nargs="*", default=[], choices=list(VERDICTS), help="list only these")
        parser.add_argument("--without-quotes", action="store_true", help="no words of the law")
        parser.add_argument("--cover", default="", help="a text of your own before the report")
        parser.add_argument("--since", type=date.fromisoformat, metavar="DAY", help="changes after this day")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="the record as it stood on this day")

    def handle(self, *_args: Any, **given: Any) -> None:
        options = Options(
            preset=given["preset"],
            language=given["language"],
            text=given["text"],
            texts=tuple(given["texts"]),
            base=BASES[given["base"]],
            topics=tuple(given["topics"]),
            verdicts=tuple(given["verdicts"]),
            quotes=not given["without_quotes"],
            cover=given["cover"],
            since=given["since"],
        )
        try:
            content = public_report(given["law"], options, given["on"])
            made = RENDERERS[given["format"]](content)
        except Unreportable as reason:
            raise CommandError(str(reason)) from None
        given["out"].write_bytes(made)
        self.stdout.write(f"{given['out']}: {len(made):,} bytes, release {content.origin.release}")
