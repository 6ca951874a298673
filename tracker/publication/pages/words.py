"""Words for the values in documents: verdicts, penalties, amounts, dates, places. Whole phrases, to be translated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import dateformat
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext_lazy, pgettext, pgettext_lazy

from tracker.publication.documents import Names, PenaltyCell, Range, VersionHead

FALLBACK = ("en", "ru", "kk")
OWN_NAMES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}

VERDICTS = {
    "fixed": gettext_lazy("Fixed"),
    "partly_fixed": gettext_lazy("Partly fixed"),
    "unchanged": gettext_lazy("Unchanged"),
    "stricter": gettext_lazy("Made stricter"),
    "new_restriction": gettext_lazy("New restriction"),
    "not_assessed": gettext_lazy("Not assessed"),
}
MEANINGS = {
    "fixed": gettext_lazy("The recommendation was followed in full."),
    "partly_fixed": gettext_lazy("Some of it was followed."),
    "unchanged": gettext_lazy("The problem is still there."),
    "stricter": gettext_lazy("It is now worse than before."),
    "new_restriction": gettext_lazy("A restriction that current law does not have."),
    "not_assessed": gettext_lazy("We have not read it yet. This is not a finding."),
}
# The same words inside a sentence: "Libel went from partly fixed to made stricter."
INSIDE = {
    "fixed": pgettext_lazy("inside a sentence", "fixed"),
    "partly_fixed": pgettext_lazy("inside a sentence", "partly fixed"),
    "unchanged": pgettext_lazy("inside a sentence", "unchanged"),
    "stricter": pgettext_lazy("inside a sentence", "made stricter"),
    "new_restriction": pgettext_lazy("inside a sentence", "new restriction"),
    "not_assessed": pgettext_lazy("inside a sentence", "not assessed"),
}
LIFECYCLES = {
    "withdrawn": gettext_lazy("withdrawn"),
    "moved_to_another_code": gettext_lazy("moved to another code"),
    "split": gettext_lazy("split"),
    "merged": gettext_lazy("merged"),
    "returned": gettext_lazy("returned"),
}
CONTRADICTIONS = {
    "text_identical": gettext_lazy("The words we object to are the same as before."),
    "quoted_words_stand": gettext_lazy("The words we object to are still in the text."),
    "maximum_rose": gettext_lazy("A maximum penalty rose."),
    "heaviest_changed": gettext_lazy("The heaviest penalty changed."),
    "nothing_changed": gettext_lazy("Neither the words nor the penalties changed."),
    "worse_than_current_law": gettext_lazy("Against current law it became worse."),
    "recommendation_fixed": gettext_lazy("Against our recommendation it is fixed."),
    "has_counterpart": gettext_lazy("A confirmed match with current law exists."),
    "match_not_confirmed": gettext_lazy("The match of this article is not confirmed."),
}
STATUSES = {
    "draft": gettext_lazy("Draft"),
    "in_review": gettext_lazy("In review"),
    "returned": gettext_lazy("Returned"),
    "asked": gettext_lazy("Author asked"),
}
PENALTIES = {
    "fine": pgettext_lazy("penalty", "fine"),
    "imprisonment": pgettext_lazy("penalty", "prison"),
    "life_imprisonment": pgettext_lazy("penalty", "life in prison"),
    "death": pgettext_lazy("penalty", "death penalty"),
    "restriction_of_liberty": pgettext_lazy("penalty", "restriction of liberty"),
    "arrest": pgettext_lazy("penalty", "arrest"),
    "community_service": pgettext_lazy("penalty", "community service"),
    "compulsory_labour": pgettext_lazy("penalty", "compulsory labour"),
    "correctional_labour": pgettext_lazy("penalty", "correctional labour"),
    "deprivation_of_post": pgettext_lazy("penalty", "ban on posts"),
    "confiscation": pgettext_lazy("penalty", "confiscation"),
    "deportation": pgettext_lazy("penalty", "deportation"),
    "deprivation_of_citizenship": pgettext_lazy("penalty", "loss of citizenship"),
    "licence_suspension": pgettext_lazy("penalty", "suspension of a licence"),
    "warning": pgettext_lazy("penalty", "warning"),
    "other": pgettext_lazy("penalty", "other penalty"),
}
# Per unit: a bare amount, "up to" it, "at least" it, and a range. `n` is as printed, `count` chooses the plural form.
AMOUNTS = {
    "years": ngettext_lazy("%(n)s year", "%(n)s years", "count"),
    "months": ngettext_lazy("%(n)s month", "%(n)s months", "count"),
    "days": ngettext_lazy("%(n)s day", "%(n)s days", "count"),
    "hours": ngettext_lazy("%(n)s hour", "%(n)s hours", "count"),
    "mci": ngettext_lazy("%(n)s MCI", "%(n)s MCI", "count"),
    "rub": ngettext_lazy("%(n)s rouble", "%(n)s roubles", "count"),
    "eur": ngettext_lazy("%(n)s euro", "%(n)s euros", "count"),
    "frf": ngettext_lazy("%(n)s franc", "%(n)s francs", "count"),
    "inr": ngettext_lazy("%(n)s rupee", "%(n)s rupees", "count"),
    "income_months": ngettext_lazy("%(n)s month of income", "%(n)s months of income", "count"),
    "percent": ngettext_lazy("%(n)s per cent", "%(n)s per cent", "count"),
}
UP_TO = {
    "years": ngettext_lazy("up to %(n)s year", "up to %(n)s years", "count"),
    "months": ngettext_lazy("up to %(n)s month", "up to %(n)s months", "count"),
    "days": ngettext_lazy("up to %(n)s day", "up to %(n)s days", "count"),
    "hours": ngettext_lazy("up to %(n)s hour", "up to %(n)s hours", "count"),
    "mci": ngettext_lazy("up to %(n)s MCI", "up to %(n)s MCI", "count"),
    "rub": ngettext_lazy("up to %(n)s rouble", "up to %(n)s roubles", "count"),
    "eur": ngettext_lazy("up to %(n)s euro", "up to %(n)s euros", "count"),
    "frf": ngettext_lazy("up to %(n)s franc", "up to %(n)s francs", "count"),
    "inr": ngettext_lazy("up to %(n)s rupee", "up to %(n)s rupees", "count"),
    "income_months": ngettext_lazy("up to %(n)s month of income", "up to %(n)s months of income", "count"),
    "percent": ngettext_lazy("up to %(n)s per cent", "up to %(n)s per cent", "count"),
}
AT_LEAST = {
    "years": ngettext_lazy("at least %(n)s year", "at least %(n)s years", "count"),
    "months": ngettext_lazy("at least %(n)s month", "at least %(n)s months", "count"),
    "days": ngettext_lazy("at least %(n)s day", "at least %(n)s days", "count"),
    "hours": ngettext_lazy("at least %(n)s hour", "at least %(n)s hours", "count"),
    "mci": ngettext_lazy("at least %(n)s MCI", "at least %(n)s MCI", "count"),
    "rub": ngettext_lazy("at least %(n)s rouble", "at least %(n)s roubles", "count"),
    "eur": ngettext_lazy("at least %(n)s euro", "at least %(n)s euros", "count"),
    "frf": ngettext_lazy("at least %(n)s franc", "at least %(n)s francs", "count"),
    "inr": ngettext_lazy("at least %(n)s rupee", "at least %(n)s rupees", "count"),
    "income_months": ngettext_lazy("at least %(n)s month of income", "at least %(n)s months of income", "count"),
    "percent": ngettext_lazy("at least %(n)s per cent", "at least %(n)s per cent", "count"),
}
RANGES = {
    "years": ngettext_lazy("%(low)s to %(n)s year", "%(low)s to %(n)s years", "count"),
    "months": ngettext_lazy("%(low)s to %(n)s month", "%(low)s to %(n)s months", "count"),
    "days": ngettext_lazy("%(low)s to %(n)s day", "%(low)s to %(n)s days", "count"),
    "hours": ngettext_lazy("%(low)s to %(n)s hour", "%(low)s to %(n)s hours", "count"),
    "mci": ngettext_lazy("%(low)s to %(n)s MCI", "%(low)s to %(n)s MCI", "count"),
    "rub": ngettext_lazy("%(low)s to %(n)s rouble", "%(low)s to %(n)s roubles", "count"),
    "eur": ngettext_lazy("%(low)s to %(n)s euro", "%(low)s to %(n)s euros", "count"),
    "frf": ngettext_lazy("%(low)s to %(n)s franc", "%(low)s to %(n)s francs", "count"),
    "inr": ngettext_lazy("%(low)s to %(n)s rupee", "%(low)s to %(n)s rupees", "count"),
    "income_months": ngettext_lazy("%(low)s to %(n)s month of income", "%(low)s to %(n)s months of income", "count"),
    "percent": ngettext_lazy("%(low)s to %(n)s per cent", "%(low)s to %(n)s per cent", "count"),
}


def language_of(names: Names) -> str:
    """The language a text in several languages is shown in: the reader's, else en, ru, kk, else whichever there is."""
    for language in ((get_language() or "en")[:2], *FALLBACK, *names):
        if names.get(language):
            return language
    return ""


def say(names: Names | None) -> str:
    return names.get(language_of(names), "") if names else ""


def number(value: int) -> str:
    """A whole number with thousands separated: "1,000"; in Russian and Kazakh by a space that does not break."""
    grouped = f"{value:,}"
    return grouped if (get_language() or "en").startswith("en") else grouped.replace(",", "\u00a0")


def _amount(forms: Mapping[str, Any], value: int, unit: str, **more: str) -> str:
    if unit not in forms:
        return number(value)
    return str(forms[unit] % {"count": value, "n": number(value), **more})


def amount(value: int, unit: str) -> str:
    """ "7 years", "1,000 MCI"."""
    return _amount(AMOUNTS, value, unit)


def range_words(found: Range | None) -> str:
    """ "5 to 10 years", "up to 7 years", "15 days" for an exact amount; "possible" when no amount is stated; "none"."""
    if found is None:
        return gettext("none")
    low, high, unit = found["minimum"], found["maximum"], found["unit"]
    if high is None:
        return gettext("possible") if low is None else _amount(AT_LEAST, low, unit)
    if low is None:
        return _amount(UP_TO, high, unit)
    return _amount(AMOUNTS, high, unit) if low == high else _amount(RANGES, high, unit, low=number(low))


def penalty(kind: str) -> str:
    return str(PENALTIES.get(kind, PENALTIES["other"]))


def _maxima(cell: PenaltyCell) -> tuple[int, int, str] | None:
    """Both maxima and their unit, when they can be compared."""
    old, new = cell["old"], cell["new"]
    if not old or not new or old["unit"] != new["unit"] or old["maximum"] is None or new["maximum"] is None:
        return None
    return old["maximum"], new["maximum"], new["unit"]


def maximum_change(cell: PenaltyCell) -> str:
    """ "+2 years", "−1 year", "×3" for fines that grew by a whole factor; "" when equal or not comparable."""
    maxima = _maxima(cell)
    if maxima is None or maxima[0] == maxima[1]:
        return ""
    old, new, unit = maxima
    if cell["kind"] == "fine" and old and new > old and new % old == 0:
        return f"×{number(new // old)}"
    return ("+" if new > old else "−") + amount(abs(new - old), unit)


def fact_words(cell: PenaltyCell, fact: str) -> str:
    """What one fact about a cell says in the "Change" column: "+2 years", "new minimum", "option removed"."""
    words = {
        "min_appeared": gettext("new minimum"),
        "min_up": gettext("minimum rises"),
        "min_down": gettext("minimum falls"),
        "min_gone": gettext("minimum removed"),
        "alternative_added": gettext("option added"),
        "alternative_removed": gettext("option removed"),
        "supplementary_added": gettext("added to the main penalty"),
        "supplementary_removed": gettext("no longer added"),
        "supplementary_mandatory": gettext("now always added"),
        "supplementary_optional": gettext("now optional"),
        "unit_changed": gettext("not comparable: the unit changed"),
        "part_added": gettext("new part"),
        "part_removed": gettext("part removed"),
        "offence_added": gettext("new offence"),
        "offence_removed": gettext("offence removed"),
    }
    if fact in {"max_up", "max_down"}:
        return maximum_change(cell) or (gettext("maximum rises") if fact == "max_up" else gettext("maximum falls"))
    return words.get(fact, fact)


def short_fact(cell: PenaltyCell) -> str:
    """The lead fact of a cell in at most about five words: "prison 5 → 7 years", "fine removed"."""
    facts = [fact["fact"] for fact in cell["facts"]]
    kind, maxima = penalty(cell["kind"]), _maxima(cell)
    if maxima and maxima[0] != maxima[1]:
        values = {"penalty": kind, "old": number(maxima[0]), "new": amount(maxima[1], maxima[2])}
        return gettext("%(penalty)s %(old)s → %(new)s") % values
    if cell["new"] is None:
        return gettext("%(penalty)s removed") % {"penalty": kind}
    if cell["old"] is None:
        stated = cell["new"]["maximum"] is not None or cell["new"]["minimum"] is not None
        if not stated:
            return gettext("%(penalty)s added") % {"penalty": kind}
        return gettext("%(penalty)s %(range)s") % {"penalty": kind, "range": range_words(cell["new"])}
    return f"{kind}: {fact_words(cell, facts[0])}" if facts else ""


def when(iso: str | None, precision: str = "day") -> str:
    """A date as exactly as it is known: "21 May 2014", "May 2014", "spring 2014", "2014"."""
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    if precision == "year":
        return str(day.year)
    if precision == "season":
        seasons = [
            gettext("winter %(year)s"),
            gettext("spring %(year)s"),
            gettext("summer %(year)s"),
            gettext("autumn %(year)s"),
        ]
        return seasons[day.month % 12 // 3] % {"year": day.year}
    if precision == "month":
        return _formatted(day, pgettext("date format: month and year", "M Y"))
    exact = _formatted(day, pgettext("date format: day, month and year", "j M Y"))
    return gettext("week of %(date)s") % {"date": exact} if precision == "week" else exact


def text_name(version: VersionHead) -> str:
    """A text with its date, which tells apart texts of one stage: "In force, Sep 2025"."""
    label = say(version["label"])
    if says_its_year(version):
        return label
    return gettext("{text}, {date}").format(text=label, date=when(version["date"], version["date_precision"]))


def says_its_year(version: VersionHead) -> bool:
    return version["date"][:4] in say(version["label"])


def month_alone(iso: str) -> str:
    """The month without its year: "Aug"."""
    return _formatted(date.fromisoformat(iso), pgettext("date format: month", "M"))


def _formatted(day: date, form: str) -> str:
    """Kazakh writes months small, as Russian does; Django's Kazakh names begin with a capital."""
    text = dateformat.format(day, form)
    return text.lower() if (get_language() or "").startswith("kk") else text


def joined(words: Sequence[str]) -> str:
    """ "404", "404 and 405", "404, 405 and 406"."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def printed(article: str) -> str:
    """An article number as readers know it: the `~2` of a number's second appearance becomes words."""
    number_, _, again = article.partition("~")
    return gettext("%(number)s (second)") % {"number": number_} if again else number_


def short_articles(numbers: Sequence[str]) -> str:
    """ "Art. 404 + 405"."""
    return gettext("Art. %(numbers)s") % {"numbers": " + ".join(map(printed, numbers))} if numbers else ""


def long_articles(numbers: Sequence[str]) -> str:
    """ "Article 404", "Articles 404 and 405"."""
    if not numbers:
        return ""
    form = gettext("Article %(numbers)s") if len(numbers) == 1 else gettext("Articles %(numbers)s")
    return form % {"numbers": joined([printed(each) for each in numbers])}


def part(marker: str) -> str:
    return gettext("Part %(number)s") % {"number": marker} if marker else ""


def place(eid: str) -> str:
    """The place a paragraph's element id names: `art_174__para_2__point_3` → "Part 2, item 3"."""
    values = {name: value for name, _, value in (piece.partition("_") for piece in eid.split("__")[1:])}
    number_, item = values.get("para", ""), values.get("point", "")
    if number_ and item:
        return gettext("Part %(number)s, item %(item)s") % {"number": number_, "item": item}
    return gettext("Item %(item)s") % {"item": item} if item else part(number_)
