"""Standards and the topics they belong to. Topics themselves are plain entries of `codes.services.lists`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from amendments.models import Standard, StandardTopic, Topic
from codes.services import lists
from tracker.accounts.models import User
from tracker.common import writing


@transaction.atomic
def add_standard(standard: Standard, topics: Iterable[Topic], *, by: User, reason: str) -> Standard:
    lists.add(standard, by=by, reason=reason)
    _set_topics(standard, topics, by=by, reason=reason)
    return standard


@transaction.atomic
def change_standard(
    standard: Standard, topics: Iterable[Topic], *, values: dict[str, Any], seen: str, by: User, reason: str
) -> Standard:
    """Raises `Conflict` as `lists.change` does."""
    row = lists.change(standard, values=values, seen=seen, by=by, reason=reason)
    _set_topics(row, topics, by=by, reason=reason)
    return row


@transaction.atomic
def delete_standard(standard: Standard, *, by: User, reason: str) -> None:
    lists.may_change(by).require()
    row = Standard.objects.select_for_update().get(pk=standard.pk)
    if uses_of_standard(row):
        raise PermissionDenied(lists.IN_USE)
    _set_topics(row, [], by=by, reason=reason)
    writing.delete(row, by=by, reason=reason)


def uses_of_standard(standard: Standard) -> int:
    return lists.uses(standard) - standard.topic_links.count()


def _set_topics(standard: Standard, topics: Iterable[Topic], *, by: User, reason: str) -> None:
    wanted = {topic.pk: topic for topic in topics}
    for link in StandardTopic.objects.filter(standard=standard):
        if wanted.pop(link.topic_id, None) is None:
            writing.delete(link, by=by, reason=reason)
    for topic in wanted.values():
        writing.record(StandardTopic(standard=standard, topic=topic), by=by, reason=reason)
