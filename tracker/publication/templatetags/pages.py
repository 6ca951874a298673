"""Template tags of every page; built in (settings.TEMPLATES), so no template loads them.

    {% to "article" law.slug version.slug "174" fragment="p2" %}   a relative address (tracker/publication/links.py)
    {% asset "css/site.css" %}                                     a static file, relative
    {{ names|say }}  {% said names %}                              a text in the reader's language; `said` marks another one
    {% icon "stricter" %}  {% verdict "stricter" %}                an icon of the sprite; icon + word + colour
    {% marks verdict %}                                            reported · sample · from a source · read, not held here
    {% when version.date version.date_precision %}                 "Aug 2013"
    {{ range|amount }}  {{ cell|short_fact }}  {{ kind|penalty }}  "5 to 10 years" · "prison 5 → 7 years" · "prison"
    {% change cell fact.fact %}                                    "+2 years", "option removed"
    {{ numbers|articles }}  {{ numbers|short_articles }}           "Articles 404 and 405" · "Art. 404 + 405"
    {{ number|printed }}  {{ part|part }}  {{ eid|place }}         "317-1" · "Part 1" · "Part 1, item 2"
"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tracker.publication.documents import Names, PenaltyCell, Range
from tracker.publication.pages import words

register = template.Library()

for _filter in (words.say, words.penalty, words.short_fact, words.short_articles, words.printed, words.part, words.place):
    register.filter(_filter.__name__, _filter)
register.filter("articles", words.long_articles)
register.filter("number", words.number)


@register.filter
def amount(found: Range | None) -> str:
    return words.range_words(found)


@register.filter
def get(values: dict[str, Any], key: str) -> Any:
    """The entry of a dictionary under a key that is itself a variable."""
    return values.get(key)


@register.simple_tag
def change(cell: PenaltyCell, fact: str) -> str:
    return words.fact_words(cell, fact)


@register.simple_tag
def when(iso: str | None, precision: str = "day") -> str:
    return words.when(iso, precision)


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


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[dict[str, Any]]:
    """The languages of the site, each under its own name, with the address of this same page in it."""
    site, request = context["site"], context.get("request")
    query = request.META.get("QUERY_STRING", "") if request else ""
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
def icon(name: str) -> SafeString:
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"></use></svg>', name)


@register.inclusion_tag("publication/parts/verdict.html")
def verdict(value: str, text: str = "") -> dict[str, Any]:
    """A tag of icon, word and colour. `text` replaces the word ("5 made stricter")."""
    return {"value": value, "word": text or words.VERDICTS[value]}


@register.inclusion_tag("publication/parts/marks.html")
def marks(finding: dict[str, Any]) -> dict[str, Any]:
    """What a reader must know about a verdict besides its value: see `VerdictData`."""
    status = finding.get("status", "published")
    return {"finding": finding, "status": "" if status == "published" else words.STATUSES.get(status, status)}


@register.filter
def contradiction(code: str) -> str:
    return str(words.CONTRADICTIONS.get(code, code))


@register.filter
def lifecycle(code: str) -> str:
    return str(words.LIFECYCLES.get(code, code))


@register.filter
def verdict_word(value: str) -> str:
    return str(words.VERDICTS[value])
