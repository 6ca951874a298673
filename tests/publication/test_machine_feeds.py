"""Feeds tell the change log: stable ids, times of releases, text that stays text, and one topic at a time."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tests.conftest import ROLES
from tests.publication.samples import publish
from tracker.publication.models import Release
from tracker.publication.views.kept import ANSWERS

pytestmark = [pytest.mark.django_db(databases=ROLES, transaction=True)]
ATOM = "{http://www.w3.org/2005/Atom}"
HEAD = {
    "slug": "a", "names": {"en": "Law A & B", "ru": "Закон А"}, "jurisdiction": {"en": "Kazakhstan"}, "number": "",
    "date": None, "replaces": None,
}  # fmt: skip
REASON = 'the term <b>rose</b> "twice"'


def overview(value: str, reason: str) -> dict[str, Any]:
    verdict = {
        "value": value, "reason": reason, "basis": "text", "source": {}, "verified": True, "sample": False,
        "caution": "", "text_held": True, "lifecycle": "", "contradicts": [], "status": "published",
    }  # fmt: skip
    concern = {
        "slug": "libel", "names": {"en": "Libel", "ru": "Клевета"}, "topics": ["speech"], "ask": "repeal",
        "asked": {"en": "repeal"}, "quoted": [], "standards": [], "source": {}, "verified": True, "sample": False,
    }  # fmt: skip
    cell = {"version": "d1", "state": "in_text", "numbers": ["1"], "verdicts": {"recommendation": verdict}}
    text = {"slug": "d1", "label": {"en": "First draft"}, "date": "2014-01-01", "obtained": True}
    row = {"concern": concern, "provision": {"key": "k7f2-libel", "names": {"en": "Libel"}}, "cells": [cell]}
    return {"kind": "overview", "law": HEAD, "texts": [text], "rows": [row]}


STANDARDS = {
    "standards": {
        "kind": "standards",
        "standards": [],
        "topics": [
            {"slug": "speech", "names": {"en": "Speech"}, "gist": ""},
            {"slug": "faith", "names": {"en": "Faith"}, "gist": ""},
        ],
    }
}


@pytest.fixture
def published(emptied: None) -> None:
    publish(a={"laws/a/overview": overview("unchanged", "")}, catalogue=STANDARDS)
    publish(a={"laws/a/overview": overview("stricter", REASON)})


def entries(client: Client, path: str) -> list[Any]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def said(entry: Any, name: str) -> str:
    return str(entry.find(f"{ATOM}{name}").text)


@pytest.mark.usefixtures("published")
def test_the_newest_change_comes_first_with_the_time_of_its_release(client: Client) -> None:
    found = entries(client, "/en/laws/a/feed.atom")
    assert said(found[0], "title") == "Verdict changed: Libel"
    newest = Release.objects.get(number=2)
    assert said(found[0], "updated") == newest.time.isoformat()
    assert said(found[0], "id").startswith("tag:draft-law-monitor.invalid,2026:en/2/laws/a/p/k7f2-libel/")
    assert len({said(entry, "id") for entry in found}) == len(found) >= 2


@pytest.mark.usefixtures("published")
def test_a_later_release_leaves_the_ids_of_earlier_entries_as_they_were(client: Client) -> None:
    before = [said(entry, "id") for entry in entries(client, "/en/feed.atom")]
    publish(a={"laws/a/overview": overview("fixed", "")})
    after = [said(entry, "id") for entry in entries(client, "/en/feed.atom")]
    assert after[1:] == before


@pytest.mark.usefixtures("published")
def test_the_words_of_a_reason_stay_words(client: Client) -> None:
    newest = entries(client, "/en/laws/a/feed.atom")[0]
    assert "the term &lt;b&gt;rose&lt;/b&gt;" in said(newest, "summary")
    assert "This corrects what was published before." in said(newest, "summary")


@pytest.mark.usefixtures("published")
def test_a_topic_has_its_own_feed_and_no_other_topics_changes(client: Client) -> None:
    assert said(entries(client, "/en/topics/speech/feed.atom")[0], "title") == "Verdict changed: Libel"
    assert entries(client, "/en/topics/faith/feed.atom") == []
    assert client.get("/en/topics/none/feed.atom").status_code == 404


@pytest.mark.usefixtures("published")
def test_addresses_are_whole_where_the_site_has_a_home_and_relative_elsewhere(client: Client) -> None:
    assert entries(client, "/en/laws/a/feed.atom")[0].find(f"{ATOM}link").get("href") == "p/k7f2-libel/"
    ANSWERS.clear()  # a setting changes with the process only
    with override_settings(HOME_ADDRESS="https://monitor.example/"):
        link = entries(client, "/en/laws/a/feed.atom")[0].find(f"{ATOM}link")
        assert link.get("href") == "https://monitor.example/en/laws/a/p/k7f2-libel/"


@pytest.mark.usefixtures("published")
def test_a_feed_takes_a_constant_number_of_questions_and_answers_304(client: Client) -> None:
    for path in ("/en/feed.atom", "/en/laws/a/feed.atom", "/ru/topics/speech/feed.atom"):
        with CaptureQueriesContext(connections["public"]) as queries:
            first = client.get(path)
        assert len(queries) <= 5
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
