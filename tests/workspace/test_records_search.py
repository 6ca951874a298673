"""The search finds words in any form, phrases and numbers, in the laws of the member and nowhere else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from codes.models import ArticleText, SearchEntry, Version
from codes.services import search, search_index, texts
from tests.conftest import ROLES
from tests.workspace import records_law
from tests.workspace.records_law import Law
from tracker.common.writing import record

pytestmark = pytest.mark.django_db(databases=ROLES)


KAZAKH = "criminal-code-2014_ch4_kk_after-2022-01.txt"


@pytest.fixture
def law(demo_folder: Path) -> Law:
    return records_law.build(demo_folder)


def found(law: Law, asked: str) -> list[str]:
    return sorted(hit.number for hit in search.find(search.understand(asked), laws=[law.law.pk]))


@pytest.mark.parametrize(
    "asked",
    ["174", "ст. 174", "ст 174", "статья 174", "Статье 174", "статьей 174", "174-бап", "174-бабы", "art. 174",
     "Art 174", "Article 174", "articles 174", "§ 174", "§174", " 174 "],
)  # fmt: skip
def test_every_way_to_name_article_174_is_understood(asked: str) -> None:
    query = search.understand(asked)
    assert ("174",) in {query.numbers, (query.mentioned,)}
    assert not query.in_words


@pytest.mark.parametrize(
    ("asked", "number"),
    [("ст. 317-1", "317-1"), ("317‑1", "317-1"), ("art. L. 121-3", "l121-3"), ("art. 222-14-1", "222-14-1"),
     ("ст. 104.1", "104.1")],
)  # fmt: skip
def test_numbers_with_letters_and_dashes_are_understood(asked: str, number: str) -> None:
    query = search.understand(asked)
    assert number in {*query.numbers, query.mentioned}


def test_printed_numbers_are_looked_for_as_people_write_them() -> None:
    assert [search_index.number_key(n) for n in ("174~2", "L. 121-3", "L121-3", "104.1")] == [
        "174", "l121-3", "l121-3", "104.1",
    ]  # fmt: skip


def test_a_number_finds_the_article_and_a_marked_number_only_it(law: Law) -> None:
    assert found(law, "ст. 130") == ["130"]
    named = [hit.number for hit in search.find(search.understand("130"), laws=[law.law.pk]) if hit.named]
    assert named == ["130"]


@pytest.mark.parametrize("asked", ["клевета", "клевету", "Клевете", "КЛЕВЕТЫ", "клевета распространение"])
def test_any_form_of_a_russian_word_is_found(law: Law, asked: str) -> None:
    assert "130" in found(law, asked)


def test_all_words_must_be_there_and_a_phrase_in_its_order(law: Law) -> None:
    assert "130" in found(law, '"порочащих честь и достоинство"')
    assert "130" not in found(law, '"достоинство честь порочащих"')
    assert found(law, "клевета землетрясение") == []
    assert found(law, "ст. 131 клевета") == [] or "130" not in found(law, "ст. 131 клевета")


def test_one_letter_e_finds_the_other_and_a_latin_look_alike_finds_the_cyrillic_word(law: Law) -> None:
    assert found(law, "клeвета") == found(law, "клевета")  # the first е is a Latin e
    assert search.understand("её").words == ("ее",)


@pytest.mark.parametrize("asked", ["бостандық", "бостандығынан", "бостандықтан", "бостандығы айыру", "БОСТАНДЫҚТАРЫ"])
def test_a_kazakh_word_is_found_by_its_beginning_and_by_its_likeness(law: Law, demo_folder: Path, asked: str) -> None:
    """The text says: бас бостандығынан айыруға."""
    by = law.people["analyst"]
    kazakh = Version(
        code=law.law, slug="kazakh", stage=law.version.stage, label={"en": "Kazakh text"}, date=date(2022, 1, 1),
        language="kk", source=law.source,
    )  # fmt: skip
    record(kazakh, by=by, reason="text kazakh imported")
    texts.add_text(version=kazakh, paths=[demo_folder / "texts" / "kazakhstan" / KAZAKH], by=by)
    hits = search.find(search.understand(asked), laws=[law.law.pk])
    assert ("160", "kk") in {(hit.number, hit.language) for hit in hits}
    assert found(law, "электросамокат") == []


def test_the_words_are_marked_in_the_printed_sentence(law: Law) -> None:
    query = search.understand("достоинство")
    hits = [hit for hit in search.find(query, laws=[law.law.pk]) if hit.number == "130"]
    excerpt = search.excerpts(query, hits)[hits[0].text]
    marked = [segment.text for segment in excerpt.sentence if segment.marked]
    printed = search_index.body_of(ArticleText.objects.get(pk=hits[0].text))
    assert marked
    assert all(word.lower().startswith("достоинств") for word in marked)
    assert "".join(segment.text for segment in excerpt.sentence).strip(" …") in printed


def test_the_whole_sentence_is_shown_from_its_beginning(law: Law) -> None:
    query = search.understand("ст. 130")
    hits = search.find(query, laws=[law.law.pk])
    excerpt = search.excerpts(query, hits)[hits[0].text]
    printed = search_index.body_of(ArticleText.objects.get(pk=hits[0].text))
    assert printed.startswith("".join(segment.text for segment in excerpt.sentence).strip(" …")[:60])
    assert not any(segment.marked for segment in excerpt.sentence)


def test_the_index_is_built_again_with_the_same_findings(law: Law) -> None:
    before = list(SearchEntry.objects.order_by("text").values_list("text", "number", "vector"))
    assert search_index.rebuild() == len(before)
    assert list(SearchEntry.objects.order_by("text").values_list("text", "number", "vector")) == before


@pytest.mark.parametrize(
    ("asked", "index"),
    [("клевета", "search_words"), ('"честь и достоинство"', "search_words"), ("ст. 130", "search_number")],
)  # fmt: skip
def test_the_search_reads_its_indexes_and_not_every_text(law: Law, asked: str, index: str) -> None:
    """What PostgreSQL would read were the tables too large to be read as a whole."""
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as queries:
        search.find(search.understand(asked), laws=[law.law.pk])
        statement = queries[0]["sql"]
        if index == "search_words":  # of few rows, those of one law are sooner read than the words
            statement = re.sub(r"s\.law_id = any\([^)]*\) and", "", statement)
        cursor.execute("set local enable_seqscan = off; set local enable_indexscan = off")
        cursor.execute(f"explain {statement}")
        assert index in "\n".join(line for (line,) in cursor.fetchall())


def test_the_page_groups_by_provision_and_says_how_many(law: Law, client: Client) -> None:
    page = " ".join(law.client_of(client, "reader").get("/w/search/", {"q": "клевета"}).content.decode().split())
    assert '<p role="status" class="found">' in page
    assert " in 1 article" in page or " articles" in page
    assert "Libel</span></a>" in page or "Libel</a>" in page
    assert "<mark>" in page


def test_notes_and_concerns_are_found_too(law: Law, client: Client) -> None:
    law.note("This punishes journalists for criticism.")
    law.client_of(client, "analyst")
    page = client.get("/w/search/", {"q": "journalist"}).content.decode()
    assert "This punishes journalists" in page
    assert "In our notes" in page
    page = client.get("/w/search/", {"q": "crimes"}).content.decode()
    assert "In our concerns" in page


def test_words_of_a_law_are_text_whatever_they_hold(law: Law, client: Client) -> None:
    law.note("<script>alert(1)</script> censorship")
    page = law.client_of(client, "analyst").get("/w/search/", {"q": "censorship"}).content.decode()
    assert "<script>alert" not in page
    page = client.get("/w/search/", {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in page


@pytest.mark.parametrize("asked", ["", "!!!", "'", '"', "& | !", "a:*b", "\\", "%", "\x00", "в и на", "(" * 300])
def test_no_query_breaks_the_page(law: Law, client: Client, asked: str) -> None:
    assert law.client_of(client, "reader").get("/w/search/", {"q": asked}).status_code == 200


def test_nothing_found_says_what_to_try(law: Law, client: Client) -> None:
    page = law.client_of(client, "reader").get("/w/search/", {"q": "электросамокат"}).content.decode()
    assert "Try another form of the word" in page


@pytest.mark.parametrize(
    ("role", "status"),
    [("reader", 200), ("analyst", 200), ("reviewer", 200), ("advocate", 200), ("outsider", 404),
     ("administrator", 404)],
)  # fmt: skip
def test_who_searches(law: Law, client: Client, role: str, status: int) -> None:
    assert law.client_of(client, role).get("/w/search/", {"q": "клевета"}).status_code == status


def test_a_member_of_another_law_finds_nothing_of_this_one(law: Law, client: Client) -> None:
    law.note("This punishes journalists for criticism.")
    law.client_of(client, "neighbour")
    for asked in ("клевета", "130", "journalists"):
        page = client.get("/w/search/", {"q": asked}).content.decode()
        assert "Nothing was found" in page
        assert "Small code" not in page
    assert client.get("/w/search/", {"q": "клевета", "law": "small-code"}).status_code == 404
    assert client.get("/w/search/", {"q": "клевета", "text": "small-code/first"}).status_code == 404


def test_the_search_asks_a_constant_number_of_questions(law: Law, client: Client) -> None:
    law.client_of(client, "reader")
    client.get("/w/search/", {"q": "наказывается"})
    numbers: list[Any] = []
    for asked in ("клевета", "наказывается"):
        with CaptureQueriesContext(connections["default"]) as queries:
            client.get("/w/search/", {"q": asked})
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
