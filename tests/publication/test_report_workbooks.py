"""The workbook of a report: the rows of the CSV as typed cells, and a sheet that says what they are."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.conftest import ROLES
from tests.publication.made_reports import as_draft, report, sheet
from tracker.common.spreadsheets import LONGEST
from tracker.publication.reports.content import PRESETS, Preset, ReportContent
from tracker.publication.reports.render import RENDERERS

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]
FIRST_DAY = date(1899, 12, 30)  # of spreadsheets
EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", " =1"]


def book(content: ReportContent) -> dict[str, str]:
    archive = zipfile.ZipFile(io.BytesIO(RENDERERS["xlsx"](content)))
    return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("preset", PRESETS)
def test_a_workbook_holds_the_rows_of_the_csv_with_days_as_days(preset: Preset) -> None:
    content = report(preset, "ru")
    found = sheet(RENDERERS["xlsx"](content), 1)
    plain = list(csv.reader(io.StringIO(RENDERERS["csv"](content).decode("utf-8-sig"))))
    assert found[0] == [column.title for column in content.data.columns]
    assert len(found) == len(plain)
    for row, line in zip(found[1:], plain[1:], strict=True):
        for cell, text, column in zip(row, line, content.data.columns, strict=True):
            if column.kind == "date":
                assert isinstance(cell, float)
                assert (FIRST_DAY + timedelta(days=cell)).isoformat() == text
            elif column.kind == "number":
                assert cell == float(text)
            else:
                assert (cell or "") == text


def test_a_workbook_has_a_filter_and_a_header_that_stays() -> None:
    first = book(report("annex"))["xl/worksheets/sheet1.xml"]
    assert "<autoFilter" in first
    assert 'state="frozen"' in first
    assert "fitToHeight" in first


def test_the_second_sheet_says_what_the_rows_are() -> None:
    content = report("annex", topics=("association",))
    about = [[cell for cell in row if cell is not None] for row in sheet(RENDERERS["xlsx"](content), 2)]
    said = {row[0]: row[1] for row in about if len(row) == 2}
    assert said["Release"] == content.origin.release
    assert said["Frozen address"] == content.origin.address
    assert said["Headline"] == " ".join(content.headline)
    assert FIRST_DAY + timedelta(days=float(said["Date"] or 0)) == content.origin.day
    assert "association" in str(said["Topics"]).lower()
    documented = {row[0]: row[2] for row in about if len(row) == 3}
    assert all(documented[column.key] == column.meaning != "" for column in content.data.columns)


@pytest.mark.parametrize("evil", EVIL)
def test_what_begins_like_a_formula_is_text_in_a_workbook(evil: str) -> None:
    content = report("brief")
    row = tuple(evil if column.kind == "text" else value
                for column, value in zip(content.data.columns, content.data.rows[0], strict=True))  # fmt: skip
    content = replace(content, data=replace(content.data, rows=(row,)), cover=(evil,))
    made = book(content)
    assert not any(re.search(r"<f[ >]|hyperlink", part) for part in made.values())
    assert evil.strip() in str(sheet(RENDERERS["xlsx"](content), 1)[1][0])


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    content = report("brief")
    row = ("x" * (LONGEST + 1), *content.data.rows[0][1:])
    cell = sheet(RENDERERS["xlsx"](replace(content, data=replace(content.data, rows=(row,)))), 1)[1][0]
    assert isinstance(cell, str)
    assert (len(cell), cell[-1]) == (LONGEST, "…")


def test_a_workbook_names_no_person_no_machine_and_no_time() -> None:
    content = report("annex")
    archive = zipfile.ZipFile(io.BytesIO(RENDERERS["xlsx"](content)))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = archive.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[^<]+", core)) == {f"{content.origin.day}T00:00:00Z"}


def test_an_internal_workbook_says_draft_in_every_row_and_on_every_page() -> None:
    public, made = report("brief"), as_draft(report("brief"))
    assert "DRAFT" not in "".join(book(public).values())
    mark = "DRAFT. Internal, not for publication. 7F3A-11"
    assert all(row[-1] == mark for row in sheet(RENDERERS["xlsx"](made), 1)[1:])
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert mark in re.findall(r"<oddHeader>(.*?)</oddHeader>", book(made)[name])[0]


def test_a_row_is_as_tall_as_its_longest_cell_needs_within_what_programs_take() -> None:
    first = book(report("table"))["xl/worksheets/sheet1.xml"]
    heights = [float(each) for each in re.findall(r'<row r="\d+"[^>]* ht="([\d.]+)"', first)]
    assert len(heights) == len(report("table").data.rows)
    assert 15 < max(heights) <= 409
    assert len(set(heights)) > 3


def test_a_column_of_the_comparative_table_is_not_explained_as_a_verdict() -> None:
    meanings = {column.key: column.meaning for column in report("table").data.columns}
    assert not any("Verdict" in meanings[key] for key in ("current_law", "draft", "recommendation"))
