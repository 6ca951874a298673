"""Who may do what: roles are per law, and this table is the only place that says so.

A role absent from an action's row may not even know of the thing: the answer is 404. `NO` is 403 with the sentence that
says who can. What the office of administrator adds stands in `OFFICE`: people and settings, and no content.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_noop


class Role(StrEnum):
    READER = "reader"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    ADVOCATE = "advocate"


ROLES = tuple(role.value for role in Role)


class Rule(StrEnum):
    """The answer for one role and one action."""

    YES = "yes"
    NO = "no"
    NOT_OWN = "not own"
    UNKNOWN = "404"


_READERS = dict.fromkeys(Role, Rule.YES)
_NOBODY = dict.fromkeys(Role, Rule.NO)
_WRITERS = {Role.READER: Rule.NO, Role.ANALYST: Rule.YES, Role.REVIEWER: Rule.YES, Role.ADVOCATE: Rule.NO}

ACTIONS: dict[str, dict[Role, Rule]] = {
    "know": _READERS,
    "read_drafts": _READERS,
    "read_threads": {**_WRITERS, Role.READER: Rule.UNKNOWN, Role.ADVOCATE: Rule.UNKNOWN},
    "write": _WRITERS,
    "edit_other": {**_WRITERS, Role.ANALYST: Rule.NO},
    "publish": {Role.READER: Rule.NO, Role.ANALYST: Rule.NO, Role.REVIEWER: Rule.NOT_OWN, Role.ADVOCATE: Rule.NO},
    "import": _WRITERS,
    "export": {**_READERS, Role.READER: Rule.NO},
    "report": {**_READERS, Role.READER: Rule.NO},
    "publish_report": {**_NOBODY, Role.REVIEWER: Rule.NOT_OWN},
    "download_sources": _WRITERS,
    "statements": {**_NOBODY, Role.REVIEWER: Rule.YES, Role.ADVOCATE: Rule.YES},
    "see_members": _READERS,
    "members": _NOBODY,
    "join": _NOBODY,
    "freeze": {**_NOBODY, Role.REVIEWER: Rule.NOT_OWN},
    "lift": _NOBODY,
    "catalogue": {**_NOBODY, Role.REVIEWER: Rule.YES},
    "outgoing": {**_NOBODY, Role.REVIEWER: Rule.YES},
    "mirror": _NOBODY,
}

# What an administrator may in any law, member of it or not. "own": oneself.
OFFICE: dict[str, Rule] = {
    "see_members": Rule.YES,
    "members": Rule.NOT_OWN,
    "join": Rule.YES,
    "freeze": Rule.NOT_OWN,
    "lift": Rule.NOT_OWN,
    "catalogue": Rule.YES,
    "outgoing": Rule.YES,
    "mirror": Rule.YES,
}

# What a person reads who may not: it says who can.
REFUSALS = {
    "write": gettext_noop("Only analysts and reviewers of this law can write here. Ask a reviewer."),
    "edit_other": gettext_noop("Only its author or a reviewer can change this. Ask in the thread."),
    "publish": gettext_noop("Only reviewers can publish. Ask a reviewer, or send it to review."),
    "publish_own": gettext_noop("You wrote this, so someone else must publish it."),
    "publish_own_note": gettext_noop("You wrote this note, so someone else must publish it."),
    "import": gettext_noop("Only analysts and reviewers of this law can add a text. Ask a reviewer."),
    "export": gettext_noop("Only analysts, reviewers and advocates of this law can export drafts. Ask a reviewer."),
    "report": gettext_noop("Only analysts, reviewers and advocates of this law can make reports. Ask one of them."),
    "publish_report": gettext_noop("Only reviewers can publish a report. Ask a reviewer."),
    "publish_report_own": gettext_noop("You made this report, so someone else must publish it."),
    "download_sources": gettext_noop("Only analysts and reviewers of this law can download the files. Ask a reviewer."),
    "statements": gettext_noop(
        "Only reviewers and advocates of this law see statements and requests. Ask one of them."
    ),
    "members": gettext_noop("Only an administrator can invite people and change roles. Ask an administrator."),
    "members_own": gettext_noop("Nobody changes their own rights. Ask another administrator."),
    "join": gettext_noop("Only an administrator can join a law. Ask an administrator for a role."),
    "freeze": gettext_noop(
        "Only reviewers of a shared law and administrators can freeze an account. Ask one of them at once."
    ),
    "freeze_own": gettext_noop("You cannot freeze your own account. End your sessions instead, or ask a colleague."),
    "lift": gettext_noop("Only an administrator can lift the freeze. Ask an administrator."),
    "lift_own": gettext_noop("Nobody lifts the freeze of their own account. Ask another administrator."),
    "catalogue": gettext_noop("Only reviewers and administrators can change these lists. Ask a reviewer."),
    "outgoing": gettext_noop("Only reviewers and administrators can see what is sent to readers. Ask a reviewer."),
    "mirror": gettext_noop("Only an administrator can build the offline copy. Ask an administrator."),
}

_BEST_FIRST = (Rule.YES, Rule.NOT_OWN, Rule.NO, Rule.UNKNOWN)


def rule(action: str, role: str | None, *, administrator: bool = False) -> Rule:
    """The table's answer. No role in the law: the law does not exist for that person, but for the administrator's
    office. Who has both gets the better answer.
    """
    by_role = Rule.UNKNOWN if role is None else ACTIONS[action][Role(role)]
    by_office = OFFICE.get(action, Rule.UNKNOWN) if administrator else Rule.UNKNOWN
    return min(by_role, by_office, key=_BEST_FIRST.index)


def best_rule(action: str, roles: set[str], *, administrator: bool) -> Rule:
    """The best answer that somebody gets who has these roles in several laws."""
    answers = [rule(action, role, administrator=administrator) for role in roles]
    return min([*answers, rule(action, None, administrator=administrator)], key=_BEST_FIRST.index)
