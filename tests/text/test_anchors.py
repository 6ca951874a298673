"""Promises of the anchors: a quote is carried over only where the same words stand in one place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.text.anchors import locate, locate_among
from codes.text.nodes import Article, Paragraph
from codes.text.parse import parse_file

TEXTS = Path(__file__).parents[2] / "demo" / "texts" / "kazakhstan"


def kazakh(name: str) -> dict[str, Article]:
    return {article.number: article for article in parse_file(TEXTS / f"{name}.txt").articles}


OLD = kazakh("criminal-code-1997_last-edition_ch1-5-14_ru")
NEW = kazakh("criminal-code-2014_2015-11_ch1-5-16_ru")


def article(*paragraphs: str, number: str = "1") -> Article:
    return Article(
        number, "", "", tuple(Paragraph("", f"art_{number}__{i}", text) for i, text in enumerate(paragraphs))
    )


def test_case_28_renumbered_article_same_words_are_carried_over() -> None:
    anchor = locate(OLD["320"], NEW["378"], "представителя власти при исполнении им своих служебных обязанностей")
    assert (anchor.outcome, anchor.article, anchor.eid) == ("identical", "378", "art_378__para_1")
    paragraph = next(p for p in NEW["378"].body if p.eid == anchor.eid)
    assert (
        paragraph.text[anchor.start : anchor.end]
        == anchor.quote
        == "представителя власти при исполнении им своих служебных обязанностей"
    )


def test_case_29_one_word_changed_inside_the_quote_is_never_carried_over() -> None:
    anchor = locate(OLD["164"], NEW["174"], "либо руководителем общественного объединения")
    assert anchor.outcome == "changed"
    assert anchor.quote == "либо лидером общественного объединения"


def test_a_changed_number_is_a_change() -> None:
    anchor = locate(article("Штраф до 5 000 тенге."), article("Штраф до 5 000 000 тенге."), "до 5 000")
    assert anchor.outcome == "changed"
    assert locate(article("по части 1 статьи"), article("по части 1-1 статьи"), "части 1").outcome == "changed"


def test_case_30_a_quote_that_occurs_twice_is_ambiguous() -> None:
    once, twice = article("Суд назначает штраф."), article("Суд назначает штраф.", "Повторно суд назначает штраф.")
    assert locate(once, twice, "суд назначает штраф").outcome == "ambiguous"
    assert locate(twice, once, "суд назначает штраф").outcome == "ambiguous"


def test_deleted_text_is_gone() -> None:
    quote = "Представителем власти в настоящей статье и других статьях настоящего Кодекса признается должностное лицо"
    anchor = locate(OLD["320"], NEW["378"], quote)
    assert (anchor.outcome, anchor.article, anchor.quote) == ("gone", "378", "")


def test_a_shortened_passage_is_changed() -> None:
    old = article("Собрания, митинги, шествия и пикеты запрещаются вблизи зданий суда.")
    new = article("Собрания и пикеты запрещаются вблизи зданий суда.")
    anchor = locate(old, new, "Собрания, митинги, шествия и пикеты запрещаются")
    assert (anchor.outcome, anchor.quote) == ("changed", "Собрания и пикеты запрещаются")


def test_split_the_quote_is_found_in_the_article_it_went_to() -> None:
    anchor = locate_among(OLD["143"], [NEW["148"], NEW["399"]], "специальных технических средств")
    assert anchor.outcome == "ambiguous"  # parts 2 and 3 say so both
    anchor = locate_among(OLD["143"], [NEW["148"], NEW["399"]], "Незаконные изготовление, производство")
    assert (anchor.outcome, anchor.article, anchor.eid) == ("identical", "399", "art_399__para_1")


def test_merged_the_quote_is_found_in_the_common_article() -> None:
    quote = "уклонение более шести месяцев трудоспособного лица от уплаты по решению суда средств"
    anchor = locate(OLD["140"], NEW["139"], quote)
    assert (anchor.outcome, anchor.article) == ("identical", "139")


def test_moved_to_another_article_word_for_word() -> None:
    quote = "Незаконные изготовление, производство, сбыт или приобретение в целях сбыта"
    other = article("Иное.", f"{quote} оружия.", number="400")
    anchor = locate_among(OLD["143"], [NEW["148"]], quote, others=[other, NEW["150"]])
    assert (anchor.outcome, anchor.article) == ("identical", "400")
    assert locate_among(OLD["143"], [NEW["148"]], quote, others=[NEW["150"]]).outcome != "identical"


def test_without_a_counterpart_the_quote_is_gone() -> None:
    assert locate_among(article("Суд назначает штраф."), [], "назначает штраф").outcome == "gone"


def test_spaces_quotes_and_look_alikes_do_not_matter() -> None:
    anchor = locate(
        article("Лицо, создавшее «ячейку», –  наказывается."),
        article('Лицо, создавшее "ячейку", - наказывается.'),
        '"ячейку",\n- наказывается',
    )
    assert anchor.outcome == "identical"
    assert anchor.quote == '"ячейку", - наказывается'


def test_words_that_are_not_in_the_old_article_are_refused() -> None:
    with pytest.raises(ValueError, match="not in Article 164"):
        locate(OLD["164"], NEW["174"], "слова, которых там нет")


def test_a_word_inside_another_word_is_not_the_quote() -> None:
    assert locate(article("Срок один год."), article("Срок полтора года."), "год").outcome == "gone"


_WORDS = st.lists(
    st.sampled_from(["кто", "взял", "чужое", "имущество", "на", "срок", "от", "двух", "до", "пяти", "лет"]),
    min_size=1,
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(_WORDS, _WORDS, st.data())
def test_identical_means_the_same_words_in_one_place(before: list[str], after: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(start + 1, len(before)))
    quote = " ".join(before[start:end])
    anchor = locate(article(" ".join(before)), article(" ".join(after)), quote)
    places = [i for i in range(len(after)) if after[i : i + end - start] == before[start:end]]
    if anchor.outcome == "identical":
        assert anchor.quote == quote
        assert len(places) == 1
    else:
        assert len(places) != 1 or anchor.outcome == "ambiguous"
        assert anchor.outcome != "gone" or not places
