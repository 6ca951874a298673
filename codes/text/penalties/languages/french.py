"""The words of penalties in French."""

from __future__ import annotations

import re

from codes.text.penalties.numbers import WORDS
from codes.text.penalties.reading import NEVER, Language, kinds

_WORD = "|".join(sorted(WORDS["fr"], key=len, reverse=True))
_NUMBER = rf"(?<![\w-])(?:d')?(?:\d+,\d+ millions?|\d[\d .]*\d|\d|(?:{_WORD})(?:[ -](?:et[ -])?(?:{_WORD}))*)"
# "at least five years", "a penalty of two years or more" measure another offence
_TIME = r"(?:ans?|années?|mois|jours?)"
_TERM = (
    r"(?<!au moins )(?<!plus de )(?<!moins de )(?<!supérieure à )(?<!inférieure à )"
    rf"(?:{_NUMBER}(?: {_TIME})? à )?{_NUMBER} {_TIME}(?: au moins et (?:de )?{_NUMBER} {_TIME} au plus)?"
)
_CURRENCY = (
    r"(?:d'|de )?(?:euros?|(?:francs?|f) ?cfa|fcfa|francs?(?: suisses?| congolais| guinéens?| rwandais)?|f\b"
    r"|€|\$|dollars?|dirhams?|dinars?|ariarys?|gourdes?"
    r"|ouguiyas?|livres?)"
)
_ONE_SUM = rf"{_NUMBER}(?: \([\d .]+\))? {_CURRENCY}"  # "un million (1 000 000) de francs"
_SUM = rf"(?:{_NUMBER}(?: \([\d .]+\))?(?: {_CURRENCY})? à )?{_ONE_SUM}"
_OF = (
    r"(?: (?:administrative|civile|fiscale|pénale))?(?: maximale| maximum| égale à| d'un montant(?: maximal| maximum)?"
    r"| n'excédant pas| ne dépassant pas| pouvant (?:atteindre|aller jusqu'à|s'élever à)"
    r"| dont le montant (?:maximal )?ne peut (?:pas )?(?:excéder|dépasser|être supérieur à))?(?: de| d')? ?"
)
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
    kinds=kinds(
        {
            "life_imprisonment": r"(?:réclusion|détention) (?:criminelle )?"
            r"(?:ou (?:de )?(?:la )?détention criminelle )?à perpétuité"
            r"|(?:réclusion|détention|emprisonnement) (?:perpétuelle|à vie)"
            r"|(?:emprisonnement|travaux forcés) à perpétuité",
            "death": r"(?:(?<=puni )|(?<=punie )|(?<=punis ))de mort\b|\bpeine (?:de mort|capitale)\b",
            "imprisonment": rf"{_TERM} "
            r"(?:d'emprisonnement|de (?:réclusion|détention)(?: criminelle)?|de prison|de travaux forcés)"
            r"|(?:emprisonnement|réclusion|détention|peine privative de liberté|travaux forcés)"
            rf"(?: criminelle| correctionnel| à temps)? (?:d'une durée |maximale? )?(?:de )?{_TERM}"
            rf"|emprisonnement\b[^;]{{0,80}}? portée?s? (?:\w+ )?à {_TERM}"
            rf"|(?<=et )à {_TERM}(?= lorsqu)",
            "fine": rf"{_SUM} d'amende|\bamende{_OF}(?:{_SUM}(?: et minimale de {_ONE_SUM})?"
            rf"|d'au moins {_ONE_SUM} et d'au plus {_ONE_SUM})"
            rf"|\bet {_ONE_SUM}(?= pour (?:une|les|la) personnes? morales?)"
            r"|\bamende (?:que le tribunal estime indiquée|contraventionnelle"
            r"|(?:dont le montant est fixé par le|à la discrétion du) tribunal)"
            r"|\bpeine pécuniaire(?: de \w+ jours-amende)?"
            r"|\bamende(?=[,.]|$| ou\b| et d)(?:(?<=d'une amende)|(?<=de l'amende)|(?<=à l'amende))"
            rf"|\bamende\b[^.;]{{0,40}}? portée? (?:à|au) (?:{_SUM})"
            r"|\bamendes? prévues? pour (?:la|les) contraventions? de(?: la)? \w+ classe",
            "community_service": r"travail d'intérêt général (?:(?:d'|pour )une durée )?(?:de )?"
            rf"(?:{_NUMBER} à )?{_NUMBER} heures",
            "deportation": rf"(?:{_TERM} d')?interdiction du territoire français"
            r"(?:[^.;]{0,160}?\bau (?:plus|maximum))?",
            "deprivation_of_post": r"interdiction\b[^.;]{0,160}?(?:d'exercer|de conduire)\b"
            r"(?:[^;]{0,400}?\bau (?:plus|maximum))?",
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
        ("frf", re.compile(r"\bfrancs?\b(?! (?:cfa|suisses?|congolais|guinéens?|rwandais))|\bf\b(?! cfa)")),
        ("years", re.compile(r"\bans?\b|\bannées?\b")),
        ("months", re.compile(r"\bmois\b")),
        ("days", re.compile(r"\bjours?\b(?!-amende)")),
        ("hours", re.compile(r"\bheures?\b")),
    ),
    up_to=NEVER,
    from_=NEVER,
    unsure=NEVER,
    maxima_only=True,
    noise=re.compile(
        r"(?<!\d)\d+(?:-\d+)+|(?:\bd'|\b)une?\b(?! (?:ans?|mois|jour|million|euro|franc|dollar|à ))|articles? \d+"
    ),
    ends=re.compile(
        r"(?<!\bart)\.(?=\s+[^\W\d]|$)|;|\b(?:le fait(?=,| de\b| d'| pour\b| par\b)|la violation|quiconque"
        r"|à défaut d[eu] paiement)\b"
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
        r"(?:encour|puni|passible|portée|peines? complémentaires?)[^.]*:\s*$"
    ),
    every=re.compile(
        r"^\S{1,14} (?:la peine d'|l'|la |le )?"
        r"(?:travail|interdiction|suspension|confiscation|emprisonnement|amende|réclusion)"
        rf"|^\S{{1,14}} (?:de |à |d')?(?:{_TERM}|{_SUM})"
        r"|(?:^\S{1,14}|,) (?:à |de |d'|de l'|à l'|l')?(?:une? )?(?:amende|emprisonnement)\b(?! prévue)"
        rf"|, (?:à |de |de la |d')?(?:une? )?"
        rf"(?:{_TERM} (?:d'emprisonnement|de réclusion|de détention)|(?:{_SUM}) d'amende"
        r"|(?:emprisonnement|amende) d|réclusion criminelle)"
    ),
    unlimited=re.compile(r"définitif|confiscation|^interdiction|contravention|tribunal|pécuniaire$|^amende$"),
)
