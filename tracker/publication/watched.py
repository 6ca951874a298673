"""What must be unchanged since a law was last collected whole, so that its next release may be made of parts.

The database notes it itself (trigger `note_unreleased`, set by `tracker.guards`), so that no service can forget to.
"""

from __future__ import annotations

from django.db import models

from amendments import models as amendments
from codes import models as codes

_WRITES = "insert or update or delete"
# Table → the writes after which every law must be collected whole.
WATCHED: dict[type[models.Model], str] = {
    **dict.fromkeys(
        (
            codes.Article, codes.ArticleText, codes.Code, codes.Division, codes.Jurisdiction, codes.Stage,
            codes.Version, codes.VersionFile,
            amendments.Addressee, amendments.Change, amendments.Comparison, amendments.Concern,
            amendments.ConcernEdition, amendments.ConcernStandard, amendments.ConcernTopic,
            amendments.Correspondence, amendments.Counterpart, amendments.Event, amendments.Organisation,
            amendments.Provision, amendments.Recommendation, amendments.Signatory, amendments.Standard,
            amendments.StandardTopic, amendments.StatedPlace, amendments.Statement, amendments.StatementConcern,
            amendments.Topic,
        ),
        _WRITES,
    ),
    codes.Source: "update or delete",  # a new one shows nowhere before another row names it
}  # fmt: skip
# What these say is compared with the record row by row, each time (`collectors.parts`).
COMPARED: frozenset[type[models.Model]] = frozenset(
    {
        amendments.Annotation, amendments.AnnotationStandard, amendments.AnnotationTopic, amendments.ReviewNeed,
        amendments.Verdict,
    }
)  # fmt: skip
