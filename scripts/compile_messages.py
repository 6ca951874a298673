"""Compile translation catalogues: every locale/…/*.po whose .mo is missing or differs. `--check` only reports."""

from __future__ import annotations

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    only_check = arguments == ["--check"]
    stale = 0
    for source in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not only_check and target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        compiled, complaints = _compile(source)
        for complaint in complaints:
            print(complaint, file=sys.stderr)
        stale += len(complaints)
        if target.exists() and target.read_bytes() == compiled:
            target.touch()
        elif only_check:
            print(f"{target.relative_to(ROOT)} is stale. Run make setup.", file=sys.stderr)
            stale += 1
        else:
            target.write_bytes(compiled)
    return 1 if stale else 0


def _compile(source: Path) -> tuple[bytes, list[str]]:
    """The bytes of the .mo, and what is wrong with the .po (a lost or invented placeholder, a broken plural)."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  not imported when there is nothing to do
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    # Babel puts the present day where the source names none; the same source must give the same bytes tomorrow.
    catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    complaints = [
        f"{source.relative_to(ROOT)}:{message.lineno}: {error}"
        for message, errors in catalogue.check()
        for error in errors
    ]
    complaints += [
        f"{source.relative_to(ROOT)}:{message.lineno}: a placeholder of the original is missing"
        for message in catalogue
        # A plural may leave its number out ("one article"), so only single messages are compared; Babel does not.
        if message.string and isinstance(message.id, str) and _names(message.id) - _names(str(message.string))
    ]
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue(), complaints


def _names(message: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", message))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
