"""What changed between two texts, and what we say of it."""

from amendments.models.actors import Addressee, Engagement, Event, Organisation, Signatory, Statement, StatementConcern
from amendments.models.annotations import (
    Annotation,
    AnnotationStandard,
    AnnotationTopic,
    Comment,
    Mention,
    Placing,
)
from amendments.models.changes import Change, Comparison, Correspondence
from amendments.models.concerns import (
    Concern,
    ConcernStandard,
    ConcernTopic,
    Counterpart,
    Provision,
    Recommendation,
    StatedPlace,
)
from amendments.models.editions import ConcernEdition
from amendments.models.review import OPEN, Reviewable, ReviewStatus
from amendments.models.standards import Standard, StandardTopic, Topic
from amendments.models.verdicts import Base, Cause, ReviewNeed, Verdict, VerdictValue
from amendments.models.writing import AnsweredRequest, UnsentDraft

__all__ = [
    "OPEN",
    "Addressee",
    "Annotation",
    "AnnotationStandard",
    "AnnotationTopic",
    "AnsweredRequest",
    "Base",
    "Cause",
    "Change",
    "Comment",
    "Comparison",
    "Concern",
    "ConcernEdition",
    "ConcernStandard",
    "ConcernTopic",
    "Correspondence",
    "Counterpart",
    "Engagement",
    "Event",
    "Mention",
    "Organisation",
    "Placing",
    "Provision",
    "Recommendation",
    "ReviewNeed",
    "ReviewStatus",
    "Reviewable",
    "Signatory",
    "Standard",
    "StandardTopic",
    "StatedPlace",
    "Statement",
    "StatementConcern",
    "Topic",
    "UnsentDraft",
    "Verdict",
    "VerdictValue",
]
