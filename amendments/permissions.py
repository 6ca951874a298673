"""Who may write, edit, submit and publish. The person's part; the thing's state is asked in `policies`."""

from __future__ import annotations

from amendments.models import Annotation, ConcernEdition, Reviewable, ReviewStatus, Verdict
from codes.models import Code
from codes.permissions import may
from tracker.accounts.models import User
from tracker.accounts.roles import REFUSALS
from tracker.common.answers import Answer


def law_of(row: Reviewable) -> Code:
    """The law a thing under review belongs to."""
    if isinstance(row, Verdict | ConcernEdition):
        return row.concern.provision.law
    assert isinstance(row, Annotation)
    return row.law


def may_write(user: User, law: Code) -> Answer:
    return may(user, "write", law)


def may_edit(user: User, row: Reviewable) -> Answer:
    """One's own drafts, and as a reviewer those of others, whose co-author one becomes."""
    action = "write" if row.written_by_id == user.pk else "edit_other"
    return may(user, action, law_of(row))


def may_read_thread(user: User, law: Code) -> Answer:
    return may(user, "read_threads", law)


def may_publish(user: User, row: Reviewable) -> Answer:
    """Only reviewers publish, and nobody what holds words of theirs, whoever changed it after them."""
    own = user.pk in {row.written_by_id, row.last_edited_by_id} or _edited(user, row)
    answer = may(user, "publish", law_of(row), own=own)
    said_of_note = isinstance(row, Annotation) and answer.reason == REFUSALS["publish_own"]
    return Answer(REFUSALS["publish_own_note"]) if said_of_note else answer


def _edited(user: User, row: Reviewable) -> bool:
    return bool(row.pk) and type(row).history.filter(id=row.pk, last_edited_by=user).exists()


def may_withdraw(user: User, row: Reviewable) -> Answer:
    """What is published as one publishes, what is not as one edits."""
    return may_publish(user, row) if row.status == ReviewStatus.PUBLISHED else may_edit(user, row)


def may_return(user: User, row: Reviewable) -> Answer:
    return may(user, "publish", law_of(row), own=row.written_by_id == user.pk)
