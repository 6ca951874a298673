"""The words of penalties in Kazakh."""

from __future__ import annotations

import re

from codes.text.penalties.numbers import WORDS
from codes.text.penalties.reading import NEVER, Language, kinds

_WITH_KK = r"(?: отырып)?(?: (?:немесе|не) (?:онсыз|тәркіленбей))?"
_WORD_KK = rf"(?:\d+|(?:{'|'.join(sorted(WORDS['kk'], key=len, reverse=True))})(?:[дтн][ае]н|[ғқ]а|[гк]е)?)"
_NUMBER_KK = rf"{_WORD_KK}(?: {_WORD_KK})*(?: дейін)?"
# for whom a fine is: "жеке тұлғаларға – он, лауазымды адамдарға – …", nouns in the dative
_PERSONS_KK = r"\b(?!жұмыс)\w+(?:[лдт][ае]р)(?:[ғқ]а|[гк]е|ына|іне)\b"
KAZAKH = Language(
    code="kk",
    cues=("жазаланады", "әкеп соғады", "әкеп соқтырады", "алып келеді"),
    opens=re.compile(r"^"),
    kinds=kinds(
        {
            "life_imprisonment": r"өмір бойына бас бостандығынан айыр\w+",
            "death": r"өлім жаза\w*",
            "warning": r"ескерту жаса\w+",
            "licence_suspension": r"(?:лицензия|рұқсат|аттестат|куәлік|маман сертификат)\w*(?:[^,;.]{0,70}?)"
            rf"(?:айыр\w*|тоқтата тұр\w*){_WITH_KK}|қызмет\w*[^,;.–—-]{{0,40}}? "
            rf"(?:тоқтата тұр\w*|тоқтата отыр\w*|тыйым сал\w*){_WITH_KK}",
            "deprivation_of_citizenship": rf"азаматтығынан айыр\w+{_WITH_KK}",
            "deprivation_of_post": rf"құқығынан [^,;.]{{0,90}}?айыр\w*{_WITH_KK}",
            "imprisonment": r"бас бостандығынан айыр\w+",
            "restriction_of_liberty": r"бас бостандығын шекте\w+",
            "arrest": r"қамаққа алу\w*|қамақ(?:қа)?\b",
            "community_service": r"қоғамдық жұмыс\w*(?: тарту\w*)?",
            "correctional_labour": r"түзеу жұмыстары\w*",
            "confiscation": rf"(?:мүлк\w+ )?тәркіле\w+{_WITH_KK}",
            "deportation": r"шығарып жібер\w+(?: отырып)?",
            "fine": rf"айыппұл(?: салу(?:ға)?)?|(?:(?<=[ғгкқн][ае] - )|(?<=\) - ))(?:{_NUMBER_KK})(?=,)"
            r"|көрсеткіш\w* мөлшер\w+(?=,)",
        }
    ),
    amount_first=True,
    splits=re.compile(r"(?:^|[\s,])(?:не|немесе)\s"),
    joins=re.compile(r"отырып|тұрып|тәркілен\w+|онсыз"),
    same=re.compile(r"сол (?:мерзім|мөлшер)\w*"),
    optional=re.compile(r"(?:немесе|не) (?:онсыз|тәркіленбей)"),
    units=(
        ("mci", re.compile(r"айлық есептік көрсеткіш\w*")),
        ("percent", re.compile(r"пайыз\w*")),
        ("years", re.compile(r"жыл\w*")),
        ("months", re.compile(r"(?<!\w)ай(?:ға|дан|лық)?\b(?! есептік)")),
        ("days", re.compile(r"тәулік\w*")),
        ("hours", re.compile(r"сағат\w*")),
    ),
    up_to=re.compile(r"дейін\w*"),
    from_=re.compile(r"бастап"),
    unsure=NEVER,
    noise=re.compile(r"белгілі бір|бір мезгілде"),
    addressee=re.compile(_PERSONS_KK),
    other=re.compile(r"қамаққа алу қолданыл\w+|құқығынан айырылған"),
    whom=re.compile(rf"(?<!\S)(?=\S)(?!немесе |не )(?:[\w() -]*{_PERSONS_KK}, )*[\w() -]*{_PERSONS_KK}(?: -)? $"),
    unlimited=re.compile(r"өмір бойына"),
)
