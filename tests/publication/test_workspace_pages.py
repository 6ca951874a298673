"""Members read the same pages over what is collected now; who has no role in a law does not know of it."""

from __future__ import annotations

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amendments.models import Verdict
from tests.conftest import ROLES
from tests.factories import someone
from tracker.accounts.models import User
from tracker.accounts.services import members
from tracker.common.writing import record

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]
LAW = "/w/laws/kz-criminal-code-2014/"
PAGES = ["", "v/l2015-11/", "v/l2015-11/art-174/", "p/d2mz-inciting-discord/", "compare/v1997...l2015-11/"]


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(User.objects.get(handle="analyst"))
    return client


@pytest.mark.parametrize("page", PAGES)
def test_every_kind_of_page_answers_for_a_member(analyst: Client, page: str) -> None:
    answer = analyst.get(LAW + page)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", PAGES)
def test_a_member_of_no_law_gets_404(client: Client, page: str) -> None:
    client.force_login(members.create(handle="outsider", password="correct horse battery", by=someone(), reason="test"))
    assert client.get(LAW + page).status_code == 404


def test_the_administrator_has_no_content_by_role(client: Client) -> None:
    client.force_login(User.objects.get(handle="administrator"))
    assert client.get(LAW).status_code == 404


def test_a_draft_is_seen_by_members_and_changes_no_public_byte(analyst: Client) -> None:
    public = Client()
    address = "/en/laws/kz-criminal-code-2014/"
    before = public.get(address).content
    verdict = Verdict.objects.filter(concern__slug="libel", version__slug="l2015-11").first()
    assert verdict is not None
    verdict.status, verdict.reason = "draft", "canary words of a draft"
    record(verdict, by=User.objects.get(handle="analyst"), reason="test")
    assert public.get(address).content == before
    assert b"canary words of a draft" in analyst.get(f"{LAW}p/g672-libel/").content


def test_a_member_s_comparison_asks_a_constant_number_of_questions(analyst: Client) -> None:
    """However many of the 232 articles are listed, and on whichever page of them; notes cost the same few more."""
    numbers = []
    for query in (
        "show=changed",
        "show=changed",
        "show=changed&page=3",
        "show=all&page=2",
        "show=all&page=2&view=list",
    ):
        with CaptureQueriesContext(connections["default"]) as queries:
            assert analyst.get(f"{LAW}compare/v1997...l2015-11/?{query}").status_code == 200
        numbers.append(len(queries))
    without, noted = numbers[1:3], numbers[3:]  # the first request warms what is kept between requests
    assert len(set(without)) == len(set(noted)) == 1, numbers
