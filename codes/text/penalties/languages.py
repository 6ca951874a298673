"""The words of penalties in Russian, Kazakh, English and French (docs/method.md lists them for readers)."""

from __future__ import annotations

import re

from codes.text.penalties.reading import Language

_NEVER = re.compile(r"(?!)")


def _kinds(table: dict[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in table.items())


RUSSIAN = Language(
    code="ru",
    opens=re.compile(r"(?:наказыва[ею]тся|наказываются|влеч[её]т|влекут)(?=[\s,:–—-])"),
    kinds=_kinds(
        {
            "life_imprisonment": r"пожизненн\w+ лишени\w+ свободы",
            "death": r"смертн\w+ казн\w+",
            "deprivation_of_post": r"лишени\w+ (?:его |ее )?права (?:занимать|заниматься|управлять|на )",
            "deprivation_of_citizenship": r"лишени\w+ гражданства",
            "imprisonment": r"лишени\w+ свободы",
            "restriction_of_liberty": r"ограничени\w+ свободы",
            "arrest": r"(?:административн\w+ )?арест(?:ом|а|у)?\b(?! имуществ)",
            "community_service": r"(?:привлечени\w+ к )?общественн\w+ работ\w*|обязательн\w+ работ\w*",
            "correctional_labour": r"исправительн\w+ работ\w*",
            "compulsory_labour": r"принудительн\w+ работ\w*",
            "confiscation": r"конфискаци\w+",
            "deportation": r"(?:административн\w+ )?выдворени\w+",
            "licence_suspension": r"(?:приостановлени|лишени|запрещени)\w+ "
            r"(?:действия )?(?:лицензи|разрешени|деятельност|специальн)\w*",
            "warning": r"предупреждени\w+",
            "fine": r"штраф\w*|в размере (?:заработной платы|(?:иного )?дохода)|"
            r"(?:на|для) [^,;–—-]{3,70}лиц[^,;–—-]{0,60}[–—-] в размере",
        }
    ),
    amount_first=False,
    splits=re.compile(r"\b(?:либо|или)\b"),
    joins=re.compile(r"(?:^|[\s,])с(?:о)?\s+(?:обязательным\s+)?$|(?:^|\s)(?:и|а также)\s+(?:с\s+)?$"),
    same=re.compile(r"на тот же срок|в том же размере|на те же сроки|тот же срок"),
    optional=re.compile(r"(?:или|либо) без таков\w+"),
    units=(
        ("mci", re.compile(r"(?:месячн\w+|минимальн\w+) расчетн\w+ показател\w*|\bмрп\b")),
        ("rub", re.compile(r"\bрубл\w+")),
        ("percent", re.compile(r"процент\w*")),
        ("years", re.compile(r"\b(?:лет|год\w*)\b")),
        ("months", re.compile(r"\bмесяц\w*")),
        ("days", re.compile(r"\b(?:сут\w+|дн\w+)\b")),
        ("hours", re.compile(r"\bчас\w*")),
    ),
    up_to=re.compile(r"(?:^|\s)до\s|не более|не свыше"),
    from_=re.compile(r"(?:^|\s)от\s|не менее|свыше"),
    unsure=re.compile(r"минимальн\w+ расчетн"),
    addressee=re.compile(
        r"\bна (?:физическ|должностн|юридическ|субъект|индивидуальн|граждан|лиц)\w*|\bна [^,;]{3,60}лиц\w*\s*[–—-]"
    ),
)

KAZAKH = Language(
    code="kk",
    opens=re.compile(r"^"),
    kinds=_kinds(
        {
            "life_imprisonment": r"өмір бойына бас бостандығынан айыр\w+",
            "death": r"өлім жаза\w*",
            "deprivation_of_citizenship": r"азаматтығынан айыр\w+(?: отырып)?",
            "deprivation_of_post": r"құқығынан [^,;.]{0,90}?айыр\w*(?: отырып)?(?: немесе онсыз)?",
            "imprisonment": r"бас бостандығынан айыр\w+",
            "restriction_of_liberty": r"бас бостандығын шекте\w+",
            "arrest": r"қамаққа алу\w*|қамақ(?:қа)?\b",
            "community_service": r"қоғамдық жұмыс\w*(?: тарту\w*)?",
            "correctional_labour": r"түзеу жұмыстары\w*",
            "confiscation": r"(?:мүлк\w+ )?тәркіле\w+",
            "deportation": r"шығарып жібер\w+(?: отырып)?",
            "fine": r"айыппұл(?: салуға)?",
        }
    ),
    amount_first=True,
    splits=re.compile(r"(?:^|[\s,])(?:не|немесе)\s"),
    joins=re.compile(r"отырып|тәркілен\w+|онсыз"),
    same=re.compile(r"сол (?:мерзім|мөлшер)\w*"),
    optional=re.compile(r"немесе онсыз"),
    units=(
        ("mci", re.compile(r"айлық есептік көрсеткіш\w*")),
        ("years", re.compile(r"жыл\w*")),
        ("months", re.compile(r"(?:^|\s)ай(?:ға|дан|лық)?\b")),
        ("days", re.compile(r"тәулік\w*")),
        ("hours", re.compile(r"сағат\w*")),
    ),
    up_to=re.compile(r"дейін\w*"),
    from_=re.compile(r"бастап"),
    unsure=_NEVER,
    noise=re.compile(r"белгілі бір|бір мезгілде"),
)

ENGLISH = Language(
    code="en",
    opens=re.compile(r"\b(?:liable|punished|punishable|convicted|sentenced|commits an offence|on conviction)\b"),
    kinds=_kinds(
        {
            "life_imprisonment": r"imprisonment for life|life imprisonment",
            "death": r"\b(?:with|to) death\b|death penalty",
            "imprisonment": r"imprisonment(?: of either description)?|imprisoned",
            "community_service": r"community service",
            "confiscation": r"forfeiture",
            "deportation": r"deportation",
            "arrest": r"\bdetention\b",
            "fine": r"(?:(?:to|with) )?(?:an? )?(?:administrative )?fine\b",
        }
    ),
    amount_first=False,
    splits=re.compile(r"\bor\b"),
    joins=re.compile(
        r"\b(?:and|also be liable)\s+(?:shall also be liable )?(?:to |with )?$|shall also be liable (?:to )?$"
    ),
    same=re.compile(r"for the like (?:term|period)"),
    optional=re.compile(r"may also"),
    units=(
        ("years", re.compile(r"\byears?\b")),
        ("months", re.compile(r"\bmonths?\b")),
        ("days", re.compile(r"\bdays?\b")),
        ("inr", re.compile(r"\brupees?\b")),
    ),
    up_to=re.compile(r"not exceeding|may extend to|up to|not more than|maximum"),
    from_=re.compile(r"not less than|at least"),
    unsure=_NEVER,
)

FRENCH = Language(
    code="fr",
    opens=re.compile(r"\bpunie?s?\b|\bencour\w+\b|\bpeines?\b"),
    kinds=_kinds(
        {
            "life_imprisonment": r"(?:réclusion criminelle|détention criminelle) à perpétuité",
            "imprisonment": r"d'emprisonnement|de réclusion criminelle|de détention criminelle",
            "fine": r"d'amende",
            "community_service": r"travail d'intérêt général",
        }
    ),
    amount_first=True,
    splits=re.compile(r"\bou\b"),
    joins=re.compile(r"(?:emprisonnement|criminelle|perpétuité|amende)\s*(?:,)?\s*(?:et|, et)\s"),
    same=re.compile(r"des mêmes peines"),
    optional=_NEVER,
    units=(
        ("eur", re.compile(r"\beuros?\b|€")),
        ("frf", re.compile(r"\bfrancs?\b|\bf\b")),
        ("years", re.compile(r"\bans?\b|\bannées?\b")),
        ("months", re.compile(r"\bmois\b")),
        ("days", re.compile(r"\bjours?\b")),
        ("hours", re.compile(r"\bheures?\b")),
    ),
    up_to=_NEVER,
    from_=_NEVER,
    unsure=_NEVER,
    maxima_only=True,
)

LANGUAGES = {language.code: language for language in (RUSSIAN, KAZAKH, ENGLISH, FRENCH)}
