"""Who may do what: roles are per law, and this table is the only place that says so.

A role absent from an action's row may not even know of the thing: the answer is 404. `NO` is 403 with the sentence that
says who can.
"""

from __future__ import annotations

from enum import StrEnum


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
    "download_sources": _WRITERS,
}

# What a person reads who may not: it says who can.
REFUSALS = {
    "write": "Only analysts and reviewers of this law can write here. Ask a reviewer.",
    "edit_other": "Only its author or a reviewer can change this. Ask in the thread.",
    "publish": "Only reviewers can publish. Ask a reviewer, or send it to review.",
    "publish_own": "You wrote this, so someone else must publish it.",
    "publish_own_note": "You wrote this note, so someone else must publish it.",
    "import": "Only analysts and reviewers of this law can add a text. Ask a reviewer.",
    "export": "Only analysts, reviewers and advocates of this law can export drafts. Ask a reviewer.",
    "download_sources": "Only analysts and reviewers of this law can download the files. Ask a reviewer.",
}


def rule(action: str, role: str | None) -> Rule:
    """The table's answer. No role in the law: the law does not exist for that person."""
    return Rule.UNKNOWN if role is None else ACTIONS[action][Role(role)]
