"""The team's thread beside a note or a verdict. Internal, never published."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from amendments.models import Annotation, Comment, Mention, Verdict
from amendments.permissions import law_of, may_read_thread
from codes.models import Code, Membership
from tracker.accounts.models import User
from tracker.accounts.roles import Role, Rule, rule
from tracker.common.typed import plain
from tracker.common.writing import record, record_all

LONGEST = 5_000
HANDLE = re.compile(r"(?<![\w@])@([a-z][a-z0-9_-]{1,29})", re.IGNORECASE)
READERS = tuple(role.value for role in Role if rule("read_threads", role) is Rule.YES)


@transaction.atomic
def say(row: Annotation | Verdict, *, text: str, by: User) -> Comment:
    """Add to the thread. Handles of members who may read it are mentions; others are left as text."""
    law = law_of(row)
    may_read_thread(by, law).require()
    words = plain(text, longest=LONGEST)
    if not words:
        raise ValidationError(gettext("Write the comment first."))
    comment = Comment(text=words, written_by=by)
    if isinstance(row, Annotation):
        comment.annotation = row
    else:
        comment.verdict = row
    record(comment, by=by, reason="said in the thread")
    called = [member for member in mentioned(words, law) if member != by]
    record_all([Mention(comment=comment, member=member) for member in called], by=by, reason="called in a comment")
    return comment


def mentioned(text: str, law: Code) -> list[User]:
    """The members of the law that a text calls by handle and that may read its threads."""
    names = {name for found in HANDLE.findall(text) for name in (found.lower(), found.lower().rstrip("-_"))}
    return [user for user in readers(law) if user.handle in names] if names else []


def readers(law: Code) -> list[User]:
    """Who may read the threads of a law, by handle."""
    members = Membership.objects.filter(law=law, role__in=READERS, user__is_active=True)
    return [membership.user for membership in members.select_related("user").order_by("user__handle")]


@transaction.atomic
def assign(note: Annotation, *, to: User | None, by: User) -> Annotation:
    """Hand the thread to a member who may read it, or to nobody. Not a change of the note's words."""
    fresh = _locked(note, by=by)
    if to is not None and to not in readers(fresh.law):
        raise ValidationError(gettext("Only somebody who can read this thread can be asked to look at it."))
    fresh.assigned_to = to
    return record(fresh, by=by, reason=f"assigned to {to.handle}" if to is not None else "assigned to nobody")


@transaction.atomic
def resolve(note: Annotation, *, resolved: bool, by: User) -> Annotation:
    """Nothing is open in the thread any more, or something is again."""
    fresh = _locked(note, by=by)
    fresh.resolved = resolved
    return record(fresh, by=by, reason="thread resolved" if resolved else "thread opened again")


def _locked(note: Annotation, *, by: User) -> Annotation:
    may_read_thread(by, note.law).require()
    return Annotation.objects.select_for_update().select_related("law").get(pk=note.pk)


@transaction.atomic
def see(mentions: Iterable[Mention], *, by: User) -> None:
    """The member has seen that a comment calls them. Mentions of others are left alone."""
    wanted = [mention.pk for mention in mentions]
    for mention in Mention.objects.select_for_update().filter(pk__in=wanted, member=by, seen=False).order_by("pk"):
        mention.seen = True
        record(mention, by=by, reason="seen")
