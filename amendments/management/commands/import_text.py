"""`manage.py import_text FILE… --law … --version … --stage … --date … --language …`: the whole way of a text."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from amendments.services import importing
from codes.models import Code, Source, Stage
from codes.services.texts import AlreadyHeld
from codes.text.nodes import TextError
from tracker.accounts.services import members

SHOWN_PROBLEMS = 10
BAR = 30


class Command(BaseCommand):
    help = (
        "Add a text of a law: read, parse, align with the text before it and with current law, compare. All or nothing."
    )

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        """`--version` names the text here; Django's own, which prints a release number, gives way."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **options)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--law", required=True, help="slug of the law")
        parser.add_argument("--version", required=True, dest="slug", help="short name of this text in addresses")
        parser.add_argument("--stage", required=True, help="slug of a stage of the law's jurisdiction")
        parser.add_argument("--date", required=True, type=date.fromisoformat, help="date of the text, 2014-05-21")
        parser.add_argument("--language", required=True)
        parser.add_argument("--source", help="slug of a known source; default: none is named")

    def handle(self, *_args: Any, **options: Any) -> None:
        law = self._one(Code, slug=options["law"])
        stage = self._one(Stage, jurisdiction=law.jurisdiction, slug=options["stage"])
        by = members.system()
        source = self._one(Source, slug=options["source"]) if options["source"] else importing.unnamed_source(by=by)
        try:
            found = importing.import_text(
                law=law, slug=options["slug"], stage=stage, day=options["date"], language=options["language"],
                paths=options["files"], source=source, by=by, report=self._report,
            )  # fmt: skip
        except AlreadyHeld as held:
            self.stdout.write(str(held))
            return
        except TextError as error:
            raise CommandError(str(error)) from error
        self._tell(found)

    def _one(self, model: Any, **wanted: Any) -> Any:
        found = model.objects.filter(**wanted).first()
        if found is None:
            known = ", ".join(model.objects.values_list("slug", flat=True).distinct()[:40])
            raise CommandError(f"There is no {model.__name__.lower()} {wanted['slug']}. Known: {known}.")
        return found

    def _report(self, done: int, total: int, what: str) -> None:
        if sys.stderr.isatty():
            filled = round(BAR * done / max(total, 1))
            self.stderr.write(
                f"\r[{'#' * filled}{'.' * (BAR - filled)}] {what:<40}", ending="\n" if done == total else ""
            )
        else:
            self.stderr.write(what)

    def _tell(self, found: importing.Findings) -> None:
        tree = found.tree
        self.stdout.write(
            f"{found.version.slug}: {len(tree.articles)} articles in {len(tree.divisions)} divisions. Not public yet."
        )
        for slug, links, asked in found.compared:
            self.stdout.write(f"Compared with {slug}: {links} links, {asked} need a person.")
        for problem in tree.problems[:SHOWN_PROBLEMS]:
            self.stdout.write(f"{problem.severity}: {problem.message}")
        if len(tree.problems) > SHOWN_PROBLEMS:
            self.stdout.write(f"… and {len(tree.problems) - SHOWN_PROBLEMS} more problems.")
