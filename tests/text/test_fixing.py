"""Corrections of a parse: what each does, what is refused, and that no word is lost by any of them in any order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.text import fixing, loading
from codes.text.fixing import Fix, FixKind
from codes.text.nodes import Article, TextError, Tree
from codes.text.printing import tree_data
from tests.text.laws import article, law, parsed, words_of
from tests.text.test_words_kept import CASES, TRADITIONS

LAW = """УГОЛОВНЫЙ КОДЕКС РЕСПУБЛИКИ КАЗАХСТАН
Глава 1. ОБЩИЕ ПОЛОЖЕНИЯ
Статья 1. Законодательство
1. Первая часть.
2. Вторая часть.
Статья 2. Задачи
1. Одна часть.
Статья 4. Действие
Слова этой статьи.
Статья 5 Обратная сила закона
Закон не имеет силы.
Глава 2. ПРЕСТУПЛЕНИЯ
Статья 6. Понятие
Понятие преступления."""


def numbers(tree: Tree) -> list[str]:
    return [one.number for one in tree.articles]


def fix(kind: FixKind, tree: Tree, named: str, /, **said: str) -> Tree:
    return fixing.apply(tree, Fix(kind, named, article(tree, named).line, **said))


def eid(tree: Tree, number: str, words: str) -> str:
    return next(p.eid for p in article(tree, number).paragraphs if words in p.text)


def test_another_number_takes_its_element_ids_along_and_answers_the_gap() -> None:
    tree = parsed(LAW, grammar="kz-ru")
    assert "A number is missing: 2 → 4." in [p.message for p in tree.problems]
    renamed = fix(FixKind.RENAME, tree, "4", number="3", heading="Действие закона")
    assert numbers(renamed)[:3] == ["1", "2", "3"]
    assert article(renamed, "3").heading == "Действие закона"
    assert all(p.eid.startswith("art_3") for p in article(renamed, "3").paragraphs)
    assert not any("2 → 4" in p.message for p in renamed.problems)


def test_an_article_that_hides_in_another_is_split_off_as_any_article_is_read() -> None:
    tree = fix(FixKind.NOT_ARTICLE, parsed(LAW, grammar="kz-ru"), "2")
    assert numbers(tree)[:2] == ["1", "4"]
    again = fix(FixKind.SPLIT, tree, "1", at=eid(tree, "1", "Задачи"))
    untouched = parsed(LAW, grammar="kz-ru")
    assert numbers(again) == numbers(untouched)
    assert article(again, "2").heading == "Задачи"
    assert article(again, "2").paragraphs == article(untouched, "2").paragraphs
    assert article(again, "1").paragraphs == article(untouched, "1").paragraphs


def test_where_no_number_is_printed_a_split_needs_one() -> None:
    tree = parsed(LAW, grammar="kz-ru")
    at = eid(tree, "1", "Вторая")
    with pytest.raises(TextError, match="Type the number"):
        fix(FixKind.SPLIT, tree, "1", at=at)
    again = fix(FixKind.SPLIT, tree, "1", at=at, number="1-1")
    assert numbers(again)[:3] == ["1", "1-1", "2"]
    assert article(again, "1-1").paragraphs[0].text == "2. Вторая часть."


def test_a_joined_article_goes_on_the_one_before_with_its_parts() -> None:
    joined = fix(FixKind.JOIN, parsed(LAW, grammar="kz-ru"), "2")
    texts = [p.text for p in article(joined, "1").paragraphs]
    assert texts == ["1. Первая часть.", "2. Вторая часть.", "Статья 2. Задачи", "1. Одна часть."]
    assert len({p.eid for p in article(joined, "1").paragraphs}) == 4


def test_the_first_article_of_a_chapter_is_no_part_of_the_chapter_before() -> None:
    tree = parsed(LAW, grammar="kz-ru")
    with pytest.raises(TextError, match="No article stands before"):
        fix(FixKind.JOIN, tree, "6")
    told = fix(FixKind.NOT_ARTICLE, tree, "6")
    assert told.divisions[-1].lines == ("Статья 6. Понятие", "Понятие преступления.")


def test_an_article_before_any_chapter_goes_to_the_preamble() -> None:
    tree = parsed(
        "КОДЕКС О ТРУДЕ И О ТРУДОВЫХ ОТНОШЕНИЯХ\nСтатья 1. Слово\nРаз.\nСтатья 2. Дело\nДва.", grammar="kz-ru"
    )
    assert fix(FixKind.NOT_ARTICLE, tree, "1").preamble == ("Статья 1. Слово", "Раз.")


def test_a_number_that_is_taken_or_is_none_is_refused() -> None:
    tree = parsed(LAW, grammar="kz-ru")
    for number, said in (("2", "already"), ("", "digits"), ("две", "digits"), ("2~2", "digits"), ("1" * 41, "40")):
        with pytest.raises(TextError, match=said):
            fix(FixKind.RENAME, tree, "1", number=number, heading="Законодательство")
    with pytest.raises(TextError, match="heading would be lost"):
        fix(FixKind.RENAME, tree, "1", number="1", heading=" ")


def test_a_fix_of_an_article_that_is_no_longer_there_is_refused() -> None:
    tree = parsed(LAW, grammar="kz-ru")
    with pytest.raises(TextError, match="any more"):
        fixing.apply(tree, Fix(FixKind.JOIN, "2", 999))
    with pytest.raises(TextError, match="any more"):
        fix(FixKind.SPLIT, tree, "2", at="art_77")


def test_the_problem_of_a_line_that_was_not_read_ends_when_it_is_split_off() -> None:
    text = LAW.replace("Вторая часть.", "Вторая часть.\nСтатья 3 Право")
    tree = parsed(text, grammar="kz-ru")
    assert "stray_article" in [p.code for p in tree.problems]
    split = fix(FixKind.SPLIT, tree, "1", at=eid(tree, "1", "Статья 3 Право"), number="3")
    assert "stray_article" not in [p.code for p in split.problems]


def _chosen(draw: st.DataObject, tree: Tree) -> Fix:
    one: Article = draw.draw(st.sampled_from(tree.articles))
    kind = draw.draw(st.sampled_from([FixKind.SPLIT, FixKind.JOIN, FixKind.NOT_ARTICLE]))
    at = draw.draw(st.sampled_from([p.eid for p in one.paragraphs])) if one.paragraphs else ""
    return Fix(kind, one.number, one.line, number="", at=at)


def check_whole(tree: Tree) -> None:
    """What every tree promises: it can be stored and read back, ids are unique, numbers too."""
    assert loading.tree(tree_data(tree)) == tree
    eids = [p.eid for one in tree.articles for p in one.paragraphs]
    assert len(eids) == len(set(eids))


@settings(max_examples=300, deadline=None)
@given(CASES, st.data())
def test_no_word_is_lost_or_invented_by_fixes_in_any_order(case: tuple[str, list[str]], draw: st.DataObject) -> None:
    name, printed = case
    tree = parsed("\n".join(printed), grammar=name, language="und")
    before = words_of(tree)
    for _ in range(draw.draw(st.integers(1, 4))):
        if not tree.articles:
            break
        said = _chosen(draw, tree)
        at = next(one for one in tree.articles if one.number == said.article)
        here = next((p for p in at.paragraphs if p.eid == said.at), None)
        if said.kind is FixKind.SPLIT and here is not None and not fixing.begins_article(tree, at, here):
            said = replace(said, number="900")  # typed by the person, printed nowhere
            before["900"] += 1
        try:
            tree = fixing.apply(tree, said)
        except TextError:
            before["900"] -= said.number == "900"
        check_whole(tree)
    after = words_of(tree)
    units = {word.lower() for word in (before - after) + (after - before)}
    assert units <= TRADITIONS[name].units


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_word_of_a_real_law_is_lost_by_fixes_in_any_order(draw: st.DataObject) -> None:
    tree = REAL
    for _ in range(3):
        said = _chosen(draw, tree)
        try:
            tree = fixing.apply(tree, said)
        except TextError:
            continue
    check_whole(tree)
    before, after = words_of(REAL), words_of(tree)
    assert {word.lower() for word in (before - after) + (after - before)} <= {"статья"}


def test_a_correction_of_a_heading_touches_no_other_word() -> None:
    said = REAL.articles[3]
    fixed = fixing.apply(REAL, Fix(FixKind.RENAME, said.number, said.line, number="999", heading="Другое"))
    rest = [one for one in fixed.articles if one.number != "999"]
    assert rest == [one for one in REAL.articles if one is not said]
    assert [p.text for p in article(fixed, "999").paragraphs] == [p.text for p in said.paragraphs]


REAL = law("criminal-code-2014_ch16-excerpt-b_ru_2020-05.txt")
