"""Template tags of every page; built in (settings.TEMPLATES), so no template loads them.

{% to "article" law.slug version.slug "174" fragment="p2" %}   a relative address (tracker/publication/links.py)
{% page_title %}<title>…{% end_page_title %}                          <title>, and the title that shared links show
{% canonical as home %}                                        the page's address at home, or ""
{% asset "css/site.css" %}                                     a static file, relative
{{ names|say }}  {% said names %}                              a text in the reader's language; `said` marks another one
{% icon "stricter" %}  {% verdict "stricter" %}                an icon of the sprite; icon + word + colour
{% marks verdict %}                                            reported · sample · from a source · read, not held here
{% when version.date version.date_precision %}                 "Aug 2013"
{{ range|amount }}  {{ cell|short_fact }}  {{ kind|penalty }}  "5 to 10 years" · "prison 5 → 7 years" · "prison"
{% change cell fact.fact %}                                    "+2 years", "option removed"
{{ numbers|articles }}  {{ numbers|short_articles }}           "Articles 404 and 405" · "Art. 404 + 405"
{{ version|text_name }}                                        "In force, Sep 2025"; plain_text_name inside options
{{ number|printed }}  {{ part|part }}  {{ eid|place }}         "317-1" · "Part 1" · "Part 1, item 2"
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from tracker.publication.documents import Names, OverviewDocument, PenaltyCell, Range, Stage, VersionHead
from tracker.publication.pages import forms, words
from tracker.publication.pages.headline import tally
from tracker.publication.pages.overview import Overview
from tracker.publication.query import Asked

register = template.Library()

for _filter in (
    words.say,
    words.penalty,
    words.short_fact,
    words.short_articles,
    words.printed,
    words.part,
    words.place,
):
    register.filter(_filter.__name__, _filter)
register.simple_tag(tally)
register.filter("plain_text_name", words.text_name)
register.filter("articles", words.long_articles)
register.filter("number", words.number)


@register.filter
def amount(found: Range | None) -> str:
    return words.range_words(found)


@register.filter
def get(values: dict[str, Any], key: str) -> Any:
    """The entry of a dictionary under a key that is itself a variable."""
    return values.get(key)


@register.filter
def verdict_word(value: str) -> str:
    return str(words.VERDICTS[value])


@register.filter
def inside(value: str) -> str:
    """The word of a verdict as it stands inside a sentence."""
    return str(words.INSIDE[value])


@register.filter
def lifecycle(code: str) -> str:
    return str(words.LIFECYCLES.get(code, code))


@register.filter
def contradiction(code: str) -> str:
    """The computed fact that a verdict differs from, as a sentence."""
    return str(words.CONTRADICTIONS.get(code, code))


@register.simple_tag(takes_context=True)
def to(context: Context, page: str, *parts: str, **query: str) -> str:
    """The relative address of a page. `page` names a method of Links."""
    address: str = getattr(context["site"].links, page)(*parts, **query)
    return address


@register.simple_tag(takes_context=True)
def asset(context: Context, path: str) -> str:
    """The address of a static file: relative on pages, from the root on sign-in and error pages, which know no Site."""
    address = staticfiles_storage.url(path)
    site = context.get("site")
    return str(site.links.static(address)) if site else address


class PageTitle(template.Node):
    """The title of the page, once for the window and once for whoever shows a link to it."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        title = self.nodelist.render(context)
        site = context.get("site")
        if not site or site.workspace:
            return title
        words = SafeString(title.strip().removeprefix("<title>").removesuffix("</title>"))  # escaped when it was made
        return format_html('{}\n<meta property="og:title" content="{}">', title, words)


@register.tag
def page_title(parser: template.base.Parser, _token: template.base.Token) -> PageTitle:
    nodelist = parser.parse(("end_page_title",))
    parser.delete_first_token()
    return PageTitle(nodelist)


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """The page's address at home; "" where none is set, and for pages that have no lasting address."""
    request = context.get("request")
    if not settings.HOME_ADDRESS or request is None:
        return ""
    return str(settings.HOME_ADDRESS).rstrip("/") + quote(request.path_info, safe="/~@")


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> list[dict[str, str]]:
    """The forms of this page for programs: its document, linked data, Akoma Ntoso, and feeds."""
    request = context.get("request")
    return forms.alternates(context["site"], context.get("document") or {}) if request else []


@register.simple_tag(takes_context=True)
def og_picture(context: Context) -> str:
    """The address at home of the picture that shared links show; "" without a home, or on pages of no law."""
    return forms.picture(context["site"], context.get("law"))


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[dict[str, Any]]:
    """The languages of the site, each under its own name, with the address of this same page in it."""
    site, request = context["site"], context.get("request")
    asked = getattr(request, "GET", None)
    query = asked.read() if isinstance(asked, Asked) else ""
    return [
        {
            "code": code,
            "name": words.OWN_NAMES[code],
            "address": site.links.in_language(code) + (f"?{query}" if query else ""),
            "current": code == site.language,
        }
        for code, _ in settings.LANGUAGES
    ]


@register.simple_tag
def said(names: Names | None) -> str:
    """A text in the reader's language; in another one, the passage says which (`lang`)."""
    if not names:
        return ""
    language = words.language_of(names)
    text = names.get(language, "")
    if language == (get_language() or "en")[:2]:
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.simple_tag
def titled(concern: dict[str, str]) -> str:
    """The name of a concern as a standard lists it: one field per language."""
    names = {code: concern[f"title_{code}"] for code in words.FALLBACK if concern.get(f"title_{code}")}
    return str(said(names))


@register.simple_tag
def other_titles(titles: Names) -> list[dict[str, str]]:
    """The title in the languages it is not already shown in."""
    shown = words.language_of(titles)
    return [{"language": code, "text": text} for code, text in titles.items() if code != shown and text]


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"></use></svg>', name)


@register.inclusion_tag("publication/parts/verdict.html")
def verdict(value: str, text: str = "") -> dict[str, Any]:
    """A tag of icon, word and colour. `text` replaces the word ("5 made stricter")."""
    return {"value": value, "word": text or words.VERDICTS[value]}


@register.inclusion_tag("publication/parts/marks.html")
def marks(finding: dict[str, Any], short: bool = False) -> dict[str, Any]:
    """What a reader must know about a verdict besides its value (`VerdictData`); `short` in the cells of the matrix."""
    status = finding.get("status", "published")
    return {
        "finding": finding,
        "short": short,
        "status": "" if status == "published" else words.STATUSES.get(status, status),
    }


@register.simple_tag
def change(cell: PenaltyCell, fact: str) -> str:
    """What one fact of a penalty table says: "+2 years", "option removed"."""
    return words.fact_words(cell, fact)


@register.simple_tag
def when(iso: str | None, precision: str = "day") -> str:
    """A date as exactly as it is known."""
    return words.when(iso, precision)


@register.simple_tag
def years(value: int) -> str:
    return words.amount(value, "years")


@register.simple_tag
def comparable(document: OverviewDocument, old: VersionHead | None, new: VersionHead | None) -> list[str] | None:
    """The pair of two texts, when their comparison exists."""
    pair = [old["slug"], new["slug"]] if old and new else []
    return pair if pair in document["pairs"] else None


@register.simple_tag
def compared_with(document: OverviewDocument, text: VersionHead) -> list[VersionHead]:
    """The earlier texts, current law among them, that a text can be compared with."""
    known = [*filter(None, [document["current_law"]]), *document["texts"]]
    return [old for old in known if [old["slug"], text["slug"]] in document["pairs"]]


@register.simple_tag
def upcoming(stages: list[Stage]) -> Stage | None:
    """The stage that comes next, for the dotted column."""
    return next((stage for stage in stages if stage["state"] == "todo"), None)


@register.filter
def text_name(version: VersionHead) -> str:
    """A text with its date; a name in another language says which."""
    label = said(version["label"])
    if words.says_its_year(version):
        return label
    date = words.when(version["date"], version["date_precision"])
    return format_html(gettext("{text}, {date}"), text=label, date=date)


@register.filter
def column_notes(version: VersionHead, page: Overview) -> str:
    """What stands below the name of a text: its date, unless the name says it, and whether we hold it."""
    notes = [] if words.says_its_year(version) else [words.when(version["date"], version["date_precision"])]
    if version["slug"] == page.document["texts"][-1]["slug"]:
        notes.append(gettext("latest"))
    if not version["obtained"]:
        notes.append(gettext("text not obtained"))
    elif version["coverage"] is not None:
        notes.append(gettext("in part"))
    return " · ".join(notes)


@register.simple_tag
def stage_of(version: str) -> str:
    """The id of a text's step on the life page."""
    return f"v-{version}"
