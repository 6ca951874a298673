"""Laws of many countries are parsed by the words that open their units, and reprinted as they were read."""

from __future__ import annotations

import pytest

from codes.text import akn, akn_writer, plain_text
from codes.text.grammar import GRAMMARS
from codes.text.parse import parse
from codes.text.plain_text import without_places
from tests.text.laws import article, lines, parsed

# language, text, numbers, headings, kinds of divisions, path of the last article
SAMPLES = {
    "de": (
        "Gesetz über die Prüfung\n\nErster Abschnitt - Zweck und Gesetz\n§ 1 Zweck\n(1) Dieses Gesetz regelt die "
        "Prüfung von Texten.\n(2) Nach § 3 gilt:\n1. der Text und\n2. die Fassung.\n§ 2a Umfang der Prüfung\n"
        "§ 3 Absatz 2 ist auf die Prüfung nicht anzuwenden.\nZweiter Abschnitt - Das Ende\n§ 3 (weggefallen)\n"
        "§ 4 Inkrafttreten\nDas Gesetz tritt in Kraft.\n",
        ["1", "2a", "3", "4"],
        ["Zweck", "Umfang der Prüfung", "", "Inkrafttreten"],
        ["section", "section"],
        "sec_Zweiter",
    ),
    "es": (
        "LEY DE LA PRUEBA DE LOS TEXTOS\n\nTÍTULO PRELIMINAR\nDisposiciones generales\nArtículo 1. Objeto de la ley.\n"
        "1. La ley regula la prueba.\na) El texto que se lee.\nCAPÍTULO I\nDe los textos\nARTICULO 2°.- Los textos que "
        "se leen en la prueba tienen el mismo valor que los textos que se escriben, salvo que la ley diga otra "
        "cosa en su propio texto.\nArtículo 2 bis. (Derogado)\n",
        ["1", "2", "2 bis"],
        ["Objeto de la ley.", "", ""],
        ["title", "chapter"],
        "title_PRELIMINAR/chp_I",
    ),
    "it": (
        "LEGGE SULLA PROVA\n\nTITOLO I\nDella prova\nArt. 1.\n(Oggetto della legge)\n1. La legge regola la prova.\n"
        "a) il testo che si legge;\nArt. 12-bis. (Testi nuovi)\n1. Il testo nuovo è quello che non è nel testo.\n"
        "Art. 13. (Abrogato)\n",
        ["1", "12-bis", "13"],
        ["(Oggetto della legge)", "(Testi nuovi)", ""],
        ["title"],
        "title_I",
    ),
    "pt": (
        "LEI DA PROVA\n\nCAPÍTULO I\nDa prova\nArtigo 1.º\nObjeto da lei\n1 - A lei regula a prova dos textos.\n"
        "a) O texto que se lê;\nArt. 2º A prova não é do texto que se escreve para que uma pessoa o leia, mas do texto que "
        "se lê em voz alta e se escreve em casa.\nI - o texto;\n§ 1º O texto com o nome.\nArtigo 2.º-A\nRevogado.\n",
        ["1", "2", "2-A"],
        ["Objeto da lei", "", ""],
        ["chapter"],
        "chp_I",
    ),
    "pl": (
        "USTAWA O SPRAWDZANIU TEKSTÓW\n\nRozdział 1\nPrzepisy ogólne\nArt. 1. § 1. Kto czyta tekst z innej ustawy, podlega "
        "sprawdzeniu.\n§ 2. Tekst jest sprawdzany od początku.\n1) tekst jest nowy;\nArt. 1a. Tekst nie jest stary lub się "
        "nie zmienia.\nArt. 2. (uchylony)\n",
        ["1", "1a", "2"],
        ["", "", ""],
        ["chapter"],
        "chp_1",
    ),
    "uk": (
        "ЗАКОН ПРО ПЕРЕВІРКУ ТЕКСТІВ\n\nРозділ I\nЗагальні положення\nСтаття 1. Мета закону\n1. Закон регулює перевірку є її.\n"
        "1) текст закону;\n{Стаття 1 із змінами, внесеними згідно із Законом № 1 від 01.01.2020}\nСтаття 2-1. Сфера дії\n"
        "Закон діє на всій території.\nСтаття 3. Виключена\n",
        ["1", "2-1", "3"],
        ["Мета закону", "Сфера дії", ""],
        ["section"],
        "sec_I",
    ),
    "tr": (
        "METİN KANUNU\n\nBİRİNCİ BÖLÜM\nGenel hükümler\nAmaç\nMadde 1- (1) Bu Kanunun amacı bir metin için ve bir yazı için "
        "kuraldır.\na) Metin,\n(2) Bu da olan bir metin.\nKapsam\nMadde 2/A – (1) Bu Kanun ile ilgili metin.\n"
        "Geçici Madde 1- (1) Bu metin için.\n",
        ["1", "2/A", "Geçici Madde 1"],
        ["Amaç", "Kapsam", ""],
        ["section"],
        "sec_BİRİNCİ",
    ),
    "cs": (
        "ZÁKON O ZKOUŠCE TEXTU\n\nHLAVA I\nObecná ustanovení\n§ 1\nPředmět úpravy\n(1) Zákon se vztahuje na text a na zkoušku.\n"
        "a) text v zákoně,\n§ 2a\nPůsobnost\nZákon je podle textu k dispozici.\n§ 3\nzrušen\n",
        ["1", "2a", "3"],
        ["Předmět úpravy", "Působnost", ""],
        ["title"],
        "title_I",
    ),
    "ro": (
        "LEGE PRIVIND PROBA TEXTELOR\n\nCapitolul I Dispoziții generale\nArticolul 1\n(1) Legea este despre proba de text și "
        "de la care se citește.\na) text nou;\nArticolul 1^1\n(1) Textul se citește în limba română cu voce.\nArticolul 2\n"
        "Abrogat.\n",
        ["1", "1^1", "2"],
        ["", "", ""],
        ["chapter"],
        "chp_I",
    ),
    "nl": (
        "WET OP DE PROEF VAN DE TEKST\n\nHoofdstuk 1 Algemene bepalingen\nArtikel 1\n1. De wet is van toepassing op de tekst "
        "en het boek.\na. de tekst van het boek;\nArtikel 2a\nHet boek is niet voor een ander dan de lezer.\n",
        ["1", "2a"],
        ["", ""],
        ["chapter"],
        "chp_1",
    ),
    "sw": (
        "KATIBA YA MFANO WA NCHI\n\nSura ya 1\nMambo ya jumla\nIbara ya 1. Jina la katiba\n(1) Hii ni katiba ya nchi na ya "
        "watu.\n(a) katika nchi;\nIbara ya 2. Eneo la nchi\n(1) Nchi ni ya watu kwa ajili ya watu.\n",
        ["1", "2"],
        ["Jina la katiba", "Eneo la nchi"],
        ["chapter"],
        "chp_1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", SAMPLES)
def test_a_law_is_parsed_by_the_words_of_its_language(language: str) -> None:
    text, numbers, headings, kinds, path = SAMPLES[language]
    tree = parsed(text)
    assert tree.language == language
    assert [a.number for a in tree.articles] == numbers
    assert [a.heading for a in tree.articles] == headings
    assert [d.kind for d in tree.divisions] == kinds
    assert tree.articles[-1].path == path
    assert not [p for p in tree.problems if p.code in {"no_article", "empty"}]


@pytest.mark.parametrize("language", SAMPLES)
def test_a_law_of_any_language_reads_back_the_same_from_both_forms(language: str) -> None:
    tree = without_places(parsed(SAMPLES[language][0]))
    assert without_places(akn.parse(akn_writer.write(tree).encode())) == tree
    assert without_places(parse(lines(plain_text.write(tree)))) == tree


@pytest.mark.parametrize(
    ("language", "number"),
    [("de", "3"), ("es", "2 bis"), ("it", "13"), ("pt", "2-A"), ("pl", "2"), ("uk", "3"), ("cs", "3")],
)
def test_a_repealed_article_is_a_stub_in_any_language(language: str, number: str) -> None:
    assert article(parsed(SAMPLES[language][0]), number).status == "repealed"


def test_a_reference_at_the_beginning_of_a_line_opens_no_article() -> None:
    body = [p.text for p in article(parsed(SAMPLES["de"][0]), "2a").body]
    assert body == ["§ 3 Absatz 2 ist auf die Prüfung nicht anzuwenden."]


def test_paragraph_signs_are_parts_where_the_law_counts_articles() -> None:
    first = article(parsed(SAMPLES["pl"][0]), "1")
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


def test_one_line_articles_are_no_list_of_contents() -> None:
    words = "every person who does what the law forbids is liable to the penalty that the law provides for it " * 4
    text = "\n".join(f"{n}. Offence of kind {n}.—Whoever and {words}." for n in (1, 2, 3, 4, 5, 2, 6))
    assert len(parsed(f"PENAL CODE\n\n{text}").articles) == 7


def test_annexes_of_a_french_code_are_divisions_and_its_only_article_has_a_name() -> None:
    tree = parsed(
        "Code de l'essai\n\nArticle liminaire\nLe code est pour les lecteurs.\nArticle R221-1\nLa règle est dans une annexe.\n"
        "Article Annexe à l'article R221-1\nModèle de la fiche.\n"
    )
    assert [a.number for a in tree.articles] == ["liminaire", "R221-1"]
    assert [(d.kind, d.heading, d.lines) for d in tree.divisions] == [
        ("annex", "à l'article R221-1", ("Modèle de la fiche.",))
    ]
    assert [a.number for a in parsed("Loi du jour\n\nArticle unique\nLe texte est pour tous.").articles] == ["unique"]


def test_a_word_in_small_letters_opens_no_annex() -> None:
    text = "Статья 1. Состав\n1. Представляются:\nприложение к закону о бюджете, устанавливающее нормативы;\nСтатья 2. Срок\nГод."
    assert parsed(f"ЗАКОН О БЮДЖЕТЕ И ФИНАНСАХ СТРАНЫ\n{text}").divisions == ()


def test_grammars_have_names_of_their_own() -> None:
    assert len({grammar.name for grammar in GRAMMARS.values()}) == len(GRAMMARS)
    for grammar in GRAMMARS.values():
        assert {kind for kind, _ in grammar.divisions} == {kind for kind, _ in grammar.printed_divisions}
