"""The PDF of a report: its structure for people who cannot see it, its pages for those who print it."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pdfua
import pikepdf
import pypdfium2
import pytest

from tests.conftest import ROLES
from tests.publication.made_reports import KAZAKH, LANGUAGES, as_draft, report, words_of
from tracker.publication.reports.content import PRESETS, Difference, Preset, ReportContent, Table
from tracker.publication.reports.render import RENDERERS

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo", "home")]
HOME = "https://monitor.example.org"
TABLES = {"Table", "Penalties"}
CHARTS = {"UnitChart", "StagesChart", "TermsChart", "QrCode"}


@pytest.fixture
def home(settings: Any) -> None:
    settings.HOME_ADDRESS = f"{HOME}/"
    settings.ORGANISATION = "Example Centre"


@lru_cache
def made(preset: Preset, language: str) -> tuple[ReportContent, bytes]:
    content = report(preset, language)
    return content, RENDERERS["pdf"](content)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any, str]]:
    """Every element of the structure: its kind, itself, and the kind of what holds it; as they are read aloud."""
    waiting = [(pdf.Root.StructTreeRoot.K, "")]
    while waiting:
        node, above = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += [(each, above) for each in reversed(list(node))]
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            kind = str(node.S)[1:]
            yield kind, node, above
            waiting += [(node.K, kind)] if "/K" in node else []


def blocks(content: ReportContent) -> Counter[str]:
    return Counter(type(block).__name__ for section in content.sections for block in section.blocks)


def pages(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pypdfium2.PdfDocument(content)]


# ---- for those who do not see it ----


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", PRESETS)
def test_a_pdf_says_its_title_and_language_and_that_it_is_accessible(preset: Preset, language: str) -> None:
    content, file = made(preset, language)
    pdf = opened(file)
    assert str(pdf.Root.Lang) == language
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    known = pdf.Root.Metadata.read_bytes().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in known
    assert f">{content.title}</rdf:li></rdf:Alt></dc:title>" in known
    assert not re.search("dc:creator|Producer", known)
    assert set(pdf.docinfo.keys()) == {"/Title", "/Creator", "/CreationDate", "/ModDate"}
    assert str(pdf.docinfo["/CreationDate"]).startswith(f"D:{content.origin.day:%Y%m%d}000000")
    assert re.fullmatch(r"Typst [\d.]+", str(pdf.docinfo["/Creator"]))
    found = pdfua.validate(io.BytesIO(file))
    assert [finding.message for finding in found.findings] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_headings_tables_and_charts_are_told_as_such(preset: Preset) -> None:
    content, file = made(preset, "kk")
    pdf = opened(file)
    found = list(elements(pdf))
    kinds = Counter(kind for kind, _, _ in found)
    levels = [int(kind[1]) for kind, _, _ in found if re.fullmatch(r"H\d", kind)]
    contents = [1] if content.contents else []  # the list of contents has a heading of its own
    assert levels == [*contents, *(section.level for section in content.sections)]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    held = blocks(content)
    assert kinds["Table"] == kinds["THead"] == sum(held[name] for name in TABLES)
    assert {above for kind, _, above in found if kind == "TH"} <= {"TR"}
    heads = [node for kind, node, _ in found if kind == "TH"]
    assert all(str(node.A[0].Scope) == "/Column" for node in heads)
    assert len(heads) == sum(len(b.columns) for s in content.sections for b in s.blocks if type(b).__name__ in TABLES)  # type: ignore[union-attr]
    figures = [node for kind, node, _ in found if kind == "Figure"]
    assert len(figures) == sum(held[name] for name in CHARTS)
    assert all(len(str(node.Alt)) > 20 for node in figures)
    assert kinds["L"] >= held["Points"]


@pytest.mark.parametrize("preset", PRESETS)
def test_bookmarks_are_the_headings(preset: Preset) -> None:
    content, file = made(preset, "ru")
    with opened(file).open_outline() as outline:
        waiting, found = list(outline.root), []
        while waiting:
            found.append(waiting.pop(0))
            waiting = [*found[-1].children, *waiting]
    titles = [section.title for section in content.sections]
    assert [" ".join(each.title.split()) for each in found][-len(titles) :] == [" ".join(t.split()) for t in titles]


def test_words_that_changed_are_underlined_and_struck_through_also_for_programs() -> None:
    _, file = made("brief", "en")
    pdf = opened(file)
    styles = Counter(
        str(attributes.TextDecorationType)
        for kind, node, _ in elements(pdf)
        if kind == "Span" and "/A" in node
        for attributes in node.A
        if "/TextDecorationType" in attributes
    )
    assert styles["/Underline"] > 5
    assert styles["/LineThrough"] > 5


def test_a_passage_in_another_language_says_which() -> None:
    content, file = made("brief", "en")
    assert any(run.language == "ru" for s in content.sections for b in s.blocks if isinstance(b, Difference)
               for row in b.rows for run in row.runs)  # fmt: skip
    pdf = opened(file)
    streams = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert b"/Lang(ru)" in streams


# ---- for those who read it ----


@pytest.mark.parametrize("preset", PRESETS)
def test_every_font_is_inside_and_its_letters_can_be_copied(preset: Preset) -> None:
    _, file = made(preset, "kk")
    pdf = opened(file)
    every = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    fonts = [each for each in every if each.get("/Type") == pikepdf.Name.Font]
    whole = [font for font in fonts if font.Subtype == pikepdf.Name.Type0]
    assert whole
    assert all("/ToUnicode" in font for font in whole)
    for font in fonts:
        if font.Subtype != pikepdf.Name.Type0:
            assert {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())
    assert all("\ufffd" not in page for page in pages(file))


@pytest.mark.parametrize("format_", ["pdf", "docx"])
def test_kazakh_letters_can_be_read_out_of_the_file(format_: str) -> None:
    content = report("brief", "kk", cover=KAZAKH)
    assert KAZAKH in words_of(format_, RENDERERS[format_](content))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_has_two_pages_at_most(language: str) -> None:
    content, file = made("brief", language)
    assert len(pages(file)) <= 2
    assert len(pages(RENDERERS["pdf"](as_draft(content)))) <= 2


@pytest.mark.parametrize("preset", PRESETS)
def test_every_page_says_its_day_its_address_and_its_number(preset: Preset) -> None:
    content, file = made(preset, "en")
    found = pages(file)
    for number, page in enumerate(found, 1):
        assert content.origin.address in page
        assert content.origin.address.startswith(f"{HOME}/en/laws/")
        assert content.labels.as_of in page
        assert f"Page {number} of {len(found)}" in page


@pytest.mark.parametrize("preset", PRESETS)
def test_an_internal_pdf_says_draft_on_every_page(preset: Preset) -> None:
    content, file = made(preset, "en")
    assert not any("DRAFT" in page for page in pages(file))
    marked = pages(RENDERERS["pdf"](as_draft(content)))
    assert all("DRAFT. Internal, not for publication. 7F3A-11" in page for page in marked)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", ["annex", "treaty", "brief"])
def test_no_page_ends_with_a_heading(preset: Preset, language: str) -> None:
    content, file = made(preset, language)
    titles = {" ".join(section.title.split()) for section in content.sections}
    for page in pages(file):
        body = page.split(f"\n{content.origin.address}")[0].strip().split("\n")
        assert body[-1] not in titles, body[-3:]


def test_the_header_of_a_table_comes_again_on_every_page() -> None:
    content, file = made("table", "en")
    table = next(b for s in content.sections for b in s.blocks if isinstance(b, Table))
    with_rows = [page for page in pages(file) if re.search(r"^\d+ ?\n?Article", page, re.MULTILINE)]
    assert len(with_rows) > 3
    assert all(table.columns[1].title in page and table.columns[4].title in page for page in with_rows)


# ---- words are data (S-31) ----


def test_markup_in_texts_stays_text_in_a_pdf() -> None:
    evil = '#include "/etc/passwd" #read("/etc/passwd") #panic() $x^2$ *a* _b_ = c @d <e> \\ // `f` \x07 </script>'
    made_ = words_of("pdf", RENDERERS["pdf"](report("brief", cover=evil)))
    assert evil.replace(" \x07", "") in made_
    assert "root:" not in made_


def test_what_no_font_can_draw_is_shown_as_missing_and_stops_nothing() -> None:
    content = report("brief", cover="до 😀 漢字 после")
    assert "до □ □□ после" in words_of("pdf", RENDERERS["pdf"](content))
