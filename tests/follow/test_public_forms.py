"""The pages to follow: they work without JavaScript and cookie, and tell nobody anything."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client, override_settings

from tests.conftest import ROLES
from tests.follow.record import Law, ask, following, work
from tracker.follow import public
from tracker.follow.forms import checked_address, checked_webhook
from tracker.follow.models import Subscription
from tracker.publication.intake import Limit
from tracker.publication.models import PublicRequest

pytestmark = pytest.mark.django_db(transaction=True, databases=ROLES)
UNKNOWN = "A" * 22


def test_known_and_unknown_addresses_and_links_get_the_same_answer(law: Law) -> None:
    token = following()
    answers = [ask(address="reader@example.org"), ask(address="stranger@example.org")]
    for page in ("confirm/", "unsubscribe/", ""):
        for each in (token, UNKNOWN):
            shown = Client().get(f"/en/follow/{each}/{page}")
            answers.append(Client().post(f"/en/follow/{each}/{page}", {"do": "list"}))
            other = Client().get(f"/en/follow/{UNKNOWN}/{page}").content
            assert shown.content.replace(each.encode(), b"T") == other.replace(UNKNOWN.encode(), b"T")
    pages = {Client().get("/en/follow/received/").content for _ in answers}
    assert {answer.status_code for answer in answers} == {303}
    assert len(pages) == 1


def test_pages_set_no_cookie_and_are_kept_by_nobody(law: Law) -> None:
    for path in ("", "received/", f"{UNKNOWN}/", f"{UNKNOWN}/confirm/", f"{UNKNOWN}/unsubscribe/"):
        response = Client().get(f"/en/follow/{path}")
        assert response.status_code == 200, path
        assert not response.cookies
        assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")


def test_showing_a_page_asks_for_nothing(law: Law) -> None:
    for path in ("", f"{UNKNOWN}/", f"{UNKNOWN}/confirm/", f"{UNKNOWN}/unsubscribe/"):
        Client().get(f"/en/follow/{path}")
        Client().head(f"/en/follow/{path}")
    assert not PublicRequest.objects.exists()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_a_form_of_another_site_is_refused(law: Law, headers: dict[str, str]) -> None:
    typed = {"about": "a-law", "address": "reader@example.org", "rhythm": "daily"}
    assert Client().post("/en/follow/", typed, headers=headers).status_code == 403
    assert Client().post(f"/en/follow/{UNKNOWN}/unsubscribe/", {}, headers=headers).status_code == 403
    assert not PublicRequest.objects.exists()


def test_too_many_requests_get_429_with_a_sentence_and_a_time(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "ASKING", Limit(2, 3600))
    reader = Client()
    assert [ask(client=reader).status_code for _ in range(3)] == [303, 303, 429]
    answer = ask(client=reader)
    assert 0 < int(answer["Retry-After"]) <= 3601
    assert "Try again in an hour" in answer.content.decode()
    assert PublicRequest.objects.count() == 2


def test_the_limit_counts_each_network_for_itself() -> None:
    limit = Limit(1, 3600)
    assert [limit.wait("one") > 0, limit.wait("two") > 0, limit.wait("one") > 0] == [False, False, True]


def test_a_long_body_is_refused(law: Law) -> None:
    assert ask(address="a" * 9000).status_code == 413
    assert not PublicRequest.objects.exists()


def test_a_wrong_address_is_said_at_the_field_and_keeps_what_was_typed(law: Law) -> None:
    answer = ask(address="not an address", rhythm="weekly")
    assert answer.status_code == 422
    assert 'value="not an address"' in answer.content.decode()
    assert not PublicRequest.objects.exists()


def test_the_form_begins_with_what_the_reader_came_from(law: Law) -> None:
    page = Client().get("/en/follow/", {"about": "a-law/p/p-rallies"}).content.decode()
    assert '<option value="a-law/p/p-rallies" selected>On rallies</option>' in page
    assert '<option value="a-law/topics/speech">' in page
    assert Client().get("/en/follow/", {"about": "nothing/p/x"}).status_code == 200


def test_a_site_without_home_address_or_intake_does_not_offer_it(law: Law) -> None:
    with override_settings(FOLLOW=False):
        assert Client().get("/en/follow/").status_code == 404
        assert ask().status_code == 404


@pytest.mark.parametrize("typed", ["a@b.org\r\nBcc: c@d.org", "a@b.org,c@d.org", "a b@c.org", "", "x" * 250 + "@b.org"])
def test_an_address_cannot_carry_anything_else(typed: str) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        checked_address(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "http://a.example.org/", "https://a.example.org:8443/", "https://user@a.example.org/", "https://127.0.0.1/",
        "https://[::1]/", "https://localhost/", "https://2130706433/", "https://0x7f.1/",
        "https://a.example.org/\r\nX: y",
        "https://a.example.org/ b", "https://a_b.example.org/", "https://a.example.org/#x", "https://пример.рф/",
        "ftp://a.example.org/", "https://a.example.org:99999/",
    ],
)  # fmt: skip
def test_a_program_is_named_by_an_https_address_with_a_host_name(typed: str) -> None:
    from django.core.exceptions import ValidationError

    assert checked_webhook("https://Hooks.Example.org:443/a?b=1") == "https://hooks.example.org/a?b=1"
    with pytest.raises(ValidationError):
        checked_webhook(typed)


def test_programs_are_not_offered_unless_switched_on(law: Law) -> None:
    assert Client().get("/en/follow/webhook/").status_code == 404
    with override_settings(WEBHOOKS=True):
        assert Client().get("/en/follow/webhook/").status_code == 200
        typed = {"about": "a-law", "address": "https://hooks.example.org/", "rhythm": "daily"}
        assert Client().post("/en/follow/webhook/", typed).status_code == 303
    work()  # switched off again: the worker drops it
    assert not Subscription.objects.exists()
    assert mail.outbox == []
