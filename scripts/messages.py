"""Collect the strings of templates and Python into locale/{ru,kk}/LC_MESSAGES/django.po, keeping what is translated.

    python scripts/messages.py            update the catalogues
    python scripts/messages.py --check    report catalogues that lack a string or a translation; exit 1 if any

Needs no GNU gettext: Django turns a template into Python-like source, Babel reads the strings from it.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ru", "kk")
PYTHON_FOLDERS = ("tracker", "codes", "amendments")
# Header lines that change with every run or name a person.
UNWANTED = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To")
HEADER = """\
# Strings of the Draft Law Monitor. Entries commented "machine-made, not reviewed by a native editor" wait for one:
# whoever reviews an entry removes its comment.
#"""
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def sources() -> Iterator[tuple[Path, str]]:
    """Every file with strings, as source that Babel's Python reader understands."""
    for folder in PYTHON_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield path, templatize(path.read_text(encoding="utf-8"), origin=str(path))


def collected() -> Catalog:
    """All strings with their places (files only: line numbers would change with every edit)."""
    found = Catalog(project="Draft Law Monitor", charset="utf-8", fuzzy=False)
    for path, text in sources():
        place = path.relative_to(ROOT).as_posix()
        for _line, message, comments, context in extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, ("Translators:",)
        ):
            found.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return found


def updated(language: str, strings: Catalog) -> Catalog:
    """The catalogue of a language with today's strings. Strings that are gone leave it."""
    path = catalogue_path(language)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    else:
        catalogue = Catalog(locale=language, project=strings.project, charset="utf-8", fuzzy=False)
    catalogue.header_comment = HEADER
    catalogue.update(strings, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        message.locations = sorted({(place, 0) for place, _ in message.locations})
    return catalogue


def catalogue_path(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def as_bytes(catalogue: Catalog) -> bytes:
    written = io.BytesIO()
    write_po(written, catalogue, width=120, sort_output=True, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in UNWANTED))).encode()


def untranslated(catalogue: Catalog) -> list[str]:
    """The strings without a translation; of a plural, every form counts."""
    missing = []
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(forms):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def main(arguments: list[str]) -> int:
    settings.configure(USE_I18N=True)
    django.setup()
    strings, failures = collected(), 0
    for language in LANGUAGES:
        catalogue = updated(language, strings)
        written = as_bytes(catalogue)
        path = catalogue_path(language)
        missing = untranslated(catalogue)
        for string in missing:
            print(f"{language}: not translated: {string}")
        failures += len(missing)
        if arguments == ["--check"]:
            stale = not path.exists() or path.read_bytes() != written
            failures += stale
            if stale:
                print(f"{path.relative_to(ROOT)} is stale. Run python scripts/messages.py.")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written)
    return 1 if failures and arguments == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
