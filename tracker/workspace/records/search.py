"""Searching the member's laws: articles by words and numbers, grouped by provision, then notes and concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, ngettext

from amendments.models import Provision
from amendments.services import finding
from codes.models import Article, Code, Version
from codes.services import search as searching
from codes.services.search import Excerpt, Hit
from codes.text.numbering import sort_key
from tracker.publication.pages import words
from tracker.publication.site import Site
from tracker.workspace import seam

GROUPS = 25  # articles on a page
HITS = 8  # texts shown of one article; the others are counted


@dataclass
class Found:
    """One text of an article that holds what was asked."""

    hit: Hit
    number: str
    version: Version
    excerpt: Excerpt | None = None


@dataclass
class Group:
    """One provision, or one article through its texts. `provision` is None where it is not followed."""

    law: Code
    number: str
    provision: Provision | None
    found: list[Found] = field(default_factory=list)
    more: int = 0

    @property
    def named(self) -> bool:
        return any(each.hit.named for each in self.found)


@seam.member_view("GET")
def search(request: seam.MemberRequest, site: Site) -> HttpResponse:
    laws = {law.pk: law for law in Code.objects.visible_to(request.user)}
    if not laws:
        raise Http404
    asked, law, text, page = (request.GET.get(name, "").strip() for name in ("q", "law", "text", "page"))
    chosen = {pk: each for pk, each in laws.items() if each.slug == law} if law else laws
    if not chosen:
        raise Http404
    versions = list(Version.objects.filter(code__in=chosen, obtained=True).in_order().select_related("code"))
    version = _version(versions, text)
    query = searching.understand(asked)
    hits = searching.find(query, laws=list(chosen), version=version.pk if version else None)
    groups = _groups(hits[: searching.MOST], chosen)
    first = (int(page) - 1) * GROUPS if page.isdigit() and int(page) > 0 else 0
    shown = groups[first : first + GROUPS]
    _fill(query, shown)
    others: dict[str, Any] = {"notes": [], "concerns": []}
    if version is None and not first:
        others = {
            "notes": finding.notes(query, laws=list(chosen)),
            "concerns": finding.concerns(query, laws=list(chosen)),
        }
    return seam.page(
        request,
        site,
        "workspace/records/search.html",
        nav="search",
        asked=asked,
        chosen_law=law,
        chosen_text=text,
        versions=[{"slug": f"{laws[v.code_id].slug}/{v.slug}", "name": _option(v, laws, law)} for v in versions],
        groups=shown,
        said=counted(hits, groups) if asked else "",
        next_page=str(first // GROUPS + 2) if first + GROUPS < len(groups) else "",
        previous_page=str(first // GROUPS) if first else "",
        **others,
    )


def _version(versions: Iterable[Version], text: str) -> Version | None:
    """The text that the form names as law/text."""
    if not text:
        return None
    law, _, slug = text.partition("/")
    pk = next((version.pk for version in versions if version.slug == slug and version.code.slug == law), None)
    return get_object_or_404(Version, pk=pk)


def _option(version: Version, laws: Mapping[int, Code], law: str) -> str:
    label = words.say(version.label)
    date = words.when(version.date.isoformat(), version.date_precision)
    name = label if str(version.date.year) in label else gettext("{text}, {date}").format(text=label, date=date)
    return name if law else f"{words.say(laws[version.code_id].names)}: {name}"


def counted(hits: list[Hit], groups: list[Group]) -> str:
    """ "23 results in 9 articles"."""
    if len(hits) > searching.MOST:
        return gettext("More than %(n)s results. Add a word, or choose a law or a text.") % {
            "n": words.number(searching.MOST)
        }
    articles = ngettext("%(n)s article", "%(n)s articles", len(groups)) % {"n": len(groups)}
    said = ngettext("%(n)s result in %(articles)s", "%(n)s results in %(articles)s", len(hits))
    return said % {"n": len(hits), "articles": articles}


def _groups(hits: list[Hit], laws: Mapping[int, Code]) -> list[Group]:
    """By provision where one is followed, else by the article's own way through the texts. What was asked for by its
    number stands first, then what is followed, then in the order of the law.
    """
    lines = finding.lines(hits, laws=list(laws))
    articles = Article.objects.select_related("version").in_bulk([hit.article for hit in hits])
    groups: dict[tuple[str, int], Group] = {}
    for hit in sorted(hits, key=lambda each: _newest_first(articles[each.article].version)):
        article, provision = articles[hit.article], lines.provisions.get(hit.article)
        key = ("provision", provision.pk) if provision else ("article", lines.first[hit.article])
        group = groups.setdefault(key, Group(laws[hit.law], article.number, provision))
        group.found.append(Found(hit, article.number, article.version))
    return sorted(groups.values(), key=_order)


def _newest_first(version: Version) -> tuple[int, int]:
    return (-version.date.toordinal(), -version.sequence)


def _order(group: Group) -> Any:
    return (not group.named, group.provision is None, group.law.order, sort_key(group.number))


def _fill(query: searching.Query, groups: list[Group]) -> None:
    for group in groups:
        group.more = max(0, len(group.found) - HITS)
        group.found = group.found[:HITS]
    excerpts = searching.excerpts(query, [each.hit for group in groups for each in group.found])
    for group in groups:
        for each in group.found:
            each.excerpt = excerpts.get(each.hit.text)
