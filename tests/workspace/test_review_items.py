"""One item under review and the inbox: asking first, going on to the next, and what the public record then shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from amendments.models import Comment, Mention
from amendments.services import review, verdicts
from tests.conftest import ROLES
from tests.workspace.review_site import (
    CELL,
    act,
    client,
    in_review,
    questions,
    text,
)
from tests.workspace.test_review_rules import draft, member, written_note
from tracker.common.writing import record
from tracker.jobs import services as jobs
from tracker.jobs.models import Job, State
from tracker.publication import tasks
from tracker.publication.services import releases

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]


def test_publishing_asks_first_then_goes_on_to_the_next_and_asks_for_a_release() -> None:
    first, second = in_review(base="recommendation"), in_review(base="current_law", value="stricter", reason="heavier")
    page = text(client("reviewer").get(f"/w/review/verdict-{first.pk}/"))
    assert 'value="publish"' not in page
    assert "Publish this?" in text(client("reviewer").get(f"/w/review/verdict-{first.pk}/?ask=publish"))
    answer = act("reviewer", first, "publish")
    assert answer["Location"] == f"../../?tab=review&at=verdict-{second.pk}&done=verdict-{first.pk}"
    reviewer = client("reviewer")
    assert Job.objects.filter(kind="release", state=State.QUEUED).count() == 1
    inbox = text(reviewer.get(f"/w/?tab=review&at=verdict-{second.pk}&done=verdict-{first.pk}"))
    assert re.search(rf'review/verdict-{second.pk}/" autofocus', inbox)
    assert f'href="review/verdict-{first.pk}/"' in inbox


def shown_in_public() -> Any:
    """The overview of the newest release, read in the test's own transaction: the public role is not in that."""
    path = "laws/kz-criminal-code-2014/overview"
    return releases.bodies_now(["kz-criminal-code-2014"], [path])[path]


def test_the_public_record_shows_it_after_the_job_and_only_it() -> None:
    before = shown_in_public()
    row, other = in_review(base="recommendation"), in_review(base="current_law", value="stricter", reason="heavier")
    act("reviewer", row, "publish")
    assert shown_in_public() == before
    job = Job.objects.get(kind="release")
    lease = jobs.take(job.pk)
    assert lease is not None
    tasks.run_release(lease)
    job.refresh_from_db()
    assert job.state == State.DONE
    after = shown_in_public()
    changed = [
        (a["concern"]["slug"], x["version"], set(y["verdicts"]) - set(x["verdicts"]))
        for a, b in zip(before["rows"], after["rows"], strict=True)
        for x, y in zip(a["cells"], b["cells"], strict=True)
        if x != y
    ]
    assert changed == [("calls-power", "l2025-09", {"recommendation"})]
    assert other.status == "in_review"


def test_a_return_needs_a_reason_and_its_author_finds_it_in_the_inbox() -> None:
    row = in_review()
    refused = act("reviewer", row, "return", why=" ")
    assert refused.status_code == 422
    assert "Say why you return it" in text(refused)
    assert act("reviewer", row, "return", why="Name the part.").status_code == 302
    inbox = text(client().get("/w/"))
    assert "Name the part." in inbox
    assert 'aria-current="page">Returned to me' in inbox


def test_case_26_the_page_of_ones_own_words_says_that_someone_else_must_publish_them() -> None:
    row = in_review(by="reviewer")
    page = text(client("reviewer").get(f"/w/review/verdict-{row.pk}/"))
    assert "You wrote this, so someone else must publish it." in page
    assert "?ask=publish" not in page
    assert act("reviewer", row, "publish").status_code == 403
    note = written_note(by="reviewer")
    assert "You wrote this note, so someone else must publish it." in text(
        client("reviewer").get(f"/w/review/note-{note.pk}/")
    )


def test_what_changed_after_it_was_opened_is_not_published() -> None:
    row = in_review()
    answer = act("reviewer", row, "publish", seen="0" * 64)
    assert answer.status_code == 409
    assert "Someone changed this after you opened it." in text(answer)
    row.refresh_from_db()
    assert row.status == "in_review"


def test_a_published_verdict_can_be_withdrawn_and_a_release_is_asked() -> None:
    row = in_review()
    act("reviewer", row, "publish")
    row.refresh_from_db()
    assert act("analyst", row, "withdraw", why="wrong").status_code == 403
    assert act("reviewer", row, "withdraw", why="Published too early.").status_code == 302
    row.refresh_from_db()
    assert row.status == "withdrawn"
    assert Job.objects.filter(kind="release").count() == 2
    assert "This was withdrawn." in text(client().get(f"/w/review/verdict-{row.pk}/"))


def test_a_reviewers_words_wait_for_the_author() -> None:
    row = in_review()
    answer = act("reviewer", row, "edit", value="stricter", words="Platforms were added.")
    assert answer.status_code == 302
    row.refresh_from_db()
    page = text(client().get(f"/w/review/verdict-{row.pk}/"))
    assert "Agree with these words" in page
    assert act("analyst", row, "agree").status_code == 302
    row.refresh_from_db()
    assert (row.status, row.value) == ("in_review", "stricter")


def test_a_note_under_review_marks_its_words_in_the_article() -> None:
    note = written_note()
    page = text(client("reviewer").get(f"/w/review/note-{note.pk}/"))
    assert "<mark>социальной</mark>" in page
    assert "The term is open." in page


def test_a_changed_reason_is_shown_word_by_word() -> None:
    first = in_review(reason="the term stands in part two")
    act("reviewer", first, "publish")
    first.refresh_from_db()
    second = verdicts.edit(
        first, by=member("analyst"), revision=first.revision, value="unchanged", reason="the term stands in part three"
    )
    sent_ = review.submit(second, by=member("analyst"), revision=second.revision)
    page = text(client("reviewer").get(f"/w/review/verdict-{sent_.pk}/"))
    assert "<del>two</del>" in page
    assert "<ins>three</ins>" in page


def test_the_inbox_counts_in_the_navigation_and_shows_the_oldest_first() -> None:
    older = in_review(base="recommendation")
    newer = in_review(base="current_law", value="stricter", reason="heavier")
    page = text(client("reviewer").get("/w/standards/"))
    assert re.search(r'Inbox <span class="count">2</span>', page)
    inbox = text(client("reviewer").get("/w/"))
    assert inbox.index(f"verdict-{older.pk}") < inbox.index(f"verdict-{newer.pk}")


def test_an_empty_tab_says_so() -> None:
    for tab in ("review", "returned", "reconfirm", "mentions"):
        assert "Nothing waits for you." in text(client("reviewer").get(f"/w/?tab={tab}"))


def test_a_mention_is_read_once() -> None:
    row = draft()
    comment = record(
        Comment(verdict=row, text="@reviewer look at part 2", written_by=member("analyst")),
        by=member("analyst"), reason="test",
    )  # fmt: skip
    mention = record(Mention(comment=comment, member=member("reviewer")), by=member("analyst"), reason="test")
    reviewer = client("reviewer")
    assert "look at part 2" in text(reviewer.get("/w/?tab=mentions"))
    assert client("analyst").post(f"/w/mentions/{mention.pk}/seen/").status_code == 404
    assert reviewer.post(f"/w/mentions/{mention.pk}/seen/").status_code == 302
    assert "Nothing waits for you." in text(reviewer.get("/w/?tab=mentions"))


def test_the_pages_ask_a_constant_number_of_questions_as_verdicts_grow_tenfold() -> None:
    first = in_review(base="recommendation")
    addresses = ["/w/", CELL, f"/w/review/verdict-{first.pk}/"]
    reviewer = client("reviewer")
    few = [questions(reviewer, address) for address in addresses]
    concerns = ["insult", "president", "deputy", "official", "libel"]
    for concern in concerns:
        for version in ("l2020-07", "l2022-01"):
            in_review(concern=concern, version=version)
    many = [questions(reviewer, address) for address in addresses]
    assert many == few


def test_the_drawing_of_the_states_is_the_table() -> None:
    from amendments.policies import drawing

    assert drawing() in (Path(settings.BASE_DIR) / "docs/review-states.md").read_text()
