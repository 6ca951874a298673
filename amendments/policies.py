"""The one table of how a verdict or a note moves between states. `docs/review-states.md` draws it; a check compares."""

from __future__ import annotations

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop

from amendments.models import ReviewStatus


class Step(StrEnum):
    """What a person does to a thing under review."""

    EDIT = "edit"
    SUBMIT = "submit"
    TAKE_BACK = "take back"
    RETURN = "return"
    EDIT_AND_ASK = "edit and ask the author"
    AGREE = "agree"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"


TRANSITIONS: dict[tuple[ReviewStatus, Step], ReviewStatus] = {
    (ReviewStatus.DRAFT, Step.EDIT): ReviewStatus.DRAFT,
    (ReviewStatus.DRAFT, Step.SUBMIT): ReviewStatus.IN_REVIEW,
    (ReviewStatus.DRAFT, Step.WITHDRAW): ReviewStatus.WITHDRAWN,
    (ReviewStatus.IN_REVIEW, Step.TAKE_BACK): ReviewStatus.DRAFT,
    (ReviewStatus.IN_REVIEW, Step.RETURN): ReviewStatus.RETURNED,
    (ReviewStatus.IN_REVIEW, Step.EDIT_AND_ASK): ReviewStatus.ASKED,
    (ReviewStatus.IN_REVIEW, Step.PUBLISH): ReviewStatus.PUBLISHED,
    (ReviewStatus.ASKED, Step.AGREE): ReviewStatus.IN_REVIEW,
    (ReviewStatus.ASKED, Step.EDIT): ReviewStatus.DRAFT,
    (ReviewStatus.RETURNED, Step.EDIT): ReviewStatus.RETURNED,
    (ReviewStatus.RETURNED, Step.SUBMIT): ReviewStatus.IN_REVIEW,
    (ReviewStatus.RETURNED, Step.WITHDRAW): ReviewStatus.WITHDRAWN,
    (ReviewStatus.PUBLISHED, Step.WITHDRAW): ReviewStatus.WITHDRAWN,
    (ReviewStatus.PUBLISHED, Step.SUPERSEDE): ReviewStatus.SUPERSEDED,
}

_NOT_POSSIBLE = {
    ReviewStatus.DRAFT: gettext_noop("This is a draft. Send it to review first."),
    ReviewStatus.IN_REVIEW: gettext_noop("This is in review. Take it back before you change it."),
    ReviewStatus.ASKED: gettext_noop("A reviewer changed this and its author has not agreed yet."),
    ReviewStatus.RETURNED: gettext_noop("This was returned. Its author changes it and sends it to review again."),
    ReviewStatus.PUBLISHED: gettext_noop("This is published. Editing it makes a new draft."),
    ReviewStatus.WITHDRAWN: gettext_noop("This was withdrawn. See its history."),
    ReviewStatus.SUPERSEDED: gettext_noop("A newer one was published in place of this. See its history."),
}


class NotPossible(ValidationError):
    """The step does not exist in the thing's state. The message says what state that is and the way out."""


def after(status: str, step: Step) -> ReviewStatus:
    """The state that a step leads to. Raises `NotPossible`."""
    before = ReviewStatus(status)
    try:
        return TRANSITIONS[before, step]
    except KeyError:
        raise NotPossible(_NOT_POSSIBLE[before]) from None


def steps_from(status: str) -> list[Step]:
    return [step for before, step in TRANSITIONS if before == status]


def drawing() -> str:
    """The table as a Mermaid state diagram."""
    arrows = [f"    {before.value} --> {to.value}: {step.value}" for (before, step), to in TRANSITIONS.items()]
    return "\n".join(["stateDiagram-v2", "    [*] --> draft: write", *arrows])
