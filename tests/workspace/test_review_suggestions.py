"""Suggestions follow the table of the domain brief; what it does not name is asked, and nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from amendments.models import Base, Concern, Verdict, VerdictValue
from amendments.models.verdicts import Lifecycle
from amendments.services.cells import CellFacts, cell_of, heaviest, outcome_of
from amendments.services.contradictions import contradictions
from amendments.services.lineage import Lineages
from amendments.services.suggestions import Suggestion, suggest, un_grade
from codes.models import Version
from tests.conftest import ROLES

REC, LAW, PREVIOUS = Base.RECOMMENDATION.value, Base.CURRENT_LAW.value, Base.PREVIOUS.value
BOTH = {"compared": True, "in_base": True, "in_current_law": True}


def facts(**given: Any) -> CellFacts:
    return CellFacts(**{**BOTH, **given})


def in_the_case(concern: str, version: str, base: str) -> tuple[CellFacts, Suggestion]:
    row = Concern.objects.select_related("provision__law", "recommendation").get(slug=concern)
    text = Version.objects.select_related("code").get(slug=version)
    found = cell_of(row, text, base, Lineages.of(row.provision.law)).facts
    return found, suggest(row.recommendation.ask, base, found)


@pytest.mark.parametrize(
    ("case", "ask", "base", "given", "value"),
    [
        ("17 repeal, text identical", "repeal", REC, {"identical": True, "outcome": "same"}, "unchanged"),
        ("18 repeal, max 5 to 7", "repeal", REC, {"outcome": "stricter", "maximum_rose": True}, "stricter"),
        ("19 repeal, gone everywhere", "repeal", REC, {"state": "absent", "compared": False}, "fixed"),
        ("repeal, a stub is left", "repeal", REC, {"state": "repealed", "compared": True}, "fixed"),
        ("repeal, milder", "repeal", REC, {"outcome": "milder"}, "partly_fixed"),
        ("reduce, heaviest down", "reduce", REC, {"outcome": "milder", "heaviest": -1}, "partly_fixed"),
        ("reduce, only a fine down", "reduce", REC, {"outcome": "milder", "heaviest": 0}, ""),
        ("narrow, quoted words stand", "narrow", REC, {"quoted": True, "outcome": "milder"}, "unchanged"),
        ("narrow, quoted words gone", "narrow", REC, {"quoted": False}, ""),
        ("any, stricter", "narrow", LAW, {"quoted": True, "outcome": "stricter"}, "stricter"),
        ("21 do not add, present", "do_not_add", REC, {"in_current_law": False}, "new_restriction"),
        ("21 against current law", "do_not_add", LAW, {"in_current_law": False}, "new_restriction"),
        ("do not add, heavier than the draft before", "do_not_add", PREVIOUS, {"outcome": "stricter"}, "stricter"),
        ("do not add, new in this draft", "do_not_add", PREVIOUS, {"in_base": False}, "new_restriction"),
        ("facts mixed", "repeal", REC, {"outcome": "mixed", "heaviest": 1}, ""),
        ("a penalty read unsurely", "repeal", REC, {"outcome": "stricter", "sure": False}, ""),
        ("outcome uncertain", "repeal", REC, {"outcome": "uncertain"}, ""),
        ("14 conduct wider, sanctions mixed", "repeal", LAW, {"outcome": "mixed"}, ""),
        ("62 sanctions equal, words added", "narrow", PREVIOUS, {"outcome": "same", "quoted": True}, ""),
        ("text not obtained", "repeal", REC, {"state": "no_text", "compared": False}, ""),
        ("part not held", "repeal", REC, {"state": "not_held", "compared": False}, ""),
    ],
)
def test_the_table_of_suggestions(case: str, ask: str, base: str, given: dict[str, Any], value: str) -> None:
    assert suggest(ask, base, facts(**given)).value == value, case


def test_case_20_do_not_add_and_not_there_is_fixed_and_withdrawn_when_an_earlier_draft_had_it() -> None:
    gone = {"state": "absent", "compared": False, "in_current_law": False}
    found = suggest("do_not_add", REC, facts(**gone, in_earlier_draft=True))
    assert (found.value, found.lifecycle) == ("fixed", Lifecycle.WITHDRAWN)
    assert suggest("do_not_add", REC, facts(**gone)).lifecycle == ""
    assert suggest("do_not_add", LAW, facts(**gone)).value == ""  # current law never had it


@pytest.mark.parametrize("ask", ["repeal", "narrow", "reduce", "do_not_add"])
@pytest.mark.parametrize("base", [REC, LAW, PREVIOUS])
@pytest.mark.parametrize("given", [{"identical": True}, {"outcome": "stricter"}, {"state": "absent"}])
def test_case_23_nothing_is_suggested_over_an_unconfirmed_match(ask: str, base: str, given: dict[str, Any]) -> None:
    found = suggest(ask, base, facts(**given, confirmed=False))
    assert (found.value, found.reason) == ("", "match_not_confirmed")


def test_case_45_the_crime_is_gone_and_an_administrative_penalty_is_left() -> None:
    """Never Fixed by itself; Partly fixed needs no further reason."""
    moved = facts(state="absent", compared=False, elsewhere=True)
    found = suggest("repeal", REC, moved)
    assert (found.value, found.lifecycle) == ("", Lifecycle.MOVED_TO_ANOTHER_CODE)
    assert contradictions(REC, "partly_fixed", moved, {}) == []


def test_fixed_is_never_suggested_on_identical_text() -> None:
    for ask in ("repeal", "narrow", "reduce", "do_not_add"):
        for base in (REC, LAW, PREVIOUS):
            assert suggest(ask, base, facts(identical=True, outcome="same")).value != "fixed"


def test_case_41_grades_of_the_five_assessed_verdicts() -> None:
    assert [un_grade(value) for value in ("fixed", "partly_fixed", "unchanged", "stricter", "new_restriction")] == [
        "A", "B", "C", "E", "E",
    ]  # fmt: skip
    assert un_grade("not_assessed") is None


def test_the_heaviest_penalty_is_the_gravest_kind_of_a_part_in_whatever_order_it_is_listed() -> None:
    prison = {"part": "1", "kind": "imprisonment", "old": {"minimum": None, "maximum": 5, "unit": "years"},
              "new": {"minimum": None, "maximum": 7, "unit": "years"}}  # fmt: skip
    fine = {"part": "1", "kind": "fine", "old": {"minimum": None, "maximum": 9, "unit": "mci"},
            "new": {"minimum": None, "maximum": 1, "unit": "mci"}}  # fmt: skip
    assert heaviest([[fine, prison]]) == heaviest([[prison, fine]]) == 1


def test_case_25_the_facts_of_a_split_concern_are_those_of_its_worse_part() -> None:
    assert suggest("repeal", REC, facts(outcome=outcome_of(["same", "stricter"]))).value == "stricter"
    assert suggest("repeal", REC, facts(outcome=outcome_of(["milder", "stricter"]))).value == ""  # mixed: asked
    assert outcome_of(["same", "uncertain"]) == "uncertain"


# ---- in the real texts ----

CASE = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]


class TestInTheCase:
    pytestmark = CASE

    def test_case_16_libel_left_the_criminal_code_and_stands_in_the_administrative_code(self) -> None:
        found, suggestion = in_the_case("libel", "l2025-09", REC)
        assert found.gone
        assert found.elsewhere
        assert (suggestion.value, suggestion.lifecycle) == ("", Lifecycle.MOVED_TO_ANOTHER_CODE)

    def test_case_17_article_183_is_identical_in_2020_and_2022(self) -> None:
        _, suggestion = in_the_case("extremist-publication", "l2022-01", PREVIOUS)
        assert (suggestion.value, suggestion.reason) == ("unchanged", "text_identical")

    def test_case_18_inciting_discord_is_punished_more_heavily_than_in_1997(self) -> None:
        found, suggestion = in_the_case("inciting-discord", "l2020-07", LAW)
        assert found.maximum_rose
        assert suggestion.value == "stricter"

    def test_a_provision_that_current_law_does_not_hold_is_not_compared_with_another_text_instead(self) -> None:
        found, suggestion = in_the_case("extremist-publication", "l2022-01", LAW)
        assert not found.compared
        assert suggestion.value == ""
        same, _ = in_the_case("extremist-publication", "l2022-01", REC)
        assert same.identical

    def test_case_20_the_religion_offence_of_the_drafts_is_not_in_the_code(self) -> None:
        found, suggestion = in_the_case("religion-offence", "l2015-11", REC)
        assert (found.gone, found.in_earlier_draft, found.in_current_law) == (True, True, False)
        assert (suggestion.value, suggestion.reason) == ("", "moved")  # the administrative code punishes it
        alone = suggest("do_not_add", REC, replace(found, elsewhere=False))
        assert (alone.value, alone.lifecycle) == ("fixed", Lifecycle.WITHDRAWN)

    def test_case_21_the_term_leader_is_not_in_current_law(self) -> None:
        found, suggestion = in_the_case("leader-term", "l2015-11", LAW)
        assert (found.quoted, found.in_current_law) == (True, False)
        assert suggestion.value == "new_restriction"

    def test_case_62_online_platforms_were_added_and_the_sanctions_are_equal(self) -> None:
        found, suggestion = in_the_case("inciting-discord", "l2025-09", PREVIOUS)
        assert not found.identical
        assert suggestion.value == ""
        for value in ("unchanged", "stricter"):
            assert contradictions(PREVIOUS, value, found, {}) == []

    def test_no_suggestion_is_stored(self) -> None:
        before = Verdict.objects.count()
        in_the_case("calls-power", "l2015-11", LAW)
        assert Verdict.objects.count() == before


def test_every_value_has_a_grade_or_none() -> None:
    assert {un_grade(value) for value in VerdictValue.values} == {"A", "B", "C", "E", None}
