"""Files are read for what they are; what cannot be used is refused in one plain sentence with the way out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from codes.text import readers
from codes.text.nodes import TextError
from codes.text.parse import parse_file
from tests.text.files import pdf_file, word_file
from tests.text.laws import DATA, KAZAKHSTAN, unpacked

LIBEL = KAZAKHSTAN / "criminal-code-1997_ch1-excerpt_ru.txt"


def text_of(path: Path) -> list[str]:
    return [line.text for line in readers.read(path).lines]


def refusal(path: Path) -> str:
    with pytest.raises(TextError) as refused:
        readers.read(path)
    message = str(refused.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_a_russian_law_is_read_in_any_usual_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "law.txt"
    path.write_bytes(LIBEL.read_text(encoding="utf-8").encode(encoding))
    assert text_of(path) == text_of(LIBEL)


def test_line_numbers_are_those_of_an_editor(tmp_path: Path) -> None:
    path = tmp_path / "law.txt"
    path.write_bytes("Статья 1. Раз\r\n\r\nТекст.\x85\u2028Ещё.\nСтатья 2. Два\n".encode())
    assert [a.line for a in parse_file(path).articles] == [1, 5]


def test_the_type_is_found_in_the_content_not_in_the_name(tmp_path: Path) -> None:
    page = tmp_path / "law.docx"
    page.write_bytes((DATA / "criminal-code-rf_excerpt.html").read_bytes())
    assert readers.read(page).media_type == "text/html"
    package = word_file(tmp_path / "law.txt", "<w:p><w:r><w:t>Статья 1. Раз</w:t></w:r></w:p>")
    assert readers.read(package).media_type == readers.media_type(package)
    assert text_of(package) == ["Статья 1. Раз"]


def test_a_page_gives_one_line_for_each_block_and_raised_numbers_as_inserted_ones(tmp_path: Path) -> None:
    path = tmp_path / "law.html"
    path.write_text(
        "<html><head><title>Нет</title><script>нет()</script></head><body><nav>Меню</nav><p>Статья 104<sup>1</sup>. "
        "Конфискация<br>1.&nbsp;Текст</p><table><tr><td>А</td><td>Б</td></tr></table></body></html>",
        encoding="utf-8",
    )
    assert text_of(path) == ["Статья 104.1. Конфискация", "1. Текст", "А", "Б"]


def test_a_page_in_windows_1251_is_read_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "law.html"
    path.write_bytes('<html><meta charset="windows-1251"><body><p>Статья 1. Ёж</p></body></html>'.encode("cp1251"))
    assert text_of(path) == ["Статья 1. Ёж"]


def test_a_bill_gives_its_sections_without_the_list_of_contents(tmp_path: Path) -> None:
    lines = text_of(unpacked("hr1500-eh.xml", tmp_path))
    assert [line for line in lines if line.startswith("SEC. 2.")] == ["SEC. 2. Findings; sense of Congress"]


def test_outline_text_is_read_as_the_print_has_it(tmp_path: Path) -> None:
    lines = text_of(unpacked("south-africa-consumer-protection-act_bluebell.txt", tmp_path))
    assert "Section 111. Penalties" in lines
    assert any(line.startswith("(a) in the case of a contravention of section 107") for line in lines)
    assert not any(line.startswith(("SUBSECTION", "PARAGRAPH", "ITEM")) for line in lines)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    for data in (b"", b" \n\n", b"\xef\xbb\xbf"):
        path = tmp_path / "empty.txt"
        path.write_bytes(data)
        assert refusal(path) == "empty.txt is empty. Choose another file."


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("law.rtf", b"{\\rtf1 x}", "an RTF file. Upload DOCX, PDF or HTML, or paste the text."),
        ("law.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old Word file"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        ("law.bin", bytes(range(256)) * 40, "not a text file"),
        ("law.zip", b"PK\x03\x04" + bytes(200), "damaged"),
        ("law.pdf", b"%PDF-1.4\nnonsense", "damaged"),
        ("law.xml", b"<akomaNtoso><act></akomaNtoso>", "not well-formed XML"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_way_out(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert said in refusal(path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(readers.LARGEST + 1)
    assert "The limit is 40 MB" in refusal(path)


def test_other_office_packages_are_named(tmp_path: Path) -> None:
    path = tmp_path / "law.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", "<x/>")
    assert refusal(path) == "law.odt is .odt. Upload DOCX, PDF or HTML, or paste the text."


@pytest.mark.parametrize(
    "data",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><akomaNtoso><act>&x;</act></akomaNtoso>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]><akomaNtoso/>',
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><akomaNtoso>&b;</akomaNtoso>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_declared_entity_is_refused_in_any_encoding(data: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "law.xml"
    path.write_bytes(data.encode(encoding))
    assert "document type of its own" in refusal(path)


def test_a_page_that_declares_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "law.html"
    path.write_text('<!DOCTYPE html [<!ENTITY x "y">]><html><body>&x;</body></html>')
    assert "document type of its own" in refusal(path)


def test_xml_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "law.xml"
    path.write_text("<akomaNtoso>" + "<part>" * 300 + "</part>" * 300 + "</akomaNtoso>")
    assert "nested" in refusal(path) or "not well-formed" in refusal(path)


def test_a_scan_without_text_is_refused_with_what_to_do(tmp_path: Path) -> None:
    assert refusal(pdf_file(tmp_path / "scan.pdf", [[]])) == "This PDF has no text. Run OCR or upload DOCX."


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.txt") == "There is no file none.txt. Check the path."


def test_a_damaged_byte_does_not_cost_the_file_and_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "law.txt"
    data = LIBEL.read_bytes()
    path.write_bytes(data[:1001] + b"\xff" + data[1001:])
    tree = parse_file(path)
    assert [a.number for a in tree.articles] == ["129", "130"]
    assert any(p.code == "notice" and "could not be read" in p.message for p in tree.problems)
