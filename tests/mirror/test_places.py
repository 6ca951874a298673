"""Addresses become files, forms become links: without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tracker.publication.mirror import places
from tracker.publication.mirror.forms import as_links


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/en/", "en/index.html"),
        ("/en/laws/kz/v/l2015/art-174/", "en/laws/kz/v/l2015/art-174/index.html"),
        ("/ru/laws/kz/?base=law", "ru/laws/kz/index~base-law.html"),
        ("/ru/laws/kz/?base=law&texts=all", "ru/laws/kz/index~base-law~texts-all.html"),
        ("/en/laws/kz/v/a/art-5%20bis/", "en/laws/kz/v/a/art-5 bis/index.html"),
        ("/en/laws/kz/matrix.json", "en/laws/kz/matrix.json"),
    ],
)
def test_an_address_has_one_file(address: str, file: str) -> None:
    assert places.file_of(address) == file


@hypothesis_settings(deadline=None)
@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1), min_size=1), st.dictionaries(st.text(), st.text()))
def test_different_queries_never_share_a_file(one: dict[str, str], other: dict[str, str]) -> None:
    first, second = (places.address("/en/", query) for query in (one, other))
    if first != second:
        assert places.file_of(first) != places.file_of(second)


def test_a_link_between_files_needs_no_server() -> None:
    assert places.relative("en/laws/kz/index.html", "en/index.html") == "../../index.html"
    assert places.relative("index.html", "en/laws/a b/index.html", "part 2") == "en/laws/a%20b/index.html#part%202"


@pytest.mark.parametrize(
    ("kind", "query", "kept"),
    [
        ("overview", {"base": "law", "topic": ""}, {"base": "law"}),
        ("overview", {"base": "law", "text": "a"}, None),
        ("contents", {"open": "part_2"}, {"all": "1"}),
        ("compare", {"view": "split", "show": "followed", "keys": "off"}, {"view": "split"}),
        ("compare", {"view": "split", "show": "changed"}, None),
        ("pair", {"view": "split"}, None),
        ("search", {"q": "libel"}, None),
    ],
)
def test_a_query_is_kept_where_pages_lead_to_few_of_them(kind: str, query: dict[str, str], kept: object) -> None:
    assert places.reduced(kind, query) == kept


def test_choosing_another_text_leads_to_the_other_comparison() -> None:
    assert places.chosen_pair("/en/laws/x/compare/a...b/", {"from": "c", "show": "changed"}) == (
        "/en/laws/x/compare/c...b/",
        {"show": "changed"},
    )


def test_each_choice_of_a_form_becomes_a_link_with_its_words() -> None:
    form = """<fieldset><legend>Compare with</legend>
    <label><input type="radio" name="base" value="rec" checked>Ours</label>
    <label><input type="radio" name="base" value="law">Current &amp; law</label>
    <label><input type="radio" name="base" value="prev" disabled>Previous</label></fieldset>
    <label for="t">Topic</label><select id="t" name="topic"><option value="" selected>All</option>
    <option value="a b">A &lt; B</option></select><a href="?x">Clear</a><button>Apply</button>"""
    links = as_links(form)
    assert '<b>Compare with</b> <ul class="choice"><li aria-current="true">Ours</li>' in links
    assert '<a data-choice href="./?base=law">Current &amp; law</a>' in links
    assert "Previous" not in links
    assert '<b>Topic</b> <ul class="choice"><li aria-current="true">All</li>' in links
    assert '<a data-choice href="./?topic=a+b">A &lt; B</a>' in links
    assert '<a href="?x">Clear</a>' in links
    assert "Apply" not in links
