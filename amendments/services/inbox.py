"""What waits for a member: reviews, own words that came back, what a new text asks, mentions, news of members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import chain
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from amendments.models import (
    OPEN,
    Annotation,
    ConcernEdition,
    Mention,
    Placing,
    Reviewable,
    ReviewNeed,
    ReviewStatus,
    Verdict,
)
from amendments.services import publishing_texts
from codes.models import Membership, Version
from codes.services import announcing
from tracker.accounts.models import Announcement, User
from tracker.accounts.roles import ACTIONS, Role, Rule

TABS = ("review", "returned", "reconfirm", "mentions", "members")
BACK = (ReviewStatus.RETURNED, ReviewStatus.ASKED)
KINDS: dict[str, type[Reviewable]] = {"verdict": Verdict, "note": Annotation, "concern": ConcernEdition}
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A verdict, a note or a concern under review, with when it came into its state."""

    row: Reviewable
    since: datetime

    @property
    def name(self) -> str:
        """As addresses name it: "verdict-12"."""
        return name_of(self.row)


def name_of(row: Reviewable) -> str:
    return f"{next(name for name, kind in KINDS.items() if isinstance(row, kind))}-{row.pk}"


def waiting(user: User, *more: Rows) -> int:
    """How much waits in all tabs together, and what waits besides, in one query besides that for the member's roles."""
    every = [rows.order_by().values("pk") for rows in (*chain.from_iterable(_tabs(user).values()), *more)]
    return reduce(lambda left, right: left.union(right, all=True), every).count()


def counts(user: User) -> dict[str, int]:
    """Tab → how much waits in it."""
    return {name: sum(rows.count() for rows in tab) for name, tab in _tabs(user).items()}


def to_review(user: User) -> list[Waiting]:
    """What the member may publish or return, oldest first."""
    return _dated(_tabs(user)["review"][:3])


def texts_to_publish(user: User) -> list[Version]:
    """Texts that only members see and that the member may make public, oldest first."""
    texts = _tabs(user)["review"][3]
    return list(texts.select_related("code").order_by("date", "sequence", "pk"))


def returned(user: User) -> list[Waiting]:
    """The member's own words that came back, with a reason or with a reviewer's words."""
    return _dated(_tabs(user)["returned"])


def to_reconfirm(user: User) -> tuple[list[Annotation], list[ReviewNeed]]:
    notes, needs = _tabs(user)["reconfirm"]
    return (
        list(notes.select_related("article__version__code", "provision")),
        list(needs.select_related("version__code", "concern")),
    )


def mentions(user: User) -> list[Mention]:
    (rows,) = _tabs(user)["mentions"]
    comment = ("annotation__article__version__code", "annotation__provision", "written_by",
               "verdict__version__code", "verdict__concern")  # fmt: skip
    return list(rows.select_related("comment", *(f"comment__{name}" for name in comment)).order_by("pk"))


def announcements(user: User) -> list[Announcement]:
    """What others did with members of the member's laws, the newest first."""
    (rows,) = _tabs(user)["members"]
    return list(rows.select_related("law", "about", "by"))


def _tabs(user: User) -> dict[str, list[Rows]]:
    roles = dict(Membership.objects.filter(user=user).values_list("law", "role"))
    publishes = _laws_where("publish", roles)
    writes = _laws_where("write", roles)
    mine = Q(written_by=user) | Q(last_edited_by=user)
    own = Q(written_by=user, status__in=BACK)
    return {
        "review": [
            Verdict.objects.filter(status=ReviewStatus.IN_REVIEW, concern__provision__law__in=publishes).exclude(mine),
            Annotation.objects.filter(status=ReviewStatus.IN_REVIEW, law__in=publishes).exclude(mine),
            ConcernEdition.objects.filter(status=ReviewStatus.IN_REVIEW, concern__provision__law__in=publishes).exclude(
                mine
            ),
            publishing_texts.waiting(publishes).exclude(pk__in=publishing_texts.brought_in_by(user)),
        ],
        "returned": [
            Verdict.objects.filter(own, concern__provision__law__in=writes),
            Annotation.objects.filter(own, law__in=writes),
            ConcernEdition.objects.filter(own, concern__provision__law__in=writes),
        ],
        "reconfirm": [
            Annotation.objects.filter(law__in=writes, status__in=OPEN).exclude(placing=Placing.PLACED),
            ReviewNeed.objects.filter(concern__provision__law__in=writes, done=False).exclude(_begun()),
        ],
        "mentions": [
            Mention.objects.filter(member=user, seen=False).filter(
                Q(comment__annotation__law__in=writes) | Q(comment__verdict__concern__provision__law__in=writes)
            )
        ],
        "members": [announcing.unread(user)],
    }


def _begun() -> Exists:
    """A cell that somebody judges again waits for its reviewer, not for a need to be answered."""
    cell = {"concern": OuterRef("concern"), "version": OuterRef("version"), "base": OuterRef("base")}
    return Exists(Verdict.objects.filter(**cell, status__in=OPEN))


def _laws_where(action: str, roles: dict[int, str]) -> list[int]:
    return [law for law, role in roles.items() if ACTIONS[action][Role(role)] in {Rule.YES, Rule.NOT_OWN}]


def _dated(every: list[Rows]) -> list[Waiting]:
    verdicts, notes, concerns = every
    rows: list[Reviewable] = [
        *verdicts.select_related("concern__provision__law", "version", "written_by", "replaces"),
        *notes.select_related("law", "provision", "article__version", "written_by", "replaces"),
        *concerns.select_related("concern__provision__law", "written_by", "replaces"),
    ]
    since = {key: when for kind in KINDS.values() for key, when in _since(kind, rows).items()}
    found = [Waiting(row, since[type(row), row.pk]) for row in rows]
    return sorted(found, key=lambda each: (each.since, each.row.pk))


def _since(model: type[Reviewable], rows: Iterable[Reviewable]) -> dict[tuple[type[Reviewable], int], datetime]:
    """When each row was last written: that write brought it where it is."""
    ids = [row.pk for row in rows if isinstance(row, model)]
    dates = model.history.filter(id__in=ids).order_by().values_list("id").annotate(last=Max("history_date"))
    return {(model, pk): last for pk, last in dates}
