"""What headers and cells of comparative tables say, in Russian, Kazakh and English."""

from __future__ import annotations

from codes.text.grammars.shape import pattern

# Role of a column → words of its header, tried in this order: "proposal with author" is a proposal.
COLUMNS = (
    ("number", pattern(r"(?:№|п/п|р/с|no\.?\s*$|#)")),
    ("element", pattern(r".*(?:структурн\w+ элемент|құрылымдық элемент|structural element|provision|^article$)")),
    ("decision", pattern(r".*(?:решени|заключени|шешім|decision|verdict)")),
    ("final", pattern(r".*(?:окончательн|итогов|принятая редакция|түпкілікті|қабылданған редакция|final wording)")),
    ("proposed", pattern(r".*(?:предлагаем|предложени|ұсынылатын|ұсынылып|ұсыныс|proposed|proposal)")),
    (
        "current",
        pattern(
            r".*(?:действующ|редакция (?:законо)?проекта|перво\w+ чтени|қолданыстағы|жобасының редакция|"
            r"in force|current|draft|first reading)"
        ),
    ),
    ("justification", pattern(r".*(?:обоснован|негізде|justification|reason)")),
    ("author", pattern(r".*(?:автор|инициатор|author)")),
)
ABSENT = pattern(r"\W*(?:отсутству[ею]т|нет|жоқ|absent|none|[-–—]+)?\W*$")
DELETE = pattern(
    r"\W*(?:(?:\S+\s+){0,6}?(?:исключить|исключается|алып тасталсын|алып тастау|delete[d]?|to be deleted|omit))\W*$"
)
WORDS_ONLY = pattern(r".*\b(?:слов[ао]?м?|цифр\w+|сөз\w*|words?|figures?)\b")
ADD = pattern(r"\W*(?:дополнить|толықтырылсын|insert|add)\b")
# One outcome each, the first that fits: "not accepted" and "accepted in part" before "accepted".
OUTCOMES = (
    ("withdrawn", pattern(r".*(?:снят[оаы]?\b|отозван|кері қайтарып ал|withdrawn)")),
    (
        "rejected",
        pattern(r".*(?:отклон|не\s+(?:принят|принима|поддерж)|қабылданба|қолдамай|қолдау таппады|reject|not accepted)"),
    ),
    ("partly", pattern(r".*(?:частично|ішінара|in part|partly|partially)")),
    ("accepted", pattern(r".*(?:принят|принима|поддерж|қабылдан|қолда|accept|adopted|agreed)")),
)
AUTHOR = pattern(
    r"(?:авторы?|депутат\w*|сенатор\w*|комитет|правительство|министерств|рабочая группа|фракция|комитеті|үкімет|"
    r"author|deputy|deputies|member|senator|committee|government|ministry)\b"
)
ARTICLE = (
    pattern(r".*?\b(?:стать[яиюеей]+|ст\.)\s*(?P<number>\d[\d.-]*\d|\d)"),
    pattern(r".*?(?P<number>\d[\d-]*\d|\d)\s*-\s*бап"),
    pattern(r".*?\b(?:article|section|art\.)\s*(?P<number>\d[\w.-]*)"),
)
PART = (
    pattern(r".*?\b(?:част[ьияею]+|ч\.)\s*(?P<number>\d[\d-]*)"),
    pattern(r".*?(?P<number>\d+)\s*-\s*бөлі[кг]"),
    pattern(r".*?\b(?:part|paragraph|subsection)\s*\(?(?P<number>\d+)"),
)
