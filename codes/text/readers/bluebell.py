"""The outline text of Akoma Ntoso editors: every unit begins with its name in capitals, `SECTION 12. - Heading`.

It is turned into the lines that the printed law has: names of units that a print does not show are left out, a unit's
number stands before its first words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNIT = re.compile(
    r"(SUBSECTION|PARAGRAPH|SUBPARAGRAPH|POINT|ITEM|INDENT|CLAUSE|SUBCLAUSE|SUBRULE)\s+(\S+?)(?:\s+-\s+(.*))?$"
)
_SECTION = re.compile(r"(SECTION|ARTICLE)\s+(\S+?)\.?(?:\s+-\s+(.*))?$")
_SCHEDULE = re.compile(r"(?:SCHEDULE|ANNEXURE|APPENDIX|ATTACHMENT)(?:\s+(.*))?$")
_TITLED = re.compile(r"(?:HEADING|SUBHEADING|CROSSHEADING|LONGTITLE|P)\s+(.*)$")
_SILENT = re.compile(
    r"(?:PREFACE|PREAMBLE|BODY|CONCLUSIONS|BLOCKLIST|ITEMS|BULLETS|QUOTE|TABLE|TR|T[CH](?:\{[^}]*\})?)$"
)
_INLINE = re.compile(r"\{\{[\^_>*+-]?([^{}]*)\}\}")
_MARKS = (
    re.compile(r"^[ \t]*BODY[ \t]*$", re.MULTILINE),
    re.compile(r"^[ \t]*(?:SECTION|ARTICLE) \S+ - ", re.MULTILINE),
)


def is_bluebell(text: str) -> bool:
    """Whether a text is in this form: it names its body and its sections in the form's own way."""
    return "BODY" in text and all(mark.search(text) for mark in _MARKS)


def printed_lines(text: str) -> Iterator[tuple[int, str]]:
    """(line number in the source, line as a print of the law has it)."""
    waiting: tuple[int, str] | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or _SILENT.match(line):
            continue
        unit = _UNIT.match(line)
        printed = _structure(line)
        if waiting is not None and (unit or printed is not None):
            yield waiting
            waiting = None
        if unit:
            waiting = (number, f"{unit[2]} {unit[3] or ''}".strip())
            if unit[3]:
                yield waiting
                waiting = None
        elif printed is not None:
            yield number, printed
        elif waiting is not None:
            yield number, f"{waiting[1]} {_plain(line)}"
            waiting = None
        else:
            yield number, _plain(line)
    if waiting is not None:
        yield waiting


def _structure(line: str) -> str | None:
    section, schedule, titled = _SECTION.match(line), _SCHEDULE.match(line), _TITLED.match(line)
    if section:
        return f"{section[1].capitalize()} {section[2]}. {_plain(section[3] or '')}".strip()
    if schedule:
        name = schedule[1] or ""
        return (
            _plain(name) if name.lower().startswith(("schedule", "annex", "appendix")) else f"SCHEDULE - {_plain(name)}"
        )
    return _plain(titled[1]) if titled else None


def _plain(line: str) -> str:
    """Without escapes and inline marks."""
    return _INLINE.sub(r"\1", line.removeprefix("\\")).replace("**", "")
