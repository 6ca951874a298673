"""Codes and laws of Kazakhstan in Kazakh. Latin and Cyrillic letters of one shape stand for each other in its texts."""

from __future__ import annotations

from codes.text.grammars.russian import RUSSIAN
from codes.text.grammars.shape import HEADING, NUMBER, Grammar, exact, pattern

# In older laws chapters and sections count in Roman numerals or in words: "I тарау", "Бірінші бөлім".
_IN_WORDS = r"[^\W\d_]{2,12}[ыіi]н?ш[ыіi](?=\s*-?\s*\w+\s*(?:[.:]|$|(?-i:[А-ЯЁӘҒҚҢӨҰҮҺІ])))"
_DIVISION_NUMBER = rf"(?P<number>\d{{1,5}}(?:[-.–]\d+)*|[IVXLCХІ]+(?=[\s-])|{_IN_WORDS})"

KAZAKH = Grammar(
    name="kz-kk",
    languages=("kk",),
    divisions=(
        ("part", pattern(rf"(?P<number>ЖАЛПЫ|ЕРЕКШЕ)\s+Б[ӨО]Л[ІI][КМ]\s*[.:]?\s*{HEADING}$")),
        ("annex", pattern(r"(?P<number>\d{1,3})?\s*-?\s*қосымша(?P<heading>)$")),
        ("section", pattern(rf"{_DIVISION_NUMBER}\s*-?\s*б[өe]л[іi]м\b\s*[.:]?\s*{HEADING}$")),
        ("chapter", pattern(rf"{_DIVISION_NUMBER}\s*-?\s*тарау\b\s*[.:]?\s*{HEADING}$")),
        ("paragraph", pattern(rf"{NUMBER}\s*-\s*параграф\s*[.:]?\s*{HEADING}$")),
    ),
    article=pattern(rf"{NUMBER}\s*-\s*бап\s*(?:\.\s*{HEADING})?$"),
    loose_article=exact(rf"{NUMBER}\s*-\s*бап\s*[:–—-]?\s+(?P<heading>[А-ЯЁӘҒҚҢӨҰҮҺІ].{{2,300}})(?<![.;:])$"),
    printed_article="{number}-бап.",
    printed_divisions=(
        ("part", "{number} БӨЛІК"),
        ("annex", "{number}-қосымша"),
        ("section", "{number}-бөлім."),
        ("chapter", "{number}-тарау."),
        ("paragraph", "{number}-параграф."),
    ),
    parts=RUSSIAN.parts,
    items=RUSSIAN.items,
    subitems=(exact(r"(?P<marker>[а-яёәіiңғүұқөһ])\)"),),
    # A footnote of the publisher names the amending law; a note that names none is the law's own.
    footnote=pattern(
        r"Ескерту\s*[.:](?=.{0,600}(?:Заң(?:ы|дар)|№|Кодекс(?:і|i)\S* \S+-бап\S* (?:алып тасталды|толықтырылды)))"
    ),
    note=pattern(r"(?:Ескерту(?:лер)?|Түс[іi]н[іi]ктеме)\s*(?:[.:]|$)"),
    publisher=pattern(r"РҚАО-?\s*ның\s+ескертпес|ҚР?\s*ЗҚАИ-?\s*ның\s+ескертпес"),
    announces=pattern(r"көзделген|қолданысқа енг[іi]з[іi]лед[іi]"),
    repealed=pattern(r"\(?(?:[\d-]+\s*-?\s*бап\s+)?(?:ал(?:ын)?ып тастал(?:ды|ған)|күш[іi]\s+жойыл(?:ды|ған))"),
    closing=pattern(r"Қазақстан Республикасының\s+Президент[іi]\b"),
    link_words=frozenset(["және", "не", "немесе", "мен", "бен", "пен", "үшін", "туралы"]),
)
