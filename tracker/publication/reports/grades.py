"""The follow-up grades of the Human Rights Committee, as this product maps its verdicts to them (docs/method.md).

Grade D (the state did not cooperate) never follows from a text, so no verdict leads to it. What nobody assessed has no
grade.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from tracker.publication.documents import Value

GRADES: dict[Value, str] = {
    "fixed": "A",
    "partly_fixed": "B",
    "unchanged": "C",
    "stricter": "E",
    "new_restriction": "E",
    "not_assessed": "",
}
MEANINGS = {
    "A": gettext_lazy("The recommendation was followed."),
    "B": gettext_lazy("Some of it was followed."),
    "C": gettext_lazy("Nothing was done that carries it out."),
    "E": gettext_lazy("What was done is contrary to the recommendation."),
}
NOT_GRADED = gettext_lazy("not graded")
