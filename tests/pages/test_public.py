"""The public site over a real release: addresses, frozen states, validators, plain refusals, no cookie."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from tests.pages import data
from tracker.publication.services.releases import publish

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
OVERVIEW = "/en/laws/sample-code/"


@pytest.fixture(autouse=True)
def public_site(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Read in the transaction of the test, which another connection would not see; roles have their own tests."""
    monkeypatch.setattr("tracker.publication.record.ALIAS", "default")
    with override_settings(ROOT_URLCONF="tracker.public_urls", MIDDLEWARE=settings.PUBLIC_MIDDLEWARE):
        yield


@pytest.fixture
def published() -> None:
    found = data.documents()
    catalogue = {path: found[path] for path in ("laws", "standards")}
    law = {
        "laws/sample-code/overview": found["laws/sample-code/overview"],
        "laws/sample-code/compare/old...d4": data.comparison(),
        "laws/sample-code/v/d4": data.contents(),
    }
    publish(documents={"sample-code": law, "catalogue": catalogue}, by=None)


PAGES = [
    "/en/",
    "/ru/laws/",
    OVERVIEW,
    "/kk/laws/sample-code/?base=law&topic=libel",
    "/en/standards/",
    "/en/standards/iccpr-19-3/",
    "/en/method/",
]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("address", PAGES)
def test_public_pages_answer_with_a_validator_and_without_a_cookie(client: Client, address: str) -> None:
    first = client.get(address)
    assert first.status_code == 200
    assert not first.cookies
    assert first["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in first.get("Vary", "")
    assert "Last-Modified" not in first
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.usefixtures("published")
def test_head_is_a_get_without_body_and_writing_is_refused(client: Client) -> None:
    assert client.head(OVERVIEW).status_code == 200
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(OVERVIEW).status_code == 405


@pytest.mark.parametrize(
    ("asked", "language"), [("kk,ru;q=0.8", "kk"), ("fr, ru;q=0.5", "ru"), ("ru-KZ", "ru"), ("fr", "en"), ("", "en")]
)
def test_the_first_page_leads_to_the_readers_language(client: Client, asked: str, language: str) -> None:
    answer = client.get("/", headers={"Accept-Language": asked})
    assert (answer.status_code, answer["Location"]) == (302, f"{language}/")
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/en/laws/none/", "We do not follow a law of that name."),
        ("/ru/laws/none/", "За законом с таким названием мы не следим."),
        ("/en/standards/none/", "There is no such standard in the catalogue."),
        ("/en/nowhere/", "There is no such page."),
        ("/kk/nowhere/", "Мұндай бет жоқ."),
        ("/fr/", "There is no such page."),
        ("/en/laws/sample-code/@2001-01-01/", "There is no published state of that day."),
        ("/en/laws/sample-code/@2999-01-01/", "There is no published state of that day."),
        ("/en/laws/sample-code/@2014-02-30/", "There is no such page."),
        ("/en/laws/sample-code/compare/old...d4/art-470/", "There is no Article 470 in this comparison."),
        ("/en/laws/sample-code/compare/d4...d3/art-1/", "These two texts are not compared here."),
    ],
)
def test_what_there_is_not_is_a_plain_404_that_says_so(client: Client, address: str, sentence: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert sentence in answer.content.decode()
    assert not answer.cookies


@pytest.mark.usefixtures("published")
def test_a_frozen_state_of_today_can_still_change_and_an_older_one_is_kept_an_hour(
    client: Client, monkeypatch: Any
) -> None:
    today = timezone.now().date()
    assert client.get(f"/en/laws/sample-code/@{today}/")["Cache-Control"] == "public, max-age=60"
    assert "This page will not change." in client.get(f"/en/laws/sample-code/@{today}/").content.decode()
    tomorrow = timezone.now() + timedelta(days=1)
    for module in ("public", "kept"):
        monkeypatch.setattr(f"tracker.publication.views.{module}.now", lambda: tomorrow)
    assert client.get(f"/en/laws/sample-code/@{today}/")["Cache-Control"] == "public, max-age=3600"


@pytest.mark.usefixtures("published")
def test_an_older_state_stays_as_it_was_published(client: Client) -> None:
    before = client.get(OVERVIEW)
    changed = data.overview(titles={"en": "SAMPLE title of a later release"})
    documents = {"laws/sample-code/overview": changed, "laws/sample-code/compare/old...d4": data.comparison()}
    publish(documents={"sample-code": documents}, by=None)
    after = client.get(OVERVIEW)
    assert "SAMPLE title of a later release" in after.content.decode()
    assert before["ETag"] != after["ETag"]


@pytest.mark.usefixtures("published")
def test_an_article_number_leads_to_the_lasting_address_of_a_followed_provision(client: Client) -> None:
    answer = client.get("/en/laws/sample-code/compare/old...d4/art-174/")
    assert (answer.status_code, answer["Location"]) == (302, "../k7f2-discord/")


@pytest.mark.usefixtures("published")
def test_matrix_json_is_data_in_the_language_of_its_page(client: Client) -> None:
    answer = client.get("/ru/laws/sample-code/matrix.json?base=law")
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["base"] == "current_law"
    assert not answer.cookies


@pytest.mark.usefixtures("published")
def test_the_overview_needs_few_queries_whatever_it_holds(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3, using="default"):
        client.get(OVERVIEW)
