"""What becomes of quotes in real next versions; every outcome is one of four, and none is a guess.

Renumbered, reworded and doubled quotes are cases 28 to 30 in `test_anchors`, with splits, merges and deletions.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from codes.text.anchors import Anchor, locate, locate_among
from codes.text.nodes import Article, Paragraph
from codes.text.parse import parse_file
from tests.text.laws import KAZAKHSTAN

OLD = "kazakhstan/criminal-code-1997_last-edition_ch1-5-14_ru"
NEW = "kazakhstan/criminal-code-2014_2015-11_ch1-5-16_ru"
NEW_REST = "kazakhstan/criminal-code-2014_2015-11_other-chapters_ru"
KAZAKH = "kazakhstan/criminal-code-2014_ch4_kk_after-2022-01"
ASSEMBLY, SENATE = (
    f"france/transparence-2013/{step}"
    for step in ("02_1erelecture_assemblee_hemicycle", "05_1erelecture_senat_hemicycle")
)
TEXTS = KAZAKHSTAN.parent


@cache
def articles(name: str) -> dict[str, Article]:
    return {article.number: article for article in parse_file(TEXTS / f"{name}.txt").articles}


def stands_there(anchor: Anchor, article: Article) -> bool:
    """Whether the offsets of an anchor give its quote."""
    body = [p.text for p in article.body]
    first, last = ([p.eid for p in article.body].index(eid) for eid in (anchor.eid, anchor.end_eid))
    end = len("\n".join(body[first:last])) + (last > first) + anchor.end
    return "\n".join(body[first : last + 1])[anchor.start : end] == anchor.quote


def test_a_shortened_passage_is_changed_and_shown() -> None:
    """Four words and more were cut from article 112-2 between 1997 and 2004."""
    old, new = (articles(f"france/code-penal/code-penal_{day}")["112-2"] for day in ("1997-01-01", "2004-09-27"))
    kept = "les lois relatives à la prescription de l'action publique et à la prescription des peines"
    anchor = locate(old, new, f"{kept}, sauf quand elles auraient pour résultat d'aggraver la situation de l'intéressé")
    assert (anchor.outcome, anchor.quote) == ("changed", kept)
    assert stands_there(anchor, new)


def test_a_paragraph_that_moved_to_an_article_that_is_no_counterpart_is_found_there() -> None:
    """The Senate took part II of article 23 bis out and put its words into article 24."""
    quote = "du code général des collectivités territoriales sont applicables en Polynésie française"
    old, new = articles(ASSEMBLY), articles(SENATE)
    anchor = locate_among(old["23 bis"], [new["23 bis"]], quote, [a for n, a in new.items() if n != "23 bis"])
    assert (anchor.outcome, anchor.article, anchor.eid) == ("identical", "24", "art_24__para_III")
    assert stands_there(anchor, new["24"])


def test_a_penalty_that_was_changed_is_not_carried_to_another_offence_with_the_old_one() -> None:
    """163 became 173 without confiscation; the same words stand, by chance, in 283."""
    quote = "наказываются лишением свободы на срок от трех до восьми лет с конфискацией имущества или без таковой"
    other = articles(NEW_REST)["283"]
    assert any(quote in p.text for p in other.body)
    anchor = locate_among(articles(OLD)["163"], [articles(NEW)["173"]], quote, [other])
    assert (anchor.outcome, anchor.article) == ("changed", "173")
    assert anchor.quote == "наказываются лишением свободы на срок от трех до восьми лет"


def test_a_quote_over_two_paragraphs_is_carried_with_both_ends() -> None:
    old, new = articles(OLD), articles(NEW)
    quote = "или иных сообщений физических лиц – наказывается штрафом в размере"
    anchor = locate_among(old["143"], [new["148"], new["399"]], quote)
    assert (anchor.outcome, anchor.eid, anchor.end_eid) == ("identical", "art_148__para_1", "art_148__para_1__text")
    assert anchor.quote == "или иных сообщений физических лиц –\nнаказывается штрафом в размере"
    assert stands_there(anchor, new["148"])


def test_a_quote_over_two_paragraphs_with_another_amount_is_changed() -> None:
    old, new = articles(OLD), articles(NEW)
    quote = (
        "почтовых, телеграфных или иных сообщений физических лиц –\nнаказывается штрафом в размере от ста до двухсот"
    )
    anchor = locate_among(old["143"], [new["148"], new["399"]], quote)
    assert (anchor.outcome, anchor.article) == ("changed", "148")
    assert anchor.quote.endswith("наказывается штрафом в размере")
    assert stands_there(anchor, new["148"])


def test_a_whole_article_as_a_quote() -> None:
    old, new = (
        articles(f"kazakhstan/criminal-code-2014_ch4-5_ru_{day}")["179"] for day in ("2020-07", "after-2022-01")
    )
    assert len(old.body) > 1
    anchor = locate(old, new, "\n".join(p.text for p in old.body))
    assert (anchor.outcome, anchor.quote) == ("identical", "\n".join(p.text for p in new.body))
    before = articles(OLD)["168"]
    anchor = locate(before, articles(NEW)["179"], "\n".join(p.text for p in before.body))
    assert (anchor.outcome, anchor.eid, anchor.end_eid) == ("changed", "art_179__para_3", "art_179__para_4__text")


@pytest.mark.parametrize(
    "quote",
    [
        "собрания, митинга, демонстрации, шествия",
        "собрания,\u00a0митинга,  демонстрации,\nшествия",
        "cобрания, митинга, дeмонстрации, шествия",  # Latin letters among the Cyrillic ones
        "СОБРАНИЯ, МИТИНГА, ДЕМОНСТРАЦИИ, ШЕСТВИЯ",
        "собра\u00adния, митинга, демонстрации, шест\u200bвия",
    ],
)
def test_the_typography_of_a_quote_does_not_matter(quote: str) -> None:
    anchor = locate(articles(OLD)["151"], articles(NEW)["155"], quote)
    assert (anchor.outcome, anchor.quote) == ("identical", "собрания, митинга, демонстрации, шествия")


def test_one_word_is_carried_where_it_stands_once_and_gone_where_it_does_not() -> None:
    old, new = articles(OLD), articles(NEW)
    assert locate_among(old["143"], [new["148"], new["399"]], "тайны").outcome == "identical"
    assert locate(old["320"], new["378"], "публичное").outcome == "gone"
    assert locate(old["164"], new["174"], "лишением").outcome == "ambiguous"


def test_a_quote_inside_a_passage_that_moved_into_a_new_part_is_carried() -> None:
    """The aggravating words of article 153 became part 2 of article 157."""
    anchor = locate(articles(OLD)["153"], articles(NEW)["157"], "лицом с использованием своего служебного положения")
    assert (anchor.outcome, anchor.eid) == ("identical", "art_157__para_2")


def _moved_and_edited(article: Article, number: str, old: str, new: str) -> Article:
    """The article under another number, its last two paragraphs first and one word in them replaced."""
    *rest, first, last = article.body
    edited = [replace(p, text=p.text.replace(old, new)) for p in (first, last)]
    paragraphs: list[Paragraph] = [*edited, *rest]
    return replace(article, number=number, paragraphs=tuple(paragraphs))


def test_kazakh_quotes_are_carried_changed_or_gone_as_their_words_say() -> None:
    """Real words of 170; the next version, with part 3 and its penalty put first, is made."""
    old = articles(KAZAKH)["170"]
    quote = "Жалдамалының қарулы қақтығысқа, соғыс қимылдарына немесе конституциялық құрылысты құлатуға"
    place = next(i for i, p in enumerate(old.body) if quote in p.text)
    old = replace(old, paragraphs=old.body[: place + 2])
    same = _moved_and_edited(old, "9170", "", "")
    assert locate(old, same, quote).outcome == "identical"
    assert locate(old, same, quote.replace("i", "і")).outcome == "identical"
    edited = _moved_and_edited(old, "9170", "соғыс қимылдарына", "соғысқа")
    anchor = locate(old, edited, quote)
    assert (anchor.outcome, anchor.quote) == ("changed", quote.replace("соғыс қимылдарына", "соғысқа"))
    without = replace(old, number="9170", paragraphs=old.body[: place - 4])
    assert locate(old, without, "бұзуы").outcome == "gone"
    assert locate(old, same, "бас бостандығынан айыруға жазаланады").outcome == "ambiguous"


def test_every_paragraph_of_a_kazakh_article_finds_itself_under_another_number() -> None:
    for article in articles(KAZAKH).values():
        texts = [p.text for p in article.body]
        for paragraph in article.body:
            anchor = locate(article, replace(article, number="9000"), paragraph.text)
            assert anchor.outcome == ("identical" if texts.count(paragraph.text) == 1 else "ambiguous")
