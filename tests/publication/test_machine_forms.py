"""Embeds, Akoma Ntoso, linked data, sitemap, the shared picture, and the head links that lead to them."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from lxml import etree

from codes.text import akn
from codes.text.nodes import TextError
from tests.conftest import ROLES
from tracker.publication.machine import pictures
from tracker.publication.machine.serving import EMBED_POLICY
from tracker.publication.record import Record
from tracker.publication.views.kept import ANSWERS

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]
SLUG = "kz-criminal-code-2014"
LAW = f"/en/laws/{SLUG}/"
ARTICLE = f"{LAW}v/l2015-11/art-174/"


def key() -> str:
    return str(Record().get(f"laws/{SLUG}/overview")["rows"][0]["provision"]["key"])


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("frame", ["headline/", "matrix/", "p/"])
def test_embeds_may_stand_in_frames_of_any_site_and_hold_no_script(client: Client, language: str, frame: str) -> None:
    address = f"/embed/{language}/{SLUG}/{frame}" + (f"{key()}/" if frame == "p/" else "")
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Security-Policy"] == "; ".join(sorted(EMBED_POLICY.split("; ")))
    assert "X-Frame-Options" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    text = response.content.decode()
    assert f'<html lang="{language}"' in text
    assert "<script" not in text
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_an_embed_says_of_which_day_it_is(client: Client) -> None:
    assert re.search(r"As of \d{1,2} \w+ \d{4}\.", client.get(f"/embed/en/{SLUG}/headline/").content.decode())


def test_the_headline_embed_weighs_at_most_six_kilobytes_with_its_style(client: Client) -> None:
    style = (settings.BASE_DIR / "static" / "css" / "embed.css").read_bytes()
    page = client.get(f"/embed/ru/{SLUG}/headline/").content
    assert len(page) + len(style) <= 6 * 1024
    assert len(client.get(f"/embed/ru/{SLUG}/headline.svg").content) <= 6 * 1024


def test_the_picture_of_the_headline_holds_the_sentences_of_the_page(client: Client) -> None:
    response = client.get(f"/embed/en/{SLUG}/headline.svg")
    assert response["Content-Type"] == "image/svg+xml"
    drawing = etree.fromstring(response.content)
    said = " ".join(drawing.xpath("string(//*[local-name()='title'])").split())
    for sentence in client.get(f"{LAW}matrix.json").json()["headline"]:
        assert sentence in said


def test_the_lines_to_copy_lead_to_embeds_that_answer(client: Client) -> None:
    page = client.get(f"{LAW}embeds/").content.decode()
    found = re.findall(r"src=&quot;http://testserver(/embed/[^&]+)&quot;", page)
    assert len(found) > 5
    for address in found:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("version", ["l2015-11", "l2022-01", "v1997"])
def test_akoma_ntoso_of_a_text_is_valid_and_holds_every_published_word(
    client: Client, schema: etree.XMLSchema, version: str
) -> None:
    law = "kz-criminal-code-1997" if version == "v1997" else SLUG
    response = client.get(f"/en/laws/{law}/v/{version}/akn.xml")
    assert response.status_code == 200
    assert schema.validate(etree.fromstring(response.content)), str(schema.error_log)[:300]
    read = {article.number: article for article in akn.parse(response.content).articles}
    contents = client.get(f"/en/laws/{law}/v/{version}.json").json()["document"]
    numbers = [article["number"] for division in contents["divisions"] for article in division["articles"]]
    assert list(read) == numbers
    first = client.get(f"/en/laws/{law}/v/{version}/art-{numbers[0]}.json").json()["document"]["texts"][0]
    assert [p.text for p in read[numbers[0]].paragraphs] == [p["text"] for p in first["paragraphs"]]


def test_one_article_has_its_own_akoma_ntoso(client: Client, schema: etree.XMLSchema) -> None:
    response = client.get(f"{ARTICLE}akn.xml")
    assert schema.validate(etree.fromstring(response.content)), str(schema.error_log)[:300]
    assert [article.number for article in akn.parse(response.content).articles] == ["174"]
    assert client.get(f"{LAW}v/l2015-11/art-9999/akn.xml").status_code == 404


def test_linked_data_names_the_draft_its_stages_and_its_texts(client: Client) -> None:
    body = client.get(f"{LAW}ld.json").json()
    document = Record().get(f"laws/{SLUG}/overview")
    assert "eli-dl:LegislativeProcess" in body["@type"]
    assert len(body["eli-dl:consists_of"]) == len(document["stages"])
    assert {part["inLanguage"] for part in body["hasPart"]} <= {"ru", "kk", "en"}


def test_notes_are_annotations_on_the_words_they_quote(client: Client) -> None:
    paths = Record().paths(f"laws/{SLUG}/notes/")
    for path in paths:
        note = Record().get(path)["note"]
        body = client.get(f"/en/{path}/ld.json").json()
        assert body["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert body["target"]["selector"]["exact"] == note["quote"]
        assert body["body"]["value"] == note["text"]


def test_every_link_in_the_head_of_every_kind_of_page_answers_with_its_type(client: Client) -> None:
    kinds = [
        "", "v/l2015-11/", "v/l2015-11/art-174/", f"p/{key()}/", "compare/v1997...l2015-11/", "changes/", "embeds/",
        f"compare/v1997...l2015-11/{key()}/",
    ]  # fmt: skip
    pages = [*(LAW + kind for kind in kinds), "/en/laws/", "/en/standards/", "/en/"]
    seen = set()
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        for kind, address in re.findall(
            r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', response.content.decode()
        ):
            assert not address.startswith(("/", "http"))
            answer = client.get(urljoin(page, address))
            assert answer.status_code == 200, (page, address)
            assert answer["Content-Type"].split(";")[0] == kind
            seen.add(kind)
    assert seen == {"application/json", "application/ld+json", "application/akn+xml", "application/atom+xml"}


def test_the_sitemap_lists_pages_that_answer_in_every_language(client: Client) -> None:
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    index = re.findall("<loc>http://testserver([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert index == ["/sitemap-1.xml"]
    text = client.get(index[0]).content.decode()
    found = re.findall("<loc>http://testserver([^<]+)</loc>", text)
    assert len(found) == len(set(found)) == 3 * len([each for each in found if each.startswith("/en/")])
    assert len(text.encode()) < 50 * 1024 * 1024
    for address in found[:: len(found) // 40]:
        assert client.get(address).status_code == 200, address
    assert client.get("/sitemap-9.xml").status_code == 404


def test_shared_links_show_a_drawn_headline_where_the_site_has_a_home(client: Client) -> None:
    assert "og:image" not in client.get(LAW).content.decode()
    ANSWERS.clear()  # a setting changes with the process only
    with override_settings(HOME_ADDRESS="https://monitor.example/"):
        page = client.get(LAW).content.decode()
    assert f'content="https://monitor.example/en/laws/{SLUG}/headline.png"' in page
    picture = client.get(f"{LAW}headline.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(picture.content[start : start + 4], "big") for start in (16, 20))
    assert (width, height) == (1200, 630)
    assert len(picture.content) < 300_000


def test_the_words_of_a_picture_are_never_compiled() -> None:
    data = {"language": "kk", "name": '#panic("x")', "sentences": ['#read("/etc/passwd")', "$x^"], "foot": "*a"}
    assert pictures.drawn(json.dumps(data))[:4] == b"\x89PNG"
    with pytest.raises(TextError):
        pictures.drawn("{}")


def test_machine_forms_take_a_constant_number_of_questions(client: Client) -> None:
    for address in (
        f"{LAW}ld.json", f"{ARTICLE}ld.json", f"{LAW}v/l2015-11/akn.xml", f"/embed/en/{SLUG}/matrix/", "/sitemap-1.xml",
        f"{LAW}headline.png", f"{LAW}matrix.csv",
    ):  # fmt: skip
        with CaptureQueriesContext(connections["public"]) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 5, address
