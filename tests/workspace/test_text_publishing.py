"""The text of a stage becomes public when a reviewer who did not bring it in says so, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client

from amendments.services import inbox, publishing_texts
from codes.models import Version
from tests.conftest import ROLES
from tests.workspace import review_law
from tests.workspace.review_law import SmallLaw
from tracker.common.writing import record
from tracker.jobs.models import Job
from tracker.publication.collectors.whole import collect_law

pytestmark = pytest.mark.django_db(databases=ROLES)
PAGE = "/w/laws/small-code/v/l2025-09/publish/"


@pytest.fixture
def small(demo_folder: Path, tmp_path: Path) -> SmallLaw:
    """The new text is not public yet; the analyst brought it in."""
    made = review_law.build(tmp_path)
    made.new.public = False
    with transaction.atomic():
        record(made.new, by=made.people["analyst"], reason="test")
    return made


def shown(small: SmallLaw) -> set[str]:
    return {path for path in collect_law(small.law) if "/v/l2025-09" in path or "...l2025-09" in path}


def test_a_text_that_was_added_is_no_part_of_the_public_state(small: SmallLaw) -> None:
    assert shown(small) == set()


def test_a_reviewer_finds_it_in_the_inbox_and_publishes_it(small: SmallLaw, client: Client) -> None:
    client.force_login(small.people["reviewer"])
    assert "laws/small-code/v/l2025-09/publish/" in client.get("/w/").content.decode()
    page = client.get(PAGE).content.decode()
    assert "Only your team sees this text." in page
    assert "Official text, State" in page
    answer = client.post(PAGE)
    assert (answer.status_code, Version.objects.get(pk=small.new.pk).public) == (302, True)
    assert Job.objects.filter(kind="release", target=small.law.pk).exists()
    assert shown(small)
    assert inbox.texts_to_publish(small.people["reviewer"]) == []


def test_whoever_brought_it_in_does_not_publish_it(small: SmallLaw, client: Client) -> None:
    small.new.label = {"en": "Renamed by the reviewer"}
    with transaction.atomic():
        record(small.new, by=small.people["reviewer"], reason="test")
    assert inbox.texts_to_publish(small.people["reviewer"]) == []
    assert inbox.texts_to_publish(small.people["reviewer-2"]) == [small.new]
    client.force_login(small.people["reviewer"])
    page = client.get(PAGE).content.decode()
    assert "You wrote this, so someone else must publish it." in page
    assert client.post(PAGE).status_code == 403
    assert not Version.objects.get(pk=small.new.pk).public


@pytest.mark.parametrize("handle", ["analyst", "reviewer"])
def test_only_reviewers_publish_and_only_once(small: SmallLaw, handle: str) -> None:
    person = small.people[handle]
    if handle == "analyst":
        with pytest.raises(PermissionDenied), transaction.atomic():
            publishing_texts.publish_text(small.new, by=person)
        return
    publishing_texts.publish_text(small.new, by=person)
    with pytest.raises(ValidationError), transaction.atomic():
        publishing_texts.publish_text(small.new, by=small.people["reviewer-2"])
