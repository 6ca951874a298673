"""Any quote of an article is found again exactly by its selectors, and its mark covers exactly its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amendments.services import passages
from codes.services.texts import paragraph_data
from codes.text import parse
from tests.workspace.notes_site import TEXTS
from tracker.workspace.notes.marks import Mark, Span, pieces

FILES = ["criminal-code-2014_ch4-5_ru_2020-07.txt", "criminal-code-2014_ch16-excerpt_kk_2015-11.txt"]
ARTICLES = [
    [paragraph_data(paragraph) for paragraph in article.paragraphs]
    for name in FILES
    for article in parse.parse_file(Path(TEXTS) / name).articles
]
# Other ways to print the same words; each keeps the words.
TYPOGRAPHY = [
    lambda text: text,
    str.upper,
    lambda text: text.replace(" ", " \u00a0\n"),
    lambda text: text.replace("«", '"').replace("»", '"').replace("–", "-"),
    lambda text: text.replace("е", "ё"),
    "\u00ad".join,
    lambda text: text.replace("й", "и\u0306").replace("Й", "И\u0306"),
]


def law_text(article: list[dict[str, str]]) -> list[dict[str, str]]:
    return [paragraph for paragraph in article if paragraph["role"] != "footnote"]


@st.composite
def selections(draw: st.DrawFn) -> tuple[list[dict[str, str]], passages.Passage]:
    """An article and a passage of it, as a person would select it: from anywhere to anywhere."""
    article = draw(st.sampled_from(ARTICLES))
    own = law_text(article)
    first = draw(st.integers(0, len(own) - 1))
    last = draw(st.integers(first, len(own) - 1))
    start = draw(st.integers(0, len(own[first]["text"]) - 1))
    least = start + 1 if first == last else 1
    end = draw(st.integers(least, len(own[last]["text"])))
    try:
        passage = passages.selected(article, (own[first]["eid"], start), (own[last]["eid"], end), place="Article")
    except passages.NotThere:  # a selection of blanks only
        passage = passages.selected(article, (own[0]["eid"], 0), (own[0]["eid"], 1), place="Article")
    return article, passage


@settings(max_examples=300, deadline=None)
@given(selections())
def test_any_quote_is_found_again_exactly_by_its_selectors(
    found: tuple[list[dict[str, str]], passages.Passage],
) -> None:
    article, passage = found
    again = passages.find(article, passage.quote, place="Article", near=(passage.first_eid, passage.start))
    assert again == passage


@settings(max_examples=200, deadline=None)
@given(selections(), st.sampled_from(TYPOGRAPHY))
def test_other_typography_finds_the_same_words_as_printed(
    found: tuple[list[dict[str, str]], passages.Passage], typed: object
) -> None:
    article, passage = found
    assert callable(typed)
    again = passages.find(article, typed(passage.quote), place="Article", near=(passage.first_eid, passage.start))
    assert (again.start, again.end, again.quote) == (passage.start, passage.end, passage.quote)


@settings(max_examples=200, deadline=None)
@given(selections())
def test_a_passage_begins_and_ends_with_whole_words_and_its_spans_are_its_quote(
    found: tuple[list[dict[str, str]], passages.Passage],
) -> None:
    article, passage = found
    texts = {paragraph["eid"]: paragraph["text"] for paragraph in law_text(article)}
    before = texts[passage.first_eid][passage.start - 1 : passage.start] if passage.start else ""
    after = texts[passage.last_eid][passage.end : passage.end + 1]
    assert not (before.isalnum() and passage.quote[0].isalnum())
    assert not (after.isalnum() and passage.quote[-1].isalnum())
    assert "\n".join(texts[eid][start:end] for eid, start, end in passages.spans(article, passage)) == passage.quote


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_overlapping_marks_leave_every_character_once_and_in_order(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [
        Span(Mark(at, at, True, ""), min(pair), max(pair), True, True)
        for at, pair in enumerate(ends)
        if min(pair) < max(pair) <= len(text)
    ]
    cut = pieces(text, spans)
    assert "".join(piece.text for piece in cut) == text
    for span in spans:
        over = "".join(piece.text for piece in cut if span.mark in piece.marks)
        assert over == text[span.start : span.end]
    assert sorted(mark.note for piece in cut for mark in piece.ends) == sorted(span.mark.note for span in spans)


@pytest.mark.parametrize("other", [[], [{"eid": "a", "text": "other words", "role": "body"}]])
def test_a_passage_whose_words_are_gone_has_no_mark(other: list[dict[str, str]]) -> None:
    article = [{"eid": "a", "text": "the words of the law", "role": "body"}]
    passage = passages.find(article, "words", place="Article")
    assert passages.spans(other, passage) == []


def test_a_note_of_the_publisher_cannot_be_quoted() -> None:
    article = [
        {"eid": "a", "text": "the law", "role": "body"},
        {"eid": "b", "text": "amended in 2020", "role": "footnote"},
    ]
    with pytest.raises(passages.NotThere):
        passages.find(article, "amended", place="Article")
