"""What a member may do in a law: the table of `tracker.accounts.roles`, asked about one person and one law."""

from __future__ import annotations

from django.http import Http404

from codes.models import Code, Jurisdiction, Membership
from tracker.accounts.models import User
from tracker.accounts.roles import REFUSALS, Rule, best_rule, rule
from tracker.common.answers import Answer


def role_in(user: User, law: Code) -> str | None:
    return Membership.objects.filter(user=user, law=law).values_list("role", flat=True).first()


def may(user: User, action: str, law: Code, *, own: bool = False) -> Answer:
    """The table's answer with its sentence. Raises `Http404` where the person may not even know of the thing."""
    return answer_for(role_in(user, law), action, own=own, administrator=user.is_administrator)


def answer_for(role: str | None, action: str, *, own: bool = False, administrator: bool = False) -> Answer:
    """The same for a role that is known already: a page asks about many things of one law."""
    return _answer(action, rule(action, role, administrator=administrator), own)


def may_somewhere(user: User, action: str, *, own: bool = False, of: Jurisdiction | None = None) -> Answer:
    """The same for what belongs to no single law: the best answer of all laws (of a jurisdiction) the person is in."""
    roles = Membership.objects.filter(user=user)
    if of is not None:
        roles = roles.filter(law__jurisdiction=of)
    return _best(user, action, set(roles.values_list("role", flat=True)), own)


def may_about(user: User, action: str, about: User) -> Answer:
    """The same for something done to a person: the best answer of all laws that both are in."""
    shared = Membership.objects.filter(user=user, law__members__user=about)
    return _best(user, action, set(shared.values_list("role", flat=True)), own=user.pk == about.pk)


def _best(user: User, action: str, roles: set[str], own: bool) -> Answer:
    return _answer(action, best_rule(action, roles, administrator=user.is_administrator), own)


def _answer(action: str, answer: Rule, own: bool) -> Answer:
    if answer is Rule.UNKNOWN:
        raise Http404
    if answer is Rule.NO:
        return Answer(REFUSALS[action])
    return Answer(REFUSALS[f"{action}_own"]) if answer is Rule.NOT_OWN and own else Answer()
