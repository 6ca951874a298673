"""Following by mail: asked for twice, told once, gone without a trace."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connections
from django.test import Client
from django.utils.timezone import now

from tests.conftest import ROLES
from tests.follow.record import Law, ask, following, press, token_in, work
from tracker.accounts.models import PersonalKey
from tracker.common.fieldkeys import digest
from tracker.follow import mail as way_out
from tracker.follow import tasks
from tracker.follow.models import Message, News, State, Subscriber, Subscription
from tracker.follow.services import telling
from tracker.guards import project_models
from tracker.publication.models import PublicRequest

pytestmark = pytest.mark.django_db(transaction=True, databases=ROLES)


def dump() -> str:
    """Every cell of every table of the project."""
    with connections["owner"].cursor() as cursor:
        found = []
        for model in project_models():
            cursor.execute(f'select * from "{model._meta.db_table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_only_who_confirms_by_post_is_told_what_a_release_changed(law: Law) -> None:
    assert ask().status_code == 303
    assert Subscription.objects.count() == 0  # the public process wrote a request and nothing else
    work()
    (asked,) = mail.outbox
    token = token_in(asked)
    assert f"/en/follow/{token}/confirm/" in asked.body
    assert Client().get(f"/en/follow/{token}/confirm/").status_code == 200  # as a scanner of mails does
    law.judge("libel", "stricter")
    work()
    assert Subscription.objects.get().confirmed_at is None
    assert len(mail.outbox) == 1
    press(token, "confirm/")
    work()
    law.judge("libel", "fixed", "decriminalised")
    work()
    told = mail.outbox[1]
    assert "On libel" in told.body
    assert "Made stricter → Fixed" in told.body
    assert "decriminalised" in told.body
    assert f"{settings.FOLLOW_ADDRESS}en/laws/a-law/p/p-libel/" in told.body
    assert len(mail.outbox) == 2


def test_a_mail_is_plain_text_and_leads_only_to_our_pages(law: Law) -> None:
    token = following()
    law.judge("libel", "stricter")
    work()
    (sent,) = mail.outbox
    assert sent.message().get_content_type() == "text/plain"
    addresses = [word for word in sent.body.split() if "://" in word]
    assert addresses
    assert all(address.startswith(settings.FOLLOW_ADDRESS) for address in addresses)
    assert sent.extra_headers["List-Unsubscribe"] == f"<{settings.FOLLOW_ADDRESS}en/follow/{token}/unsubscribe/>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_is_written_in_the_language_of_the_page_that_was_asked_on(law: Law) -> None:
    following(lang="ru")
    law.judge("libel", "fixed")
    work()
    assert "Исправлено" in mail.outbox[0].body
    assert "/ru/laws/a-law/" in mail.outbox[0].body


def test_one_click_unsubscribes_and_the_address_is_nowhere_any_more(law: Law) -> None:
    token = following(address="canary.person@example.org")
    assert "canary.person" not in dump()  # sealed while it is held
    assert PersonalKey.objects.count() == 1
    response = Client().post(
        f"/en/follow/{token}/unsubscribe/", {"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 200
    tasks.look()
    assert not PersonalKey.objects.exists()
    assert not Subscriber.objects.exists()
    assert not Message.objects.exists()
    assert not PublicRequest.objects.exists()
    assert '"target": "key ' in Path(settings.ERASURE_JOURNAL).read_text()  # a restored backup erases it again


def test_an_address_that_follows_something_else_stays(law: Law) -> None:
    token = following()
    following(about="a-law/topics/speech")
    press(token, "unsubscribe/")
    work()
    assert Subscription.objects.get().scope == "topic"
    assert PersonalKey.objects.count() == 1


def test_somebody_else_cannot_make_us_send_more_than_three_mails_a_day_to_an_address(law: Law) -> None:
    for about in ("a-law", "a-law", "a-law/topics/speech", "a-law/topics/assembly", "a-law"):
        ask(about=about, address="Reader@Example.org" if about == "a-law" else "reader@example.org")
    work()
    assert len(mail.outbox) == 3
    assert Subscriber.objects.count() == 1
    Message.objects.update(created_at=now() - timedelta(hours=25))
    ask()
    work()
    assert len(mail.outbox) == 4


def test_what_is_not_confirmed_in_72_hours_is_gone_with_its_address(law: Law) -> None:
    ask()
    work()
    tasks.forget()
    assert Subscription.objects.count() == 1
    Subscription.objects.update(created_at=now() - timedelta(hours=72, minutes=1))
    tasks.forget()
    assert not Subscriber.objects.exists()
    assert not PersonalKey.objects.exists()


def test_a_subscriber_who_comes_back_with_a_backup_without_a_key_is_deleted(law: Law) -> None:
    following()
    PersonalKey.objects.all().delete()  # as the journal of erasures asks after a restore
    law.judge("libel", "stricter")
    work()
    assert mail.outbox == []
    tasks.forget()
    assert not Subscriber.objects.exists()
    assert not Message.objects.exists()


def test_a_release_is_told_once_however_often_the_tasks_run(law: Law) -> None:
    following()
    law.judge("libel", "stricter")
    work()
    Subscription.objects.update(since=0)  # as a task that was killed before it noted how far it came
    for _ in range(3):
        work()
    assert [len(mail.outbox), News.objects.count()] == [1 + 1, 2]  # the first release of all, told late; this one once
    assert sorted(News.objects.values_list("release", flat=True)) == [1, 2]


@pytest.mark.parametrize(("about", "told"), [("a-law/topics/speech", "libel"), ("a-law/p/p-rallies", "rallies")])
def test_who_follows_a_topic_or_a_provision_is_told_of_that_alone(law: Law, about: str, told: str) -> None:
    following(about=about)
    law.judge("libel", "stricter")
    law.judge("rallies", "fixed")
    work()
    (sent,) = mail.outbox
    assert f"On {told}" in sent.body
    assert ("On libel" in sent.body) != ("On rallies" in sent.body)


def test_releases_that_change_nothing_followed_send_nothing(law: Law) -> None:
    following(about="a-law/topics/speech")
    law.judge("rallies", "fixed")
    work()
    assert mail.outbox == []


class Gone:
    """A mail server that does not answer."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def send(self, *_args: Any, **_more: Any) -> int:
        raise self.error


def test_without_a_mail_server_mails_wait_and_each_leaves_once(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    following()
    law.judge("libel", "stricter")
    with monkeypatch.context() as away:
        away.setattr(way_out.EmailMessage, "send", Gone(ConnectionRefusedError()).send)
        work()
        waiting = Message.objects.get(kind="changes")
        assert (waiting.state, waiting.attempts) == (State.QUEUED, 1)
        assert "ConnectionRefusedError" in waiting.error
        assert waiting.next_at > now()
    work()
    assert mail.outbox == []  # not before its time
    Message.objects.update(next_at=now())
    work()
    work()
    (sent,) = mail.outbox
    assert Message.objects.get(kind="changes").state == State.SENT
    assert sent.extra_headers["Message-ID"].startswith("<")


def test_sending_again_after_a_crash_is_the_same_message(law: Law) -> None:
    following()
    law.judge("libel", "stricter")
    work()
    Message.objects.filter(kind="changes").update(state=State.QUEUED, next_at=now())  # the commit was lost
    work()
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.body == second.body


def test_an_address_that_the_server_refuses_is_not_tried_again(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    following()
    law.judge("libel", "stricter")
    refused = smtplib.SMTPRecipientsRefused({"reader@example.org": (550, b"no such reader@example.org")})
    monkeypatch.setattr(way_out.EmailMessage, "send", Gone(refused).send)
    work()
    failed = Message.objects.get(kind="changes")
    assert failed.state == State.FAILED
    assert "reader" not in failed.error


def test_a_subscriber_is_sent_what_was_sent_and_when(law: Law) -> None:
    token = following()
    law.judge("libel", "stricter")
    work()
    at = Message.objects.get(kind="changes").sent_at
    press(token, do="list")
    work()
    assert at is not None
    assert f"{at:%Y-%m-%d %H:%M}  changes" in mail.outbox[-1].body


def test_the_rhythm_is_changed_and_a_digest_holds_all_that_came_since(law: Law) -> None:
    token = following()
    press(token, do="rhythm", rhythm="weekly")
    work()
    law.judge("libel", "stricter")
    law.judge("rallies", "fixed")
    work()
    assert mail.outbox == []
    News.objects.update(created_at=now() - timedelta(days=8))
    work()
    (sent,) = mail.outbox
    assert "On libel" in sent.body
    assert "On rallies" in sent.body


MONDAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "first", "at", "due"),
    [
        ("at_once", 0, 0, True),
        ("daily", -2, -1, False), ("daily", -1, 0, True), ("daily", 1, 23, False), ("daily", 1, 24, True),
        ("weekly", -1, 0, True), ("weekly", 1, 24 * 6, False), ("weekly", 1, 24 * 7, True),
        ("weekly", -160, -150, False), ("weekly", -200, -150, True),
    ],
)  # fmt: skip
def test_digests_come_at_six_daily_or_on_monday(rhythm: str, first: int, at: int, due: bool) -> None:
    """`first`, `at`: hours after a Monday, 06:00 UTC."""
    hours = [MONDAY + timedelta(hours=each) for each in (first, at)]
    assert telling.is_due(rhythm, *hours) is due


def test_requests_that_make_no_sense_are_dropped_and_the_table_is_emptied(law: Law) -> None:
    from tracker.publication import intake

    whole = {"do": "subscribe", "channel": "mail", "address": "a@b.org", "law": "a-law", "scope": "law", "key": "",
             "language": "en", "rhythm": "daily"}  # fmt: skip
    wrong = [
        {},
        {"do": "x"},
        {"do": "stop", "token": "no"},
        *({**whole, name: "wrong"} for name in whole if name != "do"),
    ]
    for content in wrong:
        intake.ask("follow", content)
    work()
    assert not PublicRequest.objects.exists()
    assert not Subscriber.objects.exists()
    assert mail.outbox == []
    assert digest("x") not in dump()
