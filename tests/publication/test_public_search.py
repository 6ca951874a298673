"""The public search: numbers in every way people write them, words in their forms, of what is published and no more."""

from __future__ import annotations

import html
import io
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.html import strip_tags

from codes.text.queries import understand
from tests.conftest import ROLES
from tests.pages.data import LAW, reading
from tests.publication.samples import publish
from tracker.publication.models import Entry, FindableText
from tracker.publication.services import erasure

ON_DEMO = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]
REAL = pytest.mark.django_db(databases=ROLES, transaction=True)


def on_demo(test):
    for mark in ON_DEMO:
        test = mark(test)
    return test


def found(asked: str) -> str:
    """The words of the result page, on one line."""
    answer = Client().get("/en/search/", {"q": asked})
    assert answer.status_code == 200
    return " ".join(html.unescape(strip_tags(answer.content.decode().partition("<main")[2])).split())


@pytest.mark.parametrize("asked", ["174", "ст. 174", "174-бап", "art. 174", "Article 174", "статья 174"])
@on_demo
def test_a_number_is_understood_however_it_is_written(asked: str) -> None:
    words = found(asked)
    assert "Inciting social, national, clan, racial, class or religious discord followed" in words
    assert "Article 174, In force, November 2015" in words
    assert re.search(r"\d+ results in \d+ articles?", words)


@on_demo
def test_a_number_used_again_for_another_offence_is_a_group_of_its_own() -> None:
    groups = Client().get("/en/search/", {"q": "art. 174"}).content.decode().split('class="card group-found"')[1:]
    assert len(groups) == 2
    assert "призыва по мобилизации" in groups[1]


@on_demo
def test_another_form_of_a_word_is_found_and_marked_in_its_sentence() -> None:
    page = Client().get("/en/search/", {"q": "рознь"}).content.decode()
    assert re.search(r'<p class="law sentence" lang="ru">[^<]*<mark>розни</mark>', page)


@on_demo
def test_nothing_found_says_what_to_try_and_strange_queries_do_no_harm() -> None:
    assert "Nothing was found. Try another form of the word, or fewer words." in found("абракадабра")
    for asked in ("", "'; drop table --", "%", '"', "\0", "a" * 5000, "& | !", "(", "<script>"):
        assert "<script" not in Client().get("/en/search/", {"q": asked}).content.decode()
    for page in ("-1", "0", "x", "9" * 30):
        assert Client().get("/en/search/", {"q": "174", "page": page}).status_code == 200


def test_reading_a_query_needs_no_database() -> None:
    assert understand("§ 317-1").numbers == ("317-1",)
    assert understand("174").mentioned == "174"


@REAL
def test_what_leaves_the_record_leaves_the_search_and_it_can_be_built_again(emptied: None) -> None:
    base = f"laws/{LAW['slug']}/v/new/art-"
    first, second = reading.article(number="1"), reading.article(number="2")
    publish(**{LAW["slug"]: {f"{base}1": first, f"{base}2": second}})
    assert sorted(FindableText.objects.values_list("number", flat=True).distinct()) == ["1", "2"]
    publish(**{LAW["slug"]: {f"{base}1": first}})
    assert set(FindableText.objects.values_list("number", flat=True)) == {"1"}
    before = list(FindableText.objects.order_by("path", "language").values_list("path", "language", "body", "document"))
    out = io.StringIO()
    call_command("index_record", stdout=out)
    after = list(FindableText.objects.order_by("path", "language").values_list("path", "language", "body", "document"))
    assert before == after
    assert out.getvalue() == f"The public search holds {len(after)} texts.\n"
    document = Entry.objects.filter(path=f"{base}1").latest("release_id").document_id
    assert document is not None
    erasure.erase(target=document, reason="court order")
    assert not FindableText.objects.exists()
