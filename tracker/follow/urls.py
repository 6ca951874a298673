"""Addresses of the public forms, below the language. A token is 128 bits in URL-safe base64."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from tracker.follow import public

_TOKEN = r"^follow/(?P<token>[A-Za-z0-9_-]{22})/"

urlpatterns: list[URLPattern] = [
    path("follow/", public.subscribe),
    path("follow/webhook/", public.webhook),
    path("follow/received/", public.received),
    re_path(f"{_TOKEN}$", public.manage),
    re_path(f"{_TOKEN}confirm/$", public.confirm),
    re_path(f"{_TOKEN}unsubscribe/$", public.unsubscribe),
]
