"""What may be judged, published and withdrawn: states, persons, contradictions, and two people at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from amendments.models import Annotation, Concern, Reviewable, ReviewNeed, ReviewStatus, Verdict
from amendments.policies import TRANSITIONS, NotPossible, Step, after
from amendments.services import inbox, review, together, verdicts
from amendments.services.contradictions import CONTRADICTIONS, contradictions
from codes.models import Article, Membership, Version
from tests.conftest import ROLES
from tests.factories import someone
from tracker.accounts.models import User
from tracker.accounts.services import members
from tracker.common.conflicts import Conflict
from tracker.common.writing import record
from tracker.jobs.models import Job
from tracker.publication.collectors.context import LawContext
from tracker.publication.collectors.overview import overview
from tracker.publication.pages import words
from tracker.publication.pages.headline import count

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]


def member(handle: str) -> User:
    return User.objects.get(handle=handle)


def second_reviewer() -> User:
    user = members.create(handle="reviewer-2", password="correct horse battery", by=someone(), reason="test")
    law = Concern.objects.get(slug="libel").provision.law
    record(Membership(user=user, law=law, role="reviewer"), by=someone(), reason="test")
    return user


def draft(  # noqa: PLR0917
    concern: str = "calls-power",
    version: str = "l2025-09",
    base: str = "recommendation",
    value: str = "unchanged",
    reason: str = "still there",
    by: str = "analyst",
) -> Verdict:
    text = Version.objects.select_related("code", "source").get(slug=version)
    row = Verdict(concern=Concern.objects.get(slug=concern), version=text, base=base, value=value, reason=reason)
    verdicts.rest_on_text(row)
    return verdicts.write(row, by=member(by), reason="test")


def published(row: Verdict, by: User | None = None) -> Verdict:
    sent = row if row.status == ReviewStatus.IN_REVIEW else review.submit(row, by=row.written_by, revision=row.revision)
    return review.publish(sent, by=by or member("reviewer"), revision=sent.revision, seen=review.fingerprint(sent))


@pytest.mark.parametrize("status", list(ReviewStatus))
@pytest.mark.parametrize("step", list(Step))
def test_every_step_in_every_state_is_in_the_table_or_refused_with_a_sentence(status: ReviewStatus, step: Step) -> None:
    if (status, step) in TRANSITIONS:
        assert after(status, step) == TRANSITIONS[status, step]
        return
    with pytest.raises(NotPossible) as refused:
        after(status, step)
    (sentence,) = refused.value.messages
    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_case_22_fixed_on_identical_words_needs_a_public_reason() -> None:
    with pytest.raises(verdicts.NeedsReason) as refused:
        draft("extremist-publication", "l2022-01", "previous", "fixed", reason=" ")
    assert refused.value.against == ["text_identical"]
    assert draft("extremist-publication", "l2022-01", "previous", "fixed", "by another law").contradicts


def test_case_46_recommendation_fixed_and_current_law_stricter_needs_a_public_reason() -> None:
    beside = draft("calls-power", "l2025-09", "current_law", "stricter", "heavier than 1997")
    with pytest.raises(verdicts.NeedsReason) as refused:
        draft("calls-power", "l2025-09", "recommendation", "fixed", reason="")
    assert "worse_than_current_law" in refused.value.against
    assert beside.contradicts == []
    published(draft("calls-power", "l2025-09", "recommendation", "fixed", "only violence is left"))
    # the other way round, when it is published after the first
    verdicts.edit(beside, by=member("analyst"), revision=beside.revision, value="stricter", reason="heavier")
    beside.refresh_from_db()
    assert beside.contradicts == ["recommendation_fixed"]


def test_case_46_is_asked_again_when_the_second_of_the_two_is_published() -> None:
    fixed = draft("president", "l2020-05", "recommendation", "fixed", "a reason")
    sent = review.submit(fixed, by=member("analyst"), revision=fixed.revision)
    worse = published_or_draft("president", "l2020-05", "current_law", "stricter", "heavier")
    assert worse is not None
    done = review.publish(sent, by=member("reviewer"), revision=sent.revision, seen=review.fingerprint(sent))
    assert "worse_than_current_law" in done.contradicts


def published_or_draft(concern: str, version: str, base: str, value: str, reason: str) -> Verdict | None:
    cell = {"concern__slug": concern, "version__slug": version, "base": base}
    return Verdict.objects.filter(**cell, value=value).first() or draft(concern, version, base, value, reason)


def test_case_47_the_first_text_has_no_previous_draft() -> None:
    first = Version.objects.filter(code__slug="kz-criminal-code-2014").with_text().in_order().first()
    assert first is not None
    with pytest.raises(verdicts.NothingToCompare, match="nothing to compare with"):
        draft("inciting-discord", first.slug, "previous", "unchanged")


def test_a_new_restriction_with_a_match_in_current_law_contradicts() -> None:
    row = draft("calls-power", "l2025-09", "current_law", "new_restriction", "the aggravated part is new")
    assert "has_counterpart" in row.contradicts


def test_every_contradiction_has_its_words() -> None:
    assert set(CONTRADICTIONS) == set(words.CONTRADICTIONS)


def test_not_assessed_contradicts_nothing() -> None:
    from amendments.services.cells import CellFacts

    assert contradictions("recommendation", "not_assessed", CellFacts(confirmed=False, identical=True), {}) == []


def test_case_26_nobody_publishes_their_own_verdict_or_note() -> None:
    own = draft(by="reviewer")
    sent = review.submit(own, by=member("reviewer"), revision=own.revision)
    with pytest.raises(PermissionDenied, match="You wrote this, so someone else must publish it"):
        published(sent)
    note = written_note(by="reviewer")
    with pytest.raises(PermissionDenied, match="You wrote this note, so someone else must publish it"):
        review.publish(note, by=member("reviewer"), revision=note.revision, seen=review.fingerprint(note))


@pytest.mark.parametrize("role", ["written_by", "last_edited_by"])
@pytest.mark.parametrize("kind", ["verdict", "note"])
def test_case_26_the_database_refuses_a_publisher_who_wrote_or_edited(role: str, kind: str) -> None:
    row: Any = draft() if kind == "verdict" else written_note()
    setattr(row, role, member("reviewer"))
    row.published_by = member("reviewer")
    with pytest.raises(IntegrityError, match="publisher_is_not"), transaction.atomic():
        record(row, by=member("reviewer"), reason="test")


def written_note(by: str = "analyst", status: str = "in_review") -> Annotation:
    article = Article.objects.get(version__slug="l2015-11", number="174")
    text = article.texts.get(language="ru")
    first = next(p for p in text.paragraphs if "социальной" in p["text"])
    start = first["text"].index("социальной")
    row = Annotation(
        law=article.version.code, article=article, language="ru", quote="социальной", first_eid=first["eid"],
        last_eid=first["eid"], start=start, end=start + len("социальной"), public_text="The term is open.",
        status=status, written_by=member(by), last_edited_by=member(by),
    )  # fmt: skip
    return record(row, by=member(by), reason="test")


def test_editing_a_published_verdict_makes_a_draft_and_the_published_one_stays() -> None:
    first = published(draft(value="unchanged"))
    second = verdicts.edit(
        first, by=member("analyst"), revision=first.revision, value="stricter", reason="platforms added"
    )
    assert (second.pk != first.pk, second.replaces_id, second.status) == (True, first.pk, "draft")
    first.refresh_from_db()
    assert first.status == "published"
    published(second)
    first.refresh_from_db()
    assert first.status == "superseded"


def test_a_second_draft_for_one_cell_is_a_conflict_and_not_lost() -> None:
    concern, version = Concern.objects.get(slug="calls-power"), Version.objects.get(slug="l2025-09")
    choice = verdicts.Choice("recommendation", "unchanged", "mine")
    verdicts.judge(concern=concern, version=version, choices=[choice], by=member("analyst"))
    theirs = verdicts.Choice("recommendation", "stricter", "written at the same time")
    with pytest.raises(Conflict) as conflict:
        verdicts.judge(concern=concern, version=version, choices=[theirs], by=member("reviewer"))
    assert conflict.value.theirs.reason == "mine"
    assert conflict.value.mine["reason"] == "written at the same time"


def test_choosing_not_assessed_where_nobody_judged_writes_nothing() -> None:
    concern, version = Concern.objects.get(slug="calls-power"), Version.objects.get(slug="l2025-09")
    choice = verdicts.Choice("recommendation", "not_assessed", "")
    assert verdicts.judge(concern=concern, version=version, choices=[choice], by=member("analyst")) == []


def test_one_refused_base_saves_none() -> None:
    concern, version = Concern.objects.get(slug="inciting-discord"), Version.objects.get(slug="l2015-11")
    rows = {row.base: row for row in Verdict.objects.filter(concern=concern, version=version)}
    before = Verdict.objects.count()
    choices = [
        verdicts.Choice(base, "fixed", reason, revision=rows[base].revision)
        for base, reason in (("recommendation", "a reason"), ("current_law", ""))
    ]
    with pytest.raises(verdicts.Contradicted) as refused:
        verdicts.judge(concern=concern, version=version, choices=choices, by=member("analyst"))
    assert set(refused.value.by_base) == {"current_law"}
    assert Verdict.objects.count() == before


def test_after_edit_and_ask_the_author_agrees_and_a_third_person_publishes() -> None:
    mine = draft()
    sent = review.submit(mine, by=member("analyst"), revision=mine.revision)
    asked = review.edit_and_ask(
        sent, by=member("reviewer"), revision=sent.revision, value="stricter", reason="platforms"
    )
    assert (asked.status, asked.value) == ("asked", "stricter")
    assert [each.name for each in inbox.returned(member("analyst"))] == [f"verdict-{asked.pk}"]
    with pytest.raises(ValidationError, match="Only the author"):
        review.agree(asked, by=member("reviewer"), revision=asked.revision)
    agreed = review.agree(asked, by=member("analyst"), revision=asked.revision)
    with pytest.raises(PermissionDenied):
        published(agreed)
    assert published(agreed, by=second_reviewer()).status == "published"


def test_a_reviewer_changes_no_other_field() -> None:
    mine = draft()
    sent = review.submit(mine, by=member("analyst"), revision=mine.revision)
    with pytest.raises(ValueError, match="does not change base"):
        review.edit_and_ask(sent, by=member("reviewer"), revision=sent.revision, base="current_law")


@pytest.mark.parametrize("handle", ["reader", "advocate"])
def test_readers_and_advocates_judge_nothing(handle: str) -> None:
    with pytest.raises(PermissionDenied, match="Only analysts and reviewers"):
        draft(by=handle)


def need(concern: str = "extremist-publication", version: str = "l2022-01", **given: Any) -> ReviewNeed:
    before = Verdict.objects.filter(concern__slug=concern, base="previous", version__slug=version).first()
    row = ReviewNeed(
        concern=Concern.objects.get(slug=concern), version=Version.objects.get(slug=version), verdict=before,
        **{"base": "recommendation", "cause": "new_version", **given},
    )  # fmt: skip
    return record(row, by=someone(), reason="test")


def test_case_24_a_corrected_match_asks_again_and_the_published_verdict_stays() -> None:
    asked = need("calls-power", "l2022-01", base="previous", cause="correspondence")
    row = Verdict.objects.get(concern__slug="calls-power", version__slug="l2022-01", base="previous")
    assert row.status == "published"
    assert inbox.counts(member("analyst"))["reconfirm"] == 1
    again = verdicts.edit(row, by=member("analyst"), revision=row.revision, value="unchanged", reason="read again")
    assert inbox.counts(member("analyst"))["reconfirm"] == 0  # begun
    published(again)
    asked.refresh_from_db()
    assert asked.done


def test_case_27_needs_of_a_new_version_publish_nothing() -> None:
    law = Concern.objects.get(slug="libel").provision.law
    before = overview(LawContext(law, public=True))
    need("extremist-publication", "l2022-01")
    need("calls-power", "l2022-01")
    assert overview(LawContext(law, public=True)) == before
    assert inbox.counts(member("reviewer"))["reconfirm"] == 2


def test_identical_text_and_value_may_be_drafted_and_published_together_by_two_persons() -> None:
    law = Concern.objects.get(slug="libel").provision.law
    version = Version.objects.get(slug="l2022-01")
    same = need("extremist-publication", "l2022-01", identical=True)
    other = need("death-penalty", "l2022-01", identical=True)  # said to be identical, and it is not
    ticked = [same.pk, other.pk]
    sent = together.draft(law, version, ticked=ticked, by=member("analyst"))
    assert [(row.concern.slug, row.status, row.value) for row in sent] == [
        ("extremist-publication", "in_review", "unchanged")
    ]
    seen = {row.pk: (row.revision, review.fingerprint(row)) for row in sent}
    assert together.publish(law, version, seen=seen, by=member("analyst")) == []  # it wrote them
    assert [row.status for row in together.publish(law, version, seen=seen, by=member("reviewer"))] == ["published"]
    same.refresh_from_db()
    assert same.done


def counted() -> Any:
    law = Concern.objects.get(slug="libel").provision.law
    document = overview(LawContext(law, public=True))
    return count(document["rows"], "recommendation", len(document["texts"]) - 1)


def test_case_51_a_concern_without_a_verdict_is_not_assessed_and_in_the_total() -> None:
    assert not Verdict.objects.filter(
        concern__slug="calls-power", version__slug="l2025-09", base="recommendation"
    ).exists()
    found = counted()
    assert found.not_assessed > 0
    assert found.total == sum(
        (found.fixed, found.partly_fixed, found.unchanged, found.stricter, found.not_assessed, found.new_restriction)
    )


def test_case_52_a_verdict_in_review_or_returned_does_not_count() -> None:
    before = counted()
    row = draft("calls-power", value="unchanged")
    sent = review.submit(row, by=member("analyst"), revision=row.revision)
    assert counted() == before
    back = review.send_back(sent, by=member("reviewer"), why="name the part", revision=sent.revision)
    assert counted() == before
    again = review.submit(back, by=member("analyst"), revision=back.revision)
    published(again)
    assert counted().unchanged == before.unchanged + 1


def test_case_50_fixed_on_do_not_add_is_not_among_the_changes_made() -> None:
    before = counted()
    published(draft("religion-offence", "l2025-09", "recommendation", "fixed", "not introduced"))
    assert (counted().fixed, counted().total) == (before.fixed, before.total)


def test_a_row_under_review_is_one_of_three_kinds() -> None:
    assert {each.__name__ for each in Reviewable.__subclasses__()} == {"Verdict", "Annotation", "ConcernEdition"}


def test_services_ask_for_no_release_by_themselves() -> None:
    published(draft())
    assert not Job.objects.exists()
