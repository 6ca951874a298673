"""Sentences of the text engine and of jobs, which know no language, said in the member's.

They are kept in English. Each is recognised by its wording, and what stands between the words is carried over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext, gettext_noop

PROBLEMS = (
    gettext_noop("No article was found. Check that this is the text of a law."),
    gettext_noop("Number %(number)s is printed twice."),
    gettext_noop("Number %(number)s is printed %(count)s times."),
    gettext_noop("A number is missing: %(before)s → %(after)s."),
    gettext_noop("Numbers go back: %(before)s → %(after)s."),
    gettext_noop("Part %(part)s is printed twice in Article %(number)s."),
    gettext_noop("Parts of Article %(number)s do not follow: %(before)s → %(after)s."),
    gettext_noop("Article %(number)s has no text."),
    gettext_noop("Article %(number)s is %(times)s times longer than usual. Does another article hide in it?"),
    gettext_noop("Line %(line)s looks like an article and was not read as one: %(words)s"),
    gettext_noop("Line %(line)s looks like a page number: %(words)s"),
    gettext_noop("This line stands in the text %(count)s times, like a page header: %(words)s"),
    gettext_noop("A line that counts stands in the text %(count)s times, like a page header: %(words)s"),
    gettext_noop("Lines %(first)s to %(last)s were taken for a list of contents, not for articles."),
    gettext_noop("Article %(number)s: Latin and Cyrillic letters are mixed in %(words)s."),
    gettext_noop("Latin and Cyrillic letters are mixed in the heading %(words)s."),
    gettext_noop(
        "The publisher announces a wording of the future at Article %(number)s. It is kept as a note, not as law."
    ),
    gettext_noop("The file holds tracked changes. It was read with these accepted."),
    gettext_noop("The file holds tracked changes. It was read with these refused."),
    gettext_noop("The file holds hidden text. It was left out."),
    gettext_noop("Columns stand side by side on pages: %(pages)s. Check the order of their lines."),
    gettext_noop("Characters that could not be read: %(count)s. They are shown as %(mark)s."),
)
FAILURES = (
    gettext_noop("No article was found in %(name)s. Check that it is the text of a law."),
    gettext_noop("There is no file %(name)s. Check the path."),
    gettext_noop("%(name)s is %(size)s MB. The limit is %(limit)s MB. Remove images or split it."),
    gettext_noop("The file is %(size)s MB. The limit is %(limit)s MB. Remove images or split it."),
    gettext_noop("%(name)s is an archive. Upload DOCX, PDF or HTML, or paste the text."),
    gettext_noop("%(name)s is a DjVu file. Upload DOCX, PDF or HTML, or paste the text."),
    gettext_noop("%(name)s is a picture. Upload DOCX, PDF or HTML, or paste the text."),
    gettext_noop("%(name)s is an RTF file. Upload DOCX, PDF or HTML, or paste the text."),
    gettext_noop("%(name)s is not a text file. Upload DOCX, PDF or HTML, or paste the text."),
    gettext_noop("%(name)s is an old Word file (.doc) or has a password. Upload DOCX, PDF or HTML, or paste the text."),
    gettext_noop("%(name)s is %(kind)s. Upload DOCX, PDF or HTML, or paste the text."),
    gettext_noop("%(name)s is empty. Choose another file."),
    gettext_noop("%(name)s holds no text. Choose another file."),
    gettext_noop("%(name)s holds no text. Save the page again, or paste the text."),
    gettext_noop("%(name)s is damaged or has a password. Save it again as DOCX without one."),
    gettext_noop("%(name)s is damaged or has a password. Save it again as PDF without one."),
    gettext_noop("%(name)s is damaged. Save it again as PDF, or upload DOCX."),
    gettext_noop("%(name)s is encrypted. Save it again as PDF without protection."),
    gettext_noop("%(name)s has %(pages)s pages. The limit is %(limit)s. Split it."),
    gettext_noop("%(name)s is set in columns whose order cannot be told. Upload DOCX, or one column."),
    gettext_noop("This PDF has no text. Run OCR or upload DOCX."),
    gettext_noop("%(name)s is too large inside. Remove images, or save only the text."),
    gettext_noop("%(name)s unpacks to far more than it holds, as harmful files do. Save it again as DOCX."),
    gettext_noop("%(name)s holds macros or strange paths. Save it as DOCX without macros."),
    gettext_noop("%(name)s declares a document type of its own, which is not read. Save it without one."),
    gettext_noop("%(name)s could not be read as a web page. Save it again, or paste the text."),
    gettext_noop("%(name)s is not well-formed XML: %(reason)s. Save it again."),
    gettext_noop("%(name)s holds no XML element. Choose another file."),
    gettext_noop("%(name)s is nested more than %(limit)s levels deep. Save it again as DOCX or plain text."),
    gettext_noop("Line %(line)s is not of the outline form. Convert the law again."),
    gettext_noop(
        "%(name)s could not be read: its reader gave no usable answer. Save it again as DOCX or plain text, or paste "
        "the text."
    ),
    gettext_noop(
        "%(name)s could not be read: its reader stopped. Save it again as DOCX or plain text, or paste the text."
    ),
    gettext_noop("Reading %(name)s took too long. Split it, or paste the text."),
    gettext_noop("Reading %(name)s needs too much memory. Split it, or paste the text."),
    gettext_noop("%(name)s holds more text than we can take. Split it."),
    gettext_noop("%(name)s is held already: it is the text of %(text)s. Nothing was added."),
    gettext_noop("There is a text %(text)s of %(law)s already. Choose another name for this one."),
    gettext_noop("The work was given up after %(count)s tries. Ask an administrator to look at it."),
)
FIXES = (
    gettext_noop("There is no Article %(number)s on line %(line)s any more. Load the page again."),
    gettext_noop("There is an Article %(number)s already. Correct or join that one first."),
    gettext_noop("The heading would be lost. Correct it, or say that this is no article."),
    gettext_noop("The number of an article has digits, and 40 characters at most."),
    gettext_noop("This place is not in Article %(number)s any more. Load the page again."),
    gettext_noop("No number is printed here. Type the number of the article that begins here."),
    gettext_noop("No article stands before Article %(number)s in its chapter. Say that it is no article."),
)
PROGRESS = (
    gettext_noop("Reading the file"),
    gettext_noop("Matching the articles with %(text)s"),
    gettext_noop("Adding the articles"),
    gettext_noop("Comparing with %(text)s"),
    gettext_noop("Looking up the notes"),
    gettext_noop("Done"),
)
# Why two articles are linked: parts of one sentence, those that begin alike with the longer one first.
REASONS = (
    gettext_noop("title equal"),
    gettext_noop("title %(percent)s %% alike"),
    gettext_noop("text equal"),
    gettext_noop("%(percent)s %% of the words equal, rare words counting more"),
    gettext_noop("number equal, printed twice in one of the texts"),
    gettext_noop("number equal"),
    gettext_noop("number %(difference)s"),
    gettext_noop("%(percent)s %% of the old article's words stand in the other"),
    gettext_noop("%(percent)s %% of the new article's words stand in the other"),
    gettext_noop("apart from the other parts"),
    gettext_noop("another article holds many of them too"),
    gettext_noop("not many, or its neighbours' too"),
    gettext_noop("no article of the old text is alike"),
    gettext_noop("no article of the new text is alike"),
    gettext_noop("the nearest article of the old text, %(number)s, is %(percent)s %% alike"),
    gettext_noop("the nearest article of the new text, %(number)s, is %(percent)s %% alike"),
)
# What values of a reason look like, so that words of a person are not taken for one of ours.
_VALUES = {"percent": r"\d+", "difference": r"[+-]\d+"}
_PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in the member's language; `language` is "en" where nobody has a wording of ours for it, else ""."""

    text: str
    language: str


def say(sentence: str) -> Said:
    """A sentence of the engine or of a job."""
    for known, pattern in _patterns():
        found = pattern.fullmatch(sentence)
        if found is not None:
            return Said(gettext(known) % found.groupdict(), "")
    return Said(sentence, "en")


def say_reason(reason: str) -> Said:
    """Why two articles are linked, in the member's language. What a person wrote stays as it was written."""
    said, at = [], 0
    while at < len(reason):
        for known, pattern in _reason_patterns():
            found = pattern.match(reason, at)
            if found is not None:
                said.append(gettext(known) % found.groupdict())
                at = found.end()
                break
        else:
            return Said(reason, "en")
    return Said(", ".join(said), "")


@cache
def _reason_patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(known, re.compile(_pattern(known).pattern + r"(?:[,;] |$)", re.DOTALL)) for known in REASONS]


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(known, _pattern(known)) for known in (*PROBLEMS, *FAILURES, *FIXES, *PROGRESS)]


def _pattern(known: str) -> re.Pattern[str]:
    pieces: Iterable[str] = _PLACE.split(known)
    return re.compile(
        "".join(
            f"(?P<{piece}>{_VALUES.get(piece, '.+?')})" if at % 2 else re.escape(piece.replace("%%", "%"))
            for at, piece in enumerate(pieces)
        ),
        re.DOTALL,
    )
