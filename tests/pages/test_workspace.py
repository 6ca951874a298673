"""The workspace shows the same pages to members, and nothing of a law to whoever has no role in it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client, override_settings

from codes.models import Code, Jurisdiction, Membership
from tracker.accounts.models import User
from tracker.accounts.services import members
from tracker.common.writing import record

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture(autouse=True)
def workspace_site() -> object:
    with override_settings(ROOT_URLCONF="tracker.workspace_urls", MIDDLEWARE=settings.WORKSPACE_MIDDLEWARE):
        yield


@pytest.fixture
def law() -> Code:
    by = members.system()
    place = Jurisdiction(slug="xx", names={"en": "SAMPLE land"}, languages=["en"], drafting="en")
    record(place, by=by, reason="test")
    return record(Code(slug="sample-law", jurisdiction=place, names={"en": "SAMPLE law"}), by=by, reason="test")


def someone(handle: str, law: Code | None = None) -> Client:
    by = members.system()
    user: User = members.create(handle=handle, password="a long enough password", by=by, reason="test")
    if law is not None:
        record(Membership(user=user, law=law, role="analyst"), by=by, reason="test")
    client = Client()
    client.force_login(user)
    return client


def test_a_stranger_is_sent_to_sign_in() -> None:
    answer = Client().get("/w/laws/")
    assert (answer.status_code, answer["Location"]) == (302, "/w/sign-in/?next=/w/laws/")


def test_a_member_without_a_role_is_told_what_to_do_and_sees_no_law(law: Code) -> None:
    stranger = someone("pages-stranger")
    assert "You follow no law yet." in stranger.get("/w/").content.decode()
    answer = stranger.get(f"/w/laws/{law.slug}/")
    assert answer.status_code == 404
    assert "SAMPLE law" not in answer.content.decode()


def test_a_member_finds_the_law_in_the_inbox_and_in_the_switcher(law: Code) -> None:
    page = someone("pages-analyst", law).get("/w/").content.decode()
    assert page.count("SAMPLE law") == 2
    assert 'href="laws/sample-law/"' in page


def test_every_workspace_page_has_the_regions_for_messages_the_script_and_is_not_stored(law: Code) -> None:
    client = someone("pages-analyst", law)
    for address in ("/w/", "/w/laws/", "/w/standards/", "/w/method/"):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'id="status" role="status"' in page
        assert 'id="alert" role="alert"' in page
        assert "htmx-config" in page
        assert answer["Cache-Control"] == "no-store"
        assert client.post(address).status_code == 405
