"""The words of penalties in English."""

from __future__ import annotations

import re

from codes.text.penalties.numbers import WORDS
from codes.text.penalties.reading import Language, kinds

_IMPRISONMENT = r"(?:(?:simple|rigorous) )?(?:imprisonment(?: of either description| with hard labou?r)?|imprisoned)"
_ENDS = re.compile(r"(?<!\bno)(?<!\bsec)(?<!\brs)(?<!\bs)(?<!\bshs)\.(?=\s|$)|;|\bin default of payment\b")
_NUMBER = rf"(?:\d[\d,. ]*|(?:{'|'.join(sorted(WORDS['en'], key=len, reverse=True))})\b[ -])"
_CURRENCY = (
    r"(?:dollars?|euros?|pounds?|shillings?|rupees?|rands?|kwacha|nairas?|cedis?|pulas?|ringgits?|takas?"
    r"|(?:penalty |fee |fine )?units?|currency points?|per ?cent|%)"
)
_BEFORE = r"(?:[$£€₹₦]|\b(?:rs|sdg|[ktu]?shs?|[ktu]?sh|k[es]s|ugx|tzs|rm|r|k|p|n|level|usd|eur))"
# a further sum of the same fine: "… and five hundred dollars for each subsequent offence"
_FURTHER = (
    rf"\band (?:{_BEFORE}\.? ?\d[\d,.]*|{_NUMBER}{{1,6}}{_CURRENCY})"
    r"(?= for (?:an?|any|each|every|the) (?:second|subsequent|further|other))"
    rf"|\bsubsequent offence, (?:{_BEFORE}\.? ?\d[\d,.]*|{_NUMBER}{{1,6}}{_CURRENCY})"
)
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
        r"\b(?=[abcilmopstu])(?:liable\b|shall suffer\b|(?:on|upon) (?:summary )?conviction\b(?! of such)"
        r"|penalt(?:y(?: for [^:.]{1,80})?:|(?:y|ies)\b[^.;]{0,120}? shall be (?=an? fine\b|imprisonment))"
        r"|ma(?:ximum penalty ?[—–:-]|y punish\b)"
        r"|(?:shall|may|must|is|are|be)(?: (?!shall\b|may\b|must\b)\w+,?){0,4}? "
        r"(?:fined|imprisoned|punish(?:ed|able)|sentenced)\b|imprisonment with which\b"
        r"|^or,? (?:if|with)\b|the imprisonment may be extended\b|subject\b[^.;]{0,50} to (?=imprisonment|a fine)"
        r"|^in (?:the case of|any other case)\b[^;]*, to (?:a fine|imprisonment)"
        r"|order that [\w ]{1,30} (?:is|be) (?=disqualified)"
        r"|incurs?,? (?=(?:for [^.;]{1,40}, )?a (?:fine|penalty)\b)"
        r"|convicted of an offence under [^.;]{1,60} shall (?:\w+ ){0,2}be (?=disqualified)"
        r"|(?:second|subsequent) (?:offen[cs]e|conviction)\b)"
        r"|^\(\w+\) (?:in (?:the case of|any other case)[^;]*, )?to (?:a fine|imprisonment)"
    ),
    kinds=kinds(
        {
            "life_imprisonment": rf"(?:{_IMPRISONMENT} )?(?:for|during) (?:the (?:term|remainder|rest) of )?"
            rf"(?:(?:his|her|their|natural|that person's) )*life\b|life imprisonment|\blife(?=, or both)",
            "death": r"\b(?:with|to|by|suffer) death\b|death penalty|sentence of death",
            "imprisonment": rf"{_IMPRISONMENT}|penal servitude|for a term\b(?<=for life or for a term)"
            r"|\b\d{1,3} (?:year|month|day)s?'?s? imprisonment\b",
            "community_service": r"community service",
            "confiscation": r"forfeiture(?: of (?:his |her |all |the )?property)?",
            "deportation": r"deportation|\bdeported\b",
            "arrest": r"\bdetention(?: in an? [\w ]{1,40}?(?= for ))?\b",
            "deprivation_of_post": r"disqualif\w+",
            "other": r"\b(?:whipping|caning|corporal punishment)\b",
            "fine": r"(?:\b(?:to|with) )?\b(?:an? )?(?:class [a-e] )?(?:(?:administrative|daily default|default) )?"
            r"fine[ds]?\d?\b|\ba (?:further |daily )?penalty (?=not exceeding|of )|\b\d[\d,]* penalty units?\b"
            rf"|{_FURTHER}",
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
        ("inr", re.compile(r"\brupees?\b|\brs\b|₹")),
        ("eur", re.compile(r"\beuros?\b|€|\beur\b")),
        ("percent", re.compile(r"\bper ?cent\b|%")),
    ),
    up_to=re.compile(r"not exceed\w*|(?:may|shall|can) (?:be )?extend\w* to|up to|(?:not|no) more than|maximum|level"),
    from_=re.compile(r"(?:not|no) (?:be )?less than|at least|\bminimum\b|\bbetween\b"),
    unsure=re.compile(
        r"less\s+day|in default|greater of|lesser of|whichever|\b(?:times|twice|double|treble|triple)\b"
        r"|equal to|value of|part of the"
    ),
    noise=re.compile(
        r"\ban? (?!(?:year|month|day|hundred|thousand|lakh)\b)|(?<=less )a\b|\(\d+\)|\bone half\b|\b\d+\["
        r"|\bone-(?:half|third|fourth)\b"
    ),
    ends=_ENDS,
    excluded=re.compile(
        r"\b(?:which|that|who|whether|offen[cs]es?|crime|felony|misdemeanou?r|not)"
        r"(?: (?:which|that|is|are|be|being|made|also|it|he|she|they|or)){0,5} "
        r"(?:(?:is|are|be)(?: \w+){0,3}? )?(?:punish(?:ed|able)|liable)$"
        r"|\bnor (?:shall|may) \w+ be liable$|\bwhich (?:may|might|would) subject\b[^.;]*$"
        r"|\bto which (?:an?|the) [\w ]{1,40} (?:is|are) liable$"
        r"|\b(?:if|where|when|whenever|unless)\b[^,;]{0,90} (?:is|are|be)(?: \w+)* \w+$"
        r"|\bif the offence\b[^;]{0,110} (?:is|are) punishable$|\bwould\b[^.;]{0,60} be liable$"
        r"|\b(?:where|if|when),? (?:on|upon) conviction$|\bpunishable (?:on|upon) summary conviction$"
        r"|\bimposed (?:on|upon) conviction$|\b(?:believed|suspected|alleged) to be liable$"
    ),
    stops=re.compile(
        r";|,? (?:if|where|when|unless|except|provided|in respect of)\b|,? and (?=if|where|in|shall|may|is|are|also)"
        r"|\bfor each\b(?![^.;]{0,40}not exceeding)"
        r"|,? (?:or|and)?,? (?=(?:for|in the case of) an?y? (?:\w+ or )?(?:second|subsequent))"
        r"|,? (?:but|and)? ?(?:which )?(?:may|shall|can) (?:be )?extend\w* to$|, (?=at the discretion)"
    ),
    other=re.compile(
        r"\b(?:under|subject to) (?:a |the )?sentence of (?:imprisonment|death|a fine)\b"
        r"|\bimprisoned (?:up)?on default of payment of (?:a|the) fine\b"
        r"|\b(?:minimum punishment of|in addition to any (?:other )?(?:term of )?) ?imprisonment\b"
        r"|\bnot sentenced to (?:death|imprisonment)[^,]*"
    ),
    lists=re.compile(
        r"(?:\bliable|\bpenalt(?:y|ies)(?: for [^.;:]{1,60})?|\bpunish(?:ed|able)|\bsentenced(?: as follows)?)"
        r"(?:,? (?:on|upon) [\w ]{0,40}conviction)?(?: to)?(?: either)?[\s:,—–-]*$"
    ),
    every=re.compile(
        rf"(?:\b(?:to|with) )?\b(?:(?:an?|the) fine|{_IMPRISONMENT}|life imprisonment|death|detention|disqualified"
        r"|\d[\d,]* penalty units?)\b"
    ),
    condition=_ENDS,
    both=re.compile(
        r"\b(?:to |with )?both\b(?: (?:such |a |the |that )?(?:fine|imprisonment) and (?:such |a |the |that )?"
        r"(?:fine|imprisonment))?"
    ),
    least_only=re.compile(
        r"^(?!.*(?:not exceed|up to|more than|maximum)).*\bless than\b"
        r"(?!.*(?:extend\w* to|exceed).*(?:\d|year|month))"
    ),
    sums=re.compile(
        rf"{_BEFORE}\.? ?#$|less than (?:a (?:fine|sum) of )?#$"
        rf"|^# ?(?:million |thousand )?(?:[a-z]+ )?{_CURRENCY}\b|^# ?%"
    ),
    unlimited=re.compile(
        r"any term of years|statutory maximum|general limit"
        r"|^(?!.*(?:\d|hundred|thousand|[$£€])).*at the discretion"
        r"|^(?=.*\bfined?)(?!.*(?:\s\d|[$£€]|hundred|thousand|times|equal|value|amount|exceed|extend|described|referred"
        r"|(?:more|less) than))"
    ),
)
