"""Notes, threads and unsent words: what the services accept, refuse and keep."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from amendments.models import Annotation, AnsweredRequest, Mention, UnsentDraft, Verdict
from amendments.policies import NotPossible
from amendments.services import annotations as notes
from amendments.services import requests, review, threads, unsent
from tests.factories import someone
from tests.workspace import notes_site
from tests.workspace.notes_site import Law
from tracker.common.conflicts import Conflict
from tracker.common.writing import record

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
QUOTE = "разжигание социальной, национальной"


@pytest.fixture
def law() -> Law:
    return notes_site.law()


def published(law: Law, note: Annotation) -> Annotation:
    sent = review.submit(note, by=law.people["analyst"], revision=note.revision)
    return review.publish(sent, by=law.people["reviewer"], revision=sent.revision, seen=review.fingerprint(sent))


# ---- quotes ----


def test_a_quote_is_kept_as_printed_though_it_was_typed_otherwise(law: Law) -> None:
    typed = "  РАЗЖИГАНИЕ   социальной,\u00a0национальной "
    assert law.passage(typed).quote == QUOTE


def test_a_quote_that_does_not_occur_names_the_place_it_was_looked_for(law: Law) -> None:
    with pytest.raises(ValidationError, match=r"These words are not in Article 174\. Check spelling"):
        law.passage("слова, которых нет")


def test_a_quote_that_stands_twice_is_asked_about_and_never_guessed(law: Law) -> None:
    with pytest.raises(ValidationError, match="more than once"):
        law.passage("наказываются")


def test_a_quote_that_cuts_words_is_widened_to_them(law: Law) -> None:
    assert law.passage("зжигание социальной, националь").quote == QUOTE


# ---- writing ----


def test_a_note_has_its_words_place_topics_standards_and_history(law: Law) -> None:
    note = law.note(QUOTE, "What readers see.", standards=law.standards[:2], concern=law.concern)
    assert (note.status, note.quote, note.first_eid) == ("draft", QUOTE, note.last_eid)
    assert note.provision == law.concern.provision
    assert (note.topic_links.count(), note.standard_links.count()) == (1, 2)
    assert [h.history_change_reason for h in note.history.all()] == ["written"]


def test_notes_may_overlap(law: Law) -> None:
    law.note("разжигание социальной, национальной, родовой")
    law.note("национальной, родовой, расовой, сословной")
    assert Annotation.objects.count() == 2


@pytest.mark.parametrize("bad", ["a\x07b", "a\u202eb", "a\u2066b", "a\x00b"])
def test_characters_that_are_not_seen_are_refused_with_a_sentence(law: Law, bad: str) -> None:
    with pytest.raises(ValidationError, match="a character that is not seen"):
        law.note(QUOTE, bad)
    note = law.note(QUOTE)
    with pytest.raises(ValidationError, match="a character that is not seen"):
        threads.say(note, text=bad, by=law.people["analyst"])


def test_public_text_is_composed_and_its_paragraphs_stay(law: Law) -> None:
    assert law.note(QUOTE, "и\u0306од\r\n\r\nвторой  ").public_text == "йод\n\nвторой"


def test_unticked_topics_go_and_their_history_stays(law: Law) -> None:
    note = law.note(QUOTE, topics=2)
    link = note.topic_links.get(topic=law.topics[1])
    notes.edit(note, words=law.words(QUOTE, "Other words.", topics=1), by=law.people["analyst"], revision=1)
    assert [each.topic for each in note.topic_links.all()] == [law.topics[0]]
    assert [h.history_type for h in link.history.all()] == ["-", "+"]


def test_a_second_save_on_the_same_revision_is_a_conflict_that_holds_both(law: Law) -> None:
    note = law.note(QUOTE)
    notes.edit(note, words=law.words(QUOTE, "Theirs."), by=law.people["analyst"], revision=1)
    with pytest.raises(Conflict) as found:
        notes.edit(note, words=law.words(QUOTE, "Mine."), by=law.people["reviewer"], revision=1)
    assert (found.value.theirs.public_text, found.value.mine["public_text"]) == ("Theirs.", "Mine.")


def test_a_reviewer_who_edits_a_draft_becomes_its_last_editor(law: Law) -> None:
    note = law.note(QUOTE)
    saved = notes.edit(note, words=law.words(QUOTE, "Better."), by=law.people["reviewer"], revision=1)
    assert (saved.written_by, saved.last_edited_by) == (law.people["analyst"], law.people["reviewer"])


def test_editing_a_published_note_makes_a_draft_and_leaves_it_published(law: Law) -> None:
    old = published(law, law.note(QUOTE))
    new = notes.edit(old, words=law.words(QUOTE, "Newer."), by=law.people["analyst"], revision=old.revision)
    old.refresh_from_db()
    assert (old.status, new.status, new.replaces) == ("published", "draft", old)
    with pytest.raises(Conflict) as found:
        notes.edit(old, words=law.words(QUOTE, "Also."), by=law.people["reviewer"], revision=old.revision)
    assert found.value.theirs == new


def test_a_note_in_review_is_taken_back_before_it_is_edited(law: Law) -> None:
    note = law.note(QUOTE)
    sent = review.submit(note, by=law.people["analyst"], revision=1)
    with pytest.raises(NotPossible, match="Take it back"):
        notes.edit(sent, words=law.words(QUOTE, "x"), by=law.people["analyst"], revision=2)
    back = review.take_back(sent, by=law.people["analyst"], revision=2)
    assert notes.edit(back, words=law.words(QUOTE, "x"), by=law.people["analyst"], revision=3).revision == 4


def test_a_note_without_topic_or_public_words_is_not_sent_to_review(law: Law) -> None:
    for note, said in [(law.note(QUOTE, topics=0), "at least one topic"), (law.note(QUOTE, ""), "public note first")]:
        with pytest.raises(ValidationError, match=said):
            review.submit(note, by=law.people["analyst"], revision=1)


def test_a_concern_of_another_law_is_refused(law: Law) -> None:
    law.concern.provision.law_id = law.code.replaces_id or 0
    with pytest.raises(ValidationError, match="another law"):
        law.note(QUOTE, concern=law.concern)


# ---- who ----


@pytest.mark.parametrize("role", ["reader", "adviser"])
def test_readers_and_advocates_write_nothing_and_know_no_thread(law: Law, role: str) -> None:
    note, by = law.note(QUOTE), law.people[role]
    for act in (
        lambda: law.note(QUOTE, by=role),
        lambda: notes.edit(note, words=law.words(QUOTE, "x"), by=by, revision=1),
        lambda: review.submit(note, by=by, revision=1),
        lambda: unsent.keep(law=law.code, by=by, key="note:1", fields={}, revision=0),
    ):
        with pytest.raises(PermissionDenied):
            act()
    for hidden in (
        lambda: threads.say(note, text="x", by=by),
        lambda: threads.assign(note, to=None, by=by),
        lambda: threads.resolve(note, resolved=True, by=by),
    ):
        with pytest.raises(Http404):
            hidden()


def test_to_a_stranger_the_law_does_not_exist(law: Law) -> None:
    note, stranger = law.note(QUOTE), someone()
    for act in (
        lambda: notes.write(law=law.code, article=law.text.article, words=law.words(QUOTE), by=stranger),
        lambda: notes.edit(note, words=law.words(QUOTE, "x"), by=stranger, revision=1),
        lambda: threads.say(note, text="x", by=stranger),
        lambda: unsent.keep(law=law.code, by=stranger, key="note:1", fields={}, revision=0),
    ):
        with pytest.raises(Http404):
            act()
    assert not notes.of_member(stranger).exists()


def test_an_analyst_changes_no_draft_of_another(law: Law) -> None:
    note = law.note(QUOTE)
    with pytest.raises(PermissionDenied, match="Only its author or a reviewer"):
        notes.edit(note, words=law.words(QUOTE, "x"), by=law.people["colleague"], revision=1)


# ---- threads ----


def test_handles_of_those_who_may_read_the_thread_are_mentions_others_stay_text(law: Law) -> None:
    text = (
        "@notes-reviewer and @Notes-Colleague, see mail@notes-reviewer.example; "
        "not @notes-reader, @notes-adviser, @nobody or @notes-analyst."
    )
    threads.say(law.note(QUOTE), text=text, by=law.people["analyst"])
    assert sorted(Mention.objects.values_list("member__handle", flat=True)) == ["notes-colleague", "notes-reviewer"]


def test_a_mention_is_seen_by_its_member_only(law: Law) -> None:
    threads.say(law.note(QUOTE), text="@notes-reviewer", by=law.people["analyst"])
    threads.see(Mention.objects.all(), by=law.people["colleague"])
    assert not Mention.objects.get().seen
    threads.see(Mention.objects.all(), by=law.people["reviewer"])
    assert Mention.objects.get().seen


def test_a_thread_is_assigned_to_those_who_can_read_it_and_no_word_of_the_note_changes(law: Law) -> None:
    note = law.note(QUOTE)
    threads.assign(note, to=law.people["reviewer"], by=law.people["analyst"])
    threads.resolve(note, resolved=True, by=law.people["reviewer"])
    note.refresh_from_db()
    assert (note.assigned_to, note.resolved, note.revision) == (law.people["reviewer"], True, 1)
    with pytest.raises(ValidationError, match="can read this thread"):
        threads.assign(note, to=law.people["reader"], by=law.people["analyst"])


def test_a_verdict_has_a_thread_too(law: Law) -> None:
    verdict = Verdict(
        concern=law.concern, version=law.version, base="recommendation", value="unchanged", basis="text",
        source=law.version.source, verified=True, written_by=law.people["analyst"],
        last_edited_by=law.people["analyst"],
    )  # fmt: skip
    record(verdict, by=law.people["analyst"], reason="test")
    assert threads.say(verdict, text="Why?", by=law.people["reviewer"]).verdict == verdict


# ---- sent twice, not sent ----


def test_a_form_sent_twice_gets_its_first_answer(law: Law) -> None:
    request_id, by = uuid4(), law.people["analyst"]
    first, second = (
        requests.once(Annotation, request_id=request_id, by=by, kind="note", write=lambda: law.note(QUOTE))
        for _ in range(2)
    )
    assert first == second
    assert (Annotation.objects.count(), AnsweredRequest.objects.count()) == (1, 1)


def test_unsent_words_are_kept_once_for_each_form_and_go_when_given_up(law: Law) -> None:
    by = law.people["analyst"]
    for text in ("one", "one two\x00"):
        unsent.keep(law=law.code, by=by, key="note:1", fields={"public_text": text, "topics": ["1"]}, revision=3)
    draft = UnsentDraft.objects.get()
    assert (draft.fields, draft.revision) == ({"public_text": "one two", "topics": ["1"]}, 3)
    unsent.drop(by=law.people["reviewer"], key="note:1")
    assert UnsentDraft.objects.exists()
    unsent.drop(by=by, key="note:1")
    assert not UnsentDraft.objects.exists()


def test_a_late_autosave_of_a_form_that_was_saved_brings_nothing_back(law: Law) -> None:
    request_id, by = uuid4(), law.people["analyst"]
    requests.once(Annotation, request_id=request_id, by=by, kind="note", write=lambda: law.note(QUOTE))
    kept = unsent.keep(law=law.code, by=by, key="note-new", fields={}, revision=0, request_id=request_id)
    assert kept is None
    assert not UnsentDraft.objects.exists()
