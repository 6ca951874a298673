"""Laws of many countries are parsed by the words that open their units, and reprinted as they were read."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from codes.text import akn, akn_writer, plain_text
from codes.text.grammar import GRAMMARS
from codes.text.parse import parse
from codes.text.plain_text import without_places
from tests.text.laws import DATA, article, lines, parsed


@dataclass(frozen=True)
class Expected:
    """What a sample of `data/languages` holds; `path` is that of its last article."""

    numbers: list[str]
    headings: list[str]
    kinds: list[str]
    path: str


SAMPLES = {
    "de": Expected(
        ["1", "2a", "3", "4"],
        ["Zweck", "Umfang der Prüfung", "", "Inkrafttreten"],
        ["section", "section"],
        "sec_Zweiter",
    ),
    "es": Expected(["1", "2", "2 bis"], ["Objeto de la ley.", "", ""], ["title", "chapter"], "title_PRELIMINAR/chp_I"),
    "it": Expected(["1", "12-bis", "13"], ["(Oggetto della legge)", "(Testi nuovi)", ""], ["title"], "title_I"),
    "pt": Expected(["1", "2", "2-A"], ["Objeto da lei", "", ""], ["chapter"], "chp_I"),
    "pl": Expected(["1", "1a", "2"], ["", "", ""], ["chapter"], "chp_1"),
    "uk": Expected(["1", "2-1", "3"], ["Мета закону", "Сфера дії", ""], ["section"], "sec_I"),
    "tr": Expected(["1", "2/A", "Geçici Madde 1"], ["Amaç", "Kapsam", ""], ["section"], "sec_BİRİNCİ"),
    "cs": Expected(["1", "2a", "3"], ["Předmět úpravy", "Působnost", ""], ["title"], "title_I"),
    "ro": Expected(["1", "1^1", "2"], ["", "", ""], ["chapter"], "chp_I"),
    "nl": Expected(["1", "2a"], ["", ""], ["chapter"], "chp_1"),
    "sw": Expected(["1", "2"], ["Jina la katiba", "Eneo la nchi"], ["chapter"], "chp_1"),
}


def sample(language: str) -> str:
    return (DATA / "languages" / f"{language}.txt").read_text()


@pytest.mark.parametrize("language", SAMPLES)
def test_a_law_is_parsed_by_the_words_of_its_language(language: str) -> None:
    tree, expected = parsed(sample(language)), SAMPLES[language]
    assert tree.language == language
    assert [a.number for a in tree.articles] == expected.numbers
    assert [a.heading for a in tree.articles] == expected.headings
    assert [d.kind for d in tree.divisions] == expected.kinds
    assert tree.articles[-1].path == expected.path
    assert not [p for p in tree.problems if p.code in {"no_article", "empty", "stray_article"}]


@pytest.mark.parametrize("language", SAMPLES)
def test_a_law_of_any_language_reads_back_the_same_from_both_forms(language: str) -> None:
    tree = without_places(parsed(sample(language)))
    assert without_places(akn.parse(akn_writer.write(tree).encode())) == tree
    assert without_places(parse(lines(plain_text.write(tree)))) == tree


@pytest.mark.parametrize(
    ("language", "number"),
    [("de", "3"), ("es", "2 bis"), ("it", "13"), ("pt", "2-A"), ("pl", "2"), ("uk", "3"), ("cs", "3")],
)
def test_a_repealed_article_is_a_stub_in_any_language(language: str, number: str) -> None:
    assert article(parsed(sample(language)), number).status == "repealed"


def test_a_reference_at_the_beginning_of_a_line_opens_no_article() -> None:
    body = [p.text for p in article(parsed(sample("de")), "2a").body]
    assert body == ["§ 3 Absatz 2 ist auf die Prüfung nicht anzuwenden."]


def test_paragraph_signs_are_parts_where_the_law_counts_articles() -> None:
    first = article(parsed(sample("pl")), "1")
    assert [(p.marker, p.level) for p in first.body] == [("1", "part"), ("2", "part"), ("1", "item")]


def test_side_notes_above_the_number_are_headings() -> None:
    tree = parsed(
        "PENAL ACT\n\nCHAPTER I\nPRELIMINARY\nShort title\n1. This Act may be cited as the Penal Act.\nInterpretation\n"
        "2. (1) In this Act—\n(a) “court” means any court;\n(2) Words in the singular include the plural.\n"
    )
    assert [(a.number, a.heading) for a in tree.articles] == [("1", "Short title"), ("2", "Interpretation")]
    assert [p.text for p in tree.articles[0].body] == ["This Act may be cited as the Penal Act."]
    assert [p.marker for p in tree.articles[1].body] == ["1", "a", "2"]
    assert without_places(parse(lines(plain_text.write(tree)))) == without_places(tree)


def test_a_heading_that_runs_into_the_first_words_is_cut_at_its_dash() -> None:
    tree = parsed(
        "PENAL CODE\n\n1. Short title.—This Act is the Code.\n2. Theft.—(1) Whoever takes is guilty.\n(2) He pays."
    )
    assert [(a.heading, [p.text for p in a.body]) for a in tree.articles] == [
        ("Short title", ["This Act is the Code."]),
        ("Theft", ["(1) Whoever takes is guilty.", "(2) He pays."]),
    ]


def test_sections_of_an_act_that_open_with_a_bare_number_are_found_in_order() -> None:
    tree = parsed(
        "Theft Act\n\nPart 1\nTheft\n1 Basic definition of theft\n(1) A person is guilty if he takes.\n"
        "12 Angry men are not a section\n2 Dishonesty of the person\n(1) The act is dishonest.\n2A Later section\n"
        "(1) The words of the section."
    )
    assert (tree.grammar, [a.number for a in tree.articles]) == ("en-uk", ["1", "2", "2A"])
    assert tree.articles[1].heading == "Dishonesty of the person"
    assert without_places(parse(lines(plain_text.write(tree)))) == without_places(tree)


def test_sections_of_the_united_states_code_are_found() -> None:
    tree = parsed(
        "TITLE 1 - GENERAL PROVISIONS\n\nCHAPTER 1 - RULES OF CONSTRUCTION\n§ 1. Words denoting number\n(a) In any Act "
        "the singular includes the plural.\n§ 2a. County as including parish\nThe word county includes a parish.\n"
        "[§ 3. Repealed. Pub. L. 89]\n"
    )
    assert (tree.grammar, [a.number for a in tree.articles]) == ("en-us-code", ["1", "2a", "3"])
    assert [a.status for a in tree.articles] == ["", "", "repealed"]


def test_one_line_articles_are_no_list_of_contents() -> None:
    words = "every person who does what the law forbids is liable to the penalty that the law provides for it " * 4
    text = "\n".join(f"{n}. Offence of kind {n}.—Whoever and {words}." for n in (1, 2, 3, 4, 5, 2, 6))
    assert len(parsed(f"PENAL CODE\n\n{text}").articles) == 7


def test_annexes_of_a_french_code_are_divisions_and_its_only_article_has_a_name() -> None:
    tree = parsed(
        "Code de l'essai\n\nArticle liminaire\nLe code est pour les lecteurs.\nArticle R221-1\nLa règle est ici.\n"
        "Article Annexe à l'article R221-1\nModèle de la fiche.\n"
    )
    assert [a.number for a in tree.articles] == ["liminaire", "R221-1"]
    assert [(d.kind, d.heading, d.lines) for d in tree.divisions] == [
        ("annex", "à l'article R221-1", ("Modèle de la fiche.",))
    ]
    assert [a.number for a in parsed("Loi du jour\n\nArticle unique\nLe texte est pour tous.").articles] == ["unique"]


def test_a_word_in_small_letters_opens_no_annex() -> None:
    text = "Статья 1. Состав\n1. Представляются:\nприложение к закону о бюджете;\nСтатья 2. Срок\nГод."
    assert parsed(f"ЗАКОН О БЮДЖЕТЕ И ФИНАНСАХ СТРАНЫ\n{text}").divisions == ()


def test_grammars_have_names_of_their_own() -> None:
    assert len({grammar.name for grammar in GRAMMARS.values()}) == len(GRAMMARS)
    for grammar in GRAMMARS.values():
        assert {kind for kind, _ in grammar.divisions} == {kind for kind, _ in grammar.printed_divisions}
