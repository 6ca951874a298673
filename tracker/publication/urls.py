"""The addresses of pages, once: the public site mounts them under a language, the workspace under `w/`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from tracker.publication.views import about, asked, notes, pages, reading, reports, search

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


def site_patterns(wrap: Wrap) -> list[URLPattern]:
    """Pages that belong to no single law. `wrap` turns a page view into a public or a workspace one."""
    return [
        path("laws/", wrap(pages.laws)),
        path("standards/", wrap(pages.standards)),
        path("standards/<slug:s>/", wrap(pages.standard)),
        path("method/", wrap(pages.method)),
    ]


def record_patterns(wrap: Wrap) -> list[URLPattern]:
    """Pages about the public record, which the workspace has not."""
    return [
        path("search/", wrap(search.search)),
        path("corrections/", wrap(about.corrections)),
        path("mirrors/", wrap(about.mirrors)),
        path("privacy/", wrap(about.privacy)),
        path("accessibility/", wrap(about.accessibility)),
        path("reports/", wrap(reports.reports)),
        path("reports/<slug:slug>/", wrap(reports.report)),
    ]


def law_record_patterns(wrap: Wrap) -> list[URLPattern]:
    """The same of one law."""
    return [path("changes/", wrap(about.changes))]


def law_patterns(wrap: Wrap) -> list[URLPattern]:
    """The pages of one law, below `laws/{law}/` and, frozen, below `laws/{law}/@{date}/`; `w/` has them too."""
    return [
        path("", wrap(pages.overview)),
        path("matrix.json", wrap(pages.matrix_json)),
        path("v/<slug:v>/", wrap(reading.contents)),
        path("v/<slug:v>/art-<str:n>/", wrap(reading.article)),
        path("p/<str:key>/", wrap(reading.life)),
        path("topics/<slug:topic>/", wrap(asked.topic)),
        path("recommendations/<slug:concern>/", wrap(asked.recommendation)),
        path("notes/<slug:public_id>/", wrap(notes.note)),
        path("compare/<slug:a>...<slug:b>/", wrap(reading.compare)),
        path("compare/<slug:a>...<slug:b>/art-<str:n>/", wrap(pages.pair_by_number)),
        path("compare/<slug:a>...<slug:b>/<str:key>/", wrap(reading.pair)),
    ]
