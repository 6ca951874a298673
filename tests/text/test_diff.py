"""Promises of the comparison: exact, readable, moves as moves, and paragraphs beside their source."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.text.align import align
from codes.text.diff import compare, diff_text
from codes.text.nodes import Article, Op, OpKind, PairDiff, Paragraph, Role, Row
from codes.text.normalise import IGNORED, Ignored
from codes.text.parse import parse_file

TEXTS = Path(__file__).parents[2] / "demo" / "texts"
OLD = "criminal-code-1997_last-edition_ch1-5-14_ru"
NEW = "criminal-code-2014_2015-11_ch1-5-16_ru"


@cache
def articles(name: str) -> dict[str, Article]:
    return {article.number: article for article in parse_file(TEXTS / "kazakhstan" / f"{name}.txt").articles}


def pair(old: Sequence[str], new: Sequence[str]) -> PairDiff:
    return compare([articles(OLD)[number] for number in old], [articles(NEW)[number] for number in new])


def article(*paragraphs: str, heading: str = "", number: str = "1") -> Article:
    body = tuple(Paragraph("", f"art_{number}__{place}", text) for place, text in enumerate(paragraphs))
    return Article(number, heading, "", body)


def shown(ops: Sequence[Op], old: str, new: str) -> str:
    """Operations as text: [-deleted-]{+inserted+}<moved from<>moved to>."""
    frames = {
        OpKind.EQUAL: "{}",
        OpKind.DELETE: "[-{}-]",
        OpKind.INSERT: "{{+{}+}}",
        OpKind.MOVE_FROM: "<{}<",
        OpKind.MOVE_TO: ">{}>",
    }
    return "".join(frames[op.kind].format(new[slice(*op.new)] or old[slice(*op.old)]) for op in ops)


def changed(old: str, new: str) -> str:
    return shown(diff_text(old, new), old, new)


def row_text(row: Row) -> str:
    return shown(row.ops, row.old.text if row.old else "", row.new.text if row.new else "")


def assert_exact(ops: Sequence[Op], old: str, new: str) -> None:
    """The ranges tile both texts, and applying the operations to the old text gives the new text."""
    old_place = new_place = 0
    rebuilt = ""
    for op in ops:
        assert op.old[0] == old_place or op.old[0] == op.old[1]
        assert op.new[0] == new_place or op.new[0] == op.new[1]
        if op.kind in {OpKind.DELETE, OpKind.MOVE_FROM}:
            assert op.new[0] == op.new[1]
        if op.kind in {OpKind.INSERT, OpKind.MOVE_TO}:
            assert op.old[0] == op.old[1]
        old_place += op.old[1] - op.old[0]
        new_place += op.new[1] - op.new[0]
        rebuilt += new[slice(*op.new)]
    assert (old_place, new_place, rebuilt) == (len(old), len(new), new)


_TEXT = st.text(alphabet="аеёбв АBc-–«»\"'’1250,.;:()\u00a0\u00ad\n", max_size=60)
_SENTENCES = st.lists(
    st.sampled_from(
        [
            "кто",
            "взял",
            "чужое",
            "имущество",
            "на",
            "срок",
            "от",
            "двух",
            "до",
            "пяти",
            "лет",
            ".",
            ";",
            ",",
            "либо",
            "штраф",
            "ста",
            "двадцати",
            "5",
            "000",
            "1-1)",
            "ё",
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(_TEXT, _SENTENCES), st.one_of(_TEXT, _SENTENCES))
def test_applying_the_operations_to_the_old_text_gives_the_new_text(old: str, new: str) -> None:
    ops = diff_text(old, new)
    assert_exact(ops, old, new)
    if old and new:
        kept = [op for op in ops if op.kind is OpKind.EQUAL]
        for op in kept:
            assert all(other.kind is OpKind.EQUAL for other in diff_text(old[slice(*op.old)], new[slice(*op.new)]))


@settings(max_examples=100, deadline=None)
@given(st.lists(_SENTENCES, max_size=5), st.lists(_SENTENCES, max_size=5))
def test_moves_keep_the_operations_exact_and_have_two_ends(before: list[str], after: list[str]) -> None:
    difference = compare([article(*before)], [article(*after)])
    ends: dict[int, set[OpKind]] = {}
    for row in difference.rows:
        assert_exact(row.ops, row.old.text if row.old else "", row.new.text if row.new else "")
        for op in row.ops:
            assert bool(op.move) == (op.kind in {OpKind.MOVE_FROM, OpKind.MOVE_TO})
            if op.move:
                ends.setdefault(op.move, set()).add(op.kind)
    assert all(kinds == {OpKind.MOVE_FROM, OpKind.MOVE_TO} for kinds in ends.values())
    assert [row.new.text for row in difference.rows if row.new] == after
    assert sorted(row.old.text for row in difference.rows if row.old) == sorted(before)
    assert difference.identical == (difference.changes == 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("«Ещё одна»  статья – и всё", '"Еще одна" статья - и все'),
        ("cвыше ста", "свыше ста"),  # the first letter is Latin
        ("1 000 рублей", "1\u00a0000 рублей"),
    ],
)
def test_case_08_style_of_spaces_quotes_dashes_and_letters_is_no_change(old: str, new: str) -> None:
    assert [op.kind for op in diff_text(old, new)] == [OpKind.EQUAL]


def test_case_07_a_publisher_footnote_is_no_change() -> None:
    body = Paragraph("1", "a", "1. Кража наказывается штрафом.")
    note = Paragraph("", "b", "Сноска. Статья 1 с изменениями.", role=Role.FOOTNOTE)
    old, new = Article("1", "Кража", "", (body,)), Article("1", "Кража", "", (body, note))
    difference = compare([old], [new])
    assert difference.identical
    assert (difference.share, difference.changes) == (0, 0)


def test_numbers_change_whole() -> None:
    assert changed("штраф до 5 000 тенге по части 1-1", "штраф до 7 000 тенге по части 1-2") == (
        "штраф до [-5 000 -]{+7 000 +}тенге по части [-1-1-]{+1-2+}"
    )
    assert "[-ста восьмидесяти -]{+ста двадцати +}" in changed(
        "либо арестом на срок до ста восьмидесяти суток", "либо арестом на срок до ста двадцати суток"
    )


def test_a_list_of_article_numbers_is_read_number_by_number() -> None:
    assert changed("les articles 131-14,131-16", "les articles 131-14, 131-16 et 131-17") == (
        "les articles 131-14, 131-16{+ et 131-17+}"
    )
    assert changed("au taux de 5,5 % par an", "au taux de 5,7 % par an") == "au taux de [-5,5 -]{+5,7 +}% par an"


def test_a_rewritten_sentence_is_replaced_whole_and_its_neighbours_are_not() -> None:
    old = (
        "Суд назначает штраф. Осужденный обязан являться на регистрацию каждый месяц. Срок исчисляется со дня решения."
    )
    new = (
        "Суд назначает штраф. Орган пробации ведет учет лиц и проводит с ними беседы. Срок исчисляется со дня решения."
    )
    assert changed(old, new) == (
        "Суд назначает штраф. [-Осужденный обязан являться на регистрацию каждый месяц. -]"
        "{+Орган пробации ведет учет лиц и проводит с ними беседы. +}Срок исчисляется со дня решения."
    )


def test_single_equal_words_between_changes_are_no_confetti() -> None:
    old = "наказываются лишением свободы на срок от семи до двенадцати лет с конфискацией"
    new = "наказываются лишением свободы на срок от десяти до пятнадцати лет с конфискацией"
    assert changed(old, new) == (
        "наказываются лишением свободы на срок от [-семи до двенадцати -]{+десяти до пятнадцати +}лет с конфискацией"
    )


def test_a_moved_passage_is_one_change_with_two_ends() -> None:
    moved = "лица, добровольно сообщившие о преступлении, освобождаются от ответственности"
    old = article(f"1. Сказанное ниже общее, {moved}.", "2. Суд вправе назначить штраф, если вред возмещен полностью.")
    new = article("1. Сказанное ниже общее.", f"2. Суд вправе назначить штраф, если вред возмещен полностью, {moved}.")
    difference = compare([old], [new])
    kinds = [op.kind for row in difference.rows for op in row.ops if op.move]
    assert kinds == [OpKind.MOVE_FROM, OpKind.MOVE_TO]
    assert row_text(difference.rows[0]) == f"1. Сказанное ниже общее<, {moved}<."
    assert row_text(difference.rows[1]).endswith(f">, {moved}>.")
    assert difference.changes == 1


def test_an_edit_inside_a_moved_passage_is_still_marked() -> None:
    first = "Собрание созывает председатель по просьбе членов, поданной в письменном виде за десять дней"
    second = "Решение принимает общее собрание большинством голосов присутствующих на нем членов объединения"
    moved = "лица, создавшие незаконное объединение граждан {} руководившие его работой в течение года, отвечают сами"
    old = article(f"{first}; {moved.format('и')}.", f"{second}.")
    new = article(f"{first}.", f"{second}; {moved.format('либо тайно')}.")
    difference = compare([old], [new])
    assert row_text(difference.rows[0]) == (
        f"{first}<; лица, создавшие незаконное объединение граждан <[-и -]"
        "<руководившие его работой в течение года, отвечают сами<."
    )
    assert "граждан >{+либо тайно +}>руководившие" in row_text(difference.rows[1])
    assert {op.move for row in difference.rows for op in row.ops} == {0, 1}


def test_a_passage_that_stands_twice_is_no_move() -> None:
    phrase = "наказывается штрафом в размере до ста показателей"
    old = article(f"Кража {phrase}.", f"Грабеж {phrase}.", "Обман карается иначе, по усмотрению суда города.")
    new = article(
        "Кража без наказания вовсе.",
        "Обман карается иначе, по усмотрению суда города.",
        f"Разбой {phrase}.",
        f"Побои {phrase}.",
    )
    assert not [op for row in compare([old], [new]).rows for op in row.ops if op.move]


def test_a_sanction_stands_beside_a_sanction() -> None:
    for row in pair(["164"], ["174"]).rows:
        assert row.old
        assert row.new
        assert (row.old.level, row.old.part) == (row.new.level, row.new.part)


def test_real_pairs_show_what_changed_in_the_penalty() -> None:
    rows = [row_text(row) for row in pair(["164"], ["174"]).rows]
    assert "лишением свободы на срок от [-трех до семи -]{+пяти до десяти +}лет" in rows[3]
    assert "[-семи до двенадцати -]{+двенадцати до двадцати +}лет" in rows[5]


def test_share_is_all_for_new_words_and_nothing_for_equal_ones() -> None:
    assert compare([], [article("Кража наказывается штрафом.")]).share == 1000
    assert compare([article("Кража.")], [article("Кража.")]).share == 0
    assert (
        compare(
            [article("кража чужого имущества карается штрафом")], [article("кража чужого имущества карается арестом")]
        ).share
        == 200
    )


def test_a_changed_heading_alone_is_not_identical() -> None:
    difference = compare([article("Текст статьи.", heading="О вражде")], [article("Текст статьи.", heading="О розни")])
    assert not difference.identical
    assert difference.changes == 0
    assert [op.kind for op in difference.heading_ops if op.kind is not OpKind.EQUAL] == [OpKind.DELETE, OpKind.INSERT]


def test_comparing_a_code_of_a_thousand_articles_takes_seconds() -> None:
    old, new = (
        parse_file(TEXTS / "france" / "code-penal" / f"code-penal_{date}.txt") for date in ("2009-12-10", "2026-04-02")
    )
    before, after = ({a.number: a for a in tree.articles} for tree in (old, new))
    links = align(old, new)
    started = process_time()
    for link in links:
        compare([before[link.old]] if link.old else [], [after[link.new]] if link.new else [])
    assert process_time() - started < 5


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("spaces", "до 5000 евро", "до  5\u00a0000 евро"),
        ("quotes", "слово «закон»", 'слово "закон"'),
        ("dashes", "закон — это", "закон - это"),
        ("yo", "за ее счет", "за её счёт"),
        ("look_alikes", "статья закона", "cтатья закона"),
        ("case", "Закон", "закон"),
    ],
)
def test_each_kind_of_typography_is_ignored_and_can_be_shown(kind: Ignored, old: str, new: str) -> None:
    assert [op.kind for op in diff_text(old, new)] == [OpKind.EQUAL]
    others = frozenset(IGNORED) - {kind}
    assert [op.kind for op in diff_text(old, new, others)] == [OpKind.EQUAL]
    ops = diff_text(old, new, frozenset({kind}))
    assert {op.kind for op in ops} & {OpKind.DELETE, OpKind.INSERT}
    assert "".join(old[slice(*op.old)] for op in ops) == old
    assert "".join(new[slice(*op.new)] for op in ops) == new
