"""Codes and laws of Kazakhstan and Russia in Russian."""

from __future__ import annotations

from codes.text.grammars.shape import HEADING, NUMBER, Grammar, exact, pattern

# The first letter is often typed on the wrong keyboard: Latin C for Cyrillic С.
_ARTICLE = r"[СC]тать[яи]"
_ANNEX = "П(?:риложени[ея]|РИЛОЖЕНИ[ЕЯ])"  # in small letters it is an item of a list
# In older laws chapters and sections count in Roman numerals (a Cyrillic Х among them) or in words.
_ROMAN = "[IVXLCХІ]+"
_IN_WORDS = (
    "(?:(?:перв|втор|четверт|четвёрт|пят|шест|седьм|восьм|девят|десят)(?:ый|ой|ая)|трет(?:ий|ья))"
    r"(?=\s*(?:[.:]|$)|\s+(?-i:[А-ЯЁ]))"
)
_DIVISION_NUMBER = rf"(?P<number>\d{{1,5}}(?:[-.–]\d+)*|{_ROMAN}(?![^\W\d_])|{_IN_WORDS})"
_UNITS = (
    "Стать|Част|Пункт|Абзац|Примечани|Наименовани|Заголов|Глав|Раздел|Подпункт|"
    "В редакции|Дополнен|Введен|Утратил|С учетом"
)
_LAW = r"(?:Закон|ФЗ|№|N )"
_BRACKETED = rf"\((?:{_UNITS})(?=[^()]{{0,2000}}{_LAW})[^()]{{0,4000}}\)\s?"

RUSSIAN = Grammar(
    name="kz-ru",
    languages=("ru",),
    divisions=(
        ("part", pattern(rf"(?P<number>ОБЩАЯ|ОСОБЕННАЯ)\s+ЧАСТЬ\s*[.:]?\s*{HEADING}$")),
        ("annex", exact(rf"{_ANNEX}\s*(?:№\s*)?(?P<number>\d{{1,3}})?(?P<heading>\s+[кК]\s.{{0,300}})?(?<![;,])$")),
        ("section", pattern(rf"РАЗДЕЛ\s+{_DIVISION_NUMBER}\s*[.:]?\s*{HEADING}$")),
        ("subsection", pattern(rf"ПОДРАЗДЕЛ\s+(?P<number>[IVXLC]+|\d+(?:-\d+)?)\s*[.:]?\s*{HEADING}$")),
        ("chapter", pattern(rf"ГЛАВА\s+{_DIVISION_NUMBER}\s*[.:]?\s*{HEADING}$")),
        ("paragraph", pattern(rf"(?:Параграф|§)\s*{NUMBER}\s*[.:]?\s*{HEADING}$")),
    ),
    article=pattern(rf"{_ARTICLE}\s+{NUMBER}\s*(?:\.\s*{HEADING})?$"),
    loose_article=exact(rf"(?:{_ARTICLE}|СТАТЬЯ)\s+{NUMBER}\s*[:–—-]?\s+(?P<heading>[А-ЯЁ].{{2,300}})(?<![.;:])$"),
    printed_article="Статья {number}.",
    printed_divisions=(
        ("part", "{number} ЧАСТЬ"),
        ("annex", "Приложение {number}"),
        ("section", "Раздел {number}."),
        ("subsection", "Подраздел {number}."),
        ("chapter", "Глава {number}."),
        ("paragraph", "Параграф {number}."),
    ),
    parts=(exact(r"(?P<marker>\d{1,3}(?:[-.]\d{1,3})*)\.(?!\d)"),),
    items=(exact(r"(?P<marker>\d{1,3}(?:[-.]\d{1,3})*)\)"),),
    subitems=(exact(r"(?P<marker>[а-яё](?:[-.]\d{1,2})?)\)"),),
    footnote=pattern(rf"Сноска\s*[.:]|{_BRACKETED}[.;]?$"),
    trailing_footnote=pattern(rf"{_BRACKETED}$"),
    note=pattern(r"Примечани[ея]\s*(?:\d{1,2}\s*)?(?:[.:]|$)"),
    publisher=pattern(r"Примечание\s+(?:РЦПИ|ИЗПИ)|ВНИМАНИЕ!"),
    announces=pattern(r"предусмотрен|вводится в действие|в редакции Закона"),
    repealed=pattern(r"\(?(?:Статья\s+(?:[\d.-]+\s+)?)?(?:исключена?|утратил[аи]?\s+силу)\b"),
    closing=pattern(
        r"Президент\s*(?:Республики\s+Казахстан|Российской\s+Федерации|РК|РФ)?(?:\s+[А-ЯЁ]\.|$)|Москва,\s*Кремль$"
    ),
    link_words=frozenset(
        [
            "и",
            "или",
            "либо",
            "а",
            "но",
            "в",
            "во",
            "на",
            "с",
            "со",
            "к",
            "ко",
            "по",
            "о",
            "об",
            "от",
            "за",
            "для",
            "при",
            "из",
            "у",
            "не",
            "без",
            "до",
            "над",
            "под",
            "про",
            "через",
        ]
    ),
)
