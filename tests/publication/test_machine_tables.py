"""The matrix as CSV and workbook: the rows of the page, typed cells, nothing that a spreadsheet would run."""

from __future__ import annotations

import copy
import csv
import io
import re
import zipfile
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.conftest import ROLES
from tracker.common.spreadsheets import tame
from tracker.publication.machine import tables
from tracker.publication.pages import overview as overview_page
from tracker.publication.record import Record

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]
LAW = "/en/laws/kz-criminal-code-2014/"
CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"]


def rows(client: Client, query: str = "", language: str = "en") -> list[list[str]]:
    response = client.get(f"{LAW.replace('/en/', f'/{language}/')}matrix.csv{query}")
    assert response.status_code == 200
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("query", ["", "?changed=1", "?base=law", "?topic=libel", "?text=l2015-11"])
def test_the_tables_hold_the_rows_that_the_page_shows(client: Client, query: str) -> None:
    shown = client.get(f"{LAW}matrix.json{query}").json()["rows"]
    found = rows(client, query)
    assert [row[0] for row in found[1:]] == [row["concern"] for row in shown]
    sheet = ElementTree.fromstring(parts(client.get(f"{LAW}matrix.xlsx{query}").content)["xl/worksheets/sheet1.xml"])
    assert len(sheet.findall(f".//{CELLS}row")) == len(shown) + 1


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_row_has_every_column_in_every_language(client: Client, language: str) -> None:
    found = rows(client, language=language)
    assert len({len(row) for row in found}) == 1
    assert len(found[0]) == len(set(found[0]))


def test_the_workbook_has_typed_cells_a_filter_and_a_frozen_header(client: Client) -> None:
    found = parts(client.get(f"{LAW}matrix.xlsx").content)
    sheet, about = found["xl/worksheets/sheet1.xml"].decode(), found["xl/worksheets/sheet2.xml"].decode()
    assert "<autoFilter" in sheet
    assert 'state="frozen"' in sheet
    assert 't="b"' in sheet
    assert re.search(r'<c r="B6"><v>\d+</v></c>', about)


def test_the_same_release_gives_the_same_bytes_and_names_nobody(client: Client) -> None:
    first, second = (client.get(f"{LAW}matrix.xlsx").content for _ in range(2))
    assert first == second
    found = parts(first)
    assert "<dc:creator></dc:creator>" in found["docProps/core.xml"].decode()
    release = Record().release
    assert release is not None
    assert release.time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") in found["docProps/core.xml"].decode()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("evil", EVIL)
def test_what_begins_like_a_formula_is_text(evil: str) -> None:
    document = copy.deepcopy(Record().get("laws/kz-criminal-code-2014/overview"))
    document["rows"][0]["concern"]["names"] = {"en": evil}
    found = overview_page.overview(document, {})
    assert tame(str(tables.rows(found)[0][1])) == f"'{evil}"
    site: Any = SimpleNamespace(source=SimpleNamespace(release=SimpleNamespace(number=1, time=TIME, hash="")))
    sheet = parts(tables.matrix_book(site, found))["xl/worksheets/sheet1.xml"].decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


TIME = datetime(2026, 1, 1, tzinfo=UTC)


def test_ordinary_words_stay_as_they_are() -> None:
    assert tame("5 to 10 years") == "5 to 10 years"
