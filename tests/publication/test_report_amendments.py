"""Akoma Ntoso of a report: each recommendation as an amendment, with the words of the law that it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from tests.conftest import ROLES
from tests.publication.made_reports import KAZAKH, LANGUAGES, as_draft, document, report
from tracker.publication.record import Record
from tracker.publication.reports.content import PRESETS, Preset, ReportContent
from tracker.publication.reports.render import RENDERERS

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]


def amendments(content: ReportContent) -> Any:
    return etree.fromstring(RENDERERS["akn"](content))


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", PRESETS)
def test_the_list_of_amendments_is_valid(preset: Preset, language: str, schema: etree.XMLSchema) -> None:
    content = report(preset, language, cover=f"{KAZAKH} <p> & \x07")
    for each in (content, as_draft(content), replace(content, recommendations=())):
        assert schema.validate(amendments(each)), str(schema.error_log)[:300]


def test_every_recommendation_is_one_amendment_with_what_we_ask_and_its_verdict() -> None:
    content = report("annex")
    found = amendments(content).findall(".//{*}amendment")
    rows = document()["rows"]
    assert len(found) == len(rows)
    for amendment, row, finding in zip(found, rows, content.findings, strict=True):
        assert words(amendment.find(".//{*}amendmentHeading")) == row["concern"]["names"]["en"]
        assert row["concern"]["asked"]["en"] in words(amendment.find(".//{*}amendmentContent"))
        assert amendment.find(".//{*}amendmentJustification").get("class") == finding.value


def test_words_objected_to_are_quoted_from_the_article_and_whole_articles_where_none_are_named() -> None:
    content = report("annex")
    tree = amendments(content)
    source = Record()
    quoted = {words(each) for each in tree.iterfind(".//{*}quotedText")}
    assert "лидером общественного объединения" in quoted
    structures = tree.findall(".//{*}quotedStructure")
    assert structures
    for structure in structures:
        address = structure.getparent().find("{*}ref").get("href")
        assert address.startswith(content.origin.address)
        version, number = address.split("/v/")[1].strip("/").split("/")
        article: Any = source.get(f"laws/{content.law}/v/{version}/{number}")
        said = words(structure)
        for paragraph in article["texts"][0]["paragraphs"]:
            assert "".join(paragraph["text"].split()) in "".join(said.split())
        assert structure.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"


def test_without_quotes_an_amendment_names_the_article_alone() -> None:
    tree = amendments(report("annex", quotes=False))
    assert tree.findall(".//{*}mod")
    assert not tree.findall(".//{*}quotedStructure") + tree.findall(".//{*}quotedText")


def test_a_draft_of_amendments_says_so() -> None:
    content = report("brief")
    assert b"DRAFT" not in RENDERERS["akn"](content)
    tree = amendments(as_draft(content))
    assert "DRAFT. Internal, not for publication. 7F3A-11" in words(tree.find(".//{*}preface"))
    assert tree.find(".//{*}report").get("export") == "7F3A-11"
