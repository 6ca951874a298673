"""Acts of Commonwealth countries, English editions of other laws, and bills of the United States."""

from __future__ import annotations

from dataclasses import replace

from codes.text.grammars.shape import HEADING, NEVER, Grammar, Pattern, exact, pattern

_NUMBER = r"(?P<number>[IVXLC]+|\d{1,3}[A-Z]{0,2}|[A-Z])\b"
_AFTER = rf"\s*(?:[.:–—-]+\s*{HEADING}|$)"
_ARTICLE_END = rf"\s*(?:[.:–—-][\s.:–—-]*{HEADING})?$"
_BRACKET = r"\((?P<marker>{0})\)"
_LETTER, _ROMAN, _CAPITAL, _DOUBLE = "[a-z]", "[ivxlc]{1,7}", "[A-Z]{1,2}", "[a-z]{2}"


def _division(word: str) -> Pattern:
    return exact(rf"(?:{word.upper()}|{word})\s+{_NUMBER}{_AFTER}")


def _bracket(*markers: str) -> Pattern:
    return exact(_BRACKET.format("|".join(markers)))


ARTICLES = Grammar(
    name="en",
    languages=("en",),
    divisions=(
        ("annex", exact(rf"(?:ANNEX|Annex|APPENDIX|Appendix)(?:\s+{_NUMBER})?{_AFTER}")),
        ("part", _division("Part")),
        ("title", _division("Title")),
        ("section", exact(rf"(?:SECTION|Section)\s+(?P<number>[IVXLC]+|\d{{1,3}})\b{_AFTER}")),
        ("chapter", _division("Chapter")),
    ),
    article=exact(rf"(?:Article|ARTICLE|Art\.)\s+(?P<number>\d{{1,4}}(?:[-.]\d+)*[A-Z]{{0,3}}){_ARTICLE_END}"),
    loose_article=exact(
        r"(?:Article|ARTICLE)\s+(?P<number>\d{1,4}(?:-\d+)*[A-Z]?)\s+(?P<heading>[A-Z].{2,200})(?<![.;:,])$"
    ),
    printed_article="Article {number}.",
    printed_divisions=(
        ("annex", "ANNEX {number}"),
        ("part", "PART {number}."),
        ("title", "TITLE {number}."),
        ("section", "SECTION {number}."),
        ("chapter", "CHAPTER {number}."),
    ),
    parts=(
        exact(r"(?P<marker>\d{1,3}(?:-\d{1,3})?)\.(?:\s|$)"),
        _bracket(r"\d{1,3}[A-Z]{0,2}"),
    ),
    items=(exact(r"(?P<marker>\d{1,3}(?:-\d{1,3})?)\)"), _bracket(_LETTER)),
    subitems=(_bracket(_ROMAN, _DOUBLE, _CAPITAL),),
    footnote=pattern(r"Footnotes?\s*[.:]"),
    note=exact(r"(?:Explanation|Illustration|Note|Exception)s?\s*(?:\d{1,2}\s*)?[.:–—-]"),
    repealed=pattern(r"\[?\s*(?:(?:Article|Section)\s+[\d-]+\s+)?(?:is\s+)?(?:repealed|excluded|deleted|omitted)\b"),
    link_words=frozenset(
        ["and", "or", "of", "the", "a", "an", "to", "in", "on", "for", "with", "by", "from", "at", "as"]
    ),
    note_to_end=False,
    ranks_by_appearance=True,
)

COMMONWEALTH = replace(
    ARTICLES,
    name="en-commonwealth",
    languages=("en", "sw"),
    divisions=(
        (
            "schedule",
            exact(
                rf"(?:(?:FIRST|SECOND|THIRD|FOURTH|FIFTH)\s)?(?:SCHEDULE|Schedule(?=\s\d))(?:\s+(?P<number>[IVXLC]+|\d{{1,3}}))?{_AFTER}"
            ),
        ),
        ("part", _division("Part")),
        ("title", _division("Title")),
        ("chapter", _division("Chapter")),
        ("subpart", _division("Subpart")),
    ),
    article=exact(rf"(?:Section|SECTION|Sec\.)\s+(?P<number>\d{{1,4}}(?:[-.]\d+)*[A-Z]{{0,3}}){_ARTICLE_END}"),
    loose_article=exact(
        r"(?:Section|SECTION)\s+(?P<number>\d{1,4}[A-Z]{0,2})\s+(?P<heading>[A-Z].{2,200})(?<![.;:,])$"
    ),
    printed_article="Section {number}.",
    printed_divisions=(
        ("schedule", "SCHEDULE {number}"),
        ("part", "PART {number} -"),
        ("title", "TITLE {number} -"),
        ("chapter", "CHAPTER {number} -"),
        ("subpart", "SUBPART {number} -"),
    ),
    parts=(_bracket(r"\d{1,3}[A-Z]{0,2}"),),
    items=(_bracket(_LETTER),),
    footnote=pattern(r"Footnotes?\s*[.:]|\[?(?:Subs|Ins|Omitted|Rep|Am)\.\s+by\b"),
)

US_BILL = replace(
    COMMONWEALTH,
    name="en-us",
    languages=("en",),
    article=exact(rf"(?:SEC\.|SECTION|Sec\.)\s+(?P<number>\d{{1,5}}[A-Z]{{0,3}}){_ARTICLE_END}"),
    printed_article="SEC. {number}.",
    parts=(_bracket(_LETTER),),
    items=(_bracket(r"\d{1,3}[A-Z]?"),),
    subitems=(_bracket(_CAPITAL, _ROMAN, _DOUBLE, "[IVXLC]{1,7}"),),
    closing=pattern(r"(?:Attest|Passed the House of Representatives|Passed the Senate)\b"),
)

US_CODE = replace(
    US_BILL,
    name="en-us-code",
    article=exact(r"\[?§{1,2}\s*(?P<number>\d{1,5}[a-z]{0,2}(?:-\d{1,3}[a-z]?)*)\.\s*(?P<heading>\S.*)$"),
    printed_article="§ {number}.",
    repealed=pattern(r"\[?(?:repealed|omitted|transferred|renumbered|reserved)\b"),
)

UNITED_KINGDOM = replace(
    COMMONWEALTH,
    name="en-uk",
    languages=("en",),
    article=NEVER,
    loose_article=exact(r"(?P<number>\d{1,4}[A-Z]{0,2})\s+(?P<heading>[A-Z].{2,200})(?<![.;:,—–-])$"),
    printed_article="{number}",
)
"""Sections open with a bare number; only the next one in order is believed."""
