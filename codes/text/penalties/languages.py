"""The words of penalties in Russian, Kazakh, English and French (docs/method.md lists them for readers)."""

from __future__ import annotations

import re

from codes.text.penalties.numbers import WORDS
from codes.text.penalties.reading import NEVER, Language


def _kinds(table: dict[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in table.items())


# who pays what, when a fine is not the same for all: "на должностных лиц – в размере …", "на граждан от …"
_WHOM_RU = (
    r"\b(?:на|для) (?:[\w()-]+ ){0,4}?(?:лиц|граждан|субъект|предпринимател|организаци|предприяти|учреждени"
    r"|нотариус|адвокат|родител|водител)\w*(?:[^;:-]|(?<=\w)-(?=\w)){0,300}?(?: -|(?= в размере| от ))"
)
RUSSIAN = Language(
    code="ru",
    cues=("наказыва", "влеч", "влек"),
    opens=re.compile(r"(?:наказыва[ею]тся|наказываются|влеч[её]т|влекут)(?=[\s,:–—-])"),
    kinds=_kinds(
        {
            "life_imprisonment": r"пожизненн\w+ лишени\w+ свободы",
            "death": r"смертн\w+ казн\w+",
            "deprivation_of_post": r"(?:пожизненн\w+ )?лишени\w+ (?:его |ее |их )?права\b|дисквалификаци\w+",
            "deprivation_of_citizenship": r"лишени\w+ гражданства",
            "imprisonment": r"лишени\w+ свободы",
            "restriction_of_liberty": r"ограничени\w+ свободы",
            "arrest": r"(?:административн\w+ )?арест(?:ом|а|у)?\b(?! имуществ)",
            "community_service": r"(?:привлечени\w+ к )?общественн\w+ работ\w*|обязательн\w+ работ\w*"
            r"|неоплачиваем\w+ труд\w*",
            "correctional_labour": r"исправительн\w+ работ\w*",
            "compulsory_labour": r"принудительн\w+ работ\w*",
            "confiscation": r"(?<!без )конфискаци\w+(?: имущества)?",
            "other": r"ограничени\w+ по военной службе|содержани\w+ в дисциплинарной воинской части",
            "deportation": r"(?:административн\w+ )?выдворени\w+",
            "licence_suspension": r"(?:приостановлени|лишени|запрещени)\w+ "
            r"(?:действия |их |его |ее )?(?:лицензи|разрешени|свидетельств|сертификат|деятельност|специальн)\w*",
            "warning": r"предупреждени\w+",
            "fine": rf"(?<!без )штраф\w*(?: {_WHOM_RU})?|в размере (?:заработной платы|(?:иного )?дохода)|"
            r"(?<!штрафом )(?<!штраф )в размере (?:от |до )[\w ]{0,60}?кратн\w+|"
            rf"(?:(?<=[,;] )|(?<=^ ))(?:а )?{_WHOM_RU}(?! штраф| предупрежд| арест| лишени)",
        }
    ),
    amount_first=False,
    splits=re.compile(r"\b(?:либо|или)\b"),
    joins=re.compile(r"(?:^|[\s,])с(?:о)?\s+(?:обязательным\s+)?$|(?:^|\s)(?:и|а также)\s+(?:с\s+)?$"),
    same=re.compile(r"на тот же срок|в том же размере|на те же сроки|тот же срок"),
    optional=re.compile(r"(?:или|либо) без (?:таков\w+|штрафа|конфискации|лишения)"),
    units=(
        ("mci", re.compile(r"(?:месячн\w+|минимальн\w+) расчетн\w+ показател\w*|\bмрп\b")),
        ("rub", re.compile(r"\bрубл\w+")),
        ("percent", re.compile(r"процент\w*")),
        ("years", re.compile(r"\b(?:лет|год\w*)\b")),
        ("months", re.compile(r"\bмесяц\w*")),
        ("days", re.compile(r"\b(?:сут\w+|дн\w+)\b")),
        ("hours", re.compile(r"\bчас(?:а|ов|ам)?\b")),
    ),
    up_to=re.compile(r"(?:^|\s)до\s|не более|не свыше"),
    from_=re.compile(rf"(?:^|\s)от (?:\d|(?:{'|'.join(WORDS['ru'])})\b)|не менее|свыше"),
    unsure=re.compile(r"минимальн\w+ расчетн|полутор|кратн"),
    noise=re.compile(r"(?<!\d)\d+\)"),
    addressee=re.compile(rf"{_WHOM_RU}"),
    other=re.compile(r"неуплаченн\w+ (?:административн\w+ )?штраф\w*"),
    stops=re.compile(r";"),
    unlimited=re.compile(r"^пожизненн"),
)

_WITH_KK = r"(?: отырып)?(?: (?:немесе|не) (?:онсыз|тәркіленбей))?"
_WORD_KK = rf"(?:\d+|(?:{'|'.join(sorted(WORDS['kk'], key=len, reverse=True))})(?:[дтн][ае]н|[ғқ]а|[гк]е)?)"
_NUMBER_KK = rf"{_WORD_KK}(?: {_WORD_KK})*(?: дейін)?"
# for whom a fine is: "жеке тұлғаларға – он, лауазымды адамдарға – …", nouns in the dative
_PERSONS_KK = r"\b(?!жұмыс)\w+(?:[лдт][ае]р)(?:[ғқ]а|[гк]е|ына|іне)\b"
KAZAKH = Language(
    code="kk",
    cues=("жазаланады", "әкеп соғады", "әкеп соқтырады", "алып келеді"),
    opens=re.compile(r"^"),
    kinds=_kinds(
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

_IMPRISONMENT = r"(?:(?:simple|rigorous) )?(?:imprisonment(?: of either description| with hard labou?r)?|imprisoned)"
_ENDS_EN = re.compile(r"(?<!\bno)(?<!\bsec)(?<!\brs)(?<!\bs)\.(?=\s|$)|;|\bin default of payment\b")
ENGLISH = Language(
    code="en",
    cues=(
        "fine",
        "impris",
        "penal",
        "death",
        "life",
        "detention",
        "forfeit",
        "deport",
        "disqualif",
        "community",
        "whipping",
        "caning",
        "corporal",
    ),
    opens=re.compile(
        r"\bliable\b|\bshall suffer\b|(?<!\w)(?:on|upon) (?:summary )?conviction\b|\bpenalty(?: for [^:.]{1,80})?:"
        r"|\b(?:shall|may|must|is|are|be)(?: (?!shall\b|may\b|must\b)\w+,?){0,4}? "
        r"(?:fined|imprisoned|punish(?:ed|able)|sentenced)\b|\bimprisonment with which\b"
        r"|^or,? (?:if|with)\b|\bthe imprisonment may be extended\b|\bsubject\b[^.;]{0,50} to (?=imprisonment|a fine)"
        r"|^\(\w+\) (?:in (?:the case of|any other case)[^;]*, )?to (?:a fine|imprisonment)"
        r"|^in (?:the case of|any other case)\b[^;]*, to (?:a fine|imprisonment)"
        r"|\bmay punish\b|\border that [\w ]{1,30} (?:is|be) (?=disqualified)"
        r"|\b(?:second|subsequent) (?:offen[cs]e|conviction)\b"
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
            r"|\ba penalty (?=not exceeding|of )|\b\d[\d,]* penalty units?\b",
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
    unsure=re.compile(r"less\s+day|in default"),
    noise=re.compile(
        r"\ban? (?!(?:year|month|day|hundred|thousand|lakh)\b)|(?<=less )a\b|\(\d+\)|level \d|\bone half\b|\b\d+\["
    ),
    ends=_ENDS_EN,
    excluded=re.compile(
        r"\b(?:which|that|who|whether|offen[cs]es?|crime|felony|misdemeanou?r|not)"
        r"(?: (?:which|that|is|are|be|being|made|also|it|he|she|they|or)){0,5} "
        r"(?:(?:is|are|be)(?: \w+){0,3}? )?(?:punish(?:ed|able)|liable)$"
        r"|\bnor (?:shall|may) \w+ be liable$|\bwhich (?:may|might|would) subject\b[^.;]*$"
        r"|\bto which (?:an?|the) [\w ]{1,40} (?:is|are) liable$"
        r"|\b(?:if|where|when|whenever|unless)\b[^,;]{0,60} (?:is|are|be)(?: \w+)* \w+$"
    ),
    stops=re.compile(
        r";|,? (?:if|where|when|unless|except|provided|in respect of)\b|,? and (?=if|where|in|shall|may|is|are|also)"
        r"|\bfor each\b"
    ),
    other=re.compile(
        r"\b(?:under|subject to) (?:a |the )?sentence of (?:imprisonment|death|a fine)\b"
        r"|\bimprisoned (?:up)?on default of payment of (?:a|the) fine\b"
    ),
    lists=re.compile(
        r"(?:\bliable|\bpenalt(?:y|ies)(?: for [^.;:]{1,60})?|\bpunish(?:ed|able)|\bsentenced(?: as follows)?)"
        r"(?:,? (?:on|upon) [\w ]{0,40}conviction)?(?: to)?(?: either)?[\s:,-]*$"
    ),
    every=re.compile(
        rf"(?:\b(?:to|with) )?\b(?:an? fine|{_IMPRISONMENT}|life imprisonment|death|detention|disqualified"
        r"|\d[\d,]* penalty units?)\b"
    ),
    condition=_ENDS_EN,
    both=re.compile(
        r"\b(?:to |with )?both\b(?: (?:such |a |the |that )?(?:fine|imprisonment) and (?:such |a |the |that )?"
        r"(?:fine|imprisonment))?"
    ),
    unlimited=re.compile(
        r"any term of years|at the discretion of|standard scale|statutory maximum"
        r"|^(?=.*\bfined?)(?!.*(?:\s\d|[$£€]|hundred|thousand|times|equal|value|amount|exceed|extend"
        r"|(?:more|less) than))"
    ),
)

_WORD = "|".join(sorted(WORDS["fr"], key=len, reverse=True))
_NUMBER = rf"(?<![\w-])(?:d')?(?:\d+,\d+ millions?|\d[\d .]*\d|\d|(?:{_WORD})(?:[ -](?:et[ -])?(?:{_WORD}))*)"
# "at least five years", "a penalty of two years or more" measure another offence
_TIME = r"(?:ans?|années?|mois|jours?)"
_TERM = (
    r"(?<!au moins )(?<!plus de )(?<!moins de )(?<!supérieure à )(?<!inférieure à )"
    rf"(?:{_NUMBER}(?: {_TIME})? à )?{_NUMBER} {_TIME}(?: au moins et (?:de )?{_NUMBER} {_TIME} au plus)?"
)
_CURRENCY = r"(?:d')?(?:euros?|francs?|f\b|€|\$|dollars?|dirhams?|dinars?)"
_SUM = rf"(?:{_NUMBER}(?: {_CURRENCY})? à )?{_NUMBER} {_CURRENCY}"
FRENCH = Language(
    code="fr",
    cues=(
        "emprison",
        "de prison",
        "amende",
        "réclusion",
        "détention criminelle",
        "privative de liberté",
        "perpétuité",
        "de mort",
        "peine capitale",
        "travail d'intérêt",
        "interdiction",
        "suspension",
        "confiscation",
        "mêmes peines",
        "même peine",
    ),
    opens=re.compile(
        r"\b(?=[padersio])(?:ordonne(?:, en outre,)? (?=la confiscation)"
        r"|punie?s?\b|encour\w+|sous peine d|(?:sera|seront) condamnée?s? à\b|passibles?\b|emporte\b"
        r"|(?:amende|emprisonnement|réclusion)\b[^;]{0,80}? portée?s? (?:\w+ )?(?:à|au)\b"
        r"|port[ée]e?s? (?:\w+ ){0,3}?(?:à|au|aux)\b"
        r"|peines?\b[^.;:]{0,80}? (?:est|sont|sera|seront) (?:dans tous les cas |\w+ )?"
        r"(?:de|d'|ramenée?s? à|réduite?s? à)\b"
        r"|(?:réclusion|détention|emprisonnement|amende|interdiction)\b[^.;:]{0,90}? "
        r"(?:peut|peuvent|pourra|pourront)(?:, en outre,)? (?:\w+ )?être (?:\w+ )?prononcée?s?\b"
        r"|(?:peut|peuvent|pourra|pourront) (?:\w+ )?être (?:\w+ )?prononcée?s?\b)"
    ),
    kinds=_kinds(
        {
            "life_imprisonment": r"(?:réclusion|détention) (?:criminelle )?"
            r"(?:ou (?:de )?(?:la )?détention criminelle )?à perpétuité"
            r"|(?:réclusion|détention|emprisonnement) (?:perpétuelle|à vie)"
            r"|(?:emprisonnement|travaux forcés) à perpétuité",
            "death": r"(?:(?<=puni )|(?<=punie )|(?<=punis ))de mort\b|\bpeine (?:de mort|capitale)\b",
            "imprisonment": rf"{_TERM} (?:d'emprisonnement|de (?:réclusion|détention)(?: criminelle)?|de prison)"
            r"|(?:emprisonnement|réclusion|détention|peine privative de liberté)(?: criminelle)? "
            rf"(?:d'une durée |maximale? )?(?:de )?{_TERM}"
            rf"|emprisonnement\b[^;]{{0,80}}? portée?s? (?:\w+ )?à {_TERM}"
            rf"|(?<=et )à {_TERM}(?= lorsqu)",
            "fine": rf"{_SUM} d'amende|\bamende (?:maximale )?(?:de )?{_SUM}"
            rf"|\bamende\b[^.;]{{0,40}}? portée? (?:à|au) {_SUM}"
            r"|\bamendes? prévues? pour (?:la|les) contraventions? de(?: la)? \w+ classe",
            "community_service": r"travail d'intérêt général (?:(?:d'|pour )une durée )?(?:de )?"
            rf"(?:{_NUMBER} à )?{_NUMBER} heures",
            "deportation": rf"(?:{_TERM} d')?interdiction du territoire français"
            r"(?:[^.;]{0,160}?\bau (?:plus|maximum))?",
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
    noise=re.compile(
        r"(?<!\d)\d+(?:-\d+)+|(?:\bd'|\b)une?\b(?! (?:ans?|mois|jour|million|euro|franc|à ))|articles? \d+"
    ),
    ends=re.compile(
        r"(?<!\bart)\.(?=\s+[^\W\d]|$)|;|\b(?:le fait(?=,| de\b| d'| pour\b| par\b)|la violation|quiconque)\b"
    ),
    excluded=re.compile(
        r"\b(?:lorsqu'|lorsque |si |s'ils? |quand )[^,.;]{0,60} punie?s?$"
        r"|(?:crimes?|délits?|infractions?|contraventions?|faits|qui (?:est|sont)) punie?s?$"
        r"|\bpour (?:un|des|tout) (?:crime|délit)s?\b[^.;]{0,110} punie?s?$"
    ),
    condition=re.compile(r"\b(?:si|s'ils?|lorsqu\w*)\b"),
    again=re.compile(r"punie?s? (?:des mêmes peines|de la même peine)"),
    lists=re.compile(
        r"^(?!.*\bpeines (?:criminelles|correctionnelles)\b).*"  # "the penalties for crimes are": of no offence
        r"(?:encour|puni|portée|peines? complémentaires?)[^.]*:\s*$"
    ),
    every=re.compile(
        r"^\S{1,14} (?:la peine d'|l'|la |le )?"
        r"(?:travail|interdiction|suspension|confiscation|emprisonnement|amende|réclusion)"
        rf"|^\S{{1,14}} (?:de |à |d')?(?:{_TERM}|{_SUM})"
        rf"|, (?:à |de |de la |d')?(?:une? )?(?:{_TERM} (?:d'emprisonnement|de réclusion|de détention)|{_SUM} d'amende"
        r"|(?:emprisonnement|amende) d|réclusion criminelle)"
    ),
    unlimited=re.compile(r"définitif|confiscation|^interdiction|contravention"),
)

LANGUAGES = {language.code: language for language in (RUSSIAN, KAZAKH, ENGLISH, FRENCH)}
