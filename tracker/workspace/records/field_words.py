"""Words for the kinds, fields and values that histories hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from tracker.publication.pages import words

KINDS = {
    "verdict": gettext_lazy("Verdict"),
    "note": gettext_lazy("Note"),
    "comment": gettext_lazy("Internal thread"),
    "concern": gettext_lazy("Concern"),
    "provision": gettext_lazy("Provision we follow"),
    "correspondence": gettext_lazy("Correspondence"),
    "version": gettext_lazy("Text"),
    "law": gettext_lazy("Law"),
    "import": gettext_lazy("Import"),
    "statement": gettext_lazy("Statement"),
    "engagement": gettext_lazy("Request"),
    "topic": gettext_lazy("Topic"),
    "standard": gettext_lazy("Standard"),
    "member": gettext_lazy("Member"),
}
# Field of a history row or of a state → what people call it.
FIELDS = {
    "status": gettext_lazy("Status"),
    "value": gettext_lazy("Verdict"),
    "reason": gettext_lazy("Reason"),
    "lifecycle": gettext_lazy("Where it went"),
    "caution": gettext_lazy("Caution"),
    "returned_reason": gettext_lazy("Why it was returned"),
    "public_text": gettext_lazy("Public note"),
    "quote": gettext_lazy("Quoted words"),
    "article_id": gettext_lazy("Article"),
    "concern_id": gettext_lazy("Concern"),
    "placing": gettext_lazy("Place in the text"),
    "resolved": gettext_lazy("Thread resolved"),
    "assigned_to_id": gettext_lazy("Assigned to"),
    "topic_id": gettext_lazy("Topic"),
    "standard_id": gettext_lazy("Standard"),
    "text": gettext_lazy("Comment"),
    "names": gettext_lazy("Name"),
    "quoted": gettext_lazy("Words we object to"),
    "note": gettext_lazy("Note"),
    "ask": gettext_lazy("What we ask"),
    "asked": gettext_lazy("Recommendation"),
    "anchor_version_id": gettext_lazy("Followed from"),
    "anchor_number": gettext_lazy("Article number"),
    "version_id": gettext_lazy("Text"),
    "number": gettext_lazy("Number"),
    "parts": gettext_lazy("Parts"),
    "kind": gettext_lazy("Kind of link"),
    "label": gettext_lazy("Name"),
    "date": gettext_lazy("Date"),
    "date_note": gettext_lazy("Note on the date"),
    "obtained": gettext_lazy("Text obtained"),
    "public": gettext_lazy("Shown in public"),
    "what": gettext_lazy("What happened"),
    "state": gettext_lazy("State"),
    "title": gettext_lazy("Title"),
    "notes": gettext_lazy("Note"),
    "organisation_id": gettext_lazy("Organisation"),
    "consent": gettext_lazy("Consent"),
    "asked_on": gettext_lazy("Asked on"),
    "answered_on": gettext_lazy("Answered on"),
    "answer": gettext_lazy("Answer"),
    "outcome": gettext_lazy("What happened instead"),
    "public_note": gettext_lazy("Public note"),
    "gist": gettext_lazy("Meaning"),
    "cite": gettext_lazy("Citation"),
    "role": gettext_lazy("Role"),
    "is_active": gettext_lazy("May sign in"),
    "is_administrator": gettext_lazy("Administrator"),
    "language": gettext_lazy("Language"),
    "topics": gettext_lazy("Topics"),
    "standards": gettext_lazy("Standards"),
}
STATUSES = {
    **words.STATUSES,
    "asked": gettext_lazy("Waits for its author’s yes"),
    "published": gettext_lazy("Published"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "superseded": gettext_lazy("Replaced by a newer one"),
    "suggested": gettext_lazy("Suggested"),
    "confirmed": gettext_lazy("Confirmed"),
    "rejected": gettext_lazy("Rejected"),
}
VALUES: dict[str, Mapping[str, Any]] = {
    "status": STATUSES,
    "value": words.VERDICTS,
    "lifecycle": words.LIFECYCLES,
    "placing": {
        "placed": gettext_lazy("Stands on its words"),
        "reconfirm": gettext_lazy("Its words changed: to re-confirm"),
        "lost": gettext_lazy("Its words are gone: needs a place"),
    },
    "ask": {
        "repeal": gettext_lazy("Repeal"),
        "narrow": gettext_lazy("Narrow"),
        "reduce": gettext_lazy("Reduce the penalty"),
        "do_not_add": gettext_lazy("Do not add"),
    },
    "kind": {
        "same": pgettext_lazy("link", "same"),
        "renumbered": pgettext_lazy("link", "renumbered"),
        "moved": pgettext_lazy("link", "moved"),
        "split": pgettext_lazy("link", "split"),
        "merged": pgettext_lazy("link", "merged"),
        "added": pgettext_lazy("link", "added"),
        "dropped": pgettext_lazy("link", "dropped"),
    },
    "state": {
        "reading": pgettext_lazy("import", "begun"),
        "added": pgettext_lazy("import", "text added"),
        "cancelled": pgettext_lazy("import", "cancelled"),
        "withdrawn": pgettext_lazy("import", "text taken back"),
    },
    "consent": {
        "asked": pgettext_lazy("consent", "asked"),
        "given": pgettext_lazy("consent", "given"),
        "declined": pgettext_lazy("consent", "declined"),
        "withdrawn": pgettext_lazy("consent", "withdrawn"),
        "published": pgettext_lazy("consent", "published by the source"),
    },
    "role": {
        "reader": pgettext_lazy("role", "Reader"),
        "analyst": pgettext_lazy("role", "Analyst"),
        "reviewer": pgettext_lazy("role", "Reviewer"),
        "advocate": pgettext_lazy("role", "Advocate"),
    },
}
DOINGS = {"+": gettext_lazy("added"), "~": gettext_lazy("changed"), "-": gettext_lazy("removed")}
