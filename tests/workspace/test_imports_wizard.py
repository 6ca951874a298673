"""The import wizard's services: nothing is added before the last step, and then everything or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from amendments.models import Comparison, Correspondence
from amendments.services import cards, importing, staging, wizard
from codes.models import Article, Import, ImportState, StagedText, Version
from codes.text.nodes import Link, LinkKind
from tests.conftest import ROLES
from tests.factories import someone
from tests.workspace import imports_law
from tests.workspace.imports_law import NEW, OLD, SMALL_NEW, Followed, begin, followed, imported, wanted, work
from tracker.accounts.services import members
from tracker.common.conflicts import Conflict
from tracker.jobs import services as jobs
from tracker.jobs.models import Job, State

pytestmark = pytest.mark.django_db(databases=ROLES)


@pytest.fixture
def case() -> Followed:
    return followed()


@pytest.fixture
def asked() -> tuple[Followed, Import]:
    """The real pair with uncertain matches, read and aligned."""
    case = followed(OLD)
    return case, work(begin(case, NEW))


def cards_of(run: Import) -> dict[str, cards.Card]:
    links = cards.links_of(run.staged_links.get().links)
    return {card.key: card for card in cards.cards(links) if card.asked}


def say(case: Followed, run: Import, card: str, choice: str, *numbers: Any, **changed: Any) -> Any:
    """`numbers`: those of the earlier text, then those of the new one."""
    old, new = numbers or ((), ())
    said = cards.Answered(choice, tuple(old), tuple(new))
    usual = {"run": run, "old": case.old, "card": card, "said": said, "by": case.analyst, "revision": 0}
    return wizard.answer(**{**usual, **changed})


def test_reading_a_file_adds_nothing_to_the_law(asked: tuple[Followed, Import]) -> None:
    _, run = asked
    assert run.state == ImportState.ASKING
    assert run.findings["articles"] == 93
    assert [problem["code"] for problem in run.findings["problems"]] == ["publisher_note"]
    assert list(Version.objects.values_list("slug", flat=True)) == ["first"]
    assert Article.objects.count() == 83
    assert Job.objects.get(pk=run.job_id or 0).state == State.DONE


def test_only_uncertain_matches_ask(asked: tuple[Followed, Import]) -> None:
    _, run = asked
    assert sorted(cards_of(run)) == ["->180", "->183", "136+140>139", "143>148+399", "168+170>179"]


def test_a_certain_match_can_be_changed_too(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    say(case, run, "129>130", "different")
    work(wizard.add(run=run, by=case.analyst))
    rejected = Correspondence.objects.get(old_article__number="129", new_article__number="130")
    assert (rejected.status, rejected.certain) == ("rejected", True)


def test_the_whole_way_adds_text_links_and_comparison_at_once(case: Followed) -> None:
    run = imported(case)
    version = Version.objects.get(slug="second")
    assert (run.state, run.version) == (ImportState.ADDED, version)
    assert version.label["en"] == "Second reading"
    assert not version.public
    assert version.articles.count() == 7
    assert Correspondence.objects.filter(new_version=version, status="confirmed").count() == 7
    assert Comparison.objects.filter(old=case.old, new=version).exists()
    assert not StagedText.objects.exists()


def test_answers_become_confirmed_links_and_the_rest_stays_unconfirmed(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    say(case, run, "168+170>179", "merged", ["168", "170"], ["179"])
    say(case, run, "->180", "split", ["170"], ["179", "180"])
    say(case, run, "->183", "new")
    work(wizard.add(run=run, by=case.analyst))
    links = {
        (link.old_article.number if link.old_article else "", link.new_article.number if link.new_article else ""): link
        for link in Correspondence.objects.exclude(status="rejected").select_related("old_article", "new_article")
    }
    for pair in [("168", "179"), ("170", "179"), ("170", "180"), ("", "183")]:
        assert links[pair].status == "confirmed", pair
    assert ("", "180") not in links
    assert links["140", "139"].status == "suggested"


def test_same_settles_an_article_that_had_no_counterpart() -> None:
    card = cards.Card("->137", (), ("137",), "added", ("",), True)
    assert cards.pairs_of(card, cards.Answered("same", ("140",), ("137",))) == [("140", "137")]


@pytest.mark.parametrize(
    ("card", "choice", "numbers", "sentence"),
    [
        ("136+140>139", "same", (["140"], ["139", "140"]), "Same needs one article on each side."),
        ("136+140>139", "split", (["140"], ["139"]), "Split needs one article of the earlier text"),
        ("136+140>139", "merged", (["140"], ["139"]), "Merged needs two to four articles"),
        ("->137", "removed", ([], []), "no article of the earlier text"),
        ("136+140>139", "same", (["140"], ["999"]), "There is no Article 999 in the new text."),
        ("->137", "same", (["129"], ["137"]), "Article 129 is certainly Article 130."),
        ("->1", "new", ([], []), "not asked about any more"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_the_reason(
    asked: tuple[Followed, Import], card: str, choice: str, numbers: Any, sentence: str
) -> None:
    case, run = asked
    with pytest.raises(ValidationError, match=sentence.replace(".", r"\.")):
        say(case, run, card, choice, *numbers)


def test_two_answers_that_contradict_one_another_are_refused(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    say(case, run, "->180", "new")
    with pytest.raises(ValidationError, match="Another answer says otherwise of Article 180"):
        say(case, run, "168+170>179", "split", ["170"], ["179", "180"])


def test_an_answer_can_be_taken_back_and_given_anew(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    first = say(case, run, "->137", "new")
    assert staging.answers_of(run, case.old, cards.links_of(run.staged_links.get().links)) == {"->137": [("", "137")]}
    say(case, run, "->137", "", revision=first.revision)
    assert staging.answers_of(run, case.old, cards.links_of(run.staged_links.get().links)) == {}
    assert [row.choice for row in first.history.order_by("history_id")] == ["new", ""]


def test_who_answers_second_is_shown_the_first_answer(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    say(case, run, "->137", "new")
    with pytest.raises(Conflict) as conflict:
        say(case, run, "->137", "different", by=case.second)
    assert conflict.value.theirs.choice == "new"
    assert conflict.value.mine["choice"] == "different"
    assert wizard.others_on(run, case.second) == ["ana"]


def test_a_text_without_articles_cannot_be_added(case: Followed, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Уважаемые коллеги, направляем вам письмо.", encoding="utf-8")
    run = work(begin(case, letter))
    assert [problem["severity"] for problem in run.findings["problems"]] == ["error"]
    with pytest.raises(ValidationError, match="has errors"):
        wizard.add(run=run, by=case.analyst)


def test_a_file_that_cannot_be_read_ends_in_one_sentence_and_can_be_tried_again(case: Followed, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 broken")
    run = work(begin(case, scan))
    assert run.state == ImportState.READING
    assert run.job is not None
    assert (run.job.state, run.job.error) == (State.FAILED, "scan.pdf is damaged. Save it again as PDF or DOCX.") or (
        "scan.pdf" in run.job.error
    )
    again = wizard.retry(run=run, by=case.analyst)
    assert again.job_id != run.job_id


def test_a_cancelled_import_adds_nothing_even_while_a_worker_is_on_it(case: Followed) -> None:
    run = wizard.add(run=work(begin(case)), by=case.analyst)
    assert run.job_id is not None
    lease = jobs.take(run.job_id)
    assert lease is not None
    wizard.cancel(run=run, by=case.analyst)
    with pytest.raises(jobs.LeaseLost):
        staging.add(lease)
    assert not Version.objects.filter(slug="second").exists()
    with pytest.raises(ValidationError, match="cancelled"):
        wizard.add(run=run, by=case.analyst)


def test_a_person_has_one_running_import(case: Followed) -> None:
    begin(case)
    with pytest.raises(ValidationError, match="still running"):
        begin(case, OLD, slug="third")
    begin(case, OLD, slug="third", by=case.second)


def test_sending_the_form_twice_starts_one_import(case: Followed) -> None:
    request = uuid4()
    runs = {
        wizard.start(
            law=case.law, data=SMALL_NEW.read_bytes(), name="a.txt", wanted=wanted(case), by=case.analyst,
            request_id=request,
        ).pk
        for _ in range(2)
    }  # fmt: skip
    assert len(runs) == 1


def test_the_same_file_is_named_with_the_text_that_it_is(case: Followed) -> None:
    with pytest.raises(ValidationError, match=r"^.*You added this file on .* as Tabled\."):
        begin(case, imports_law.SMALL_OLD)


def test_the_limit_of_a_file_is_said_in_megabytes(case: Followed) -> None:
    with pytest.raises(ValidationError, match=r"The file is 64 MB\. The limit is 40 MB\. Remove images or split it\."):
        wizard.start(
            law=case.law, data=b"x" * 64 * 2**20, name="a.pdf", wanted=wanted(case), by=case.analyst, request_id=uuid4()
        )


def test_a_name_that_is_taken_is_refused(case: Followed) -> None:
    with pytest.raises(ValidationError, match="There is a text first of this law already"):
        begin(case, slug="first")


def test_an_announced_text_gets_its_words(case: Followed) -> None:
    announced = importing.announce(
        law=case.law, slug="second", stage=case.stage, day=wanted(case).day, language="ru", source=case.source,
        by=someone(),
    )  # fmt: skip
    run = imported(case)
    assert run.version == announced
    assert Version.objects.get(pk=announced.pk).obtained


def test_readers_are_refused_and_strangers_see_nothing(case: Followed) -> None:
    with pytest.raises(PermissionDenied, match="Only analysts and reviewers"):
        begin(case, by=case.reader)
    stranger = members.create(handle="stranger", password=imports_law.PASSWORD, by=someone(), reason="test")
    with pytest.raises(Http404):
        begin(case, by=stranger)


def test_a_part_of_a_law_says_which_chapters_it_holds(case: Followed) -> None:
    run = imported(case, NEW, held="chapters")
    assert run.version is not None
    assert run.version.coverage == {"whole_chapters": ["1", "2", "3", "4", "5", "16"], "excerpts": []}


def test_cards_join_what_hangs_together() -> None:
    links = [
        Link("1", "1", LinkKind.SAME, 900, True, ""),
        Link("2", "2", LinkKind.SPLIT, 500, True, ""),
        Link("2", "3", LinkKind.SPLIT, 400, False, "40 %"),
        Link("4", None, LinkKind.DROPPED, 700, False, "near"),
    ]
    found = [card for card in cards.cards(links) if card.asked]
    assert [(card.key, card.reasons) for card in found] == [("2>2+3", ("40 %",)), ("4>-", ("near",))]
    assert cards.settled(links, [("2", "3"), ("", "2")]) == [("1", "1"), ("2", "3")]
