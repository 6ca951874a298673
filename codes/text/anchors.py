"""Where quoted words stand in another version of their article."""

from __future__ import annotations

from dataclasses import dataclass

from codes.text.nodes import Article
from codes.text.normalise import fold, key
from codes.text.tokens import tokenize

_NEAR = 0.6  # share of a quote's words in one paragraph from which it is shown as the changed passage


@dataclass(frozen=True, slots=True)
class Anchor:
    """`outcome` is identical, changed, gone or ambiguous. Offsets are into the text of the paragraph `eid`."""

    outcome: str
    article: str
    eid: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""


def locate(old: Article, new: Article, quote: str) -> Anchor:
    """Find the quote of `old` in `new`. Only equal words in one place are *identical*; a near passage is only shown.

    Raises `ValueError` when the quote does not stand in `old`.
    """
    if not any(key(quote) in key(paragraph.text) for paragraph in old.body):
        raise ValueError(f"These words are not in Article {old.number}. Check spelling or choose another part.")
    places = [(p.eid, at, p.text) for p in new.body for at in _occurrences(p.text, quote)]
    if len(places) > 1:
        return Anchor("ambiguous", new.number, quote=quote)
    if places:
        eid, at, text = places[0]
        end = at + len(quote)
        return Anchor("identical", new.number, eid, at, end, text[at:end])
    return _nearest(new, quote)


def _occurrences(text: str, quote: str) -> list[int]:
    folded, wanted = fold(text), fold(quote)
    found = []
    at = folded.find(wanted)
    while at >= 0:
        found.append(at)
        at = folded.find(wanted, at + 1)
    return found


def _nearest(new: Article, quote: str) -> Anchor:
    wanted = {token.key for token in tokenize(quote) if token.word}
    best = Anchor("gone", new.number)
    most = _NEAR
    for paragraph in new.body:
        tokens = [token for token in tokenize(paragraph.text) if token.word]
        hits = [token for token in tokens if token.key in wanted]
        share = len({token.key for token in hits}) / len(wanted) if wanted else 0.0
        if share > most:
            most = share
            start, end = hits[0].start, hits[-1].end
            best = Anchor("changed", new.number, paragraph.eid, start, end, paragraph.text[start:end])
    return best
