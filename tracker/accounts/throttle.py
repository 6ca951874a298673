"""Guessing passwords gets slower with every guess: counted before the answer, per account and client, never slept.

A browser that has signed in to the account before is its own client (a signed cookie); everybody else is the
pseudonym of
an address. So strangers cannot lock the owner out. Counters live in the database cache, as does the cache itself.
"""

from __future__ import annotations

import hashlib

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

DEVICE_COOKIE = "known-device"
DEVICE_DAYS = 90
FREE_GUESSES = 5
WINDOW = 15 * 60


def client_bucket(request: HttpRequest, handle: str) -> str:
    """The client that a guess is counted for."""
    try:
        known = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_COOKIE, max_age=DEVICE_DAYS * 86400)
    except signing.BadSignature:
        known = None
    if known == handle:
        return "device"
    return str(request.META.get("REMOTE_ADDR", ""))


def wait_before(request: HttpRequest, handle: str) -> int:
    """Count this guess and say how many seconds must pass before the next is heard; 0: this one is heard."""
    bucket = hashlib.sha256(f"{handle}|{client_bucket(request, handle)}".encode()).hexdigest()
    cache.add(f"guesses:{bucket}", 0, WINDOW)
    guesses = cache.incr(f"guesses:{bucket}")
    return 0 if guesses <= FREE_GUESSES else min(2 ** (guesses - FREE_GUESSES), WINDOW)


def remember_device(response: HttpResponse, handle: str, *, secure: bool) -> None:
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps(handle, salt=DEVICE_COOKIE),
        max_age=DEVICE_DAYS * 86400,
        httponly=True,
        secure=secure,
        samesite="Lax",
    )


def forget_guesses(request: HttpRequest, handle: str) -> None:
    """After a right password the client starts anew."""
    bucket = hashlib.sha256(f"{handle}|{client_bucket(request, handle)}".encode()).hexdigest()
    cache.delete(f"guesses:{bucket}")
