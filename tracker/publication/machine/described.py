"""The plain page that describes the API, made from its description."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from tracker.publication.machine.api import PREFIX, description
from tracker.publication.site import Site
from tracker.publication.views.show import show


def page(request: HttpRequest, site: Site) -> HttpResponse:
    found = description()
    operations = [
        {"path": path, "summary": each["get"]["summary"], "asked": each["get"].get("parameters", [])}
        for path, each in found["paths"].items()
    ]
    start = site.links.static(f"/{PREFIX}")
    context: dict[str, Any] = {"operations": operations, "start": start, "nav": ""}
    return show(request, site, "publication/api.html", **context)
