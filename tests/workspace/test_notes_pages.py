"""The pages of notes: who sees what, what is asked of the database, and that no typed word is lost."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amendments.models import Annotation, Comment, Mention, UnsentDraft
from amendments.services import annotations as notes
from amendments.services import passages, review, threads
from tests.factories import someone
from tests.workspace import notes_site
from tests.workspace.notes_site import ARTICLE, Law

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
QUOTE = "разжигание социальной, национальной"
BASES = ("recommendation", "current_law", "previous")


@pytest.fixture
def law() -> Law:
    return notes_site.law()


def as_(law: Law, handle: str) -> Client:
    client = Client()
    client.force_login(law.people[handle])
    return client


def fields(**more: Any) -> dict[str, Any]:
    return {"request_id": str(uuid4()), "revision": 0, "quote": QUOTE, "public_text": "What readers see.", **more}


def said(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"</?(?:ins|del|mark)[^>]*>", "", answer.content.decode())))


def without_token(answer: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def elements(page: str) -> int:
    return len(re.findall(r"<[a-z]", page))


# ---- who sees what ----


@pytest.mark.parametrize(
    ("handle", "sees_thread", "writes"),
    [("analyst", True, True), ("reviewer", True, True), ("reader", False, False), ("adviser", False, False)],
)
def test_members_see_drafts_and_only_the_team_sees_threads(
    law: Law, handle: str, sees_thread: bool, writes: bool
) -> None:
    threads.say(law.note(QUOTE, "Draft words."), text="Canary of the thread.", by=law.people["analyst"])
    page = as_(law, handle).get(ARTICLE).content.decode()
    assert "Draft words." in page
    assert "Draft, only your team sees this" in page
    assert ("Canary of the thread." in page) is sees_thread
    assert ("Internal, never published" in page) is sees_thread
    assert ("Note on this part" in page) is writes


ADDRESSES = [
    ("GET", ARTICLE), ("GET", f"{ARTICLE}note/"), ("POST", f"{ARTICLE}note/"), ("POST", f"{ARTICLE}note/unsent/"),
    ("POST", f"{ARTICLE}note/give-up/"), ("GET", "/w/notes/{}/"), ("GET", "/w/notes/{}/edit/"),
    ("POST", "/w/notes/{}/edit/"), ("POST", "/w/notes/{}/edit/unsent/"), ("POST", "/w/notes/{}/edit/give-up/"),
    ("POST", "/w/notes/{}/submit/"), ("POST", "/w/notes/{}/take-back/"), ("POST", "/w/notes/{}/withdraw/"),
    ("POST", "/w/notes/{}/comments/"), ("POST", "/w/notes/{}/assign/"), ("POST", "/w/notes/{}/resolve/"),
    ("POST", "/w/notes/{}/reopen/"), ("POST", "/w/notes/{}/seen/"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_to_a_stranger_no_address_of_the_law_exists(law: Law, method: str, address: str) -> None:
    note, client = law.note(QUOTE), Client()
    client.force_login(someone())
    answer = client.generic(method, address.format(note.pk))
    nothing = client.generic(method, address.format(note.pk + 999).replace(notes_site.SLUG, "no-such-law"))
    assert (answer.status_code, nothing.status_code) == (404, 404)
    assert without_token(answer) == without_token(nothing)


@pytest.mark.parametrize("handle", ["reader", "adviser"])
@pytest.mark.parametrize("name", ["comments", "assign", "resolve", "reopen", "seen"])
def test_to_readers_and_advocates_no_thread_exists(law: Law, handle: str, name: str) -> None:
    assert as_(law, handle).post(f"/w/notes/{law.note(QUOTE).pk}/{name}/", {"text": "x"}).status_code == 404


@pytest.mark.parametrize("handle", ["reader", "adviser"])
def test_who_may_not_write_reads_who_can(law: Law, handle: str) -> None:
    note, client = law.note(QUOTE), as_(law, handle)
    for answer in (client.get(f"{ARTICLE}note/"), client.post(f"{ARTICLE}note/", fields())):
        assert answer.status_code == 403
        assert "Only analysts and reviewers of this law can write here." in answer.content.decode()
    assert client.get(f"/w/notes/{note.pk}/edit/").status_code == 403
    assert Annotation.objects.count() == 1


def test_a_refused_step_says_why_in_place_of_its_button(law: Law) -> None:
    law.note(QUOTE)
    page = as_(law, "colleague").get(ARTICLE).content.decode()
    assert "Only its author or a reviewer can change this. Ask in the thread." in page
    assert "submit/" not in page


def test_a_page_that_is_read_writes_nothing(law: Law) -> None:
    note = law.note(QUOTE)
    client = as_(law, "analyst")
    with CaptureQueriesContext(connections["default"]) as queries:
        for address in (ARTICLE, f"{ARTICLE}note/", f"/w/notes/{note.pk}/edit/", f"{ARTICLE}?against=current"):
            assert client.get(address).status_code == 200
    writes = [q["sql"] for q in queries if re.match(r"(insert|update|delete)", q["sql"], re.IGNORECASE)]
    assert [sql for sql in writes if '"amendments_' in sql or '"codes_' in sql] == []


# ---- queries and size ----


def test_ten_times_the_notes_ask_no_more_of_the_database(law: Law) -> None:
    client, first = as_(law, "reviewer"), law.text.paragraphs[1]
    starts = [found.start() for found in re.finditer(r"\w+", first["text"])][:40:2]

    def add(some: list[int]) -> None:
        for start in some:
            place = (first["eid"], start), (first["eid"], start + 40)
            words = notes.Words(
                passages.selected(law.text.paragraphs, *place, place=""), "Words.", law.topics, law.standards,
                concern=law.concern,
            )  # fmt: skip
            note = notes.write(law=law.code, article=law.text.article, words=words, by=law.people["analyst"])
            for text in ("@notes-reviewer look", "and again"):
                threads.say(note, text=text, by=law.people["analyst"])

    counts = []
    for some in (starts[:2], starts[2:20]):
        add(some)
        client.get(ARTICLE)
        with CaptureQueriesContext(connections["default"]) as queries:
            page = client.get(ARTICLE).content.decode()
        counts.append(len(queries))
    assert Annotation.objects.count() == 20
    assert counts[0] == counts[1], counts
    assert elements(page) <= 1500


# ---- forms ----


def test_a_note_is_saved_from_the_form_of_a_part_with_all_that_the_form_carries(law: Law) -> None:
    part = law.text.paragraphs[1]["eid"]
    page = as_(law, "analyst").get(f"{ARTICLE}note/", {"part": part}).content.decode()
    assert "Note on part 1 of Article 174" in page
    assert "религиозной розни" in page.partition('name="quote"')[2].partition("</textarea>")[0]
    sent = fields(
        part=part, topics=[law.topics[0].pk], standards=[law.standards[0].pk], concern=law.concern.pk,
        comment="@notes-reviewer please look", verdict_recommendation="unchanged", verdict_current_law="stricter",
        verdict_previous="not_assessed", reason_current_law="New grounds.", reason_recommendation="Still vague.",
    )  # fmt: skip
    answer = as_(law, "analyst").post(f"{ARTICLE}note/", sent)
    note = Annotation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"../#t{note.pk}")
    assert note.quote == QUOTE
    assert dict(law.concern.verdicts.values_list("base", "value")) == {
        "recommendation": "unchanged", "current_law": "stricter",
    }  # fmt: skip
    assert Comment.objects.get().annotation == note
    assert Mention.objects.get().member == law.people["reviewer"]


def test_a_quote_that_is_not_in_the_part_says_so_and_keeps_all_that_was_typed(law: Law) -> None:
    part = next(p["eid"] for p in law.text.paragraphs if p["part"] == "2")
    answer = as_(law, "analyst").post(f"{ARTICLE}note/", fields(part=part, topics=[law.topics[1].pk]))
    assert answer.status_code == 422
    page = said(answer)
    assert "These words are not in part 2 of Article 174. Check spelling or choose another part." in page
    assert "What readers see." in page
    assert re.search(rf'value="{law.topics[1].pk}" checked', answer.content.decode())
    assert UnsentDraft.objects.get().fields["public_text"] == "What readers see."


def test_one_base_judged_asks_for_the_others(law: Law) -> None:
    answer = as_(law, "analyst").post(
        f"{ARTICLE}note/", fields(concern=law.concern.pk, verdict_recommendation="unchanged")
    )
    assert answer.status_code == 422
    assert "Choose a verdict against current law, or choose Not assessed." in said(answer)
    assert "Choose a verdict against the previous text, or choose Not assessed." in said(answer)


def test_a_verdict_that_contradicts_the_facts_saves_nothing_until_it_has_a_reason(law: Law) -> None:
    sent = fields(
        concern=law.concern.pk, verdict_recommendation="not_assessed", verdict_previous="not_assessed",
        verdict_current_law="unchanged",
    )  # fmt: skip
    client = as_(law, "analyst")
    answer = client.post(f"{ARTICLE}note/", sent)
    assert answer.status_code == 422
    assert "the heaviest penalty changed. Write the reason" in said(answer)
    assert not Annotation.objects.exists()
    assert not law.concern.verdicts.exists()
    again = client.post(f"{ARTICLE}note/", {**sent, "reason_current_law": "The conduct is the same."})
    assert again.status_code == 302
    assert law.concern.verdicts.get().contradicts == ["heaviest_changed"]
    assert not UnsentDraft.objects.exists()


def test_what_the_facts_suggest_is_marked_beside_the_verdicts_and_never_chosen(law: Law) -> None:
    page = said(as_(law, "analyst").get(f"{ARTICLE}note/"))
    assert '<span class="suggested">suggested: ' in page
    assert not re.search(r'type="radio"[^>]*checked', page)


def test_a_clash_shows_what_was_found_against_each_base_too(law: Law) -> None:
    note, client = law.note(QUOTE, "First."), as_(law, "analyst")
    notes.edit(note, words=law.words(QUOTE, "Theirs."), by=law.people["reviewer"], revision=1)
    judged = {"concern": law.concern.pk} | {f"verdict_{base}": "not_assessed" for base in BASES}
    judged |= {"verdict_recommendation": "unchanged", "reason_recommendation": "Still there."}
    answer = client.post(f"/w/notes/{note.pk}/edit/", fields(revision=1, public_text="Mine.", **judged))
    assert answer.status_code == 409
    assert "Verdict against our recommendation" in said(answer)
    assert "Still there." in said(answer).split("Verdict against our recommendation")[1].split("Keep mine")[0]


def test_a_verdict_on_its_way_is_not_judged_a_second_time(law: Law) -> None:
    client = as_(law, "analyst")
    one = {"concern": law.concern.pk} | {f"verdict_{base}": "not_assessed" for base in BASES}
    one |= {"verdict_recommendation": "unchanged", "reason_recommendation": "Still there."}
    assert client.post(f"{ARTICLE}note/", fields(**one)).status_code == 302
    assert "On its way, by notes-analyst: Unchanged." in said(client.get(f"{ARTICLE}note/"))
    again = client.post(f"{ARTICLE}note/", fields(**one))
    assert again.status_code == 422
    assert "A verdict by notes-analyst is on its way here." in said(again)


def test_text_is_text(law: Law) -> None:
    law.note(QUOTE, "<script>alert(1)</script> & https://example.org/a?b=<c>\n\nhttps://x.org.", by="analyst")
    page = as_(law, "analyst").get(ARTICLE).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
    assert '<a href="https://example.org/a?b=" rel="noopener noreferrer nofollow">' in page
    assert '<a href="https://x.org" rel="noopener noreferrer nofollow">https://x.org</a>.' in page


# ---- kept while writing ----


def test_what_is_typed_is_kept_restored_on_the_same_place_and_gone_when_saved(law: Law) -> None:
    client, part = as_(law, "analyst"), law.text.paragraphs[1]["eid"]
    typed = fields(part=part, public_text="Half a sent")
    assert client.post(f"{ARTICLE}note/unsent/", typed).content.startswith(b"Saved ")
    assert "You began a note on" in said(client.get(ARTICLE))
    assert "Half a sent" not in said(as_(law, "colleague").get(ARTICLE))
    reopened = said(client.get(f"{ARTICLE}note/", {"part": part}))
    assert "Half a sent" in reopened
    assert "These are the words you typed and did not save" in reopened
    assert client.post(f"{ARTICLE}note/", typed).status_code == 302
    assert not UnsentDraft.objects.exists()
    assert client.post(f"{ARTICLE}note/unsent/", typed).status_code == 204
    assert not UnsentDraft.objects.exists()


def test_a_form_that_is_sent_twice_is_saved_once(law: Law) -> None:
    client, sent = as_(law, "analyst"), fields(comment="Said once.")
    answers = [client.post(f"{ARTICLE}note/", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert (Annotation.objects.count(), Comment.objects.count()) == (1, 1)


# ---- two people ----


def test_whoever_saves_second_sees_both_texts_and_can_keep_either_or_write_both(law: Law) -> None:
    note, client = law.note(QUOTE, "First."), as_(law, "analyst")
    notes.edit(note, words=law.words(QUOTE, "Theirs is here."), by=law.people["reviewer"], revision=1)
    answer = client.post(f"/w/notes/{note.pk}/edit/", fields(revision=1, public_text="Mine is here."))
    assert answer.status_code == 409
    page = said(answer)
    for words in (
        " while you were writing. Both texts are below; nothing is lost.", "notes-reviewer saved this note at ",
        "Theirs is here.", "Mine is here.", "Keep mine", "Keep theirs", "Edit together",
    ):  # fmt: skip
        assert words in page
    assert UnsentDraft.objects.get().fields["public_text"] == "Mine is here."
    restored = said(client.get(f"/w/notes/{note.pk}/edit/"))
    assert "Mine is here." in restored
    mine = fields(revision=2, public_text="Mine is here. And theirs.")
    assert client.post(f"/w/notes/{note.pk}/edit/", mine).status_code == 302
    note.refresh_from_db()
    assert (note.public_text, note.revision) == ("Mine is here. And theirs.", 3)
    assert "Theirs is here." in note.history.values_list("public_text", flat=True)
    assert not UnsentDraft.objects.exists()


def test_keeping_theirs_drops_my_words_and_changes_nothing(law: Law) -> None:
    note, client = law.note(QUOTE, "First."), as_(law, "analyst")
    notes.edit(note, words=law.words(QUOTE, "Theirs."), by=law.people["reviewer"], revision=1)
    client.post(f"/w/notes/{note.pk}/edit/", fields(revision=1, public_text="Mine."))
    assert client.post(f"/w/notes/{note.pk}/edit/give-up/").status_code == 302
    assert not UnsentDraft.objects.exists()
    note.refresh_from_db()
    assert (note.public_text, note.revision) == ("Theirs.", 2)


def test_the_edit_of_a_published_note_opens_the_edit_that_is_on_its_way(law: Law) -> None:
    note = law.note(QUOTE)
    sent = review.submit(note, by=law.people["analyst"], revision=1)
    old = review.publish(sent, by=law.people["reviewer"], revision=2, seen=review.fingerprint(sent))
    client = as_(law, "analyst")
    client.post(f"/w/notes/{old.pk}/edit/", fields(revision=old.revision, public_text="Newer."))
    new = Annotation.objects.get(replaces=old)
    page = said(client.get(ARTICLE))
    assert "What is published now" in page
    assert page.count('class="ref"') == 1
    assert client.get(f"/w/notes/{old.pk}/edit/")["Location"] == f"../../{new.pk}/edit/"


# ---- steps and threads ----


def test_a_note_goes_to_review_and_back_and_a_stale_step_does_nothing(law: Law) -> None:
    note, client = law.note(QUOTE), as_(law, "analyst")
    client.post(f"/w/notes/{note.pk}/submit/", {"revision": 1})
    note.refresh_from_db()
    assert note.status == "in_review"
    stale = client.post(f"/w/notes/{note.pk}/take-back/", {"revision": 1}, follow=True)
    assert "changed this note meanwhile" in said(stale)
    client.post(f"/w/notes/{note.pk}/take-back/", {"revision": 2})
    note.refresh_from_db()
    assert (note.status, note.revision) == ("draft", 3)


def test_a_note_that_is_not_whole_says_what_is_missing(law: Law) -> None:
    answer = as_(law, "analyst").post(f"/w/notes/{law.note(QUOTE, topics=0).pk}/submit/", {"revision": 1}, follow=True)
    assert "Choose at least one topic, then send the note to review." in said(answer)


def test_a_comment_that_is_refused_is_shown_again_as_it_was_typed(law: Law) -> None:
    sent = {"text": "Words\u202e turned", "request_id": str(uuid4())}
    answer = as_(law, "analyst").post(f"/w/notes/{law.note(QUOTE).pk}/comments/", sent)
    assert answer.status_code == 422
    assert "Words\u202e turned" in answer.content.decode()
    assert "a character that is not seen" in said(answer)


def test_answering_a_mention_marks_it_as_seen(law: Law) -> None:
    note = law.note(QUOTE)
    threads.say(note, text="@notes-reviewer", by=law.people["analyst"])
    client = as_(law, "reviewer")
    assert "A comment mentions you. Mark as seen" in said(client.get(ARTICLE))
    client.post(f"/w/notes/{note.pk}/comments/", {"text": "Read it.", "request_id": str(uuid4())})
    assert Mention.objects.get().seen


def test_a_note_without_a_place_is_shown_with_its_old_quote(law: Law) -> None:
    note = law.note(QUOTE)
    note.placing = "lost"
    note.last_edited_by = law.people["analyst"]
    review.save_revision(note, by=law.people["analyst"], reason="test")
    page = said(as_(law, "analyst").get(ARTICLE))
    assert "Notes that need a place" in page
    assert f"{QUOTE}</blockquote>" in page
