"""Who may judge and who may publish."""

from __future__ import annotations

from amendments.models import Verdict
from codes.models import Code
from codes.permissions import may
from tracker.accounts.models import User
from tracker.common.answers import Answer


def may_write(user: User, law: Code) -> Answer:
    return may(user, "write", law)


def may_publish_verdict(user: User, verdict: Verdict) -> Answer:
    """Only reviewers publish, and nobody their own words."""
    return may(user, "publish", verdict.concern.provision.law, own=verdict.written_by_id == user.pk)
