"""Any law whose articles are a number and a full stop, with the heading behind them or on the line above."""

from __future__ import annotations

from dataclasses import replace

from codes.text.grammars.english import COMMONWEALTH
from codes.text.grammars.shape import exact

GENERIC = replace(
    COMMONWEALTH,
    name="generic",
    languages=("",),
    # "302. Punishment for murder.—Whoever …": the heading runs into the first words.
    article=exact(
        r"(?P<number>\d{1,4}[A-Z]{0,2})\.\s*(?:(?P<heading>[^\W\d_].{1,200}?)\.\s?[–—]\s?(?P<words>\S.*)|(?P<title>\S.*))$"
    ),
    printed_article="{number}.",
    parts=COMMONWEALTH.parts[:1],
)

SIDE_NOTES = replace(
    GENERIC,
    name="generic-side-notes",
    article=exact(r"(?P<number>\d{1,4}[A-Z]{0,2})\.(?:\s?[–—-])?\s*(?P<heading>\S.*)$"),
    first_words=exact("."),
    headings=False,
    heading_above=True,
)
"""Side notes of a print become lines above the number."""
