"""What a member may do in a law: the table of `tracker.accounts.roles`, asked about one person and one law."""

from __future__ import annotations

from django.http import Http404

from codes.models import Code, Membership
from tracker.accounts.models import User
from tracker.accounts.roles import REFUSALS, Rule, rule
from tracker.common.answers import Answer


def role_in(user: User, law: Code) -> str | None:
    return Membership.objects.filter(user=user, law=law).values_list("role", flat=True).first()


def may(user: User, action: str, law: Code, *, own: bool = False) -> Answer:
    """The table's answer with its sentence. Raises `Http404` where the person may not even know of the thing."""
    return answer_for(role_in(user, law), action, own=own)


def answer_for(role: str | None, action: str, *, own: bool = False) -> Answer:
    """The same for a role that is known already: a page asks about many things of one law."""
    answer = rule(action, role)
    if answer is Rule.UNKNOWN:
        raise Http404
    if answer is Rule.NO:
        return Answer(REFUSALS[action])
    return Answer(REFUSALS[f"{action}_own"]) if answer is Rule.NOT_OWN and own else Answer()
