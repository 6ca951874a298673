"""From a paragraph's words to penalties: where each kind stands, which alternative it belongs to, how much it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codes.text.normalise import fold
from codes.text.penalties.numbers import value, word_value

MAIN = ("warning", "fine", "deprivation_of_post", "community_service", "correctional_labour",
        "restriction_of_liberty", "arrest",
        "compulsory_labour", "imprisonment", "life_imprisonment", "death")  # fmt: skip
WITHOUT_AMOUNT = frozenset({"life_imprisonment", "death", "confiscation", "deprivation_of_citizenship", "warning"})


@dataclass(frozen=True, slots=True)
class Language:
    """How one language writes penalties. `opens` finds where they begin; amounts stand after the kind, or before it.

    `joins` matches, just before a kind, what attaches it to the alternative before.
    """

    code: str
    opens: re.Pattern[str]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    amount_first: bool
    splits: re.Pattern[str]
    joins: re.Pattern[str]
    same: re.Pattern[str]
    optional: re.Pattern[str]
    units: tuple[tuple[str, re.Pattern[str]], ...]
    up_to: re.Pattern[str]
    from_: re.Pattern[str]
    unsure: re.Pattern[str]
    maxima_only: bool = False
    addressee: re.Pattern[str] = re.compile(r"(?!)")
    noise: re.Pattern[str] = re.compile(r"(?!)")  # number words that count nothing: "a certain post"


@dataclass(frozen=True, slots=True)
class Found:
    """One kind at its place: span of its words in the text, its alternative, whether it is attached to another."""

    kind: str
    start: int
    end: int
    alternative: int
    attached: bool


def kinds_in(text: str, language: Language) -> list[Found]:
    """Every penalty of a sanction text, in order. `text` is folded; spans run over the words that say how much."""
    hits = sorted(_hits(text, language), key=lambda hit: hit[1])
    found: list[Found] = []
    alternative = 0
    for place, (kind, start, end) in enumerate(hits):
        if language.amount_first:
            low, high = _amount_start(text, hits[place - 1][2] if place else 0, start, language), end
        else:
            low, high = start, (hits[place + 1][1] if place + 1 < len(hits) else len(text))
        between = text[hits[place - 1][2] if place else 0 : start]
        attached = place > 0 and _attached(text, hits[place - 1], between, start, language)
        if place and language.addressee.search(between):
            alternative = 0
            attached = False
        alternative += 0 if attached else 1
        found.append(Found(kind, *_trim(text, low, high, language), alternative, attached))
    return found


def _amount_start(text: str, low: int, start: int, language: Language) -> int:
    """Where amounts come first, a penalty begins at its number, or at "the same term"; without either, at its own
    words.
    """
    between = language.noise.sub(lambda m: " " * len(m.group()), text[low:start])
    same = language.same.search(between)
    if same is not None:
        return low + same.start()
    for match in re.finditer(r"\d[\d  ]*\d|\d|[\w'-]+", between):
        if word_value(match.group(), language.code) is not None:
            elided = match.group().find("'") + 1
            return low + match.start() + elided
    return start


def _attached(text: str, before: tuple[str, int, int], between: str, start: int, language: Language) -> bool:
    if language.amount_first:
        # "… отырып" before the main penalty, or "et" between two amounts, makes one alternative
        head = text[before[1] : before[2] + len(between)]
        return bool(language.joins.search(head)) and not language.splits.search(_cleared(between, language))
    return bool(language.joins.search(text[:start]))


def _cleared(between: str, language: Language) -> str:
    return language.optional.sub(" ", between)


def _hits(text: str, language: Language) -> Iterator[tuple[str, int, int]]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in language.kinds:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield kind, match.start(), match.end()


_TAIL = re.compile(r"[\s,;.:–—-]+$")


def _trim(text: str, start: int, end: int, language: Language) -> tuple[int, int]:
    """Cut the connecting words off both ends of a span."""
    piece = text[start:end]
    while True:
        shorter = _TAIL.sub("", piece)
        tail = _last_connector(shorter, language)
        if tail is None:
            piece = shorter
            break
        piece = shorter[:tail]
    return start, start + len(piece)


def _last_connector(piece: str, language: Language) -> int | None:
    found = re.search(r"(?:^|\s)(?:либо|или|а равно|а также|с|и|or|and|with|either|не|немесе|ou|et|de)$", piece)
    return found.start() if found and not language.optional.search(piece[found.start() :]) else None


@dataclass(frozen=True, slots=True)
class Amount:
    minimum: int | None
    maximum: int | None
    unit: str
    sure: bool = True


def amount(piece: str, language: Language) -> Amount | None:
    """The range a piece states; None when it states none."""
    for unit, pattern in language.units:
        found = pattern.search(piece)
        if found is not None:
            return _range(piece, found.start(), unit, language)
    return None


def _range(piece: str, unit_at: int, unit: str, language: Language) -> Amount | None:
    piece = language.noise.sub(lambda m: " " * len(m.group()), piece)
    words = [(m.group(), m.start()) for m in re.finditer(r"\d[\d  ]*\d|\d|[\w'-]+", piece)]
    runs: list[tuple[int, list[str]]] = []
    fresh = True
    for word, start in words:
        if word_value(word, language.code) is None:
            fresh = True
            continue
        if fresh:
            runs.append((start, []))
            fresh = False
        elif language.code == "kk" and runs[-1][1] and re.search(r"(?:дан|ден|тан|тен|нан|нен)$", runs[-1][1][-1]):
            runs.append((start, []))
        runs[-1][1].append(word)
    numbers = [(start, value(run, language.code)) for start, run in runs]
    known = [(start, number) for start, number in numbers if number is not None]
    if not known:
        return None
    sure = not language.unsure.search(piece) and len(known) <= 2
    return _as_range(piece, known[:2], unit, language, sure)


def _as_range(piece: str, known: list[tuple[int, int]], unit: str, language: Language, sure: bool) -> Amount:
    numbers = [number for _, number in known]
    if len(known) == 2:
        low, high = numbers
        if (
            low * 1000 <= high
            and high % 1000 == 0
            and "тыс" not in piece[known[0][0] : known[1][0]]
            and language.code == "ru"
        ):
            low *= 1000  # "от трех до семи тысяч": the thousand is said once
        first_unit = next((u for u, p in language.units if p.search(piece[known[0][0] : known[1][0]])), unit)
        if (first_unit == "months" and unit == "years") or (first_unit == "years" and unit == "months"):
            return Amount(
                low * (12 if first_unit == "years" else 1), high * (12 if unit == "years" else 1), "months", sure
            )
        return Amount(None if language.maxima_only else low, high, unit, sure and low <= high)
    number = numbers[0]
    if language.maxima_only or language.up_to.search(piece):
        return Amount(None, number, unit, sure)
    if language.from_.search(piece):
        return Amount(number, None, unit, sure)
    return Amount(number, number, unit, sure)


def folded(text: str) -> str:
    """Folded for reading, with the length kept; line breaks are spaces."""
    return fold(text)
