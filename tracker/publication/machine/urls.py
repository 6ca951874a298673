"""The addresses for programs; `tracker.public_urls` includes them once, before those of pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from tracker.publication.machine import api, twins
from tracker.publication.machine.serving import data


def law_patterns() -> list[URLPattern | URLResolver]:
    """Below `{lang}/laws/{law}/` and, frozen, below `{lang}/laws/{law}/@{date}/`."""
    return [
        path("matrix.json", data(twins.matrix)),
        path("changes.json", data(twins.changes)),
        path("<path:rest>.json", data(twins.twin)),
    ]


def site_patterns() -> list[URLPattern | URLResolver]:
    """Below `{lang}/`."""
    return [
        path("laws.json", data(twins.twin), {"rest": "laws"}),
        path("standards.json", data(twins.twin), {"rest": "standards"}),
        path("laws/<slug:law>/@<day:at>/", include(law_patterns())),
        path("laws/<slug:law>/", include(law_patterns())),
    ]


def root_patterns() -> list[URLPattern | URLResolver]:
    return [path(api.PREFIX, include(api.patterns()))]
