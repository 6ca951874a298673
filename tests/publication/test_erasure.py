"""What was erased is gone in every state, stays gone, and the chain still verifies."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.conftest import ROLES
from tests.publication.samples import BODIES, CHANGED, OTHER_LAW, as_owner, keep, publish, restore, two_releases
from tracker.publication.models import Document, Entry, Release, Sealed, Tombstone
from tracker.publication.pages import words
from tracker.publication.record import Record
from tracker.publication.services.erasure import erase
from tracker.publication.services.sealing import ErasedHere
from tracker.publication.services.verify import broken_link

pytestmark = [pytest.mark.django_db(transaction=True, databases=ROLES), pytest.mark.usefixtures("emptied")]


def commitment(part: str = "A signatory") -> str:
    return Sealed.objects.get(part=part).commitment


def refused(sql: str, *values: Any) -> None:
    with (
        pytest.raises(DatabaseError, match=r"refused|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)


def everything_stored() -> str:
    """All that the record's tables hold, as text."""
    models = (Document, Entry, Release, Sealed, Tombstone)
    return " ".join(str(row) for model in models for row in model._base_manager.values_list())


def test_an_erased_name_is_gone_in_every_state_and_the_chain_still_verifies() -> None:
    two_releases()
    today = datetime.now(UTC).date()
    assert Record().get("laws/a/one")["who"] == [{"name": "A signatory"}, {"name": "Another"}]
    tag = Record()
    tag.get("laws/a/one")
    erase(target=commitment(), reason="consent withdrawn")
    for record in (Record(), Record(today)):
        assert record.get("laws/a/one")["who"] == [{"removed": today.isoformat()}, {"name": "Another"}]
        assert record.tag != tag.tag
    assert "A signatory" not in everything_stored()
    assert broken_link() == ""


def test_the_next_release_lists_the_tombstone_even_when_nothing_else_changed() -> None:
    two_releases()
    erase(target=commitment(), reason="consent withdrawn")
    release = publish(b=OTHER_LAW)
    assert release is not None
    assert release.tombstones != Release.objects.get(number=2).tombstones
    assert (Entry.objects.filter(release=release).count(), release.roots.count()) == (0, 0)
    assert publish(b=OTHER_LAW) is None
    assert broken_link() == ""


def test_a_name_that_was_erased_does_not_come_back_with_the_next_release() -> None:
    two_releases()
    erase(target=commitment(), reason="erasure asked")
    with pytest.raises(ErasedHere, match=r"^laws/a/one: a part of this document was erased"):
        publish(a={**CHANGED, "laws/a/two": {"text": "something else changed"}})
    without = {**CHANGED, "laws/a/one": {**BODIES["laws/a/one"], "who": [{"seal": "Another"}]}}
    assert publish(a=without) is not None
    assert "A signatory" not in everything_stored()
    new = {**CHANGED, "laws/a/one": {**BODIES["laws/a/one"], "who": [{"seal": "Another"}, {"seal": "A third"}]}}
    publish(a=new)
    assert Record().get("laws/a/one")["who"] == [{"name": "Another"}, {"name": "A third"}]
    assert broken_link() == ""


def test_an_erased_document_stays_erased_until_a_release_without_its_path() -> None:
    two_releases()
    document = Document.objects.get(text__contains="changed")
    erase(target=document.hash, reason="court order")
    publish(a=CHANGED, b={**OTHER_LAW, "laws/b/one": {"text": "later"}})
    assert Record().get("laws/a/two") is None
    assert "changed" not in everything_stored()
    assert Document.objects.get(pk=document.pk).entries.count() == 1
    publish(a={path: body for path, body in CHANGED.items() if path != "laws/a/two"})
    publish(a={**CHANGED, "laws/a/two": {"text": "without the words of which the court spoke"}})
    assert Record().get("laws/a/two") is not None
    assert broken_link() == ""


def test_with_a_document_go_the_names_that_it_alone_sealed() -> None:
    publish(a={"laws/a/one": {"who": [{"seal": "Kept"}, {"seal": "Gone"}]}})
    publish(a={"laws/a/one": {"who": [{"seal": "Kept"}]}})
    publish(a={"laws/a/one": {"who": [{"seal": "Kept"}, {"seal": "Later"}]}})
    first = Entry.objects.get(release_id=1).document
    assert first is not None
    erase(target=first.hash, reason="risk to a person")
    assert set(Sealed.objects.values_list("part", flat=True)) == {"Kept", "Later"}
    assert Tombstone.objects.count() == 2
    assert broken_link() == ""


def test_nothing_goes_without_a_tombstone() -> None:
    two_releases()
    refused("delete from publication_sealed")
    refused("update publication_document set text = null")
    with connection.cursor() as cursor:  # somebody else's tombstone does not count
        cursor.execute("create temporary table publication_tombstone (target text)")
        cursor.execute("insert into publication_tombstone select commitment from publication_sealed")
        cursor.execute("insert into publication_tombstone select hash from publication_document")
    refused("delete from publication_sealed")
    refused("update publication_document set text = null")
    with connection.cursor() as cursor:
        cursor.execute("drop table pg_temp.publication_tombstone")
    assert (Sealed.objects.count(), Document.objects.filter(text=None).count()) == (2, 0)


def test_a_tombstone_lets_its_content_go_and_nothing_else() -> None:
    two_releases()
    document = Document.objects.get(text__contains="changed")
    for target in (document.hash, commitment()):
        Tombstone.objects.create(target=target, reason="court order", time=datetime.now(UTC), after=2, hash=target)
    refused("update publication_document set text = '{}' where hash = %s", document.hash)
    refused("update publication_document set text = null, hash = repeat('0', 64) where hash = %s", document.hash)
    refused("delete from publication_document where hash = %s", document.hash)
    refused("update publication_sealed set part = 'Somebody else' where commitment = %s", commitment())
    refused("delete from publication_sealed where part = 'Another'")
    refused("delete from publication_tombstone")
    with transaction.atomic():
        Document.objects.filter(pk=document.pk).update(text=None)
    refused("update publication_document set text = '{}' where hash = %s", document.hash)


def test_a_page_whose_document_was_erased_says_since_when_in_every_state(client: Client) -> None:
    publish(a={"laws/a/overview": BODIES["laws/a/two"]})
    document = Document.objects.get()
    erase(target=document.hash, reason="court order")
    today = datetime.now(UTC).date()
    for address in ("/en/laws/a/", f"/en/laws/a/@{today}/"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert f"This page was removed on {words.when(today.isoformat())}." in answer.content.decode()
        assert "immutable" not in answer.get("Cache-Control", "")
    assert client.get("/en/laws/b/").status_code == 404


def test_a_restore_from_an_older_backup_erases_again_what_the_journal_names(settings: Any) -> None:
    two_releases()
    keep()
    document = Document.objects.get(text__contains="changed")
    erase(target=commitment(), reason="consent withdrawn")
    erase(target=document.hash, reason="court order")
    restore()
    assert "A signatory" in everything_stored()
    out = io.StringIO()
    call_command("replay_erasures", stdout=out)
    assert out.getvalue().startswith("2 erasures replayed; 0 stood already")
    assert "A signatory" not in everything_stored()
    assert "changed" not in everything_stored()
    assert broken_link() == ""
    call_command("replay_erasures", stdout=out)
    assert "0 erasures replayed; 2 stood already" in out.getvalue()
    settings.ERASURE_JOURNAL.write_text('{"target": "x"}\n')
    with pytest.raises(CommandError, match="Line 1 of the journal of erasures is damaged"):
        call_command("replay_erasures")


def test_an_erasure_is_refused_with_a_sentence_when_there_is_nothing_to_erase_or_no_known_reason() -> None:
    two_releases()
    target = commitment()
    with pytest.raises(ValueError, match="'a whim' is no reason for an erasure"):
        erase(target=target, reason="a whim")
    with pytest.raises(LookupError, match="There is no sealed part and no text of a document under 0000"):
        erase(target="0" * 64, reason="court order")
    erase(target=target, reason="court order")
    with pytest.raises(LookupError):
        erase(target=target, reason="court order")
    assert Tombstone.objects.count() == 1


def test_a_tombstone_set_while_the_clock_is_behind_is_listed_all_the_same() -> None:
    publish(a=BODIES)
    as_owner("update publication_release set time = time + interval '1 day'")
    erase(target=commitment(), reason="court order")
    release = publish(b=OTHER_LAW)
    assert release is not None
    assert Tombstone.objects.get().time > Release.objects.get(number=1).time
    assert release.time > Release.objects.get(number=1).time
    assert release.tombstones != Release.objects.get(number=1).tombstones
