"""Rules that hold for every template and every public page, so that nobody has to remember them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from lxml import html

from scripts.check_templates import complaints
from scripts.messages import LANGUAGES, collected, untranslated, updated
from tests.pages import data, sites
from tracker.publication.pages import words
from tracker.publication.views import pages

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
PUBLIC = [path for path in TEMPLATES if path.parent.name == "publication" or "publication" in path.parts]
# Addresses from the root: the workspace's sign-out, and the way out of a page that knows no site.
FROM_THE_ROOT = {'action="/w/sign-out/"', 'href="/"', 'href="{% if site %}{% to "landing" %}{% else %}/{% endif %}"'}


def named(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR / "templates").as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_inline_code_no_inline_style_no_unescaped_text(path: Path) -> None:
    assert list(complaints(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", [*PUBLIC, settings.BASE_DIR / "templates/shell.html"], ids=named)
def test_no_address_from_the_root_or_of_another_host(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for allowed in FROM_THE_ROOT:
        source = source.replace(allowed, "")
    assert not re.findall(r"""(?:href|src|action)=["'](?:/|https?:)[^"']*""", source)


VIEWS: list[tuple[Any, str, dict[str, str]]] = [
    (pages.landing, "", {}),
    (pages.laws, "laws/", {}),
    (pages.overview, "laws/sample-code/", {"law": "sample-code"}),
    (pages.standards, "standards/", {}),
    (pages.standard, "standards/iccpr-19-3/", {"s": "iccpr-19-3"}),
    (pages.method, "method/", {}),
]


def answer(view: Any, path: str, values: dict[str, str], language: str = "en") -> HttpResponse:
    return sites.page(view, f"/{language}/{path}", data.documents(), language=language, **values)


@pytest.mark.parametrize(("view", "path", "values"), VIEWS)
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_public_page_has_one_heading_its_language_relative_links_and_no_script(
    view: Any, path: str, values: dict[str, str], language: str
) -> None:
    page = parsed(answer(view, path, values, language).content.decode())
    assert page.get("lang") == language
    assert len(page.findall(".//h1")) == 1
    assert not page.findall(".//script")
    links = [*page.xpath("//@href"), *page.xpath("//@src"), *page.xpath("//@action")]
    assert links
    assert [link for link in links if link.startswith("/") or "://" in link] == []
    offered = [link.get("lang") for link in page.iterfind(".//nav[@class='lang']//a")]
    assert offered == ["en", "ru", "kk"]


def parsed(text: str) -> Any:
    return html.fromstring(text)


HOSTILE = "<script>alert(1)</script>\"'><b>&amp;{{ 7|add:7 }}"


def test_text_is_text_whatever_it_holds() -> None:
    document = data.overview(
        titles={"en": HOSTILE},
        rows=[
            data.row(
                "a", HOSTILE, ["libel"], [*data.same("1", *["unchanged"] * 3), data.cell("d4", HOSTILE, "stricter")]
            ),
        ],
    )
    found = sites.page(
        pages.overview, "/en/laws/sample-code/", {"laws/sample-code/overview": document}, law="sample-code"
    )
    page = parsed(found.content.decode())
    assert not page.findall(".//script")
    assert page.find(".//h1").text_content() == HOSTILE


def test_a_text_without_translation_is_shown_with_its_own_language() -> None:
    page = parsed(answer(pages.overview, "laws/sample-code/", {"law": "sample-code"}, "kk").content.decode())
    names = page.xpath("//th[@scope='row']/a[contains(., 'Libel')]/span/@lang")
    assert set(names) == {"en"}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((None, 7, "years"), "up to 7 years"),
        ((5, 10, "years"), "5 to 10 years"),
        ((1, None, "years"), "at least 1 year"),
        ((15, 15, "days"), "15 days"),
        ((None, 1000, "mci"), "up to 1,000 MCI"),
        ((None, None, ""), "possible"),
    ],
)
def test_amounts_in_words(found: tuple[Any, Any, str], said: str) -> None:
    assert words.range_words(data.amount(*found)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", ["до 1 года", "до 2 лет", "до 5 лет", "1\u00a0000 МРП"]),
        ("kk", ["1 жылға дейін", "2 жылға дейін", "5 жылға дейін", "1\u00a0000 АЕК"]),
    ],
)
def test_amounts_decline_in_russian_and_kazakh(language: str, said: list[str]) -> None:
    with translation.override(language):
        terms = [words.range_words(data.amount(None, n)) for n in (1, 2, 5)]
        assert [*terms, words.amount(1000, "mci")] == said


@pytest.mark.parametrize(
    ("iso", "precision", "said"),
    [
        ("2014-05-21", "day", "21 May 2014"),
        ("2013-08-01", "month", "Aug 2013"),
        ("2014-04-01", "season", "spring 2014"),
        ("2014-01-01", "year", "2014"),
        ("2014-05-19", "week", "week of 19 May 2014"),
        (None, "day", ""),
    ],
)
def test_dates_are_said_as_exactly_as_they_are_known(iso: str | None, precision: str, said: str) -> None:
    assert words.when(iso, precision) == said


@pytest.mark.parametrize(
    ("eid", "said"),
    [
        ("art_174__para_2__point_3", "Part 2, item 3"),
        ("art_174__para_2", "Part 2"),
        ("art_174__point_1", "Item 1"),
        ("art_174", ""),
    ],
)
def test_places_in_words(eid: str, said: str) -> None:
    assert words.place(eid) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language: str) -> None:
    assert untranslated(updated(language, collected())) == []
