"""The notes of an article as their readers see them: numbered in the order of the text, with thread and next steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext, gettext_lazy

from amendments.models import OPEN, Annotation, Comment, Mention, ReviewStatus
from amendments.policies import Step, steps_from
from amendments.services import passages
from codes.permissions import answer_for
from tracker.accounts.models import User
from tracker.accounts.roles import Rule, rule
from tracker.publication.pages.reading import anchor_of, once
from tracker.workspace.notes.marks import Mark, Piece, Span, pieces
from tracker.workspace.notes.places import Home, Part

STATES = {
    ReviewStatus.DRAFT: gettext_lazy("Draft, only your team sees this"),
    ReviewStatus.IN_REVIEW: gettext_lazy("In review, only your team sees this"),
    ReviewStatus.ASKED: gettext_lazy("Changed by a reviewer, waits for its author; only your team sees this"),
    ReviewStatus.RETURNED: gettext_lazy("Returned, only your team sees this"),
    ReviewStatus.PUBLISHED: gettext_lazy("Published"),
}
STEPS = {
    Step.EDIT: gettext_lazy("Edit"),
    Step.SUBMIT: gettext_lazy("Send to review"),
    Step.TAKE_BACK: gettext_lazy("Take back from review"),
    Step.WITHDRAW: gettext_lazy("Withdraw"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """A step that the note's state allows. `refusal` says who can, when this member may not."""

    step: Step
    label: str
    refusal: str


@dataclass(slots=True)
class Card:
    """`published` is what the public reads while this edit of it is on its way."""

    note: Annotation
    number: int
    published: Annotation | None
    spans: list[tuple[str, int, int]]
    actions: list[Action]
    comments: list[Comment] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)  # unseen mentions of the reader

    @property
    def state(self) -> str:
        return str(STATES[ReviewStatus(self.note.status)])

    @property
    def is_published(self) -> bool:
        return self.note.status == ReviewStatus.PUBLISHED

    @property
    def mark(self) -> Mark:
        topics = ", ".join(link.topic.slug for link in self.note.topic_links.all())
        label = gettext("Note %(number)s by %(who)s") % {"number": self.number, "who": self.note.written_by.handle}
        return Mark(self.note.pk, self.number, self.is_published, f"{label}: {topics}" if topics else label)


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the article, its words cut into pieces, and the notes that begin in it."""

    part: Part
    place: str
    paragraphs: list[tuple[str, dict[str, str], list[Piece]]]  # with the fragment of each
    cards: list[Card]


def cards_of(home: Home, user: User, role: str) -> list[Card]:
    """The notes that stand on the article now, in the order of its text, in a constant number of queries."""
    rows = list(
        Annotation.objects.filter(law=home.law, article=home.article)
        .select_related("written_by", "assigned_to", "concern__provision")
        .prefetch_related("topic_links__topic", "standard_links__standard")
    )
    known = {row.pk: row for row in rows}
    edited = {row.replaces_id for row in rows if row.status in OPEN and row.replaces_id}
    shown = [
        row for row in rows if row.status in OPEN or (row.status == ReviewStatus.PUBLISHED and row.pk not in edited)
    ]
    order = {paragraph["eid"]: at for at, paragraph in enumerate(home.paragraphs)}
    shown.sort(key=lambda row: (order.get(row.first_eid, len(order)), row.start, row.pk))
    threads = _threads(rows, user) if rule("read_threads", role) is Rule.YES else {}
    found = []
    for number, row in enumerate(shown, 1):
        before = known.get(row.replaces_id or 0)
        now = before if before is not None and before.status == ReviewStatus.PUBLISHED else None
        card = Card(row, number, now, _spans(home, row), actions(row, user, role))
        for pk in _line(row, known):
            comments, calls = threads.get(pk, ([], []))
            card.comments += comments
            card.calls += calls
        found.append(card)
    return found


def _spans(home: Home, note: Annotation) -> list[tuple[str, int, int]]:
    return passages.spans(home.paragraphs, note) if note.placing == "placed" else []


def _line(row: Annotation, known: dict[int, Annotation]) -> list[int]:
    """The note and those it replaced, the oldest first: their threads are one."""
    line: list[int] = []
    here: Annotation | None = row
    while here is not None and here.pk not in line:
        line.append(here.pk)
        here = known.get(here.replaces_id or 0)
    return line[::-1]


def _threads(rows: Iterable[Annotation], user: User) -> dict[int, tuple[list[Comment], list[int]]]:
    """Comments and unseen mentions of the reader by note."""
    comments = list(Comment.objects.filter(annotation__in=rows).select_related("written_by").order_by("id"))
    calls = Mention.objects.filter(comment__in=comments, member=user, seen=False).values_list("comment_id", "pk")
    by_comment = dict(calls)
    found: dict[int, tuple[list[Comment], list[int]]] = defaultdict(lambda: ([], []))
    for comment in comments:
        assert comment.annotation_id is not None
        found[comment.annotation_id][0].append(comment)
        if comment.pk in by_comment:
            found[comment.annotation_id][1].append(by_comment[comment.pk])
    return dict(found)


def actions(note: Annotation, user: User, role: str) -> list[Action]:
    """The steps from the note's state, each with the reason why this member may not."""
    steps = [step for step in steps_from(note.status) if step in STEPS]
    own = note.written_by_id == user.pk
    if note.status == ReviewStatus.PUBLISHED:
        steps.insert(0, Step.EDIT)  # makes a draft that replaces it
    found = []
    for step in steps:
        if step is Step.WITHDRAW and note.status == ReviewStatus.PUBLISHED:
            mine = own or note.last_edited_by_id == user.pk
            answer = answer_for(role, "publish", own=mine)
        else:
            answer = answer_for(role, "write" if own else "edit_other")
        found.append(Action(step, str(STEPS[step]), answer.reason))
    return found


def parts_of(home: Home, cards: list[Card]) -> list[PartView]:
    """The article part by part. A note stands beside the part in which its words begin."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for card in cards:
        for at, (eid, start, end) in enumerate(card.spans):
            spans[eid].append(Span(card.mark, start, end, at == 0, at == len(card.spans) - 1))
    used: set[str] = set()
    return [
        PartView(
            part,
            home.place(part),
            [
                (once(anchor_of(paragraph["eid"]), used), paragraph, pieces(paragraph["text"], spans[paragraph["eid"]]))
                for paragraph in part.paragraphs
            ],
            [card for card in cards if card.spans and card.spans[0][0] in part.eids],
        )
        for part in home.parts
    ]


def without_place(cards: list[Card]) -> list[Card]:
    """Notes whose words changed or vanished: shown with their old quote, never dropped."""
    return [card for card in cards if not card.spans]
