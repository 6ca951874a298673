"""Every thing tells its past, two revisions can be compared, and going back is one more revision."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amendments.models import Annotation, ConcernTopic, ReviewStatus, Verdict
from amendments.policies import NotPossible
from amendments.services import history, restoring, review, things
from tests.conftest import ROLES
from tests.workspace import records_law
from tests.workspace.records_law import Law
from tracker.common.conflicts import Conflict
from tracker.common.writing import record

pytestmark = pytest.mark.django_db(databases=ROLES)


@pytest.fixture
def law(demo_folder: Path) -> Law:
    return records_law.build(demo_folder)


def thing_of(law: Law, kind: str, pk: int, role: str = "analyst") -> things.Thing:
    return things.find(kind, pk, user=law.people[role])


def restored(law: Law, kind: str, pk: int, revision: history.Revision, *, role: str = "analyst", **more: Any) -> Any:
    thing = thing_of(law, kind, pk, role)
    newest = more.get("newest") or history.of_thing(thing.place, limit=1)[0].key
    request_id = more.get("request_id") or uuid4()
    return restoring.restore(thing, revision, by=law.people[role], newest=newest, request_id=request_id)


def test_the_history_of_a_verdict_is_that_of_its_cell_whichever_row_it_stood_in(law: Law) -> None:
    law.judge("unchanged")
    second = law.judge("stricter", reason="The maximum rose.")
    found = history.of_thing(thing_of(law, "verdict", second.pk).place)
    values = [(before, after) for each in found for field, before, after in each.changes() if field == "value"]
    assert values == [("unchanged", "stricter"), (None, "unchanged")]
    assert Verdict.objects.count() == 2


def test_the_page_says_who_when_why_and_before_and_after_in_words(law: Law, client: Client) -> None:
    law.judge("unchanged")
    second = law.judge("stricter", reason="The maximum rose.")
    page = law.client_of(client, "reader").get(f"/w/history/verdict/{second.pk}/").content.decode()
    words = " ".join(page.split())
    assert "Unchanged</span>" in words
    assert words.index("Unchanged</span>") < words.index("Made stricter</span>", words.index("Unchanged</span>"))
    assert "analyst" in words
    assert "Reason: judged" in words
    assert '<time datetime="' in words


def test_a_note_s_history_tells_its_topics_and_standards(law: Law) -> None:
    note = law.edit_note(law.note("First words."), "Second words.", topic=law.topics[1])
    told = [
        (each.table.name, each.type, {field: after for field, _before, after in each.changes()})
        for each in history.of_thing(thing_of(law, "note", note.pk).place)
    ]
    assert ("annotationtopic", "+", {"topic_id": law.topics[1].pk}) in told
    assert ("annotationstandard", "+", {"standard_id": law.standard.pk}) in told
    assert ("annotation", "~", {"public_text": "Second words."}) in told


def test_restoring_a_draft_makes_a_new_revision_with_its_topics_and_deletes_nothing(law: Law) -> None:
    note = law.edit_note(law.note("First words."), "Second words.", topic=law.topics[1])
    thing = thing_of(law, "note", note.pk)
    rows = history.of_thing(thing.place)
    first = next(each for each in rows if each.table.name == "annotation" and each.type == "+")
    again = restored(law, "note", note.pk, first)
    assert (again.pk, again.public_text, again.revision) == (note.pk, "First words.", note.revision + 1)
    assert list(again.topic_links.values_list("topic_id", flat=True)) == [law.topics[0].pk]
    newer = history.of_thing(thing.place)
    assert [each.number for each in rows] == [each.number for each in newer[-len(rows) :]]
    assert newer[0].reason.startswith("Restored from ")


def test_restoring_something_published_makes_a_draft_that_replaces_it(law: Law) -> None:
    note = law.note("First words.")
    published = law.publish(law.edit_note(note, "Second words."))
    first = history.of_thing(thing_of(law, "note", note.pk).place)[-1]
    first = next(
        each
        for each in history.of_thing(thing_of(law, "note", note.pk).place)
        if each.after.get("public_text") == "First words."
    )
    draft = restored(law, "note", published.pk, first)
    assert (draft.status, draft.replaces_id, draft.public_text) == ("draft", published.pk, "First words.")
    published.refresh_from_db()
    assert (published.status, published.public_text) == ("published", "Second words.")
    assert set(things.find("note", draft.pk, user=law.people["analyst"]).rows) == {published.pk, draft.pk}


def test_restoring_a_verdict_makes_a_draft_beside_the_published_one(law: Law) -> None:
    first = law.judge("unchanged")
    second = law.judge("stricter", reason="The maximum rose.")
    rows = history.of_thing(thing_of(law, "verdict", first.pk).place)
    old = next(each for each in rows if each.owner == first.pk)
    draft = restored(law, "verdict", second.pk, old)
    assert (draft.value, draft.status, draft.replaces_id) == ("unchanged", ReviewStatus.DRAFT, second.pk)
    second.refresh_from_db()
    assert second.status == ReviewStatus.PUBLISHED


def test_what_is_in_review_is_taken_back_before_it_is_restored(law: Law) -> None:
    note = law.edit_note(law.note("First words."), "Second words.")
    review.submit(note, by=law.people["analyst"], revision=note.revision)
    first = next(
        each
        for each in history.of_thing(thing_of(law, "note", note.pk).place)
        if each.after.get("public_text") == "First words."
    )
    with pytest.raises(NotPossible):
        restored(law, "note", note.pk, first)


def test_a_concern_goes_back_with_what_was_asked_and_its_topics(law: Law) -> None:
    with transaction.atomic():
        law.concern.names = {"en": "Another name"}
        record(law.concern, by=law.people["analyst"], reason="renamed")
        asked = law.concern.recommendation
        asked.asked = {"en": "Something else."}
        record(asked, by=law.people["analyst"], reason="renamed")
        restoring.set_links(
            ConcernTopic, {"concern": law.concern}, "topic", [law.topics[1].pk], by=law.people["analyst"],
            reason="renamed",
        )  # fmt: skip
    rows = history.of_thing(thing_of(law, "concern", law.concern.pk).place)
    first = next(each for each in reversed(rows) if each.table.name == "concern")
    again = restored(law, "concern", law.concern.pk, first)
    again.recommendation.refresh_from_db()
    assert again.names == {"en": "Libel is a crime"}
    assert again.recommendation.asked == {"en": "Repeal it."}
    assert list(again.topic_links.values_list("topic_id", flat=True)) == [law.topics[0].pk]


def test_whoever_saw_an_older_list_restores_nothing_and_is_told(law: Law, client: Client) -> None:
    note = law.note("First words.")
    thing = thing_of(law, "note", note.pk)
    seen = history.of_thing(thing.place)[0].key
    law.edit_note(note, "Second words.")
    first = next(each for each in history.of_thing(thing.place) if each.type == "+" and each.table.name == "annotation")
    with pytest.raises(Conflict):
        restored(law, "note", note.pk, first, newest=seen)
    law.client_of(client, "analyst")
    form = {"revision": f"annotation-{first.number}", "newest": seen, "request_id": str(uuid4())}
    answer = client.post(f"/w/history/note/{note.pk}/restore/", form)
    assert answer.status_code == 409
    assert "Second words." in answer.content.decode()
    assert Annotation.objects.get().public_text == "Second words."


def test_sending_the_form_twice_restores_once(law: Law) -> None:
    note = law.edit_note(law.note("First words."), "Second words.")
    thing = thing_of(law, "note", note.pk)
    rows = history.of_thing(thing.place)
    first = next(each for each in rows if each.type == "+" and each.table.name == "annotation")
    once = uuid4()
    for _ in range(2):
        row = restored(law, "note", note.pk, first, newest=rows[0].key, request_id=once)
    assert row.revision == note.revision + 1


def test_two_revisions_stand_side_by_side_with_their_words_marked(law: Law, client: Client) -> None:
    note = law.edit_note(law.note("Prison for words."), "Prison for written words.", topic=law.topics[1])
    rows = [each for each in history.of_thing(thing_of(law, "note", note.pk).place) if each.table.name == "annotation"]
    a, b = (f"annotation-{each.number}" for each in (rows[1], rows[0]))
    page = law.client_of(client, "analyst").get(f"/w/history/note/{note.pk}/compare/?a={a}&b={b}").content.decode()
    assert "<ins>written </ins>" in page
    assert "2 fields differ." in page
    assert "Privacy" in page


@pytest.mark.parametrize(
    ("role", "status"),
    [("reader", 200), ("analyst", 200), ("reviewer", 200), ("advocate", 200), ("neighbour", 404), ("outsider", 404),
     ("administrator", 404)],
)  # fmt: skip
def test_who_reads_histories(law: Law, client: Client, role: str, status: int) -> None:
    verdict, note = law.judge("unchanged"), law.note("Words.")
    law.client_of(client, role)
    addresses = [
        f"/w/history/verdict/{verdict.pk}/", f"/w/history/note/{note.pk}/", f"/w/history/concern/{law.concern.pk}/",
        f"/w/history/provision/{law.provision.pk}/", f"/w/history/law/{law.law.pk}/",
        f"/w/history/version/{law.version.pk}/",
    ]  # fmt: skip
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, status)
    assert client.get(f"/w/history/member/{law.people['reader'].pk}/").status_code == (
        200 if role == "administrator" else 404
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [("reader", 403), ("analyst", 302), ("reviewer", 302), ("advocate", 403), ("neighbour", 404),
     ("administrator", 404)],
)  # fmt: skip
def test_who_restores(law: Law, client: Client, role: str, status: int) -> None:
    note = law.edit_note(law.note("First words."), "Second words.")
    rows = history.of_thing(thing_of(law, "note", note.pk).place)
    first = next(each for each in rows if each.type == "+" and each.table.name == "annotation")
    law.client_of(client, role)
    form = {"revision": f"annotation-{first.number}", "newest": rows[0].key, "request_id": str(uuid4())}
    assert client.post(f"/w/history/note/{note.pk}/restore/", form).status_code == status


def test_a_revision_of_another_thing_is_not_restored(law: Law, client: Client) -> None:
    one, two = law.note("First words."), law.note("Other words.")
    foreign = history.of_thing(thing_of(law, "note", two.pk).place)[0]
    law.client_of(client, "analyst")
    form = {"revision": f"{foreign.table.name}-{foreign.number}", "newest": "", "request_id": str(uuid4())}
    assert client.post(f"/w/history/note/{one.pk}/restore/", form).status_code == 404


def test_a_longer_history_asks_no_more_questions(law: Law, client: Client) -> None:
    note = law.note("Words 0.")
    law.client_of(client, "analyst")
    client.get(f"/w/history/note/{note.pk}/")  # warms what is kept between requests
    asked = []
    for rounds in (3, 30):
        for number in range(rounds):
            note = law.edit_note(note, f"Words {rounds} {number}.")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/w/history/note/{note.pk}/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_page_s_own_history_is_found_below_its_address(law: Law, client: Client) -> None:
    law.client_of(client, "reader")
    for address in ("", "v/first/", "p/lb01-libel/"):
        assert client.get(f"/w/laws/small-code/{address}history/", follow=True).status_code == 200
