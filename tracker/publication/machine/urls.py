"""The addresses for programs; `tracker.public_urls` includes them once, before those of pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from tracker.publication.machine import (
    akn,
    api,
    copies,
    described,
    embeds,
    feeds,
    linked,
    pictures,
    sitemaps,
    tables,
    twins,
)
from tracker.publication.machine.serving import data, download, embedded, opened
from tracker.publication.views import reports
from tracker.publication.views.public import public

Patterns = list[URLPattern | URLResolver]


def law_patterns() -> Patterns:
    """Below `{lang}/laws/{law}/` and, frozen, below `{lang}/laws/{law}/@{date}/`."""
    return [
        path("matrix.json", data(twins.matrix)),
        path("matrix.csv", download(tables.matrix_csv)),
        path("matrix.xlsx", download(tables.matrix_xlsx)),
        path("changes.json", data(twins.changes)),
        path("ld.json", data(linked.law)),
        path("v/<slug:v>/art-<str:n>/ld.json", data(linked.article)),
        path("notes/<slug:public_id>/ld.json", data(linked.note)),
        path("v/<slug:v>/akn.xml", download(akn.version)),
        path("v/<slug:v>/art-<str:n>/akn.xml", download(akn.article)),
        path("<path:rest>.json", data(twins.twin)),
    ]


def current_patterns() -> Patterns:
    """Of a law as it stands today only."""
    return [
        path("feed.atom", download(feeds.law)),
        path("headline.png", download(pictures.headline)),
        path("embeds/", public(embeds.snippets)),
    ]


def site_patterns() -> Patterns:
    """Below `{lang}/`."""
    return [
        path("api/", public(described.page)),
        path("feed.atom", download(feeds.everything)),
        path("topics/<slug:topic>/feed.atom", download(feeds.topic)),
        path("reports/<slug:slug>.<slug:form>", download(reports.report_file)),
        path("laws.json", data(twins.twin), {"rest": "laws"}),
        path("standards.json", data(twins.twin), {"rest": "standards"}),
        path("laws/<slug:law>/@<day:at>/", include(law_patterns())),
        path("laws/<slug:law>/", include(current_patterns())),
        path("laws/<slug:law>/", include(law_patterns())),
    ]


def root_patterns() -> Patterns:
    return [
        path(api.PREFIX, include(api.patterns())),
        path("mirror.zip", copies.whole),
        path("mirror.zip.sha256", copies.checksum),
        path("<language:lang>/laws/<slug:law>/offline.zip", copies.law),
        path("robots.txt", sitemaps.robots),
        path("sitemap.xml", opened(sitemaps.index)),
        path("sitemap-<int:number>.xml", opened(sitemaps.part)),
        path("embed/<language:lang>/<slug:law>/headline/", embedded(embeds.headline)),
        path("embed/<language:lang>/<slug:law>/matrix/", embedded(embeds.matrix)),
        path("embed/<language:lang>/<slug:law>/p/<str:key>/", embedded(embeds.provision)),
        path("embed/<language:lang>/<slug:law>/headline.svg", download(embeds.picture)),
    ]
