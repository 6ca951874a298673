"""Guessing passwords gets slower with every guess: counted before the answer, per account and client, never slept.

A browser that has signed in to the account before is its own client (a signed cookie); everybody else is the
pseudonym of an address. So strangers cannot lock the owner out. Counters live in the cache, which is in the database.
"""

from __future__ import annotations

import hashlib
import math
from time import time

from django.core import signing
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

DEVICE_COOKIE = "known-device"
DEVICE_DAYS = 90
FREE_GUESSES = 5
WINDOW = LONGEST_WAIT = 15 * 60  # seconds: guesses are forgotten after the one, nobody waits longer than the other


def client_bucket(request: HttpRequest, handle: str) -> str:
    """The client that a guess is counted for."""
    try:
        known = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_COOKIE, max_age=DEVICE_DAYS * 86400)
    except signing.BadSignature:
        known = None
    if known == handle:
        return "device"
    return str(request.META.get("REMOTE_ADDR", ""))


@transaction.atomic
def wait_before(request: HttpRequest, handle: str, *, code: bool = False) -> int:
    """How many seconds must pass before a guess is heard again; 0: this one is heard, and counted.

    After the free guesses each one that is heard doubles the wait for the next. Guesses that were not heard cost
    nothing, so whoever waits as long as the sentence says gets in. Guesses of one client take turns.
    `code`: a guess at a second factor's six digits. Whoever makes one knows the password already, so all unknown
    browsers are one client: a million codes are few for somebody with many addresses.
    """
    key = _key(request, handle, code)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    heard, until = cache.get(key) or (0, 0.0)
    now = time()
    if now < until:
        return math.ceil(until - now)
    heard += 1
    delay = min(2 ** (heard - FREE_GUESSES), LONGEST_WAIT) if heard >= FREE_GUESSES else 0
    cache.set(key, (heard, now + delay), delay + WINDOW)
    return 0


@transaction.atomic
def asked_too_often(request: HttpRequest, what: str, *, most: int, seconds: int) -> int:
    """How many seconds until this address may ask again; 0: it may, and this time is counted.

    For what a stranger may ask without naming an account. At most `most` times in `seconds`.
    """
    named = f"{what}|{request.META.get('REMOTE_ADDR', '')}|{int(time() // seconds)}"
    key = f"asked:{hashlib.sha256(named.encode()).hexdigest()}"
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    count = cache.get(key, 0)
    if count >= most:
        return seconds - int(time() % seconds)
    cache.set(key, count + 1, seconds)
    return 0


def remember_device(response: HttpResponse, handle: str, *, secure: bool) -> None:
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps(handle, salt=DEVICE_COOKIE),
        max_age=DEVICE_DAYS * 86400,
        httponly=True,
        secure=secure,
        samesite="Lax",
    )


def forget_guesses(request: HttpRequest, handle: str, *, code: bool = False) -> None:
    """After a right answer the client starts anew."""
    cache.delete(_key(request, handle, code))


def _key(request: HttpRequest, handle: str, code: bool) -> str:
    client = client_bucket(request, handle)
    if code and client != "device":
        client = "elsewhere"
    return f"guesses:{hashlib.sha256(f'{handle}|{client}|{code}'.encode()).hexdigest()}"
