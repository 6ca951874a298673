"""What Word keeps outside the words (footnotes, fields, hidden text, comments, lists) is read as its print shows it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from codes.text import akn, akn_writer, plain_text, readers
from codes.text.diff import compare
from codes.text.nodes import Role
from codes.text.parse import parse, parse_file
from codes.text.plain_text import without_places
from tests.text.files import W, paragraph, word_file
from tests.text.laws import article, lines

WORD_NAMESPACE = W.split('"')[1]
SEPARATOR = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'


def lines_of(path: Path, **options: str) -> list[str]:
    return [line.text for line in readers.read(path, **options).lines]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def mark(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(kind: str, *texts: str) -> str:
    inner = "".join(
        f'<w:{kind} w:id="{n}"><w:p><w:r><w:{kind}Ref/></w:r>{run(" " + text)}</w:p></w:{kind}>'
        for n, text in enumerate(texts, 1)
    )
    return f"<w:{kind}s {W}>{SEPARATOR if kind == 'footnote' else ''}{inner}</w:{kind}s>"


def noted_law(folder: Path) -> Path:
    body = (
        f"<w:p>{run('ЗАКОН О ПОРЯДКЕ ПРИМЕРА')}{mark(1)}</w:p>"
        f"<w:p>{run('Статья 1. Цель')}{mark(2)}{run(' закона')}</w:p>"
        f"<w:p>{run('1. Суд')}{mark(3)}{run(' решает.')}</w:p>" + paragraph("2. Решение окончательно.")
        + f"<w:p>{run('Статья 2. Предмет')}</w:p><w:p>{run('Слова закона')}{mark(1, 'endnote')}{run('.')}</w:p>"
    )  # fmt: skip
    parts = {
        "word/footnotes.xml": notes(
            "footnote", "Опубликован в газете.", "Статья 7. Так не назван.", "В редакции прежних лет."
        ),
        "word/endnotes.xml": notes("endnote", "1. Слово издателя."),
    }
    return word_file(folder / "law.docx", body, parts)


def test_footnotes_are_the_publishers_words_at_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    tree = parse_file(noted_law(tmp_path))
    first, second = tree.articles
    assert (tree.title, tree.preamble) == ("ЗАКОН О ПОРЯДКЕ ПРИМЕРА", ("Опубликован в газете.",))
    assert (first.heading, second.heading) == ("Цель закона", "Предмет")
    assert [(p.role, p.text) for p in first.paragraphs] == [
        (Role.FOOTNOTE, "Статья 7. Так не назван."),
        (Role.BODY, "1. Суд решает."),
        (Role.FOOTNOTE, "В редакции прежних лет."),
        (Role.BODY, "2. Решение окончательно."),
    ]
    assert [p.text for p in second.body] == ["Слова закона."]
    assert [p.text for p in second.paragraphs if p.role is Role.FOOTNOTE] == ["1. Слово издателя."]


def test_a_law_with_footnotes_reads_back_the_same_from_both_forms(tmp_path: Path) -> None:
    tree = parse_file(noted_law(tmp_path))
    assert without_places(akn.parse(akn_writer.write(tree).encode())) == without_places(tree)
    assert without_places(parse(lines(plain_text.write(tree)))) == without_places(tree)


def test_a_footnote_more_is_no_change_of_the_law(tmp_path: Path) -> None:
    bare = word_file(tmp_path / "bare.docx", paragraph("Статья 1. Цель закона") + paragraph("1. Суд решает."))
    noted = word_file(
        tmp_path / "noted.docx",
        f"<w:p>{run('Статья 1. Цель закона')}</w:p><w:p>{run('1. Суд')}{mark(1)}{run(' решает.')}</w:p>",
        {"word/footnotes.xml": notes("footnote", "Слова издателя.")},
    )
    old, new = (article(parse_file(path), "1") for path in (bare, noted))
    assert compare([old], [new]).identical


def test_a_footnote_of_a_real_package_is_found_and_one_that_names_itself_ends(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Статья 1. Цель")
    document.add_paragraph("1. Текст части.")
    path = tmp_path / "plain.docx"
    document.save(str(path))
    target = tmp_path / "law.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(
                    "1. Текст части.</w:t></w:r>".encode(), f"1. Текст части.</w:t></w:r>{mark(1)}".encode()
                )
            new.writestr(name, data)
        itself = f'<w:footnote w:id="1"><w:p>{run("Слова издателя")}{mark(1)}</w:p></w:footnote>'
        new.writestr("word/footnotes.xml", f"<w:footnotes {W}>{itself}</w:footnotes>")
    assert lines_of(target) == ["Статья 1. Цель", "1. Текст части.", "Слова издателя"]
    assert readers.read(target).footnotes == {3}


def test_a_mark_of_ones_own_choice_is_no_word(tmp_path: Path) -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>1)</w:t></w:r>'
    body = f"<w:p>{run('Слово')}{own}{run(' закона')}</w:p>"
    path = word_file(tmp_path / "law.docx", body, {"word/footnotes.xml": notes("footnote", "Слова издателя.")})
    assert lines_of(path) == ["Слово закона", "Слова издателя."]


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        (f"<w:hyperlink>{run('по ссылке')}</w:hyperlink>", "по ссылке"),
        (f"<w:smartTag><w:smartTag>{run('Москва')}</w:smartTag></w:smartTag>", "Москва"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('внутри')}</w:sdtContent></w:sdt>", "внутри"),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('введите')}</w:sdtContent></w:sdt>", ""),
        ("<w:r><w:t>под</w:t><w:softHyphen/><w:t>закон</w:t></w:r>", "подзакон"),
        ("<w:r><w:t>104</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>", "104-1"),
        ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText></w:r>', ""),
        (f'<w:fldSimple w:instr=" REF a ">{run("статьи 5")}</w:fldSimple>', "статьи 5"),
        (run("тайно", "<w:vanish/>"), ""),
        (run("явно", '<w:vanish w:val="0"/>'), "явно"),
        (run("тайно", '<w:rStyle w:val="Secret"/>'), ""),
        ('<w:r><w:commentReference w:id="0"/></w:r>', ""),
        ('<w:r><w:sym w:font="Times New Roman" w:char="00A7"/><w:t> 5</w:t></w:r>', "§ 5"),
        ('<w:r><w:t>20 </w:t><w:sym w:font="Symbol" w:char="F0B0"/></w:r>', "20 °"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A7"/></w:r>', ""),
        (f"<w:moveFrom>{run('отсюда')}</w:moveFrom><w:moveTo>{run('сюда')}</w:moveTo>", "сюда"),
    ],
)  # fmt: skip
def test_only_what_is_printed_is_read(inside: str, printed: str, tmp_path: Path) -> None:
    hidden = '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    parts = {
        "word/styles.xml": f"<w:styles {W}>{hidden}</w:styles>",
        "word/comments.xml": f'<w:comments {W}><w:comment w:id="0">{paragraph("мнение")}</w:comment></w:comments>',
    }
    path = word_file(tmp_path / "law.docx", f"<w:p>{run('|')}{inside}{run('|')}</w:p>", parts)
    assert lines_of(path) == [f"|{printed}|"]


def test_hidden_text_is_left_out_and_said(tmp_path: Path) -> None:
    path = word_file(tmp_path / "law.docx", f"<w:p>{run('слова')}{run('тайно', '<w:vanish/>')}</w:p>")
    assert readers.read(path).notices == ("The file holds hidden text. It was left out.",)


def test_a_heading_whose_end_is_hidden_goes_on_in_its_line(tmp_path: Path) -> None:
    hidden = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    body = paragraph("Статья 1. Цель. ", hidden) + paragraph("Закон защищает.")
    assert lines_of(word_file(tmp_path / "law.docx", body)) == ["Статья 1. Цель. Закон защищает."]


def test_moved_paragraphs_stand_where_the_chosen_state_has_them(tmp_path: Path) -> None:
    def moved(tag: str) -> str:
        return f"<w:p><w:pPr><w:rPr><w:{tag}/></w:rPr></w:pPr><w:{tag}>{run('2. Вторая.')}</w:{tag}></w:p>"

    path = word_file(tmp_path / "law.docx", moved("moveFrom") + paragraph("1. Первая.") + moved("moveTo"))
    assert lines_of(path) == ["1. Первая.", "2. Вторая."]
    assert lines_of(path, tracked="refused") == ["2. Вторая.", "1. Первая."]


def listed(text: str, level: int, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, text: str, form: str = "decimal", more: str = "") -> str:
    shape = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{shape}</w:lvl>'


def numbering(levels: str, more: str = "") -> dict[str, str]:
    abstract = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
    number = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    return {"word/numbering.xml": f"<w:numbering {W}>{abstract}{number}{more}</w:numbering>"}


def test_articles_count_on_through_chapters_where_the_list_says_so(tmp_path: Path) -> None:
    levels = level(0, "Глава %1.", "upperRoman") + level(1, "Статья %2.", more='<w:lvlRestart w:val="0"/>')
    levels += level(2, "%3.") + level(3, "%3.%4.", more="<w:isLgl/>")
    words = ["Начала", "Цель", "Часть", "Пункт", "Пункт", "Часть", "Конец", "Предмет", "Часть", "Пункт"]
    body = "".join(listed(text, depth) for text, depth in zip(words, [0, 1, 2, 3, 3, 2, 0, 1, 2, 3], strict=True))
    assert lines_of(word_file(tmp_path / "law.docx", body, numbering(levels))) == [
        "Глава I. Начала", "Статья 1. Цель", "1. Часть", "1.1. Пункт", "1.2. Пункт", "2. Часть",
        "Глава II. Конец", "Статья 2. Предмет", "1. Часть", "1.1. Пункт",
    ]  # fmt: skip


def test_legal_numbers_print_outer_numerals_as_digits(tmp_path: Path) -> None:
    levels = level(0, "Article %1.", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>")
    body = listed("Aim", 0) + listed("Scope", 0) + listed("Words", 1)
    assert lines_of(word_file(tmp_path / "law.docx", body, numbering(levels)))[-2:] == [
        "Article II. Scope",
        "2.1 Words",
    ]


def test_an_empty_numbered_paragraph_is_counted_as_word_counts_it(tmp_path: Path) -> None:
    body = listed("Раз", 0) + listed("", 0) + listed("Три", 0)
    assert lines_of(word_file(tmp_path / "law.docx", body, numbering(level(0, "%1.")))) == ["1. Раз", "3. Три"]


def test_a_style_gives_its_level_to_the_styles_that_are_based_on_it(tmp_path: Path) -> None:
    levels = level(0, "Глава %1.") + level(1, "Статья %2.", more='<w:pStyle w:val="Art"/>')
    base = '<w:style w:styleId="Art"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    derived = '<w:style w:styleId="Mine"><w:basedOn w:val="Art"/></w:style>'
    parts = {**numbering(levels), "word/styles.xml": f"<w:styles {W}>{base}{derived}</w:styles>"}
    body = paragraph("Цель", '<w:pStyle w:val="Art"/>') + paragraph("Предмет", '<w:pStyle w:val="Mine"/>')
    assert lines_of(word_file(tmp_path / "law.docx", body, parts)) == ["Статья 1. Цель", "Статья 2. Предмет"]


def test_a_list_that_takes_its_levels_from_a_style_or_changes_one_is_counted(tmp_path: Path) -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "%1)")}</w:lvlOverride>'
    more = (
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="Laws"/></w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="7"/>{own}</w:num>'
    )
    style = '<w:style w:styleId="Laws"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    parts = {**numbering(level(0, "Статья %1."), more), "word/styles.xml": f"<w:styles {W}>{style}</w:styles>"}
    body = listed("Цель", 0, 2) + listed("Предмет", 0, 2) + listed("пункт", 0, 3)
    path = word_file(tmp_path / "law.docx", body, parts)
    assert lines_of(path)[:2] == ["Статья 1. Цель", "Статья 2. Предмет"]
    assert lines_of(path)[2].endswith(") пункт")


def test_strict_documents_and_other_names_of_the_main_part_are_read(tmp_path: Path) -> None:
    strict = f"<w:document {W}><w:body>{paragraph('Статья 1. Цель')}</w:body></w:document>"
    strict = strict.replace(WORD_NAMESPACE, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = f'<Relationships><Relationship Id="r1" Type="{kind}" Target="word/document2.xml"/></Relationships>'
    path = tmp_path / "law.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("_rels/.rels", relations)
        package.writestr("word/document2.xml", strict)
    assert lines_of(path) == ["Статья 1. Цель"]
