"""What a new text and a corrected match do to verdicts and notes (cases 19, 23, 24, 27 to 30 of the domain brief)."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client

from amendments.models import Annotation, Cause, Change, Concern, Correspondence, Counterpart, ReviewNeed, Verdict
from amendments.services import cards, correcting, importing, staging
from amendments.services.cells import cell_of
from amendments.services.lineage import Lineages
from amendments.services.suggestions import suggest
from codes.models import Version
from tests.conftest import ROLES
from tests.factories import someone
from tests.workspace.imports_law import SMALL_NEW, TEXTS, Followed, begin, followed, imported, judged, noted, work
from tracker.common.conflicts import Conflict
from tracker.common.writing import record
from tracker.publication.collectors.context import LawContext

pytestmark = pytest.mark.django_db(databases=ROLES)
IDENTICAL = ("337", "Активное участие в деятельности объединений, указанных в частях первой")
CHANGED = ("336", "совершенные руководителем общественного объединения")
TWICE = ("337-1", "либо иной организации")


@pytest.fixture
def case() -> Followed:
    return followed()


def state_of_verdicts() -> list[Any]:
    return list(Verdict.objects.order_by("pk").values())


def carried(note: Annotation) -> Annotation:
    return Annotation.objects.get(carried_from=note)


def numbers(law: Followed, anchor: str) -> dict[str, tuple[str, ...]]:
    provision = law.law.provisions.get(anchor_number=anchor)
    return {place.version.slug: place.numbers for place in Lineages.of(law.law).life(provision)}


def test_case_27_a_new_text_asks_for_each_verdict_and_changes_none(case: Followed) -> None:
    for number in ("334", "336", "337"):
        for base in ("recommendation", "current_law"):
            judged(case, number, base=base)
    before = state_of_verdicts()
    run = imported(case)
    needs = ReviewNeed.objects.filter(version=run.version, cause=Cause.NEW_VERSION, done=False)
    assert needs.count() == len(before) == run.findings["needs"] == 6
    assert {need.verdict_id for need in needs} == {row["id"] for row in before}
    assert not any(need.identical for need in needs)
    assert state_of_verdicts() == before


def test_the_need_says_when_the_words_are_the_same(case: Followed) -> None:
    judged(case, "334")
    text = TEXTS / "criminal-code-1997_ch14-excerpt-b_ru_after-2011-01.txt"
    other = text.read_text(encoding="utf-8").replace("Сноска. Статья 334", "Сноска. Статья  334 ", 1)
    copy = importing.import_text(
        law=case.law, slug="again", stage=case.stage, day=date(2014, 1, 1), language="ru",
        paths=[_written(other)], source=case.source, by=someone(),
    ).version  # fmt: skip
    assert ReviewNeed.objects.get(version=copy).identical


def _written(text: str) -> Any:
    path = Path(tempfile.mkdtemp()) / "copy.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_text_before_may_lie_several_texts_back(case: Followed) -> None:
    verdict = judged(case, "334")
    imported(case)
    third = importing.import_text(
        law=case.law, slug="third", stage=case.stage, day=date(2015, 1, 1), language="ru",
        paths=[TEXTS / "criminal-code-2014_ch16-excerpt-b_ru_after-2025-09.txt"], source=case.source, by=someone(),
    ).version  # fmt: skip
    assert ReviewNeed.objects.get(version=third).verdict == verdict


def test_what_a_part_of_the_law_does_not_hold_is_not_asked_about(case: Followed) -> None:
    judged(case, "334")
    note = noted(case, *IDENTICAL)
    run = imported(case, TEXTS / "criminal-code-2014_ch1-excerpt_ru_before-2020-06.txt", held="excerpts")
    assert run.findings["needs"] == 0
    assert not Annotation.objects.filter(carried_from=note).exists()


def test_a_verdict_from_a_source_is_read_again_when_its_text_is_obtained(case: Followed) -> None:
    announced = importing.announce(
        law=case.law, slug="second", stage=case.stage, day=date(2014, 5, 21), language="ru", source=case.source,
        by=someone(),
    )  # fmt: skip
    verdict = judged(case, "334", version=announced)
    verdict.basis = "source"
    with transaction.atomic():
        record(verdict, by=someone(), reason="test")
    imported(case)
    assert ReviewNeed.objects.get(version=announced).cause == Cause.TEXT_OBTAINED


def test_case_28_equal_words_in_the_renumbered_article_are_carried_over_as_a_draft(case: Followed) -> None:
    note = noted(case, *IDENTICAL)
    run = imported(case)
    new = carried(note)
    assert (new.placing, new.status, new.article.number) == ("placed", "draft", "404")
    paragraph = next(p for p in new.article.texts.get().paragraphs if p["eid"] == new.first_eid)
    assert paragraph["text"][new.start : new.end] == new.quote == IDENTICAL[1]
    assert run.findings["notes"] == {"carried": 1, "reconfirm": 0, "lost": 0}
    note.refresh_from_db()
    assert note.status == "published"


def test_case_29_one_changed_word_waits_for_a_person_with_the_old_quote(case: Followed) -> None:
    new = carried_after(case, *CHANGED)
    assert (new.placing, new.status, new.article.number) == ("reconfirm", "draft", "403")
    assert new.quote == CHANGED[1]
    paragraph = next(p for p in new.article.texts.get().paragraphs if p["eid"] == new.first_eid)
    assert "лидером общественного объединения" in paragraph["text"][new.start : new.end]


def test_case_30_words_that_stand_twice_need_a_place(case: Followed) -> None:
    new = carried_after(case, *TWICE)
    assert (new.placing, new.article.number, new.quote) == ("lost", "405", TWICE[1])


def carried_after(case: Followed, number: str, quote: str) -> Annotation:
    note = noted(case, number, quote)
    imported(case)
    return carried(note)


def test_case_23_over_an_unconfirmed_match_nothing_is_carried_and_nothing_is_public() -> None:
    case = followed(TEXTS / "criminal-code-1997_ch4-5_ru.txt")
    judged(case, "168")
    note = noted(case, "168", "лишением свободы на срок")
    run = imported(case, TEXTS / "criminal-code-2014_ch4-5_ru_2020-07.txt")
    link = Correspondence.objects.get(old_article__number="168", new_article__number="179")
    assert link.status == "suggested"
    assert carried(note).placing == "lost"
    assert numbers(case, "168") == {"first": ("168",), "second": ()}
    assert not Change.objects.get(comparison__new=run.version, old_articles__contains=["168"]).confirmed
    assert run.version is not None
    run.version.public = True
    with transaction.atomic():
        record(run.version, by=someone(), reason="test")
    public = LawContext(case.law, public=True)
    assert [place.state for places in public.lives.values() for place in places] == ["checking"]
    assert suggested(case, "168", run.version) == ("", "match_not_confirmed")


def suggested(case: Followed, number: str, version: Version) -> tuple[str, str]:
    """Value and reason that are suggested against our recommendation."""
    concern = Concern.objects.select_related("provision__law", "recommendation").get(slug=f"c{number}")
    facts = cell_of(concern, version, "recommendation", Lineages.of(case.law)).facts
    found = suggest(concern.recommendation.ask, "recommendation", facts)
    return found.value, found.reason


def test_case_19_asked_to_repeal_and_gone_everywhere_suggests_fixed(case: Followed) -> None:
    """The whole new text lacks the article; as soon as another tracked code is known to hold it, nothing is said."""
    judged(case, "334")
    whole = SMALL_NEW.read_text(encoding="utf-8")
    without = whole[: whole.index("Статья 400.")] + whole[whole.index("Статья 401.") :]
    new = imported(case, _written(without)).version
    assert new is not None
    assert numbers(case, "334") == {"first": ("334",), "second": ()}
    assert suggested(case, "334", new) == ("fixed", "gone")
    with transaction.atomic():
        elsewhere = Counterpart(provision=case.law.provisions.get(anchor_number="334"), version=case.old, number="488")
        record(elsewhere, by=someone(), reason="test")
    assert suggested(case, "334", new) == ("", "moved")


def test_notes_of_a_second_new_text_come_from_the_text_between(case: Followed) -> None:
    note = noted(case, *IDENTICAL)
    imported(case)
    between = carried(note)
    importing.import_text(
        law=case.law, slug="third", stage=case.stage, day=date(2025, 9, 15), language="ru",
        paths=[TEXTS / "criminal-code-2014_ch16-excerpt-b_ru_after-2025-09.txt"], source=case.source, by=someone(),
    )  # fmt: skip
    assert Annotation.objects.filter(carried_from=note).count() == 1
    assert carried(between).article.version.slug == "third"


def test_the_check_page_counts_what_becomes_of_the_notes(case: Followed) -> None:
    for words in (IDENTICAL, CHANGED, TWICE):
        noted(case, *words)
    run = work(begin(case))
    tree = staging.staged_tree(run)
    preview = staging.notes_preview(run, staging.planned(run, tree), tree)
    assert (preview.carried, preview.reconfirm, preview.lost) == (1, 1, 1)


def correct(case: Followed, new: Version, choice: str, *numbers: Any, **changed: Any) -> int:
    rows = correcting.links_between(case.old, new)
    card = next(card for card in correcting.matches(case.old, new, rows) if "337" in card.old)
    usual = {
        "old": case.old, "new": new, "card": card.key, "said": cards.Answered(choice, *numbers), "by": case.analyst,
        "why": "read in both texts", "seen": correcting.fingerprint(card, rows),
    }  # fmt: skip
    return correcting.correct(**{**usual, **changed})


def test_case_24_a_corrected_match_asks_for_the_verdicts_that_rest_on_it(case: Followed) -> None:
    run = imported(case)
    new = run.version
    assert new is not None
    verdict, other = judged(case, "337", version=new), judged(case, "334", version=new)
    before = state_of_verdicts()
    asked = correct(case, new, "split", ("337",), ("402", "404"))
    assert asked == 1
    need = ReviewNeed.objects.get(verdict=verdict)
    assert (need.cause, need.version, need.done) == (Cause.CORRESPONDENCE, new, False)
    assert not ReviewNeed.objects.filter(verdict=other).exists()
    assert state_of_verdicts() == before
    assert numbers(case, "337")["second"] == ("402", "404")
    assert Change.objects.get(comparison__new=new, old_articles=["337"]).new_articles == ["402", "404"]
    data = LawContext(case.law, public=False).verdicts[verdict.concern_id, new.pk]["recommendation"]
    assert data["rechecked"] is True
    assert "rechecked" not in LawContext(case.law, public=False).verdicts[other.concern_id, new.pk]["recommendation"]


def test_a_correction_keeps_who_said_what_and_why(case: Followed) -> None:
    new = imported(case).version
    assert new is not None
    correct(case, new, "different", (), ())
    link = Correspondence.objects.get(old_article__number="337", new_article__number="404")
    last = link.history.first()
    assert (link.status, last.history_user, last.history_change_reason) == (
        "rejected", case.analyst, "read in both texts",
    )  # fmt: skip


def test_who_corrects_second_sees_the_first_correction(case: Followed) -> None:
    new = imported(case).version
    assert new is not None
    rows = correcting.links_between(case.old, new)
    card = next(card for card in correcting.matches(case.old, new, rows) if "337" in card.old)
    seen = correcting.fingerprint(card, rows)
    correct(case, new, "split", ("337",), ("402", "404"))
    with pytest.raises(Conflict):
        correct(case, new, "different", (), (), card=card.key, seen=seen)


def test_a_correction_needs_a_reason_and_a_role(case: Followed) -> None:
    new = imported(case).version
    assert new is not None
    with pytest.raises(ValidationError, match="Say how you know"):
        correct(case, new, "different", (), (), why=" ")
    with pytest.raises(PermissionDenied):
        correct(case, new, "different", (), (), by=case.reader)


def test_the_pages_of_matches_filter_and_correct(case: Followed) -> None:
    imported(case)
    client, links = Client(), "/w/laws/code/compare/first...second/links/"
    client.force_login(case.analyst)
    assert "7 of 7 matches." in client.get(links).content.decode()
    assert "1 of 7 matches." in client.get(f"{links}?kind=alone").content.decode()
    assert "1 of 7 matches." in client.get(f"{links}?q=404").content.decode()
    page = client.get(f"{links}new-404/")
    sent = {"card": page.context["card"].key, "seen": page.context["seen"], "why": "read", "choice": "split"}
    assert client.post(f"{links}new-404/", {**sent, "old": ["337"], "new": ["404"]}).status_code == 422
    assert client.post(f"{links}new-404/", {**sent, "old": ["337"], "new": ["404", "402"]}).status_code == 302
    assert client.post(f"{links}new-404/", {**sent, "old": ["337"], "new": ["404"]}).status_code == 409
    assert client.get(f"{links}new-999/").status_code == 404
    reader = Client()
    reader.force_login(case.reader)
    assert reader.get(links).status_code == 403
