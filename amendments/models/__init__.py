"""What changed between two texts, and what we say of it."""

from amendments.models.actors import Addressee, Engagement, Event, Organisation, Signatory, Statement, StatementConcern
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
from amendments.models.standards import Standard, StandardTopic, Topic
from amendments.models.verdicts import Base, Verdict, VerdictStatus, VerdictValue

__all__ = [
    "Addressee",
    "Base",
    "Change",
    "Comparison",
    "Concern",
    "ConcernStandard",
    "ConcernTopic",
    "Correspondence",
    "Counterpart",
    "Engagement",
    "Event",
    "Organisation",
    "Provision",
    "Recommendation",
    "Signatory",
    "Standard",
    "StandardTopic",
    "StatedPlace",
    "Statement",
    "StatementConcern",
    "Topic",
    "Verdict",
    "VerdictStatus",
    "VerdictValue",
]
