"""Any law whose articles are a number, a full stop and a heading on one line."""

from __future__ import annotations

from dataclasses import replace

from codes.text.grammars.english import COMMONWEALTH
from codes.text.grammars.shape import exact

GENERIC = replace(
    COMMONWEALTH,
    name="generic",
    languages=("",),
    article=exact(r"(?P<number>\d{1,4}[A-Z]{0,2})\.\s*(?P<heading>\S.*)$"),
    printed_article="{number}.",
    parts=COMMONWEALTH.parts[:1],
)
