"""Topics, standards, stages and languages: counted, changed with history, never deleted while in use."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amendments.models import ConcernTopic, Standard, StandardTopic, Topic
from codes.models import Stage, Version
from tests.conftest import ROLES
from tests.factories import saved, someone
from tests.workspace.team import Team, team
from tracker.common.conflicts import state_of
from tracker.common.writing import record

pytestmark = pytest.mark.django_db(databases=ROLES)
TOPIC = {"slug": "strikes", "name_en": "Strikes", "name_ru": "Забастовки", "gist": "The right to strike", "order": "7"}


@pytest.fixture
def them() -> Team:
    return team()


@pytest.fixture
def reviewer(them: Team) -> Client:
    return them.client("reviewer")


def topic() -> Topic:
    row = Topic(slug="libel", names={"en": "Libel", "ru": "Клевета"}, gist="Words about others", order=1)
    return record(row, by=someone(), reason="test")


def test_a_topic_is_added_with_its_names_and_a_person(them: Team, reviewer: Client) -> None:
    assert reviewer.post("/w/settings/topics/add/", TOPIC).status_code == 302
    row = Topic.objects.get(slug="strikes")
    assert row.names == {"en": "Strikes", "ru": "Забастовки"}
    assert row.history.get().history_user == them["reviewer"]


def test_a_taken_short_name_is_said_beside_the_field(reviewer: Client) -> None:
    topic()
    answer = reviewer.post("/w/settings/topics/add/", {**TOPIC, "slug": "libel"})
    assert answer.status_code == 422
    assert 'id="id_slug_error"' in answer.content.decode()


def test_two_reviewers_at_once_see_both_texts(reviewer: Client) -> None:
    row = topic()
    seen = state_of(row)
    row.gist = "Words of the colleague"
    record(row, by=someone(), reason="test")
    mine = {"seen": seen, "name_en": "Libel", "name_ru": "Клевета", "gist": "My own words", "order": "1"}
    answer = reviewer.post(f"/w/settings/topics/{row.pk}/", mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved meanwhile: Words of the colleague" in page
    assert "My own words" in page
    row.refresh_from_db()
    again = reviewer.post(f"/w/settings/topics/{row.pk}/", {**mine, "seen": state_of(row)})
    assert again.status_code == 302
    row.refresh_from_db()
    assert row.gist == "My own words"


def test_what_is_used_stays_and_what_is_not_is_deleted_with_history(reviewer: Client) -> None:
    row = topic()
    link = saved(ConcernTopic)
    used = link.topic
    assert b"1 time" in reviewer.get("/w/settings/topics/").content
    assert reviewer.post(f"/w/settings/topics/{used.pk}/delete/").status_code == 403
    assert reviewer.post(f"/w/settings/topics/{row.pk}/delete/").status_code == 302
    assert Topic.history.filter(slug="libel", history_type="-").count() == 1
    assert Topic.objects.filter(pk=used.pk).exists()


def test_a_standard_keeps_its_topics_with_history(reviewer: Client) -> None:
    one, form = topic(), {"slug": "iccpr-19", "cite": "ICCPR article 19", "gist": "Expression", "order": "1"}
    assert reviewer.post("/w/settings/standards/add/", {**form, "topics": [one.pk]}).status_code == 302
    row = Standard.objects.get(slug="iccpr-19")
    assert [link.topic for link in row.topic_links.all()] == [one]
    reviewer.post(f"/w/settings/standards/{row.pk}/", {**form, "seen": state_of(row)})
    assert not row.topic_links.exists()
    assert StandardTopic.history.filter(history_type="-").count() == 1
    assert reviewer.post(f"/w/settings/standards/{row.pk}/delete/").status_code == 302


def test_a_language_that_texts_are_in_cannot_be_taken_out(them: Team, reviewer: Client) -> None:
    place = them.law.jurisdiction
    text: Version = saved(Version)
    text.code, text.language = them.law, "en"
    record(text, by=someone(), reason="test")
    address = f"/w/settings/languages/{place.pk}/"
    taken = reviewer.post(address, {"seen": state_of(place), "languages": "ru"})
    assert taken.status_code == 403
    added = reviewer.post(address, {"seen": state_of(place), "languages": "en, ru"})
    assert added.status_code == 302
    place.refresh_from_db()
    assert place.languages == ["en", "ru"]


def test_a_reviewer_changes_stages_of_their_own_jurisdictions_only(reviewer: Client) -> None:
    elsewhere: Any = saved(Stage)
    assert reviewer.get(f"/w/settings/stages/{elsewhere.pk}/").status_code == 404


@pytest.mark.parametrize("kind", ["topics", "standards", "stages"])
def test_a_list_asks_a_constant_number_of_questions(reviewer: Client, kind: str) -> None:
    model = {"topics": Topic, "standards": Standard, "stages": Stage}[kind]
    numbers: list[int] = []
    reviewer.get(f"/w/settings/{kind}/")  # what is kept between requests is kept from here on
    for _ in range(3):
        saved(model)
        with CaptureQueriesContext(connections["default"]) as queries:
            assert reviewer.get(f"/w/settings/{kind}/").status_code == 200
        numbers.append(len(queries))
    assert len(set(numbers)) == 1, numbers
