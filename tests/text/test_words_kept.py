"""No word is lost or invented and every form reads back the same, for generated laws of each tradition and format."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codes.text import akn, akn_writer, plain_text, readers
from codes.text.nodes import Document, Role
from codes.text.parse import parse, parse_file
from codes.text.plain_text import without_places
from tests.text.files import W, word_file
from tests.text.laws import DATA, FRANCE, lines, parsed, words, words_of


@dataclass(frozen=True)
class Tradition:
    """How a tradition prints an article, a division and the beginnings of paragraphs; `units` open its headings."""

    article: str
    division: str
    markers: tuple[str, ...]
    vocabulary: str
    units: frozenset[str]


TRADITIONS = {
    "kz-ru": Tradition(
        "Статья {}. ", "Глава {}. ", ("1. ", "2. ", "1-1. ", "1) ", "а) ", "Примечание. ", "Сноска. "),
        "лицо деяние штраф срок закон право суд часть лет", frozenset({"статья", "глава"}),
    ),
    "kz-kk": Tradition(
        "{}-бап. ", "{}-тарау. ", ("1. ", "2. ", "1) ", "2) ", "Ескерту. "),
        "адам әрекет айыппұл мерзім заң құқық сот бөлігі жыл", frozenset({"бап", "тарау"}),
    ),
    "en": Tradition(
        "Article {}. ", "CHAPTER {} - ", ("1. ", "2. ", "1) ", "(a) ", "Footnote. "),
        "person act fine term law right court shall year", frozenset({"article", "chapter"}),
    ),
    "en-commonwealth": Tradition(
        "Section {}. ", "PART {} - ", ("(1) ", "(2) ", "(a) ", "(i) ", "Explanation. "),
        "person act fine term law right court shall year", frozenset({"section", "part"}),
    ),
    "en-us": Tradition(
        "SEC. {}. ", "TITLE {} - ", ("(a) ", "(b) ", "(1) ", "(A) ", "(i) "),
        "person act fine term law right court shall year", frozenset({"sec", "title"}),
    ),
    "fr": Tradition(
        "Article {} - ", "Chapitre {} : ", ("I. – ", "II. – ", "1° ", "a) "),
        "personne acte amende terme loi droit cour peine an", frozenset({"article", "chapitre"}),
    ),
    "de-paragraphen": Tradition(
        "§ {} ", "Abschnitt {} - ", ("(1) ", "(2) ", "1. ", "a) "),
        "Person Tat Strafe Frist Gesetz Recht Gericht Jahr", frozenset({"abschnitt"}),
    ),
    "es": Tradition(
        "Artículo {}. ", "CAPÍTULO {}. ", ("1. ", "2. ", "a) ", "b) "),
        "persona acto multa plazo ley derecho tribunal año", frozenset({"artículo", "capítulo"}),
    ),
    "tr": Tradition(
        "Madde {}- ", "{} BÖLÜM ", ("(1) ", "(2) ", "a) ", "b) "),
        "kişi eylem ceza süre yasa hak mahkeme yıl", frozenset({"madde", "bölüm"}),
    ),
}  # fmt: skip


@st.composite
def printed_laws(draw: st.DrawFn, tradition: Tradition) -> list[str]:
    """Lines of a law of any shape: numbers missing, repeated or inserted, lists without a beginning, empty articles."""
    word = st.sampled_from(tradition.vocabulary.split())
    sentence = st.lists(word, min_size=1, max_size=9).map(lambda found: " ".join(found).capitalize())
    paragraph = st.tuples(st.sampled_from(["", "", *tradition.markers]), sentence, st.sampled_from([".", ";", ":", ""]))
    printed = [draw(sentence).upper()]
    for count in range(1, draw(st.integers(1, 5)) + 1):
        if draw(st.booleans()):
            printed.append(tradition.division.format(count) + draw(sentence))
        heading = draw(st.one_of(st.just(""), sentence))
        printed.append((tradition.article.format(draw(st.integers(1, 30))) + heading).strip())
        printed += ["".join(found) for found in draw(st.lists(paragraph, max_size=6))]
    return printed


CASES = st.sampled_from(sorted(TRADITIONS)).flatmap(
    lambda name: st.tuples(st.just(name), printed_laws(TRADITIONS[name]))
)


@settings(max_examples=300, deadline=None)
@given(CASES)
def test_a_law_of_any_tradition_keeps_its_words_and_reads_back_the_same(case: tuple[str, list[str]]) -> None:
    name, printed = case
    tree = parsed("\n".join(printed), grammar=name, language="und")
    source, found = words(printed), words_of(tree)
    assert {word.lower() for word in source - found} <= TRADITIONS[name].units
    assert not found - source
    bare = without_places(tree)
    assert without_places(akn.parse(akn_writer.write(tree).encode())) == bare
    assert without_places(parse(lines(plain_text.write(tree)))) == bare


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(printed_laws(TRADITIONS["kz-ru"]), st.lists(st.integers(0, 40), max_size=4, unique=True))
def test_a_word_file_keeps_the_words_of_law_and_of_footnotes_apart(
    tmp_path: Path, printed: list[str], noted: list[int]
) -> None:
    runs = "<w:r><w:t>{}</w:t></w:r>{}"
    body, notes = "", ""
    for place, line in enumerate(printed):
        mark = f'<w:r><w:footnoteReference w:id="{place}"/></w:r>' if place in noted else ""
        notes += (
            f'<w:footnote w:id="{place}"><w:p>{runs.format(f"издатель {place}", "")}</w:p></w:footnote>' if mark else ""
        )
        body += f"<w:p>{runs.format(line, mark)}</w:p>"
    path = word_file(tmp_path / "law.docx", body, {"word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>"})
    tree, marked = parse_file(path, grammar="kz-ru"), [place for place in noted if place < len(printed)]
    source = words([*printed, *(f"издатель {place}" for place in marked)])
    assert {word.lower() for word in source - words_of(tree)} <= TRADITIONS["kz-ru"].units
    assert not words_of(tree) - source
    law = [p.text for a in tree.articles for p in a.paragraphs if p.role is not Role.FOOTNOTE]
    assert not any("издатель" in text for text in [*law, *(a.heading for a in tree.articles)])


def kept(document: Document) -> tuple[set[str], bool]:
    """Words that the tree of a document lacks, in small letters; whether it has words of its own."""
    source, found = words(line.text for line in document.lines), words_of(parse(document))
    return {word.lower() for word in source - found}, bool(found - source)


def test_no_word_of_the_french_penal_code_is_lost_in_any_edition() -> None:
    units = {"article", "livre", "titre", "chapitre", "section", "sous", "paragraphe", "partie"}
    for path in sorted((FRANCE / "code-penal").glob("*.txt")):
        lost, invented = kept(readers.read(path))
        assert lost <= units
        assert not invented


def test_no_word_of_a_page_of_the_official_portal_is_lost() -> None:
    lost, invented = kept(readers.read(DATA / "criminal-code-rf_excerpt.html"))
    assert lost <= {"статья", "раздел", "глава", "часть"}
    assert not invented
