"""Reports say the numbers of the public page, in every kind, format and language, and nothing that is not published."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any

import docx
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from lxml import etree

from amendments.models import Verdict
from tests.conftest import ROLES
from tests.factories import someone
from tests.publication.made_reports import KAZAKH, LANGUAGES, LAW, as_draft, document, report, sheet, words_of
from tracker.accounts.models import User
from tracker.common.writing import record
from tracker.publication.documents import Value
from tracker.publication.pages import overview, words
from tracker.publication.record import Record
from tracker.publication.reports import charts, checks, grades
from tracker.publication.reports.content import (
    PRESETS,
    Options,
    Preset,
    Quote,
    ReportContent,
    Run,
    Section,
    Unreportable,
)
from tracker.publication.reports.making import internal_report, public_report
from tracker.publication.reports.render import RENDERERS
from tracker.publication.reports.render.csv import cell

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]


# ---- numbers ----


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", PRESETS)
def test_every_report_counts_what_the_page_and_the_api_count(preset: Preset, language: str, client: Client) -> None:
    api = client.get(f"/{language}/laws/{LAW}/matrix.json").json()
    content = report(preset, language)
    assert content.counts.as_dict() == api["counts"]
    assert list(content.headline) == api["headline"]
    assert len(content.findings) == len(api["rows"])
    headline = " ".join(content.headline)
    made = {format_: render(content) for format_, render in RENDERERS.items()}
    for format_ in set(RENDERERS) - {"csv", "json"}:
        assert headline in words_of(format_, made[format_]), format_
    said = json.loads(made["json"])
    assert (said["counts"], said["headline"]) == ({"kind": "Counts", **api["counts"]}, api["headline"])
    counts = etree.fromstring(made["akn"]).iterfind(".//{*}count")
    assert {each.get("name"): int(each.get("value", "")) for each in counts} == api["counts"]
    rows = list(csv.DictReader(io.StringIO(made["csv"].decode("utf-8-sig"))))
    codes = sheet(made["xlsx"], 1)
    assert len(rows) == len(codes) - 1 == len(content.data.rows)
    for place, column in enumerate(content.data.columns):
        if column.key.endswith("_code"):
            assert [row[column.key] for row in rows] == [row[place] or "" for row in codes[1:]], column.key


@pytest.mark.parametrize("base", ["current_law", "previous"])
def test_another_base_counts_as_the_page_does_on_that_base(base: Any, client: Client) -> None:
    name = {"current_law": "law", "previous": "prev"}[base]
    api = client.get(f"/en/laws/{LAW}/matrix.json?base={name}").json()
    assert report("brief", base=base).counts.as_dict() == api["counts"]


def test_a_topic_counts_its_own_concerns_and_says_what_is_left_out(client: Client) -> None:
    api = client.get(f"/en/laws/{LAW}/matrix.json?topic=association").json()
    content = report("annex", topics=("association",))
    assert content.counts.as_dict() == api["counts"]
    said = f"Only the topics that were chosen: {len(api['rows'])} of {len(document()['rows'])} provisions."
    assert said in words_of("docx", RENDERERS["docx"](content))


@pytest.mark.parametrize("preset", ["brief", "annex", "table", "treaty"])
def test_rows_for_spreadsheets_hold_the_verdicts_that_the_headline_counts(preset: Preset) -> None:
    content = report(preset)
    rows = list(csv.DictReader(io.StringIO(RENDERERS["csv"](content).decode("utf-8-sig"))))
    code = "verdict_code" if preset == "table" else "recommendation_code"
    extra = {finding.concern for finding in content.findings if finding.extra}
    counted = [
        row[code] or "not_assessed"
        for row in rows
        if row["concern"] not in extra and row.get("text", content.text) == content.text
    ]
    for value in words.VERDICTS:
        assert counted.count(value) == getattr(content.counts, value), value


def test_as_many_rows_as_provisions_that_the_filter_leaves() -> None:
    every, some = report("table"), report("table", verdicts=("unchanged",))
    assert len(every.data.rows) == len(document()["rows"])
    assert len(some.data.rows) == sum(finding.value == "unchanged" for finding in some.findings)
    assert every.counts == some.counts  # what is listed changes no number of the headline


def test_every_column_is_documented() -> None:
    documented = (Path(settings.BASE_DIR) / "docs" / "reports.md").read_text()
    for preset in PRESETS:
        for column in report(preset).data.columns:
            assert f"`{column.key}`" in documented, column.key


# ---- the same again ----


@pytest.mark.parametrize("format_", list(RENDERERS))
def test_the_same_release_and_options_are_the_same_bytes(format_: str, tmp_path: Path) -> None:
    for preset in PRESETS:
        assert RENDERERS[format_](report(preset, "ru")) == RENDERERS[format_](report(preset, "ru"))
    file = tmp_path / "report"
    call_command("make_report", LAW, preset="brief", language="ru", format=format_, out=file, stdout=io.StringIO())
    assert file.read_bytes() == RENDERERS[format_](report("brief", "ru"))


def test_the_command_says_why_there_is_no_report(tmp_path: Path) -> None:
    given = {"preset": "brief", "language": "en", "format": "json", "out": tmp_path / "report"}
    with pytest.raises(CommandError, match="We do not follow a law of that name"):
        call_command("make_report", "no-such-law", **given)
    with pytest.raises(CommandError, match="There is no such text"):
        call_command("make_report", LAW, text="l1900", **given)
    with pytest.raises(CommandError, match="Say the day"):
        call_command("make_report", LAW, **{**given, "preset": "since"})
    assert not (tmp_path / "report").exists()


# ---- what each kind shows ----


def test_the_brief_names_the_worst_points_with_words_before_and_after_and_where_to_check() -> None:
    content = report("brief", "ru")
    titles = [section.title for section in content.sections if section.id.startswith("worst-")]
    assert len(titles) == 5
    values = [next(run.verdict for run in _runs(section) if run.verdict) for section in content.sections
              if section.id.startswith("worst-")]  # fmt: skip
    assert values == sorted(values, key=overview.WORST_FIRST.index)
    looks = {run.look for section in content.sections for run in _runs(section)}
    assert {"added", "deleted"} <= looks
    assert f"/ru/laws/{LAW}/@{content.origin.day}/" in words_of("docx", RENDERERS["docx"](content))


def _runs(section: Section) -> list[Run]:
    found: list[Run] = []
    for block in section.blocks:
        found += getattr(block, "runs", ())
        for row in getattr(block, "rows", ()):
            found += getattr(row, "runs", ())
    return found


def test_the_annex_holds_every_concern_with_its_verdicts_and_sources() -> None:
    content = report("annex")
    sections = {section.id for section in content.sections}
    for row in document()["rows"]:
        slug = row["concern"]["slug"]
        assert {f"p-{slug}", f"p-{slug}-verdicts", f"p-{slug}-sources"} <= sections
    quotes = [block for section in content.sections for block in section.blocks if isinstance(block, Quote)]
    assert "лидером общественного объединения" in [quote.text for quote in quotes]


def test_grades_follow_the_verdicts_and_nothing_is_graded_d() -> None:
    assessed: list[Value] = ["fixed", "partly_fixed", "unchanged", "stricter", "new_restriction"]
    assert [grades.GRADES[value] for value in assessed] == ["A", "B", "C", "E", "E"]
    assert set(grades.GRADES) == set(words.VERDICTS)
    content = report("treaty")
    column = [column.key for column in content.data.columns].index("grade")
    shown = [row[column] for row in content.data.rows]
    assert shown == [grades.GRADES[finding.value] for finding in content.findings]
    assert "not graded" in words_of("html", RENDERERS["html"](content))


def test_what_changed_since_a_day_is_what_was_published_after_it() -> None:
    published = sum(len(each["items"]) for each in Record().newest(f"laws/{LAW}/changes/", 1000))
    assert len(report("since").data.rows) == published > 0
    today = date.today() + timedelta(days=1)
    content = public_report(LAW, Options("since", "en", since=today))
    assert content.data.rows == ()
    assert "Nothing was published about this law after" in words_of("html", RENDERERS["html"](content))


def test_quotes_and_words_of_the_law_stay_out_when_they_are_not_wanted() -> None:
    for preset in ("brief", "table", "treaty"):
        content = report(preset, quotes=False)
        assert not [run for section in content.sections for run in _runs(section) if run.law]


# ---- letters, languages, safety ----


@pytest.mark.parametrize("format_", list(RENDERERS))
def test_kazakh_letters_come_through(format_: str) -> None:
    content = report("annex", "kk", cover=KAZAKH)
    made = RENDERERS[format_](content)
    if format_ == "csv":
        assert made.startswith(b"\xef\xbb\xbf")
        assert "Қолданыста" in made.decode()
    else:
        assert KAZAKH in words_of(format_, made)


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  ="]
)  # full width is meant
def test_a_cell_that_looks_like_a_formula_is_text(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    assert cell("174") == "174"


def test_markup_in_texts_stays_text() -> None:
    hostile = '<script>alert(1)</script> <w:p/> ]]> & \x07 #read("/etc/passwd")'
    content = report("brief", cover=hostile)
    assert "<script" not in RENDERERS["html"](content).decode()
    assert '<script>alert(1)</script> <w:p/> ]]> & #read("/etc/passwd")' in words_of("docx", RENDERERS["docx"](content))


def test_the_html_file_asks_for_nothing_else() -> None:
    for preset in PRESETS:
        made = RENDERERS["html"](report(preset)).decode()
        assert not re.search(r"<(script|link|img|iframe|object|embed|form)\b|\bsrc=|url\(|@import", made)


@pytest.mark.parametrize("preset", ["brief", "annex", "treaty"])
def test_a_heading_in_another_language_says_which(preset: Preset) -> None:
    content = report(preset, "kk")
    section = next(each for each in content.sections if each.language == "en")
    title = escape(section.title)
    assert f'id="{section.id}" lang="en">{title}</h3>' in RENDERERS["html"](content).decode()
    document_ = zipfile.ZipFile(io.BytesIO(RENDERERS["docx"](content))).read("word/document.xml").decode()
    heading = f'<w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve">{escape(section.title, quote=False)}</w:t>'
    assert heading in document_


# ---- the DOCX ----


@pytest.mark.parametrize("preset", PRESETS)
def test_a_docx_has_headings_header_rows_languages_and_every_section(preset: Preset) -> None:
    content = report(preset, "kk")
    file = docx.Document(io.BytesIO(RENDERERS["docx"](content)))
    headings = [p.text for p in file.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    assert headings == [section.title for section in content.sections]
    levels = [
        int(p.style.name[-1]) for p in file.paragraphs if p.style is not None and p.style.name.startswith("Heading")
    ]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    xml = file.element.xml
    assert xml.count("<w:tbl>") == len(file.tables)
    for table in file.tables:
        if 'w:firstRow="1"' in table._tbl.tblPr.xml:
            assert "w:tblHeader" in table.rows[0]._tr.xml
        assert "w:tblCaption" in table._tbl.tblPr.xml
    assert 'w:val="kk-KZ"' in file.styles.element.xml
    if preset == "annex":
        assert "TOC \\o" in xml
        assert 'w:lang w:val="ru-RU"' in xml  # the law's words, in a report in Kazakh


def test_a_docx_names_no_person_no_machine_and_no_time() -> None:
    content = report("annex")
    archive = zipfile.ZipFile(io.BytesIO(RENDERERS["docx"](content)))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(io.BytesIO(RENDERERS["docx"](content))).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title.startswith(content.title)
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert not re.search(rb"w:rsid|thumbnail|python|/home/|/root", everything, re.IGNORECASE)


def test_an_internal_report_says_draft_on_every_page() -> None:
    public = report("brief")
    assert b"DRAFT" not in b"".join(_parts(public))
    content = as_draft(public)
    header = zipfile.ZipFile(io.BytesIO(RENDERERS["docx"](content))).read("word/header1.xml").decode()
    assert "DRAFT. Internal, not for publication. 7F3A-11" in header
    assert "7F3A-11" in RENDERERS["html"](content).decode()
    assert RENDERERS["csv"](content).decode().count("7F3A-11") == len(content.data.rows)


def test_a_member_s_report_holds_drafts_says_so_and_counts_what_is_published() -> None:
    analyst = User.objects.get(handle="analyst")
    before = report("annex").counts
    verdict = Verdict.objects.get(concern__slug="death-penalty", version__slug="l2025-09", base="recommendation")
    verdict.status, verdict.reason = "draft", "canary words of a draft"
    record(verdict, by=analyst, reason="test")
    content = internal_report(analyst, LAW, Options("annex", "en"), export="7F3A-11")
    said = words_of("docx", RENDERERS["docx"](content))
    assert "canary words of a draft; Draft" in said
    assert content.counts.fixed == before.fixed - 1
    assert [path for path in content.drafts if "death-penalty" in path]
    assert "canary" not in words_of("docx", RENDERERS["docx"](report("annex")))
    with pytest.raises(Unreportable):
        internal_report(someone(), LAW, Options("brief", "en"), export="7F3A-12")


def _parts(content: ReportContent) -> list[bytes]:
    archive = zipfile.ZipFile(io.BytesIO(RENDERERS["docx"](content)))
    return [RENDERERS["html"](content), *(archive.read(name) for name in archive.namelist())]


# ---- checks before a report goes out ----


def test_a_headline_that_differs_from_the_rows_is_refused() -> None:
    content = report("brief")
    assert checks.failures(content, Record()) == []
    for wrong in (
        replace(content, counts=replace(content.counts, fixed=content.counts.fixed + 1)),
        replace(content, headline=("All is well.",)),
        replace(content, findings=content.findings[1:]),
    ):
        assert [f.sentence for f in checks.failures(wrong, Record())] == [
            "The headline says other numbers than the rows of the report."
        ]


def test_a_quote_that_is_not_in_its_article_is_named() -> None:
    content = report("annex")
    place = next(i for i, section in enumerate(content.sections) if any(isinstance(b, Quote) for b in section.blocks))
    section = content.sections[place]
    blocks = tuple(replace(b, text="words of nobody") if isinstance(b, Quote) else b for b in section.blocks)
    sections = (*content.sections[:place], replace(section, blocks=blocks), *content.sections[place + 1 :])
    found = checks.failures(replace(content, sections=sections), Record())
    assert found
    assert all("words of nobody" in f.sentence and f.path.startswith(f"laws/{LAW}/v/") for f in found)


def test_what_is_not_published_is_refused_in_a_public_report() -> None:
    path = f"laws/{LAW}/notes/abc"
    content = replace(report("brief"), drafts=(path,))
    assert [f.path for f in checks.failures(content, Record())] == [path]
    internal = replace(content, origin=replace(content.origin, draft=True))
    assert checks.failures(internal, Record()) == []


def test_a_law_without_concerns_has_nothing_to_report() -> None:
    with pytest.raises(Unreportable, match="Nothing to report yet"):
        public_report("fr-transparency-2013", Options("brief", "en"))


def test_charts_in_a_docx_are_lines_with_a_picture_for_old_programs_and_words_for_those_who_cannot_see() -> None:
    content = report("annex")
    made = RENDERERS["docx"](content)
    archive = zipfile.ZipFile(io.BytesIO(made))
    drawn = [charts.drawn(block) for section in content.sections for block in section.blocks
             if isinstance(block, charts.Chart)]  # fmt: skip
    assert len(drawn) == 3
    related = archive.read("word/_rels/document.xml.rels").decode()
    xml = archive.read("word/document.xml").decode()
    for order, chart in enumerate(drawn, 1):
        assert archive.read(f"word/media/chart{order}.svg").decode() == chart.svg
        picture = archive.read(f"word/media/chart{order}.png")
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
        assert abs(width / chart.width - height / chart.height) < 0.02
        assert f'descr="{escape(chart.alt)}"' in xml
        for ending in ("svg", "png"):
            assert f'Target="media/chart{order}.{ending}"' in related
    assert xml.count("asvg:svgBlip xmlns") == len(drawn)
    assert 'Extension="svg"' in archive.read("[Content_Types].xml").decode()
