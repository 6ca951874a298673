"""The pages of review: what is on them, what they keep when something is refused, and how much they ask."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amendments.models import Annotation, Comment, Concern, Mention, Verdict
from amendments.services import review, verdicts
from codes.models import Article, Version
from tests.conftest import ROLES
from tests.factories import someone
from tests.workspace.test_review_rules import draft, member, need, written_note
from tracker.accounts.services import members
from tracker.common.writing import record
from tracker.jobs import services as jobs
from tracker.jobs.models import Job, State
from tracker.publication import tasks
from tracker.publication.record import Record
from tracker.publication.services import releases

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]
LAW = "/w/laws/kz-criminal-code-2014/"
CELL = f"{LAW}verdicts/calls-power/l2025-09/"
DISCORD = f"{LAW}verdicts/inciting-discord/l2025-09/"
TOGETHER = f"{LAW}reconfirm/l2022-01/together/"


def client(handle: str = "analyst") -> Client:
    found = Client()
    found.force_login(member(handle))
    return found


def text(answer: Any) -> str:
    return str(answer.content.decode())


def chosen(base: str, value: str, reason: str = "", revision: int = 0) -> dict[str, str]:
    return {
        f"{base}-value": value,
        f"{base}-reason": reason,
        f"{base}-revision": str(revision),
        f"{base}-lifecycle": "",
    }


def sent(**fields: Any) -> dict[str, Any]:
    return {"request_id": str(uuid4()), "then": "save", **fields}


def in_review(**given: Any) -> Verdict:
    row = draft(**given)
    return review.submit(row, by=row.written_by, revision=row.revision)


# ---- a cell ----


def test_a_cell_shows_facts_suggestions_and_history_and_chooses_nothing() -> None:
    page = text(client().get(f"{LAW}verdicts/extremist-publication/l2022-01/"))
    assert "The text is identical." in page
    assert "suggested: text identical" in page
    checked = re.findall(r'name="(\w+)-value" value="\w+" checked', page)
    assert set(checked) == set(
        Verdict.objects.filter(concern__slug="extremist-publication", version__slug="l2022-01").values_list(
            "base", flat=True
        )
    )
    assert "loaded from sourced facts" in page
    assert "checked" not in text(client().get(f"{LAW}verdicts/judge-libel/l2020-07/")).partition("<form")[2]


def test_a_penalty_table_stands_beside_the_form() -> None:
    page = text(client().get(DISCORD))
    assert "5 to 10 years" in page
    assert "The words we object to stand in it: “социальной”, “сословной”." in page


def test_case_47_the_first_text_offers_no_previous_draft() -> None:
    page = text(client().get(f"{LAW}verdicts/inciting-discord/l2015-11/"))
    assert 'name="current_law-value"' in page
    assert 'name="previous-value"' not in page


@pytest.mark.parametrize("handle", ["reader", "advocate"])
def test_who_may_not_judge_reads_the_facts_and_who_can(handle: str) -> None:
    page = client(handle).get(CELL)
    assert page.status_code == 200
    assert "Only analysts and reviewers of this law can write here." in text(page)
    assert 'name="recommendation-value"' not in text(page)
    assert client(handle).post(CELL, sent(**chosen("recommendation", "unchanged"))).status_code == 403


@pytest.mark.parametrize("address", [CELL, f"{LAW}reconfirm/l2022-01/", TOGETHER, "/w/review/verdict-1/"])
def test_what_a_stranger_may_not_know_of_is_not_found(address: str) -> None:
    stranger = members.create(handle="outsider", password="correct horse battery", by=someone(), reason="test")
    found = Client()
    found.force_login(stranger)
    real = Verdict.objects.order_by("pk").first()
    assert real is not None
    assert found.get(address.replace("verdict-1", f"verdict-{real.pk}")).status_code == 404


@pytest.mark.parametrize(
    "address",
    [f"{LAW}verdicts/none/l2025-09/", f"{LAW}verdicts/libel/none/", f"{LAW}reconfirm/none/", "/w/review/verdict-0/",
     "/w/review/note-999999/", "/w/review/1/", f"{LAW}verdicts/libel/v1997/"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(address: str) -> None:
    assert client().get(address).status_code == 404


def test_getting_the_pages_writes_nothing() -> None:
    row, asked = in_review(), need(identical=True)
    for address in ("/w/", CELL, f"/w/review/verdict-{row.pk}/", f"{LAW}reconfirm/{asked.version.slug}/", TOGETHER):
        reader = client("reviewer")
        with CaptureQueriesContext(connections["default"]) as queries:
            assert reader.get(address).status_code == 200, address
        wrote = [q["sql"] for q in queries if re.match(r"(INSERT|UPDATE|DELETE)", q["sql"])]
        assert [sql for sql in wrote if not re.search("accounts_membersession|accounts_daykey", sql)] == []


def test_a_contradiction_asks_for_the_reason_on_the_same_form_and_keeps_what_was_typed() -> None:
    fields = sent(
        **chosen("recommendation", "fixed", "", revision_of("inciting-discord", "recommendation")),
        **chosen("previous", "unchanged", "my careful words", revision_of("inciting-discord", "previous")),
    )
    answer = client().post(DISCORD, fields)
    page = text(answer)
    assert answer.status_code == 422
    assert "The words we object to are still in the text." in page
    assert "Write the reason that readers will see." in page
    assert "my careful words" in page
    assert re.search(r'name="recommendation-value" value="fixed" checked', page)
    assert not Verdict.objects.filter(status="draft").exists()
    fields |= {"recommendation-reason": "Only the heading still has the word.", "request_id": str(uuid4())}
    assert client().post(DISCORD, fields).status_code == 302
    row = Verdict.objects.get(concern__slug="inciting-discord", status="draft", base="recommendation")
    assert "quoted_words_stand" in row.contradicts


def revision_of(concern: str, base: str, version: str = "l2025-09") -> int:
    rows = Verdict.objects.filter(concern__slug=concern, version__slug=version, base=base)
    return rows.get().revision if rows else 0


def test_choosing_nothing_is_said_beside_the_field() -> None:
    answer = client().post(CELL, sent(**chosen("recommendation", "")))
    assert answer.status_code == 422
    assert "Choose a verdict against our recommendation, or choose Not assessed." in text(answer)
    reason_only = client().post(CELL, sent(**chosen("current_law", "", "some words")))
    assert "Choose a verdict against current law, or choose Not assessed." in text(reason_only)
    assert "some words" in text(reason_only)


def test_sending_the_form_twice_is_sending_it_once() -> None:
    fields, analyst = sent(**chosen("recommendation", "unchanged", "still there")), client()
    assert [analyst.post(CELL, fields).status_code for _ in range(2)] == [302, 302]
    row = Verdict.objects.get(concern__slug="calls-power", version__slug="l2025-09", base="recommendation")
    assert (row.status, row.revision) == ("draft", 1)


def test_save_and_send_puts_it_before_the_reviewers() -> None:
    client().post(CELL, sent(**chosen("recommendation", "unchanged", "still there"), then="send"))
    inbox = text(client("reviewer").get("/w/"))
    assert "Calls to seize power" in inbox
    assert re.search(r"Not assessed.*→.*Unchanged", inbox, re.DOTALL)
    assert "Nothing waits for you." in text(client("analyst").get("/w/?tab=review"))


def test_two_people_at_once_see_both_texts_and_nothing_is_lost() -> None:
    draft(reason="saved by the other one")
    answer = client("reviewer").post(CELL, sent(**chosen("recommendation", "stricter", "typed meanwhile")))
    page = text(answer)
    assert answer.status_code == 409
    assert "Someone saved this verdict while you were writing." in page
    assert "saved by the other one" in page
    assert "typed meanwhile" in page
    revision = re.search(r'name="recommendation-revision" value="(\d+)"', page)
    assert revision is not None
    again = sent(**chosen("recommendation", "stricter", "typed meanwhile", int(revision[1])))
    assert client("reviewer").post(CELL, again).status_code == 302
    assert Verdict.objects.get(concern__slug="calls-power", status="draft").reason == "typed meanwhile"


def test_what_is_in_review_is_left_alone_by_the_form() -> None:
    row = in_review()
    page = text(client().get(CELL))
    assert f"review/verdict-{row.pk}/" in page
    assert 'name="recommendation-value"' not in page


def test_a_cell_of_the_members_matrix_leads_to_its_verdicts() -> None:
    overview = text(client().get(LAW))
    assert 'href="verdicts/libel/l2025-09/"' in overview
    assert "verdicts/" not in text(Client().get("/en/laws/kz-criminal-code-2014/"))


# ---- one item ----


def act(handle: str, row: Any, name: str, **fields: Any) -> Any:
    kind = "verdict" if isinstance(row, Verdict) else "note"
    values = {"request_id": str(uuid4()), "act": name, "revision": row.revision, "seen": review.fingerprint(row)}
    return client(handle).post(f"/w/review/{kind}-{row.pk}/", {**values, **fields})


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
    entry = next(entry for entry in releases.current_entries("kz-criminal-code-2014") if entry.path == path)
    return json.loads(entry.document.text)["body"]


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


# ---- inbox ----


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


def questions(who: Client, address: str) -> int:
    assert who.get(address).status_code == 200  # warms what is kept between requests
    with CaptureQueriesContext(connections["default"]) as queries:
        who.get(address)
    return len(queries)


# ---- a new text ----


def carried(placing: str = "reconfirm", words: str = "социальной розни") -> Annotation:
    """A note of November 2015 carried to January 2022, where the words after its first one are held to be new."""
    before = written_note(status="draft")
    article = Article.objects.get(version__slug="l2022-01", number="174")
    paragraph = next(p for p in article.texts.get(language="ru").paragraphs if "социальной" in p["text"])
    start = paragraph["text"].index("социальной")
    row = Annotation(
        law=before.law, article=article, language="ru", quote=before.quote, first_eid=paragraph["eid"],
        last_eid=paragraph["eid"], start=start, end=start + len("социальной, национальной"), status="draft",
        public_text=before.public_text, placing=placing, carried_from=before, written_by=member("analyst"),
        last_edited_by=member("analyst"),
    )  # fmt: skip
    return record(row, by=member("analyst"), reason="test")


RECONFIRM = f"{LAW}reconfirm/l2022-01/"


def on_note(row: Annotation, name: str, **fields: Any) -> Any:
    values = {"request_id": str(uuid4()), "item": f"note-{row.pk}", "act": name, "revision": row.revision}
    return client().post(RECONFIRM, {**values, **fields})


def test_a_changed_quote_is_shown_beside_the_new_words_and_kept_in_one_step() -> None:
    row = carried()
    page = text(client().get(RECONFIRM))
    assert "0 carried over, 1 to re-confirm, 0 need a place." in page
    assert "<ins>, национальной</ins>" in page
    assert on_note(row, "keep").status_code == 302
    row.refresh_from_db()
    assert (row.placing, row.quote, row.status) == ("placed", "социальной, национальной", "draft")
    assert "Everything is confirmed." in text(client().get(RECONFIRM))


def test_other_words_must_stand_in_the_article_and_what_was_typed_is_kept() -> None:
    row = carried("lost")
    refused = on_note(row, "choose", number="174", part="2", quote="слов которых нет")
    assert refused.status_code == 422
    assert "These words are not in part 2 of Article 174. Check spelling or choose another part." in text(refused)
    assert "слов которых нет" in text(refused)
    twice = on_note(row, "choose", number="174", part="", quote="лишением свободы")
    assert "These words stand more than once" in text(twice)
    assert on_note(row, "choose", number="174", part="", quote="направленные на разжигание").status_code == 302
    row.refresh_from_db()
    assert (row.placing, row.quote) == ("placed", "направленные на разжигание")
    paragraphs = row.article.texts.get(language="ru").paragraphs
    place = next(p["text"] for p in paragraphs if p["eid"] == row.first_eid)
    assert place[row.start : row.end] == row.quote
    assert place.startswith(row.prefix, row.start - len(row.prefix))


def test_a_note_that_no_longer_applies_is_withdrawn_with_its_reason() -> None:
    row = carried()
    assert on_note(row, "withdraw").status_code == 302
    row.refresh_from_db()
    assert row.status == "withdrawn"
    assert "No longer applies" in Annotation.history.filter(id=row.pk).latest().history_change_reason


def test_case_27_as_many_items_as_needs_and_the_public_record_is_unchanged() -> None:
    before = Record().get("laws/kz-criminal-code-2014/overview")
    for concern in ("extremist-publication", "calls-power", "death-penalty"):
        need(concern, "l2022-01")
    page = text(client().get(RECONFIRM))
    assert "3 verdicts to read again." in page
    assert "1 of 3" in page
    assert Record().get("laws/kz-criminal-code-2014/overview") == before


def test_a_verdict_that_must_be_read_again_is_drafted_in_two_steps() -> None:
    asked = need("calls-power", "l2022-01")
    base = asked.base
    standing = re.search(rf'name="{base}-revision" value="(\d+)"', text(client().get(RECONFIRM)))
    assert standing is not None
    fields = {"request_id": str(uuid4()), "item": f"need-{asked.pk}", **chosen(base, "unchanged", "as before",
                                                                                int(standing[1]))}  # fmt: skip
    assert client().post(RECONFIRM, fields).status_code == 302
    row = Verdict.objects.get(concern__slug="calls-power", version__slug="l2022-01", base=base, status="draft")
    assert row.reason == "as before"
    asked.refresh_from_db()
    assert not asked.done  # a draft answers nothing: what is published does


def test_case_24_the_cell_says_that_its_match_was_corrected() -> None:
    need("calls-power", "l2022-01", base="previous", cause="correspondence")
    page = text(client().get(f"{LAW}verdicts/calls-power/l2022-01/"))
    assert "The match of this article was corrected after the verdict. Read it again." in page


def test_the_list_to_untick_drafts_and_publishes_only_what_stays_ticked() -> None:
    kept, left = (
        need("extremist-publication", "l2022-01", identical=True),
        need("leader-term", "l2022-01", base="recommendation", identical=True),
    )
    page = text(client().get(TOGETHER))
    assert page.count('name="ticked"') == 2
    client().post(TOGETHER, {"request_id": str(uuid4()), "act": "draft", "ticked": [kept.pk]})
    row = Verdict.objects.get(status="in_review")
    assert row.concern_id == kept.concern_id != left.concern_id
    publishing = text(client("reviewer").get(TOGETHER))
    ticked = re.search(rf'name="ticked" value="({row.pk}:[^"]+)"', publishing)
    assert ticked is not None
    client("reviewer").post(TOGETHER, {"request_id": str(uuid4()), "act": "publish", "ticked": [ticked[1]]})
    row.refresh_from_db()
    assert row.status == "published"
    assert Job.objects.filter(kind="release").count() == 1


def test_the_drawing_of_the_states_is_the_table() -> None:
    from amendments.policies import drawing

    assert drawing() in (Path(settings.BASE_DIR) / "docs/review-states.md").read_text()


def test_every_address_of_a_concern_is_known_to_the_links() -> None:
    concern, version = Concern.objects.get(slug="libel"), Version.objects.get(slug="l2025-09")
    assert client().get(f"{LAW}verdicts/{concern.slug}/{version.slug}/").status_code == 200
