"""Numbers that Word counts by itself: they stand in numbering.xml and styles.xml and nowhere in the text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 9  # levels that Word knows
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"  # as Word counts: without ё, й, ъ, ы, ь
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST = 10_000  # a count above this comes from a damaged file


@dataclass(frozen=True, slots=True)
class _Level:
    """`restart` is the number of outer levels that make this one begin anew; `legal` prints all levels as digits."""

    format: str
    text: str
    start: int
    restart: int = _DEEPEST
    legal: bool = False
    style: str = ""


class Numbering:
    """Counts the automatic numbers of a document, paragraph by paragraph in order."""

    def __init__(self, numbers: etree._Element | None, styles: etree._Element | None = None) -> None:
        self.levels: dict[str, dict[int, _Level]] = {}
        self.family: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.styles = {} if styles is None else {s.get(f"{_W}styleId") or "": s for s in styles.iter(f"{_W}style")}
        if numbers is not None:
            self._read_lists(numbers)
        self.styled = {name: place for name in self.styles if (place := self._style_place(name))[0]}

    def _read_lists(self, root: etree._Element) -> None:
        abstract = {a.get(f"{_W}abstractNumId") or "": a for a in root.iter(f"{_W}abstractNum")}
        sources = {n.get(f"{_W}numId") or "": _value(n, "abstractNumId") for n in root.iter(f"{_W}num")}
        for number in root.iter(f"{_W}num"):
            name = number.get(f"{_W}numId") or ""
            source = self._linked(sources[name], abstract, sources)
            if source not in abstract:
                continue
            levels = self.levels[name] = {_depth(level): _level(level) for level in abstract[source].iter(f"{_W}lvl")}
            restarts = False
            for override in number.iter(f"{_W}lvlOverride"):
                depth, own, start = _depth(override), override.find(f"{_W}lvl"), _value(override, "startOverride")
                if own is not None:
                    levels[depth] = _level(own)
                if start and depth in levels:
                    levels[depth] = replace(levels[depth], start=_whole(start, 1))
                    restarts = True
            self.family[name] = name if restarts else f"abstract {source}"  # lists of one family count on together

    def _linked(self, source: str, abstract: dict[str, etree._Element], sources: dict[str, str]) -> str:
        """The list that a list without levels of its own names by a style."""
        style = self.styles.get(_value(abstract.get(source), "numStyleLink"))
        properties = None if style is None else style.find(f"{_W}pPr/{_W}numPr")
        return source if properties is None else sources.get(_value(properties, "numId"), source)

    def _style_place(self, style: str) -> tuple[str, int]:
        """(list, level) of a style, its own or that of the style it is based on; a level may name its style."""
        name, tried = style, 0
        while name in self.styles and tried < _DEEPEST:
            properties = self.styles[name].find(f"{_W}pPr/{_W}numPr")
            if properties is not None and _value(properties, "numId"):
                number = _value(properties, "numId")
                named = (depth for depth, level in self.levels.get(number, {}).items() if level.style == name)
                return number, next(named, _whole(_value(properties, "ilvl"), 0))
            name, tried = _value(self.styles[name], "basedOn"), tried + 1
        return "", 0

    def label(self, paragraph: etree._Element) -> str:
        """The number printed before a paragraph, "" when there is none. Counts on with every call."""
        name, depth = self._place(paragraph)
        levels = self.levels.get(name, {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(self.family[name], {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [place for place in counts if place > depth]:
            if deeper not in levels or depth < levels[deeper].restart:
                del counts[deeper]
        if levels[depth].format in {"bullet", "none"}:
            return ""
        text = levels[depth].text
        for place, level in levels.items():
            if f"%{place + 1}" in text:
                form = "decimal" if levels[depth].legal else level.format
                text = text.replace(f"%{place + 1}", _printed(counts.get(place, level.start), form))
        return text.strip()

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """(list, level) from the paragraph itself, else from its style."""
        styled = self.styled.get(_value(paragraph.find(f"{_W}pPr"), "pStyle"), ("", 0))
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return styled
        return _value(properties, "numId") or styled[0], _whole(_value(properties, "ilvl"), styled[1])


def _value(element: etree._Element | None, tag: str) -> str:
    child = None if element is None else element.find(f"{_W}{tag}")
    return "" if child is None else child.get(f"{_W}val") or ""


def _whole(text: str, default: int) -> int:
    return min(int(text), _LARGEST) if text.isascii() and text.isdigit() and len(text) < 9 else default


def _depth(level: etree._Element) -> int:
    return _whole(level.get(f"{_W}ilvl") or "", 0)


def _level(level: etree._Element) -> _Level:
    legal = level.find(f"{_W}isLgl")
    return _Level(
        _value(level, "numFmt") or "decimal",
        _value(level, "lvlText"),
        _whole(_value(level, "start"), 1),
        _whole(_value(level, "lvlRestart"), _DEEPEST),
        legal is not None and legal.get(f"{_W}val") not in {"0", "false", "off"},
        _value(level, "pStyle"),
    )


def _printed(count: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        return _case(_letters(count, "abcdefghijklmnopqrstuvwxyz"), form)
    if form in {"russianLower", "russianUpper"}:
        return _case(_letters(count, _RUSSIAN), form)
    if form in {"lowerRoman", "upperRoman"}:
        return _case(_roman(count), form)
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _case(text: str, form: str) -> str:
    return text.upper() if "pper" in form else text


def _letters(count: int, alphabet: str) -> str:
    """a … z, aa, bb …: Word repeats the letter."""
    times, place = divmod(max(count, 1) - 1, len(alphabet))
    return alphabet[place] * min(times + 1, _DEEPEST)


def _roman(count: int) -> str:
    printed = ""
    for value, sign in _ROMAN:
        printed += sign * (count // value if count < 1000 else 0)
        count %= value
    return printed
