"""An article and the contents of a text: the law's words with fragments, languages, footnotes apart; a light tree."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.pages import sites
from tests.pages.data import reading
from tracker.publication.pages.reading import anchor_of
from tracker.publication.site import Missing
from tracker.publication.views import reading as views

ADDRESS = "/en/laws/sample-code/v/new/art-174/"
CONTENTS = "/en/laws/sample-code/v/new/"


def seen(**fields: Any) -> Any:
    documents = {**reading.documents(), "laws/sample-code/v/new/art-174": reading.article(**fields)}
    answer = sites.page(views.article, ADDRESS, documents, law="sample-code", v="new", n="174")
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def tree(query: str = "", document: Any = None) -> Any:
    documents = {"laws/sample-code/v/new": document or reading.contents()}
    answer = sites.page(views.contents, CONTENTS + query, documents, law="sample-code", v="new")
    return html.fromstring(answer.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_a_text_that_is_not_the_latest_says_so_first_and_links_to_the_latest() -> None:
    banner = seen().find(".//p[@class='banner']")
    assert words(banner) == "In force, November 2015. This is not the latest text. See the latest: In force, May 2020"
    assert banner.find("a").get("href") == "../../later/"
    assert "not the latest" not in words(seen(latest=None).find(".//main"))


@pytest.mark.parametrize(
    ("eid", "fragment"),
    [
        ("art_174__para_2__point_3", "p2-3"),
        ("art_174__para_2", "p2"),
        ("art_174__para_1__text", "p1-text"),
        ("art_174__para_1__point_2__subpoint_a", "p1-2-subpointa"),
        ("art_174__point_1", "1"),
        ("art_174__text", "text"),
        ("art_174", "text"),
    ],
)
def test_a_fragment_names_part_and_item(eid: str, fragment: str) -> None:
    assert anchor_of(eid) == fragment


@given(
    st.lists(
        st.sampled_from(["art_1__para_1", "art_1__para_1__text", "art_1__note", "art_1", "art_1__point_1"]), max_size=9
    )
)
def test_no_id_is_given_twice(eids: list[str]) -> None:
    text = {"language": "ru", "heading": "", "paragraphs": [reading.paragraph(eid, "ОБРАЗЕЦ") for eid in eids]}
    ids = [each for each in seen(texts=[text]).xpath("//@id") if each != "main"]
    assert len(ids) == len(set(ids))


def test_part_2_item_3_can_be_linked_to() -> None:
    assert words(seen().get_element_by_id("p2-3")) == "3) группой"


def test_every_passage_of_law_says_its_language_and_ids_belong_to_the_original() -> None:
    page = seen()
    texts = page.xpath("//section[contains(@class, 'article-text')]//div[contains(@class, 'law')]")
    assert [text.get("lang") for text in texts] == ["ru", "kk"]
    assert texts[0].xpath(".//p/@id") == ["p1", "p1-text", "p2", "p2-3", "note"]
    assert texts[1].xpath(".//p/@id") == []
    assert words(page.find(".//p[@class='law-heading main']")) == "ОБРАЗЕЦ заголовка"


def test_footnotes_of_the_publisher_stand_apart_and_notes_of_the_law_stay_in_it() -> None:
    page = seen()
    law = page.xpath("//div[@class='law'][@lang='ru']")[0]
    assert "Примечание. ОБРАЗЕЦ." in words(law)
    assert "Сноска" not in words(law)
    assert "Сноска. ОБРАЗЕЦ." in words(page.find(".//div[@class='footnotes']"))


def test_the_words_we_object_to_are_marked_whole_words_only() -> None:
    page = seen()
    assert [words(mark) for mark in page.xpath("//div[@class='law']//mark")] == ["социальной"]
    text = {"language": "ru", "heading": "", "paragraphs": [reading.paragraph("art_1", "асоциальной Социальной")]}
    assert [words(mark) for mark in seen(texts=[text]).xpath("//div[@class='law']//mark")] == ["Социальной"]


def test_an_unconfirmed_counterpart_shows_no_number() -> None:
    listed = [words(each) for each in seen().xpath("//ul[@class='counterparts']/li")]
    assert "We are checking where this article went." in listed[1]
    assert "Compare" in listed[0]


def test_from_the_article_to_its_comparison_is_one_step() -> None:
    links = seen().xpath("//ul[@class='counterparts']//a/@href")
    assert "../../../compare/old...new/k7f2-discord/" in links
    assert "../../../../old-code/v/old/art-164/" in links


def test_an_article_that_is_not_there_names_the_last_one() -> None:
    documents = {"laws/sample-code/v/new": reading.contents()}
    with pytest.raises(Missing, match=r"There is no Article 470 in this text\. It ends with Article 6\."):
        sites.page(views.article, ADDRESS, documents, law="sample-code", v="new", n="470")


def test_divisions_say_how_many_articles_changed_and_are_followed() -> None:
    counts = [words(each) for each in tree().xpath("//span[@class='count']")]
    assert counts == ["6 articles, 2 changed, 2 followed", *["3 articles, 1 changed, 1 followed"] * 2]
    chapters = tree().xpath("//details[@id='part_2']/details")
    assert len(chapters) == 2, "chapters stand inside their part"


def test_the_switch_leaves_changed_articles_only() -> None:
    articles = [words(each.find("a")) for each in tree("?changed=1").xpath("//ol[@class='articles']/li")]
    assert articles == ["1", "4"]
    everything = [words(each.find("a")) for each in tree().xpath("//ol[@class='articles']/li")]
    assert everything == ["1", "2", "3", "4", "5", "6"]


def test_a_large_code_opens_one_chapter_at_a_time_and_stays_light() -> None:
    large = reading.contents(chapters=26, articles=50)
    page = tree("", large)
    assert page.xpath("//ol[@class='articles']") == []
    assert len(page.xpath("//details")) == 27
    opened = tree("?open=part_2__chp_7", large)
    assert words(opened.xpath("//ol[@class='articles']/li/a")[0]) == "301"
    assert len(opened.xpath("//ol[@class='articles']/li")) == 50
    whole = tree("?all=1", large)
    assert len(whole.xpath("//ol[@class='articles']/li")) == 1300
    answer = sites.page(views.contents, CONTENTS, {"laws/sample-code/v/new": large}, law="sample-code", v="new")
    assert len(gzip.compress(answer.content)) <= 10_000


def test_a_text_that_is_not_there_is_no_page() -> None:
    with pytest.raises(Missing, match="There is no such text of this law"):
        sites.page(views.contents, CONTENTS, {}, law="sample-code", v="new")


SAMPLE_PAGES: list[tuple[Any, str, dict[str, str]]] = [
    (views.contents, "v/new/", {"v": "new"}),
    (views.article, "v/new/art-174/", {"v": "new", "n": "174"}),
    (views.life, "p/k7f2-discord/", {"key": "k7f2-discord"}),
    (views.compare, "compare/old...new/?show=all", {"a": "old", "b": "new"}),
    (views.compare, "compare/old...new/?view=split", {"a": "old", "b": "new"}),
    (views.pair, "compare/old...new/k7f2-discord/?view=list", {"a": "old", "b": "new", "key": "k7f2-discord"}),
]


@pytest.mark.parametrize(("view", "path", "values"), SAMPLE_PAGES)
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_reading_page_has_one_heading_its_language_unique_ids_and_relative_links(
    view: Any, path: str, values: dict[str, str], language: str
) -> None:
    documents = reading.life_documents() | {
        "laws/sample-code/v/new": reading.contents(),
        "laws/sample-code/v/new/art-174": reading.article(),
    }
    answer = sites.page(
        view, f"/{language}/laws/sample-code/{path}", documents, language=language, law="sample-code", **values
    )
    page: Any = html.fromstring(answer.content.decode())
    assert page.get("lang") == language
    assert len(page.findall(".//h1")) == 1
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [*page.xpath("//@href"), *page.xpath("//@src"), *page.xpath("//@action")]
    assert [link for link in links if link.startswith("/") or "://" in link] == []
    broken = [link for link in links if link.startswith("#") and link[1:] and link[1:] not in {*ids, *SPRITE}]
    assert broken == []


SPRITE = {f"i-{name}" for name in ("stricter", "milder", "link", "warning", "gone", "moved", "download")} | {
    f"i-{value}" for value in ("fixed", "partly_fixed", "unchanged", "stricter", "new_restriction", "not_assessed")
}
