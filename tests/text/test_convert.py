"""No word of a law is lost or invented, and every form that `convert` writes reads back as the same tree."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from codes.text import akn, akn_writer, plain_text, readers
from codes.text.nodes import Tree
from codes.text.parse import parse, parse_file
from codes.text.plain_text import without_places
from tests.text.laws import DATA, FRANCE, KAZAKHSTAN, lines, parsed, unpacked, words, words_of

# Words by which a law names its own units; a tree holds what the unit is instead.
UNITS = {"статья", "глава", "часть", "раздел", "тарау", "бап", "бөлік", "article", "section", "chapter", "part"}
UNITS |= {"schedule", "sec", "livre", "titre", "chapitre", "partie", "sous", "paragraphe"}
LAWS = [*sorted(KAZAKHSTAN.glob("*.txt")), *sorted((FRANCE / "transparence-2013").glob("*.txt"))]
PACKED = [
    "hr1500-eh.xml",
    "hr1500-ih.txt",
    "before_2016-10-01.txt",
    "tanzania-evidence-act-cap6_bluebell.txt",
    "south-africa-consumer-protection-act_bluebell.txt",
]


def missing(source: Counter[str], found: Counter[str]) -> Counter[str]:
    return Counter({word: n for word, n in (source - found).items() if word.lower() not in UNITS})


def reread(tree: Tree) -> tuple[Tree, Tree]:
    """The tree after a way through Akoma Ntoso, and after a way through plain text."""
    return (
        without_places(akn.parse(akn_writer.write(tree).encode())),
        without_places(parse(lines(plain_text.write(tree)))),
    )


@pytest.mark.parametrize("path", LAWS, ids=lambda path: path.stem)
def test_no_word_of_a_law_is_lost_or_invented(path: Path) -> None:
    source = words(line.text for line in readers.read(path).lines)
    found = words_of(parse_file(path))
    assert missing(source, found) == Counter()
    assert found - source == Counter()


@pytest.mark.parametrize("name", PACKED)
def test_no_word_is_lost_or_invented_in_other_formats(name: str, tmp_path: Path) -> None:
    document = readers.read(unpacked(name, tmp_path))
    source, found = words(line.text for line in document.lines), words_of(parse(document))
    assert missing(source, found) == Counter()
    assert found - source == Counter()


def test_no_word_of_a_foreign_akoma_ntoso_body_is_lost(tmp_path: Path) -> None:
    path = unpacked("tanzania-constitution-1977_swahili_akn.xml", tmp_path)
    body = next(etree.parse(path).iter("{*}body"))
    source = words(str(text) for text in body.itertext())
    assert missing(source, words_of(parse_file(path))) == Counter()


@pytest.mark.parametrize("path", LAWS, ids=lambda path: path.stem)
def test_a_law_reads_back_the_same_from_both_forms(path: Path) -> None:
    tree = parse_file(path)
    assert reread(tree) == (without_places(tree), without_places(tree))


@pytest.mark.parametrize("name", [*PACKED, "tanzania-constitution-1977_swahili_akn.xml"])
def test_other_formats_read_back_the_same_from_both_forms(name: str, tmp_path: Path) -> None:
    tree = parse_file(unpacked(name, tmp_path))
    assert reread(tree) == (without_places(tree), without_places(tree))


def test_plain_text_is_the_law_as_printed_and_not_an_outline() -> None:
    for path in LAWS:
        assert not plain_text.write(parse_file(path)).startswith("@"), path.name


def test_akoma_ntoso_validates_against_the_schema(schema: etree.XMLSchema, tmp_path: Path) -> None:
    paths = [*LAWS, *(unpacked(name, tmp_path) for name in [*PACKED, "tanzania-constitution-1977_swahili_akn.xml"])]
    paths += sorted((DATA / "languages").glob("*.txt"))
    for path in paths:
        document = etree.fromstring(akn_writer.write(parse_file(path)).encode())
        assert schema.validate(document), (path.name, str(schema.error_log)[:300])


WORD = st.sampled_from(["лицо", "деяние", "штраф", "срок", "закон", "право", "суд", "часть", "статья", "лет"])
SENTENCE = st.lists(WORD, min_size=1, max_size=8).map(lambda found: f"{' '.join(found).capitalize()}.")
PARAGRAPH = st.tuples(
    st.sampled_from(["", "1. ", "2. ", "1-1. ", "1) ", "2) ", "а) ", "б) ", "Примечание. ", "Сноска. "]), SENTENCE
)
HEADING = st.lists(WORD, min_size=1, max_size=5).map(lambda found: " ".join(found).capitalize())
ARTICLE = st.tuples(st.integers(1, 40), HEADING, st.lists(PARAGRAPH.map("".join), max_size=6))


@st.composite
def laws(draw: st.DrawFn) -> str:
    """Laws of any shape: chapters, repeated and missing numbers, empty articles, lists without beginning."""
    printed = ["ЗАКОН О ПРИМЕРЕ ДЛЯ ПРОВЕРКИ ЧТЕНИЯ"]
    for chapter, (number, heading, paragraphs) in enumerate(draw(st.lists(ARTICLE, min_size=1, max_size=6)), 1):
        if draw(st.booleans()):
            printed.append(f"Глава {chapter}. {draw(HEADING)}")
        printed += [f"Статья {number}. {heading}", *paragraphs]
    return "\n".join(printed)


@settings(max_examples=200, deadline=None)
@given(laws())
def test_any_law_keeps_its_words_and_reads_back_the_same(text: str) -> None:
    tree = parsed(text, grammar="kz-ru", language="ru")
    assert missing(words([text]), words_of(tree)) == Counter()
    assert words_of(tree) - words([text]) == Counter()
    assert reread(tree) == (without_places(tree), without_places(tree))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=300))
def test_any_text_at_all_is_read_without_failing(text: str) -> None:
    tree = parsed(text)
    assert words_of(tree) - words([text]) == Counter()
