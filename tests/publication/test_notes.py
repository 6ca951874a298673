"""Published notes: exactly what was published, at a lasting address, beside the words they are about."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from amendments.models import Annotation
from amendments.services import annotations, review
from codes.models import Version
from tests.conftest import ROLES
from tests.workspace import notes_site
from tracker.common.writing import record
from tracker.publication.collectors.context import LawContext
from tracker.publication.collectors.notes import note_documents
from tracker.publication.note_documents import NoteData
from tracker.publication.pages import words
from tracker.publication.record import Record
from tracker.publication.services.publishing import publish_laws

pytestmark = [pytest.mark.django_db(databases=ROLES, transaction=True)]
QUOTE = "Умышленные действия"
BASE = f"/en/laws/{notes_site.SLUG}/"


@pytest.fixture
def law(emptied: None) -> notes_site.Law:
    law = notes_site.law()
    with transaction.atomic():
        for version in Version.objects.all():
            version.public = True
            record(version, by=law.people["reviewer"], reason="its text is published")
    return law


def published(law: notes_site.Law, note: Annotation) -> Annotation:
    """Sent to review and published by another person, and released."""
    sent = review.submit(note, by=law.people["analyst"], revision=note.revision)
    seen = review.fingerprint(sent)
    done = review.publish(sent, by=law.people["reviewer"], revision=sent.revision, seen=seen)
    publish_laws([law.code], by=law.people["reviewer"])
    return done


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def body(path: str) -> Any:
    return Record().get(f"laws/{notes_site.SLUG}/{path}")


@override_settings(ORGANISATION="Watchers of laws")
def test_a_published_note_stands_in_its_article_its_comparison_and_on_its_own_page(law: notes_site.Law) -> None:
    note = published(law, law.note(QUOTE, "The words are too wide.\nAnyone may fall under them.", concern=law.concern))
    article = page(f"{BASE}v/second/art-174/")
    assert f'<span class="noted">{QUOTE}</span><a class="note-number" href="#note-{note.public_id}"' in article
    assert "<p>Anyone may fall under them.</p>" in article
    assert article.index("note-number") < article.index("The words are too wide.")
    own = page(f"{BASE}notes/{note.public_id}/")
    for said in ("The words are too wide.", QUOTE, "Watchers of laws", "Note on Article 174"):
        assert said in own
    assert "Discord is not defined" not in own, "nobody has published the concern"
    assert "The words are too wide." in page(f"{BASE}compare/first...second/art-174/")


def test_a_note_s_document_holds_the_named_fields_and_no_person_time_or_row_id(law: notes_site.Law) -> None:
    note = published(law, law.note(QUOTE, "The words are too wide.", topics=2))
    document = body(f"notes/{note.public_id}")
    assert set(document["note"]) == set(NoteData.__annotations__)
    assert document["note"] == body("v/second/art-174")["notes"][0]
    assert (document["note"]["number"], document["note"]["text_language"]) == ("174", "en")
    assert document["note"]["places"] == [{"eid": note.first_eid, "start": note.start, "end": note.end}]
    assert not any(person.handle in str(document) for person in law.people.values())
    assert len(note.public_id) == 10


def test_a_draft_of_a_note_changes_no_public_byte(law: notes_site.Law) -> None:
    published(law, law.note(QUOTE, "The words are too wide."))
    address = f"{BASE}v/second/art-174/"
    before = page(address)
    law.note(QUOTE, "canary of a draft")
    assert publish_laws([law.code], by=law.people["reviewer"]) is None
    assert page(address) == before


def test_a_published_edit_keeps_the_address_and_the_record_shows_its_words(law: notes_site.Law) -> None:
    first = published(law, law.note(QUOTE, "The words are too wide."))
    edited = annotations.edit(
        first, words=law.words(QUOTE, "The words are far too wide."), by=law.people["analyst"], revision=first.revision
    )
    assert edited.public_id == first.public_id
    published(law, edited)
    assert "far too wide" in page(f"{BASE}notes/{first.public_id}/")


def test_a_withdrawn_note_says_when_it_was_withdrawn_and_where_its_history_is(law: notes_site.Law) -> None:
    note = published(law, law.note(QUOTE, "The words are too wide."))
    review.withdraw(note, by=law.people["reviewer"], why="it was wrong", revision=note.revision)
    release = publish_laws([law.code], by=law.people["reviewer"])
    assert release is not None
    answer = Client().get(f"{BASE}notes/{note.public_id}/")
    assert answer.status_code == 410
    text = strip_tags(answer.content.decode())
    day = words.when(release.time.date().isoformat())
    assert f"This note was withdrawn on {day}. See its history." in text
    assert "too wide" not in page(f"{BASE}v/second/art-174/")
    assert Client().get(f"{BASE}notes/nosuchnote/").status_code == 404


def test_a_note_in_another_language_than_the_page_says_so(law: notes_site.Law) -> None:
    note = published(law, law.note(QUOTE, "Эти слова слишком широкие, под них может попасть любой."))
    own = page(f"{BASE}notes/{note.public_id}/")
    assert "This note is not yet available in English. Shown in Russian." in own
    assert '<div class="note-text" lang="ru">' in own


def test_members_read_a_draft_on_the_same_page_marked_as_one(law: notes_site.Law) -> None:
    note = law.note(QUOTE, "Words on their way.")
    client = Client()
    client.force_login(law.people["analyst"])
    shown = client.get(f"/w/laws/{notes_site.SLUG}/notes/{note.public_id}/").content.decode()
    assert "Words on their way." in shown
    assert '<span class="mark draft">Draft</span>' in shown


def test_notes_cost_a_constant_number_of_questions_when_a_law_is_collected(law: notes_site.Law) -> None:
    numbers = []
    for _ in range(2):
        law.note(QUOTE, "One more.")
        law.note(QUOTE, "And another.")
        with CaptureQueriesContext(connections["default"]) as queries:
            note_documents(LawContext(law.code, public=False))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1], numbers


def test_notes_older_than_their_public_ids_get_one_that_their_revisions_and_edits_share(law: notes_site.Law) -> None:
    first = published(law, law.note(QUOTE, "The words are too wide."))
    annotations.edit(first, words=law.words(QUOTE, "Wider."), by=law.people["analyst"], revision=first.revision)
    other = law.note(QUOTE, "Another note.")
    migration = import_module("amendments.migrations.0004_notes_public")
    with connections["owner"].schema_editor() as editor:
        migration.give_ids(None, editor)
    ids = dict(Annotation.objects.values_list("pk", "public_id"))
    assert len(set(ids.values())) == 2
    assert ids[other.pk] not in {ids[first.pk], other.public_id}
    assert all(row.public_id == ids[row.id] for row in Annotation.history.all())
