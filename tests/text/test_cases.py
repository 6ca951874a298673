"""Correspondences that readers of the real reforms rely on, named by the number of the case they come from."""

from __future__ import annotations

import gzip
from dataclasses import replace
from functools import cache
from pathlib import Path

from codes.text.align import align
from codes.text.nodes import Article, Link, LinkKind, Tree
from codes.text.parse import parse_file
from tests.text.laws import DATA, article, law

CODE_1997 = "criminal-code-1997_last-edition_ch1-5-14_ru.txt"
CODE_2014 = "criminal-code-2014_2015-11_ch1-5-16_ru.txt"
ADMINISTRATIVE = "administrative-code-2014_ch27-excerpt_ru_2024-06.txt"


@cache
def linked(old: str, new: str) -> tuple[Link, ...]:
    return tuple(align(law(old), law(new)))


def rows(links: tuple[Link, ...]) -> set[tuple[str, str]]:
    return {(link.old or "-", link.new or "-") for link in links}


def certain(links: tuple[Link, ...]) -> set[tuple[str, str]]:
    return rows(tuple(link for link in links if link.certain))


def test_case_01_chapters_4_and_5_are_linked_by_words_and_a_used_number_is_no_link() -> None:
    links = linked("criminal-code-1997_ch4-5_ru.txt", "criminal-code-2014_ch4-5_ru_2020-07.txt")
    assert {("160", "168"), ("164", "174"), ("174", "-"), ("-", "164")} <= certain(links)
    assert not {("160", "160"), ("164", "164"), ("174", "174")} & rows(links)


def test_case_01_the_split_and_the_merge_around_179_are_found_or_asked() -> None:
    """170 became 179 and 180, 168 and 170 became 179. What is not certain is put to a person, never left out."""
    links = linked(CODE_1997, CODE_2014)
    assert {(link.old, link.kind) for link in links if link.new == "179"} == {
        ("168", LinkKind.MERGED),
        ("170", LinkKind.MERGED),
    }
    chapters = linked("criminal-code-1997_ch4-5_ru.txt", "criminal-code-2014_ch4-5_ru_2020-07.txt")
    assert ("168", "179") in rows(chapters)
    for found in (links, chapters):
        assert not any(link.certain for link in found if link.old == "170" or link.new == "180")


def test_case_02_insult_of_officials_is_followed_also_where_only_a_stub_is_left() -> None:
    links = linked(
        "criminal-code-1997_ch14-excerpt_ru_after-2012-07.txt", "criminal-code-2014_ch16-excerpt_ru_after-2025-09.txt"
    )
    expected = {"317": "372", "317-1": "373", "318": "375", "319": "376", "319-1": "377", "320": "378", "321": "380"}
    assert {*expected.items(), ("-", "379")} <= rows(links)
    assert ("317-1", "373") in certain(links)
    assert article(law("criminal-code-2014_ch16-excerpt_ru_after-2025-09.txt"), "373").status == "repealed"


def test_case_04_another_word_in_the_heading_and_another_number_is_certain() -> None:
    (link,) = (link for link in linked(CODE_1997, CODE_2014) if link.new == "174")
    assert (link.old, link.kind, link.certain) == ("164", LinkKind.RENUMBERED, True)
    headings = article(law(CODE_1997), "164").heading, article(law(CODE_2014), "174").heading
    assert headings[0].endswith("вражды")
    assert headings[1].endswith("розни")


def test_case_05_1382_became_1240_and_the_old_1240_did_not(tmp_path: Path) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_bytes(gzip.decompress((DATA / "before_2016-10-01.txt.gz").read_bytes()))
    new.write_bytes(gzip.decompress((DATA / "alignment" / "code-civil_after_2016-10-01.txt.gz").read_bytes()))
    links = tuple(align(parse_file(old), parse_file(new)))
    assert ("1382", "1240") in certain(links)
    assert ("1240", "1240") not in rows(links)


def draft() -> Tree:
    """Articles 398 to 405 as the draft of 2013 numbered them.

    The numbers are the draft's, which sources report; its text was never obtained. The words are those of the real
    articles: strike from the final 402, unregistered associations from 489 p. 9–11 and religious activity from 490 of
    the administrative code, to which they went, gatherings from 334 of 1997, the others from the final code.
    """
    final, before, administrative = law(CODE_2014), law(CODE_1997), law(ADMINISTRATIVE)
    unregistered = article(administrative, "489")
    articles = (
        _numbered(article(before, "334"), "398"),
        _numbered(article(final, "401"), "399"),
        _numbered(article(final, "402"), "400"),
        _numbered(article(final, "403"), "401"),
        _numbered(article(final, "404"), "402"),
        replace(
            _numbered(unregistered, "403"),
            paragraphs=tuple(p for p in unregistered.body if p.part in {"9", "10", "11"}),
        ),
        _numbered(article(administrative, "490"), "404"),
        article(final, "405"),
    )
    return replace(final, articles=articles)


def _numbered(one: Article, number: str) -> Article:
    return replace(one, number=number)


def final() -> Tree:
    tree = law(CODE_2014)
    return replace(tree, articles=tuple(article(tree, str(number)) for number in range(400, 407)))


def test_case_43_a_number_that_the_draft_used_for_strikes_is_no_link_to_gatherings() -> None:
    links = tuple(align(draft(), final()))
    assert ("400", "400") not in rows(links)
    assert ("400", "402") in certain(links)
    assert [link.old for link in links if link.new == "400"] == ["398"]  # its older counterpart: it is not "added"


def test_case_43_without_the_older_counterpart_the_number_alone_still_links_nothing() -> None:
    alone = replace(draft(), articles=tuple(a for a in draft().articles if a.number in {"400", "403", "404"}))
    links = tuple(align(alone, final()))
    assert {(old, new) for old, new in rows(links) if "-" not in (old, new)} == {("400", "402")}


def test_case_44_unregistered_associations_and_religion_are_not_linked_by_their_numbers() -> None:
    links = tuple(align(draft(), final()))
    assert not {("403", "403"), ("404", "404")} & rows(links)
    assert {("403", "-"), ("404", "-")} <= rows(links)
    assert {("401", "403"), ("402", "404")} <= certain(links)


def test_case_44_what_the_draft_held_is_found_in_the_administrative_code() -> None:
    links = tuple(align(draft(), law(ADMINISTRATIVE)))
    assert {("403", "489"), ("404", "490")} <= certain(links)


def test_case_44_the_real_codes_share_no_certain_article_across_the_two_kinds_of_law() -> None:
    """334 to 337-1 of 1997 and 400 to 406 of the final code against 488 to 490 of the administrative code."""
    administrative = law(ADMINISTRATIVE)
    before = law(CODE_1997)
    olds = tuple(article(before, number) for number in ("334", "335", "336", "337", "337-1"))
    for tree in (replace(before, articles=olds), final()):
        assert {link.kind for link in align(tree, administrative)} == {LinkKind.DROPPED, LinkKind.ADDED}


def test_case_44_gatherings_and_associations_of_1997_are_followed_to_400_403_and_404() -> None:
    assert {("334", "400"), ("336", "403"), ("337", "404"), ("-", "402")} <= certain(linked(CODE_1997, CODE_2014))
