"""The words of penalties in Russian, Kazakh, English and French (docs/method.md lists them for readers)."""

from __future__ import annotations

import re

from codes.text.penalties.numbers import WORDS
from codes.text.penalties.reading import NEVER, Language


def _kinds(table: dict[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in table.items())


RUSSIAN = Language(
    code="ru",
    opens=re.compile(r"(?:наказыва[ею]тся|наказываются|влеч[её]т|влекут)(?=[\s,:–—-])"),
    kinds=_kinds(
        {
            "life_imprisonment": r"пожизненн\w+ лишени\w+ свободы",
            "death": r"смертн\w+ казн\w+",
            "deprivation_of_post": r"(?:пожизненн\w+ )?лишени\w+ (?:его |ее )?права "
            r"(?:занимать|заниматься|управлять|на )",
            "deprivation_of_citizenship": r"лишени\w+ гражданства",
            "imprisonment": r"лишени\w+ свободы",
            "restriction_of_liberty": r"ограничени\w+ свободы",
            "arrest": r"(?:административн\w+ )?арест(?:ом|а|у)?\b(?! имуществ)",
            "community_service": r"(?:привлечени\w+ к )?общественн\w+ работ\w*|обязательн\w+ работ\w*",
            "correctional_labour": r"исправительн\w+ работ\w*",
            "compulsory_labour": r"принудительн\w+ работ\w*",
            "confiscation": r"конфискаци\w+(?: имущества)?",
            "other": r"ограничени\w+ по военной службе|содержани\w+ в дисциплинарной воинской части",
            "deportation": r"(?:административн\w+ )?выдворени\w+",
            "licence_suspension": r"(?:приостановлени|лишени|запрещени)\w+ "
            r"(?:действия )?(?:лицензи|разрешени|деятельност|специальн)\w*",
            "warning": r"предупреждени\w+",
            "fine": r"штраф\w*|в размере (?:заработной платы|(?:иного )?дохода)|"
            r"(?<!штрафом )(?<!штраф )в размере (?:от |до )[\w ]{0,60}?кратн\w+|"
            r"(?<!штраф )(?<!штрафом )\b(?:на|для) [^,;–—-]{3,70}лиц[^,;–—-]{0,60}? (?:[–—-] )?в размере",
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
    unsure=re.compile(r"минимальн\w+ расчетн|полутор|кратн"),
    noise=re.compile(r"\d+\)"),
    addressee=re.compile(
        r"\bна (?:физическ|должностн|юридическ|субъект|индивидуальн|граждан|лиц)\w*|\bна [^,;]{3,60}лиц\w*\s*[–—-]"
    ),
    unlimited=re.compile(r"^пожизненн"),
)

KAZAKH = Language(
    code="kk",
    opens=re.compile(r"^"),
    kinds=_kinds(
        {
            "life_imprisonment": r"өмір бойына бас бостандығынан айыр\w+",
            "death": r"өлім жаза\w*",
            "deprivation_of_citizenship": r"азаматтығынан айыр\w+(?: отырып)?(?: немесе онсыз)?",
            "deprivation_of_post": r"құқығынан [^,;.]{0,90}?айыр\w*(?: отырып)?(?: немесе онсыз)?",
            "imprisonment": r"бас бостандығынан айыр\w+",
            "restriction_of_liberty": r"бас бостандығын шекте\w+",
            "arrest": r"қамаққа алу\w*|қамақ(?:қа)?\b",
            "community_service": r"қоғамдық жұмыс\w*(?: тарту\w*)?",
            "correctional_labour": r"түзеу жұмыстары\w*",
            "confiscation": r"(?:мүлк\w+ )?тәркіле\w+(?: отырып)?(?: немесе (?:онсыз|тәркіленбей))?",
            "deportation": r"шығарып жібер\w+(?: отырып)?",
            "fine": r"айыппұл(?: салуға)?",
        }
    ),
    amount_first=True,
    splits=re.compile(r"(?:^|[\s,])(?:не|немесе)\s"),
    joins=re.compile(r"отырып|тәркілен\w+|онсыз"),
    same=re.compile(r"сол (?:мерзім|мөлшер)\w*"),
    optional=re.compile(r"немесе (?:онсыз|тәркіленбей)"),
    units=(
        ("mci", re.compile(r"айлық есептік көрсеткіш\w*")),
        ("years", re.compile(r"жыл\w*")),
        ("months", re.compile(r"(?<!\w)ай(?:ға|дан|лық)?\b(?! есептік)")),
        ("days", re.compile(r"тәулік\w*")),
        ("hours", re.compile(r"сағат\w*")),
    ),
    up_to=re.compile(r"дейін\w*"),
    from_=re.compile(r"бастап"),
    unsure=NEVER,
    noise=re.compile(r"белгілі бір|бір мезгілде"),
    unlimited=re.compile(r"өмір бойына"),
)

_IMPRISONMENT = r"(?:(?:simple|rigorous) )?(?:imprisonment(?: of either description| with hard labou?r)?|imprisoned)"
ENGLISH = Language(
    code="en",
    opens=re.compile(
        r"\bliable\b|\bshall suffer\b|(?<!\w)(?:on|upon) (?:summary )?conviction\b|\bpenalty(?: for [^:.]{1,80})?:"
        r"|\b(?:shall|may|must|is|are|be)(?: (?!shall\b|may\b|must\b)\w+,?){0,4}? "
        r"(?:fined|imprisoned|punish(?:ed|able)|sentenced)\b|\bimprisonment with which\b"
        r"|^or,? (?:if|with)\b|\bthe imprisonment may be extended\b|\bsubject\b[^.;]{0,50} to (?=imprisonment|a fine)"
        r"|^\(\w+\) (?:in (?:the case of|any other case)[^;]*, )?to (?:a fine|imprisonment)"
        r"|^in (?:the case of|any other case)\b[^;]*, to (?:a fine|imprisonment)"
    ),
    kinds=_kinds(
        {
            "life_imprisonment": rf"(?:{_IMPRISONMENT} )?(?:for|during) (?:the (?:term|remainder|rest) of )?"
            rf"(?:(?:his|her|their|natural|that person's) )*life\b|life imprisonment|\blife(?=, or both)",
            "death": r"\b(?:with|to|by|suffer) death\b|death penalty|sentence of death",
            "imprisonment": rf"{_IMPRISONMENT}|penal servitude",
            "community_service": r"community service",
            "confiscation": r"forfeiture(?: of (?:his |her |all |the )?property)?",
            "deportation": r"deportation|\bdeported\b",
            "arrest": r"\bdetention\b",
            "deprivation_of_post": r"disqualif\w+",
            "other": r"\b(?:whipping|caning|corporal punishment)\b",
            "fine": r"(?:\b(?:to|with) )?\b(?:an? )?(?:administrative )?fine[ds]?\d?\b"
            r"|\ba penalty (?=not exceeding|of )",
        }
    ),
    amount_first=False,
    splits=re.compile(r"\bor\b|,\s*$"),
    joins=re.compile(r"\b(?:and|also|with|to which)\b"),
    same=re.compile(r"for the like (?:term|period)|for the same (?:term|period)"),
    optional=re.compile(r"may also|or without"),
    units=(
        ("years", re.compile(r"\byears?\b")),
        ("months", re.compile(r"\bmonths?\b")),
        ("days", re.compile(r"\bdays?\b")),
        ("hours", re.compile(r"\bhours?\b")),
        ("inr", re.compile(r"\brupees?\b")),
    ),
    up_to=re.compile(r"not exceed\w*|(?:may|shall|can) (?:be )?extend\w* to|up to|(?:not|no) more than|maximum"),
    from_=re.compile(r"(?:not|no) (?:be )?less than|at least"),
    unsure=re.compile(r"less a day|in default"),
    noise=re.compile(r"\ban? (?!(?:year|month|day|hundred|thousand|lakh)\b)|\(\d+\)|level \d|\bone half\b"),
    ends=re.compile(r"(?<!\bno)(?<!\bsec)(?<!\brs)(?<!\bs)\.(?=\s|$)|;|\bin default of payment\b"),
    excluded=re.compile(
        r"\b(?:which|that|who|whether|offen[cs]es?|crime|felony|misdemeanou?r|not)"
        r"(?: (?:which|that|is|are|be|being|made|also)){0,3} "
        r"(?:(?:is|are|be)(?: \w+)*? )?(?:punish(?:ed|able)|liable)$"
        r"|\b(?:if|where|when|unless)\b[^,;]{0,60} (?:is|are|be)(?: \w+)* \w+$"
    ),
    stops=re.compile(
        r";|,? (?:if|where|when|unless|except|provided|in respect of)\b|,? and (?=if|where|in|shall|may|is|are|also)"
        r"|\bfor each\b"
    ),
    both=re.compile(
        r"\b(?:to |with )?both\b(?: (?:such |a |the |that )?(?:fine|imprisonment) and (?:such |a |the |that )?"
        r"(?:fine|imprisonment))?"
    ),
    unlimited=re.compile(
        r"any term of years|standard scale|statutory maximum"
        r"|^(?=.*\bfined?)(?!.*(?:\s\d|[$£€]|times|equal|value|amount|exceed|extend|(?:more|less) than))"
    ),
)

_WORD = "|".join(sorted(WORDS["fr"], key=len, reverse=True))
_NUMBER = rf"(?<![\w-])(?:d')?(?:\d[\d .]*\d|\d|(?:{_WORD})(?:[ -](?:et[ -])?(?:{_WORD}))*)"
# "at least five years", "a penalty of two years or more" measure another offence
_TERM = rf"(?<!au moins )(?<!plus de )(?<!moins de )(?<!supérieure à )(?<!inférieure à ){_NUMBER} (?:ans?|années?|mois)"
_SUM = rf"{_NUMBER} (?:d')?(?:euros?|francs?|f\b|€)"
FRENCH = Language(
    code="fr",
    opens=re.compile(
        r"\bpunie?s?\b|\bamende\b[^.;]{0,40}? portée? (?:à|au)\b|\bencour\w+\b"
        r"|\bpassibles?\b|\bport[ée]e?s? (?:\w+ ){0,3}?(?:à|au|aux)\b"
        r"|\bpeines?\b[^.;:]{0,80}? (?:est|sont) (?:\w+ )?(?:de|d'|ramenée?s? à|réduite?s? à)\b|\bemporte\b"
        r"|interdiction du territoire français peut être prononcée"
    ),
    kinds=_kinds(
        {
            "life_imprisonment": r"(?:réclusion|détention) (?:criminelle )?"
            r"(?:ou (?:de )?(?:la )?détention criminelle )?à perpétuité",
            "imprisonment": rf"{_TERM} (?:d'emprisonnement|de (?:réclusion|détention)(?: criminelle)?|de prison)"
            rf"|emprisonnement (?:d'une durée )?(?:de )?{_TERM}",
            "fine": rf"{_SUM} d'amende|\bamende (?:de )?{_SUM}"
            rf"|\bamende\b[^.;]{{0,40}}? portée? (?:à|au) {_SUM}",
            "community_service": rf"travail d'intérêt général (?:d'une durée )?(?:de )?{_NUMBER} heures",
            "deportation": r"interdiction du territoire français(?:[^.;]{0,160}?\bau (?:plus|maximum))?",
            "deprivation_of_post": r"interdiction\b[^.;]{0,160}?d'exercer\b(?:[^;]{0,400}?\bau (?:plus|maximum))?",
            "licence_suspension": r"suspension\b[^.;]{0,60}?permis de conduire(?:[^.;]{0,60}?\bau (?:plus|maximum))?",
            "confiscation": r"\bconfiscation\b",
        }
    ),
    amount_first=True,
    splits=re.compile(r"\bou\b"),
    joins=re.compile(r"\bet\b"),
    same=NEVER,
    optional=re.compile(r"interdiction|suspension|confiscation"),
    units=(
        ("eur", re.compile(r"\beuros?\b|€")),
        ("frf", re.compile(r"\bfrancs?\b|\bf\b")),
        ("years", re.compile(r"\bans?\b|\bannées?\b")),
        ("months", re.compile(r"\bmois\b")),
        ("days", re.compile(r"\bjours?\b")),
        ("hours", re.compile(r"\bheures?\b")),
    ),
    up_to=NEVER,
    from_=NEVER,
    unsure=NEVER,
    maxima_only=True,
    noise=re.compile(r"\d+(?:-\d+)+|(?:\bd'|\b)une?\b(?! (?:ans?|mois|million|euro|franc))|articles? \d+"),
    ends=re.compile(r"(?<!\bart)\.(?=\s+[^\W\d]|$)|;"),
    excluded=re.compile(
        r"\b(?:lorsqu'|lorsque |si |s'ils? |quand )[^,.;]{0,60} punie?s?$"
        r"|(?:crimes?|délits?|infractions?|contraventions?|faits|qui (?:est|sont)) punie?s?$"
    ),
    condition=re.compile(r"\b(?:si|s'ils?|lorsqu\w*)\b"),
    again=re.compile(r"punie?s? (?:des mêmes peines|de la même peine)"),
    lists=re.compile(r"(?:encour|puni|portée|peines? complémentaires?)[^.]*:\s*$"),
    every=re.compile(
        r"^\S{1,14} (?:la peine d'|l'|la )?(?:interdiction|suspension|confiscation|emprisonnement|amende|réclusion)"
        rf"|^\S{{1,14}} (?:de |à |d')?(?:{_TERM}|{_SUM})"
    ),
    unlimited=re.compile(r"définitif|confiscation|^interdiction"),
)

LANGUAGES = {language.code: language for language in (RUSSIAN, KAZAKH, ENGLISH, FRENCH)}
