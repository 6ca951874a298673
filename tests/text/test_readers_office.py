"""Word and PDF files give the lines that a reader of the print sees."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from codes.text import readers
from codes.text.nodes import TextError
from codes.text.parse import parse_file
from codes.text.readers.docx import LARGEST_TOTAL, MOST_PARTS
from tests.text.files import W, paragraph, word_file

LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Статья %1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="russianLower"/><w:lvlText w:val="%3)"/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%4 (%1)"/></w:lvl>'
)
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles {W}><w:style w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    "</w:styles>"
)


def lines_of(path: Path) -> list[str]:
    return [line.text for line in readers.read(path).lines]


def refusal(path: Path) -> str:
    with pytest.raises(TextError) as refused:
        readers.read(path)
    return str(refused.value)


def numbered(text: str, level: int, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_paragraphs_and_table_cells_are_lines_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Статья 1. Цель")
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "1. Текст первой части.", "2. Текст второй части."
    document.add_paragraph("Статья 2. Предмет\n1. Текст.")
    path = tmp_path / "law.docx"
    document.save(str(path))
    assert lines_of(path) == [
        "Статья 1. Цель", "1. Текст первой части.", "2. Текст второй части.", "Статья 2. Предмет", "1. Текст."
    ]  # fmt: skip


def test_numbers_that_word_counts_are_printed(tmp_path: Path) -> None:
    body = "".join(
        [
            paragraph("Цель", '<w:pStyle w:val="Article"/>'),
            numbered("Часть", 1),
            numbered("пункт", 2),
            numbered("пункт", 2),
            numbered("Часть", 1),
            numbered("римский", 3),
            paragraph("Предмет", '<w:pStyle w:val="Article"/>'),
            numbered("Часть", 1),
            numbered("Другой список", 0, number=2),
            paragraph("без номера", '<w:pStyle w:val="Article"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        ]
    )
    path = word_file(tmp_path / "law.docx", body, {"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES})
    assert lines_of(path) == [
        "Статья 1. Цель", "1. Часть", "а) пункт", "б) пункт", "2. Часть", "III (1) римский",
        "Статья 2. Предмет", "1. Часть", "Статья 9. Другой список", "без номера",
    ]  # fmt: skip
    assert [a.number for a in parse_file(path).articles] == ["1", "2", "9"]


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    run = "<w:r><w:t>{0}</w:t></w:r>"
    body = (
        "<w:p>" + run.format("срок до ") + "<w:del><w:r><w:delText>пяти</w:delText></w:r></w:del>"
        "<w:ins>" + run.format("семи") + "</w:ins>" + run.format(" лет") + "</w:p>"
        "<w:p><w:moveFrom>" + run.format("старое место") + "</w:moveFrom></w:p>"
        "<w:p><w:moveTo>" + run.format("новое место") + "</w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
        + run.format("начало ")
        + "</w:p><w:p>"
        + run.format("конец")
        + "</w:p>"
    )
    path = word_file(tmp_path / "law.docx", body)
    assert lines_of(path) == ["срок до семи лет", "новое место", "начало конец"]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = "<w:txbxContent>" + paragraph("в рамке") + "</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:p><w:r><w:t>вне</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines_of(word_file(tmp_path / "law.docx", body)) == ["вне", "в рамке"]


def test_a_raised_digit_is_an_inserted_number(tmp_path: Path) -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    body = f"<w:p><w:r><w:t>Статья 104</w:t></w:r>{raised}<w:r><w:t>. Конфискация</w:t></w:r></w:p>"
    assert lines_of(word_file(tmp_path / "law.docx", body)) == ["Статья 104.1. Конфискация"]


def test_a_hostile_package_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = word_file(tmp_path / "bomb.docx", "", {"word/media.bin": bytes(8 * 2**20)})
    assert "unpacks to far more" in refusal(bomb)
    many = word_file(tmp_path / "many.docx", "", {f"x/{n}": "" for n in range(MOST_PARTS)})
    assert "too large inside" in refusal(many)
    for name in ("../evil.xml", "/etc/evil.xml", "word/vbaProject.bin", "word\\..\\evil"):
        assert "strange paths" in refusal(word_file(tmp_path / "paths.docx", "", {name: "x"}))
    with pytest.raises(TextError, match="document type of its own"):
        readers.read(
            word_file(tmp_path / "x.docx", "", {"word/numbering.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})
        )


def test_a_package_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path / "law.docx", paragraph("Статья 1. Раз"))
    with zipfile.ZipFile(path) as package:
        size = package.getinfo("word/document.xml").file_size
    told = (LARGEST_TOTAL + 1).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), told))
    assert "too large inside" in refusal(path)


def test_tracked_changes_are_accepted_or_refused_as_asked_and_said(tmp_path: Path) -> None:
    runs = (
        "<w:r><w:t>1. Старые </w:t></w:r><w:ins><w:r><w:t>новые </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>прежние </w:delText></w:r></w:del><w:r><w:t>слова.</w:t></w:r>"
    )
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    table = f"<w:tbl>{row.format('<w:ins/>', 'новая строка')}{row.format('<w:del/>', 'прежняя строка')}</w:tbl>"
    path = word_file(tmp_path / "law.docx", f"<w:p>{runs}</w:p>{table}")
    assert lines_of(path) == ["1. Старые новые слова.", "новая строка"]
    refused = readers.read(path, tracked="refused")
    assert [line.text for line in refused.lines] == ["1. Старые прежние слова.", "прежняя строка"]
    assert refused.notices == ("The file holds tracked changes. It was read with these refused.",)
