"""The public site as `make bench-web` serves it: with one bare view more, as a measure of what Django itself takes."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

application = get_wsgi_application()

from tracker import public_urls  # noqa: E402  # needs the settings

BARE = "bare"


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("bare", content_type="text/plain")


settings.ROOT_URLCONF = __name__
handler404 = public_urls.handler404
handler500 = public_urls.handler500
urlpatterns = [path(BARE, bare), *public_urls.urlpatterns]
