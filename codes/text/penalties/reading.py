"""From a paragraph's words to penalties: where each kind stands, which alternative it belongs to, how much it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from codes.text.normalise import fold
from codes.text.penalties.currencies import currencies
from codes.text.penalties.numbers import NUMBER, value, word_value

MAIN = ("warning", "fine", "deprivation_of_post", "community_service", "correctional_labour",
        "restriction_of_liberty", "arrest",
        "compulsory_labour", "imprisonment", "life_imprisonment", "death")  # fmt: skip
NEVER = re.compile(r"(?!)")
WITHOUT_AMOUNT = frozenset({"life_imprisonment", "death", "confiscation", "deprivation_of_citizenship", "warning"})


@dataclass(frozen=True, slots=True)
class Language:
    """How one language writes penalties. A statement of penalties runs from `opens` to `ends`, without `excluded`
    words before it; amounts stand after the kind, or before it.

    `joins` matches, just before a kind, what attaches it to the alternative before.
    """

    code: str
    cues: tuple[str, ...]  # a paragraph without any of them provides no penalty
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
    addressee: re.Pattern[str] = NEVER
    whom: re.Pattern[str] = NEVER  # up to an amount that comes first: for whom it is
    other: re.Pattern[str] = NEVER  # names a penalty without providing one: "the fine that was not paid"
    noise: re.Pattern[str] = NEVER  # number words that count nothing: "a certain post"
    ends: re.Pattern[str] = NEVER  # where a statement ends before its paragraph does
    excluded: re.Pattern[str] = NEVER  # up to an opening: it speaks of another offence's penalty
    stops: re.Pattern[str] = NEVER  # after a kind: what follows is no longer its amount
    both: re.Pattern[str] = NEVER  # "or both": one more alternative that repeats the two before
    lists: re.Pattern[str] = NEVER  # a first line whose items are each a penalty
    every: re.Pattern[str] = NEVER  # in such an item, penalties that need no opening word
    condition: re.Pattern[str] = NEVER  # in such an item, where it goes on to say when
    again: re.Pattern[str] = NEVER  # the penalties of the part before, once more
    least_only: re.Pattern[str] = NEVER  # the only number of a piece is the least
    sums: re.Pattern[str] = NEVER  # "#" beside its currency: a number of a fine counts only so
    unlimited: re.Pattern[str] = NEVER  # penalties that state no amount of their own, and are complete so


@dataclass(frozen=True, slots=True)
class Found:
    """One kind at its place: span of its words in the text, its alternative, whether it is attached to another.

    `repeats` is the place in the list of the penalty that "or both" gives again.
    """

    kind: str
    start: int
    end: int
    alternative: int
    attached: bool
    repeats: int | None = None


def kinds(table: dict[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of each kind, in the order in which they are tried."""
    return tuple((kind, re.compile(pattern)) for kind, pattern in table.items())


Hit = tuple[str, int, int]
_BOTH = "both"


def statements(text: str, language: Language) -> list[tuple[int, int]]:
    """Where a folded text provides penalties: spans in order that do not overlap."""
    spans: list[tuple[int, int]] = []
    for opening in language.opens.finditer(text):
        start = opening.start() if language.ends is not NEVER else opening.end()
        context = text[max(0, start - 130) : opening.end()]
        if (spans and start < spans[-1][1]) or language.excluded.search(context):
            continue
        end = language.ends.search(text, opening.end())
        spans.append((start, end.start() if end else len(text)))
    return spans


def kinds_in(text: str, language: Language) -> list[Found]:
    """Every penalty of one statement, in order. `text` is folded; spans run over the words that say how much."""
    text = language.other.sub(lambda match: " " * len(match.group()), text)
    hits = sorted(_hits(text, language), key=lambda hit: hit[1])
    found: list[Found] = []
    alternative, told = 0, False
    for place, (kind, start, end) in enumerate(hits):
        between = text[hits[place - 1][2] if place else 0 : start]
        if kind == _BOTH:
            alternative += 1
            found += _again(found, start, end, alternative)
            continue
        attached = bool(found) and _attached(text, hits[place - 1], between, start, language)
        if kind == "fine" and text.startswith("в размере", start) and found:
            attached = found[-1].attached and found[-1].kind == "fine"
        if language.addressee.search(text, start - len(between), end + len(" в размере")):
            if told:  # a further addressee
                alternative, attached = 0, False
            told = True
        alternative += 0 if attached else 1
        low, high = _span(text, hits, place, language)
        found.append(Found(kind, *_trim(text, low, high, language), alternative, attached))
    return found


def _again(found: list[Found], start: int, end: int, alternative: int) -> Iterator[Found]:
    """The fine and the other penalty that stand last before "or both", in their order."""
    last = {f.kind == "fine": place for place, f in enumerate(found)}
    for place in sorted(last.values()):
        yield Found(found[place].kind, start, end, alternative, False, place)


def _span(text: str, hits: list[Hit], place: int, language: Language) -> tuple[int, int]:
    kind, start, end = hits[place]
    limit = hits[place + 1][1] if place + 1 < len(hits) else len(text)
    if language.amount_first:
        if language.maxima_only:  # the words of the kind hold the amount
            return start, end
        tail = re.match(r"(?: отырып)? (?:немесе|не) онсыз", text[end:limit])
        first = (
            start
            if kind in WITHOUT_AMOUNT
            else _amount_start(text, hits[place - 1][2] if place else 0, start, language)
        )
        return first, end + (tail.end() if tail else 0)
    if kind in WITHOUT_AMOUNT:
        optional = language.optional.search(text, end, limit)
        comma = text.find(",", end, limit) if kind == "confiscation" else end
        return start, optional.end() if optional else limit if comma < 0 else comma
    stop = language.stops.search(text, end, limit)
    return start, stop.start() if stop else limit


def _amount_start(text: str, low: int, start: int, language: Language) -> int:
    """Where amounts come first, a penalty begins at its number, or at "the same term"; without either, at its own
    words.
    """
    between = language.noise.sub(lambda m: " " * len(m.group()), text[low:start])
    same = language.same.search(between)
    if same is not None:
        return low + same.start()
    for match in NUMBER.finditer(between):
        if word_value(match.group(), language.code) is not None:
            elided = match.group().find("'") + 1
            whom = language.whom.search(between[: match.start()])
            return low + (whom.start() if whom else match.start() + elided)
    whom = language.whom.search(between)
    return low + whom.start() if whom else start


_LONGEST_JOIN = 30  # characters of the words right before a penalty that join it to the one before


def _attached(text: str, before: Hit, between: str, start: int, language: Language) -> bool:
    if language.code in {"en", "fr"}:
        words = _cleared(between, language)
        return bool(language.joins.search(words)) and not language.splits.search(words)
    if language.amount_first:  # "… отырып" belongs to what follows, whatever stands between
        return bool(language.joins.search(text[before[1] : before[2]])) or between.startswith(" және ")
    return bool(language.joins.search(text[:start], max(0, start - _LONGEST_JOIN)))


def _cleared(between: str, language: Language) -> str:
    return language.optional.sub(" ", between)


def _hits(text: str, language: Language) -> Iterator[Hit]:
    taken = bytearray(len(text))
    for kind, pattern in ((_BOTH, language.both), *language.kinds):
        for match in pattern.finditer(text):
            start, end = match.span()
            if 1 in taken[start:end]:
                continue
            taken[start:end] = b"\x01" * (end - start)
            yield kind, start, end


_TAIL = " \t\n\r\xa0\u2009\u202f,;.:(–—-"


def _trim(text: str, start: int, end: int, language: Language) -> tuple[int, int]:
    """Cut the connecting words off both ends of a span."""
    piece = text[start:end]
    while True:
        shorter = piece.rstrip(_TAIL)
        tail = _last_connector(shorter, language)
        if tail is None:
            piece = shorter
            break
        piece = shorter[:tail]
    return start, start + len(piece)


_CONNECTOR = re.compile(
    r"(?:^|\s)(?:либо|или|а равно|а также|а|со?|и|не|немесе"
    r"|(?:or|and)(?: to| with| by)?|to|with|by|either|ou|et|de)$"
)


_LONGEST_CONNECTOR = 12  # characters of the longest of these, with the space before it


def _last_connector(piece: str, language: Language) -> int | None:
    found = _CONNECTOR.search(piece, max(0, len(piece) - _LONGEST_CONNECTOR))
    return found.start() if found and not language.optional.search(piece[found.start() :]) else None


@dataclass(frozen=True, slots=True)
class Amount:
    minimum: int | None
    maximum: int | None
    unit: str
    sure: bool = True


def amount(piece: str, language: Language, *, fine: bool = False) -> Amount | None:
    """The range a piece states; None when it states none. A fine may be counted in what has no unit (`currencies`)."""
    piece = language.noise.sub(" ", piece)
    for words, digits in _ONE_AND_A_HALF:
        piece = piece.replace(words, digits)
    piece = _DECIMAL_MILLIONS.sub(lambda m: m[1] + m[2].ljust(6, "0"), piece)
    money = fine and language.sums is not NEVER  # a fine is never a term: "for each day"
    if money:
        piece = _GLUED.sub(" ", piece)
    units = [unit for unit, pattern in language.units if not (money and unit in TERMS) and pattern.search(piece)]
    named = currencies(piece) if fine and not units else frozenset()
    if not units and not named:
        return None
    numbers = list(_numbers(piece, language))
    if money:
        numbers = [n for n in numbers if _is_sum(piece, n, language)]
    if not numbers:
        return None
    read = _as_range(piece, _terms(piece, numbers, language, money=money), units[0] if units else "", language)
    one_of_two = money and len(numbers) == 2 and not language.from_.search(piece)  # neither is the least
    return replace(read, sure=False) if one_of_two or len(named) > 1 else read


TERMS = frozenset({"years", "months", "days", "hours"})
_GLUED = re.compile(r"(?<=[a-z])(?=\d)")  # "rs500"


def _is_sum(piece: str, number: tuple[int, int, int], language: Language) -> bool:
    """Whether a number counts money: its currency stands right before or after it."""
    start, end, _ = number
    before = language.sums.search(piece[max(0, start - _NEAR) : start] + "#")
    return before is not None or language.sums.search("#" + piece[end : end + _NEAR]) is not None


_NEAR = 24  # characters between a number and its currency, at most


def _numbers(piece: str, language: Language) -> Iterator[tuple[int, int, int]]:
    """(start, end, value) of every number, in digits or words."""
    runs: list[tuple[int, int, list[str]]] = []
    fresh = True
    for match in NUMBER.finditer(piece):
        word = match.group()
        if word_value(word, language.code) is None:
            fresh = fresh or word not in {"and", "et"} or language.code not in {"en", "fr"}
            continue
        from_word = language.code == "kk" and runs and _KK_FROM.search(runs[-1][2][-1])
        listed = runs and "," in piece[runs[-1][1] : match.start()]
        if fresh or from_word or listed or word[0].isdigit():
            runs.append((match.start(), match.end(), []))
        runs[-1] = (runs[-1][0], match.end(), [*runs[-1][2], word])
        fresh = False
    for start, end, words in runs:
        number = value(words, language.code)
        if number is not None:
            yield start, end, number


_ONE_AND_A_HALF = (("полутора лет", "18 месяцев"), ("полутора тысяч", "1500"), ("полутора миллионов", "1500000"))
_DECIMAL_MILLIONS = re.compile(r"(?<!\d)(\d+),(\d{1,6}) millions?")
_KK_FROM = re.compile(r"(?:дан|ден|тан|тен|нан|нен)$")


def _unit_after(piece: str, numbers: list[tuple[int, int, int]], place: int, language: Language, *, money: bool) -> str:
    """The unit printed between a number and the next one; "" when the unit is said once, after a later number."""
    until = numbers[place + 1][0] if place + 1 < len(numbers) else len(piece)
    after = piece[numbers[place][1] : until]
    units = ((unit, pattern) for unit, pattern in language.units if not (money and unit in TERMS))
    found = [(match.start(), unit) for unit, pattern in units if (match := pattern.search(after))]
    return min(found)[1] if found else ""


def _terms(
    piece: str, numbers: list[tuple[int, int, int]], language: Language, *, money: bool
) -> list[tuple[int, str]]:
    """(number, unit); two years six months are one term of thirty months."""
    terms: list[tuple[int, str]] = []
    for place, (start, _, number) in enumerate(numbers):
        unit = _unit_after(piece, numbers, place, language, money=money)
        gap = piece[numbers[place - 1][1] : start].split() if place else []
        if len(gap) == 1 and terms[-1][1] == "years" and unit == "months":
            terms[-1] = (terms[-1][0] * 12 + number, "months")
        else:
            terms.append((number, unit))
    return terms


def _as_range(piece: str, terms: list[tuple[int, str]], unit: str, language: Language) -> Amount:
    sure = not language.unsure.search(piece) and len(terms) <= 2
    if language.code == "ru" and len(terms) == 2 and not language.from_.search(piece):
        sure = False  # two amounts side by side are no range
    unit = next((u for _, u in reversed(terms) if u), unit)
    if len(terms) == 1:
        number = terms[0][0]
        if language.from_.search(piece) and language.least_only.search(piece):
            return Amount(number, None, unit, sure)
        if language.maxima_only or language.up_to.search(piece):
            return Amount(None, number, unit, sure)
        return Amount(number, None if language.from_.search(piece) else number, unit, sure)
    (low, low_unit), (high, high_unit) = terms[:2]
    if {low_unit, high_unit} == {"years", "months"}:
        low, high = (n * (12 if u == "years" else 1) for n, u in terms[:2])
        unit = "months"
    elif (
        language.code == "ru"
        and low * 1000 <= high
        and high % 1000 == 0
        and not low_unit
        and "тыс" not in piece.split(" до ", maxsplit=1)[0]
    ):
        low *= 1000  # "от трех до семи тысяч": the thousand is said once
    if low > high and (language.code == "en" or "minimale" in piece):  # "not more than ten nor less than two"
        low, high = high, low
    stated = (
        not language.maxima_only or " à " in piece or "au moins" in piece or "minimale" in piece
    )  # "de deux à cinq ans"
    return Amount(low if stated else None, high, unit, sure and low <= high)


def folded(text: str) -> str:
    """Folded for reading, with the length kept; line breaks are spaces."""
    return fold(text)
