"""What we say of a provision becomes public only when somebody who wrote none of it has published it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client

from amendments.models import Concern, ConcernEdition, ReviewStatus
from amendments.permissions import may_publish
from amendments.services import concerns, editions, history, review, things
from amendments.services.concerns import Asked
from tests.conftest import ROLES
from tests.workspace import review_law
from tests.workspace.review_law import SmallLaw
from tracker.common.writing import record
from tracker.publication.collectors.whole import collect_catalogue, collect_law

pytestmark = pytest.mark.django_db(databases=ROLES)
SECRET = "Words that nobody else has seen"


@pytest.fixture
def small(demo_folder: Path, tmp_path: Path) -> SmallLaw:
    return review_law.build(tmp_path)


def change(small: SmallLaw, name: str = SECRET, *, by: str = "analyst") -> ConcernEdition:
    """Somebody changes what the concern about article 174 is called."""
    concern = Concern.objects.get(slug="discord")
    person = small.people[by]
    said = Asked({"en": name}, concern.slug, "repeal", {"en": "Repeal it."}, ["социальной"], "", [], [])
    newest = history.of_thing(things.find("concern", concern.pk, user=person).place, limit=1)[0].key
    concerns.edit(concern, said=said, by=person, newest=newest)
    return ConcernEdition.objects.get(concern=concern, status=ReviewStatus.IN_REVIEW)


def published(small: SmallLaw) -> str:
    return str([collect_law(small.law), collect_catalogue()])


def test_changed_words_wait_for_review_and_the_public_keeps_the_old_ones(small: SmallLaw) -> None:
    edition = change(small)
    assert edition.names == {"en": SECRET}
    assert SECRET not in published(small)
    assert "Discord" in published(small)


def test_a_provision_that_is_new_is_not_public_before_its_concern_is(small: SmallLaw) -> None:
    concern = Concern.objects.get(slug="attack")
    edition = ConcernEdition.objects.get(concern=concern)
    review.withdraw(edition, by=small.people["reviewer-2"], why="too early", revision=edition.revision)
    assert "attack" not in published(small)
    assert Concern.objects.filter(pk=concern.pk).exists()


def test_another_person_publishes_exactly_what_was_on_the_screen(small: SmallLaw) -> None:
    edition = change(small)
    seen = review.fingerprint(edition)
    review.publish(edition, by=small.people["reviewer"], revision=edition.revision, seen=seen)
    assert SECRET in published(small)
    old = ConcernEdition.objects.get(pk=edition.replaces_id)
    assert old.status == ReviewStatus.SUPERSEDED


def test_nobody_publishes_words_of_their_own_even_when_another_changed_them_after(small: SmallLaw) -> None:
    change(small, by="reviewer")
    edition = change(small, "Changed once more", by="analyst")
    assert (edition.written_by, edition.last_edited_by) == (small.people["reviewer"], small.people["analyst"])
    for handle in ("reviewer", "analyst"):
        assert not may_publish(small.people[handle], edition), handle
        seen = review.fingerprint(edition)
        with pytest.raises(PermissionDenied), transaction.atomic():
            review.publish(edition, by=small.people[handle], revision=edition.revision, seen=seen)
    assert may_publish(small.people["reviewer-2"], edition)


def test_the_database_refuses_a_publisher_who_wrote_it(small: SmallLaw) -> None:
    edition = change(small)
    edition.status, edition.published_by = ReviewStatus.PUBLISHED, edition.written_by
    with pytest.raises(DatabaseError), transaction.atomic():
        record(edition, by=edition.written_by, reason="test")


def test_saving_what_is_published_already_asks_nobody(small: SmallLaw) -> None:
    concern = Concern.objects.get(slug="discord")
    before = ConcernEdition.objects.count()
    editions.propose(concern, by=small.people["analyst"], reason="nothing changed")
    assert ConcernEdition.objects.count() == before


def test_a_returned_concern_goes_back_to_review_with_its_next_change(small: SmallLaw) -> None:
    edition = change(small)
    review.send_back(edition, by=small.people["reviewer"], why="say what the standard is", revision=edition.revision)
    again = change(small, "With the standard named")
    assert again.pk == edition.pk
    assert again.status == ReviewStatus.IN_REVIEW


def test_a_reviewer_reads_and_publishes_it_from_the_inbox(small: SmallLaw, client: Client) -> None:
    edition = change(small)
    client.force_login(small.people["reviewer"])
    inbox = client.get("/w/").content.decode()
    assert f"review/concern-{edition.pk}/" in inbox
    page = client.get(f"/w/review/concern-{edition.pk}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert SECRET in text.replace("<ins>", "").replace("</ins>", "")
    assert "<mark>" in text  # the words objected to, in the article
    form: dict[str, Any] = {
        "act": "publish", "revision": edition.revision, "seen": review.fingerprint(edition),
        "request_id": "6a8b9d3e-6a0b-4d63-8f2f-0d7d3c0c6a51",
    }  # fmt: skip
    answer = client.post(f"/w/review/concern-{edition.pk}/", form)
    assert answer.status_code == 302
    assert ConcernEdition.objects.get(pk=edition.pk).status == ReviewStatus.PUBLISHED
