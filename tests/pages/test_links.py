"""Every address is relative and leads where it should from wherever it stands."""

from __future__ import annotations

from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.publication.links import Links, relative

PAGES = [
    "/en/",
    "/en/laws/",
    "/en/laws/kz/",
    "/en/laws/kz/v/l2015/art-174/",
    "/en/laws/kz/compare/a...b/k7f2-x/",
    "/en/laws/kz/@2014-05-21/p/k/",
]
SEGMENT = st.text(alphabet=st.sampled_from("abc-123 .~бап/"), min_size=1, max_size=12).filter(
    lambda text: "/" not in text and text.strip(".")
)


@pytest.mark.parametrize("here", PAGES)
@pytest.mark.parametrize("target", PAGES)
@pytest.mark.parametrize(
    "mount", ["https://example.org", "https://example.net/mirrors/seven", "file:///home/reader/copy"]
)
def test_a_link_works_under_any_host_path_or_folder(here: str, target: str, mount: str) -> None:
    found = relative(here, target)
    assert not found.startswith("/")
    assert "://" not in found
    assert urljoin(mount + here, found) == mount + target


@given(SEGMENT, SEGMENT)
def test_a_printed_number_comes_back_from_the_address_as_it_was(n: str, v: str) -> None:
    here = "/en/laws/kz/"
    found = urljoin("https://example.org" + here, Links("en", here).article("kz", v, n))
    assert unquote(found) == f"https://example.org/en/laws/kz/v/{v}/art-{n}/"


@pytest.mark.parametrize(
    ("made", "path"),
    [
        (lambda links: links.overview("kz", base="law", topic="", fragment="matrix"), "/ru/laws/kz/?base=law#matrix"),
        (lambda links: links.version("kz", "v1"), "/ru/laws/kz/v/v1/"),
        (lambda links: links.article("kz", "v1", "317-1", fragment="p2"), "/ru/laws/kz/v/v1/art-317-1/#p2"),
        (lambda links: links.article("kz", "v1", "130~2"), "/ru/laws/kz/v/v1/art-130~2/"),
        (lambda links: links.life("kz", "k7f2-libel", fragment="v-d4"), "/ru/laws/kz/p/k7f2-libel/#v-d4"),
        (lambda links: links.compare("kz", "a", "b", view="list"), "/ru/laws/kz/compare/a...b/?view=list"),
        (lambda links: links.pair("kz", "a", "b", "art-174"), "/ru/laws/kz/compare/a...b/art-174/"),
        (lambda links: links.standard("iccpr-19-3"), "/ru/standards/iccpr-19-3/"),
        (lambda links: links.matrix_json("kz", base="prev"), "/ru/laws/kz/matrix.json?base=prev"),
        (lambda links: links.in_language("kk"), "/kk/laws/kz/v/v1/art-5/"),
        (lambda links: links.static("/static/css/site.css"), "/static/css/site.css"),
        (lambda links: links.same_page(view="list"), "/ru/laws/kz/v/v1/art-5/?view=list"),
        (lambda links: links.landing(), "/ru/"),
    ],
)
def test_every_page_has_its_address(made: object, path: str) -> None:
    here = "/ru/laws/kz/v/v1/art-5/"
    assert urljoin("https://example.org" + here, made(Links("ru", here))) == "https://example.org" + path  # type: ignore[operator]


def test_links_on_a_frozen_page_stay_in_its_state() -> None:
    here = "/en/laws/kz/@2014-05-21/v/v1/"
    links = Links("en", here, "2014-05-21")
    for found in (
        links.overview("kz"),
        links.article("kz", "v1", "1"),
        links.pair("kz", "a", "b", "k"),
        links.matrix_json("kz"),
    ):
        assert "/en/laws/kz/@2014-05-21/" in urljoin("https://example.org" + here, found)
    assert urljoin(here, links.latest_state("kz")) == "/en/laws/kz/"
    assert urljoin(here, links.in_language("ru")) == "/ru/laws/kz/@2014-05-21/v/v1/"


def test_workspace_links_stay_in_the_workspace() -> None:
    here = "/w/laws/kz/"
    assert urljoin(here, Links("w", here).article("kz", "v1", "174")) == "/w/laws/kz/v/v1/art-174/"
