"""Deliveries to programs: signed, to public addresses only, and never followed anywhere."""

from __future__ import annotations

import ast
import json
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils.timezone import now
from standardwebhooks import Webhook

from tests.conftest import ROLES
from tests.follow.receiver import NAME, PUBLIC, Receiver, receiving
from tests.follow.record import Law, press
from tracker.follow import tasks, webhook
from tracker.follow.models import Message, State, Subscriber, Subscription
from tracker.follow.outlets import Away, Refused
from tracker.follow.services import sending

HOOK = f"https://{NAME}/in?x=1"
PLACES = """
127.0.0.1 127.8.9.10 0.0.0.0 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.1 192.168.1.1 169.254.169.254 100.64.0.1
100.127.255.255 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 192.88.99.1 224.0.0.1 239.1.1.1 240.0.0.1
255.255.255.255 ::1 :: ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 fe80::1
fe80::1%eth0 fc00::1
fd12:3456::1 fec0::1 ff02::1 2001:db8::1 2001::1 2002:7f00:1::1 3fff::1 100::1 5f00::1 not-an-address
"""
HOSTILE = PLACES.split()


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    with receiving(tmp_path) as found:
        yield found


def deliver(receiver: Receiver, address: str = HOOK) -> None:
    webhook.deliver(address, b"{}", {"X-Test": "1"}, receiver.network)


@pytest.mark.parametrize("place", HOSTILE)
def test_no_connection_is_made_to_a_place_that_is_not_public(receiver: Receiver, place: str) -> None:
    for answer in (place, f"{PUBLIC} {place}"):  # one bad address among good ones is enough
        receiver.resolved = [answer]
        with pytest.raises(Refused):
            deliver(receiver)
    assert receiver.connected == []
    assert len(HOSTILE) >= 30


@pytest.mark.parametrize("place", [PUBLIC, "8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4001::1"])
def test_public_places_are_public(place: str) -> None:
    assert webhook.is_public(place)


def test_a_name_that_changes_its_place_is_asked_once_and_the_connection_goes_to_that_answer(receiver: Receiver) -> None:
    receiver.resolved = [PUBLIC, "127.0.0.1", "127.0.0.1"]
    deliver(receiver)
    assert receiver.asked == [NAME]
    assert receiver.connected == [PUBLIC]
    headers, body = receiver.got[0]
    assert (headers["first"], headers["host"], headers["x-test"], body) == ("POST /in?x=1 HTTP/1.1", NAME, "1", b"{}")


def test_the_certificate_must_be_of_the_name(receiver: Receiver) -> None:
    with pytest.raises(Away, match="certificate"):
        deliver(receiver, "https://other.example.org/")
    assert receiver.got == []


def test_a_redirect_is_no_success_and_is_not_followed(receiver: Receiver) -> None:
    receiver.answer = b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\n\r\n"
    with pytest.raises(Away, match="302"):
        deliver(receiver)
    assert len(receiver.connected) == 1


def test_no_proxy_of_the_environment_is_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    deliver(receiver)
    assert receiver.connected == [PUBLIC]


def test_an_answer_without_end_is_not_read(receiver: Receiver) -> None:
    receiver.answer = b"x" * 10_000_000
    with pytest.raises(Away):
        deliver(receiver)


def test_a_receiver_that_says_nothing_is_left_after_five_seconds(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "SECONDS", 0.5)
    quiet = socket.create_server(("127.0.0.1", 0))

    def connect(_address: str, timeout: float) -> socket.socket:
        return socket.create_connection(quiet.getsockname(), timeout=timeout)

    began = time.monotonic()
    with quiet, pytest.raises(Away):
        webhook.deliver(HOOK, b"", {}, webhook.Network(receiver.network.resolve, connect, receiver.network.trust))
    assert time.monotonic() - began < 3


database = pytest.mark.django_db(transaction=True, databases=ROLES)


@pytest.fixture
def hooks() -> Iterator[None]:
    with override_settings(WEBHOOKS=True):
        yield


def round_of(receiver: Receiver) -> None:
    tasks.look()
    sending.send_due(receiver.network)


def subscribed(receiver: Receiver) -> tuple[str, str]:
    """Token and secret, as the receiver learns them from the challenge."""
    Client().post("/en/follow/webhook/", {"about": "a-law", "address": HOOK, "rhythm": "at_once"})
    round_of(receiver)
    challenge: Any = json.loads(receiver.got.pop()[1])
    assert challenge["type"] == "confirm"
    token = challenge["manage"].rstrip("/").rsplit("/", 1)[1]
    press(token, "confirm/")
    round_of(receiver)
    return token, challenge["data"]["secret"]


@database
@pytest.mark.usefixtures("hooks")
def test_a_program_confirms_and_gets_signed_change_logs(law: Law, receiver: Receiver) -> None:
    _, secret = subscribed(receiver)
    law.judge("libel", "stricter")
    round_of(receiver)
    round_of(receiver)
    ((headers, body),) = receiver.got
    told = Webhook(secret).verify(body, headers)
    (log,) = told["data"]["releases"]
    assert (log["release"], log["items"][0]["after"]) == (2, "stricter")
    with pytest.raises(Exception, match="signature"):
        Webhook(secret).verify(body.replace(b"stricter", b"fixed"), headers)


@database
@pytest.mark.usefixtures("hooks")
def test_without_the_challenge_nothing_is_delivered(law: Law, receiver: Receiver) -> None:
    Client().post("/en/follow/webhook/", {"about": "a-law", "address": HOOK, "rhythm": "at_once"})
    round_of(receiver)
    law.judge("libel", "stricter")
    round_of(receiver)
    assert len(receiver.got) == 1
    assert Subscription.objects.get().confirmed_at is None


@database
@pytest.mark.usefixtures("hooks")
def test_a_silent_program_is_asked_more_and_more_rarely_and_after_a_week_no_more(law: Law, receiver: Receiver) -> None:
    token, _ = subscribed(receiver)
    law.judge("libel", "stricter")
    receiver.answer = b"HTTP/1.1 500 Broken\r\n\r\n"
    delays = []
    for _ in range(4):
        Message.objects.filter(state=State.QUEUED).update(next_at=now())
        round_of(receiver)
        waiting = Message.objects.get(kind="changes")
        delays.append(round((waiting.next_at - now()).total_seconds() / 60))
    assert delays == [2, 4, 8, 16]
    assert "500" in waiting.error
    Subscriber.objects.update(failing_since=now() - timedelta(days=7, minutes=1))
    Message.objects.filter(state=State.QUEUED).update(next_at=now())
    round_of(receiver)
    tried = len(receiver.got)
    assert Subscriber.objects.get().off_at is not None
    Message.objects.filter(state=State.QUEUED).update(next_at=now())
    round_of(receiver)
    assert len(receiver.got) == tried
    receiver.answer = b"HTTP/1.1 200 OK\r\n\r\n"
    press(token, "confirm/")  # the receiver is back and wants it again
    round_of(receiver)
    assert Message.objects.get(kind="changes").state == State.SENT


WAYS_OUT = {"socket", "ssl", "smtplib", "ftplib", "http.client", "urllib.request", "django.core.mail", "asyncio",
            "requests", "httpx", "poplib", "imaplib", "telnetlib", "xmlrpc.client"}  # fmt: skip


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found & WAYS_OUT


def test_only_the_mail_module_and_the_webhook_sender_open_connections_to_the_world() -> None:
    root = Path(settings.BASE_DIR)
    files = [path for folder in ("tracker", "codes", "amendments") for path in (root / folder).rglob("*.py")]
    names = {str(path.relative_to(root)) for path in files if imported(path)}
    own_servers = {name for name in names if name.startswith("tracker/local/")}  # the demo's, on this machine
    assert names - own_servers == {"tracker/follow/mail.py", "tracker/follow/webhook.py"}
