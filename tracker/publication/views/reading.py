"""Reading pages. (First version, so that addresses resolve: the author of these pages replaces this file.)"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from tracker.publication.site import Missing, Site


def contents(request: HttpRequest, site: Site, **values: Any) -> HttpResponse:
    raise Missing(gettext("There is no such page."))


article = life = compare = pair = contents
