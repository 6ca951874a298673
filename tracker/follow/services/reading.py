"""What the published record says about what can be followed, and what each release changed in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max

from tracker.follow.models import Scope, Subscription
from tracker.publication.models import Document, Entry, Release


def newest_release() -> int:
    return Release.objects.aggregate(newest=Max("number"))["newest"] or 0


def bodies(paths: Iterable[str], release: int) -> dict[str, Any]:
    """Documents as a release shows them, path → body; erased ones and those that are gone are left out."""
    newest = Entry.objects.filter(path__in=list(paths), release_id__lte=release)
    rows = newest.order_by("path", "-release_id").distinct("path").select_related("document")
    texts = {row.path: row.document.text for row in rows if row.document is not None}
    return {path: json.loads(text)["body"] for path, text in texts.items() if text is not None}


def is_there(law: str, scope: str, key: str) -> bool:
    """Whether the record shows today what somebody wants to follow."""
    path = f"laws/{law}/overview"
    overview = bodies([path], newest_release()).get(path)
    if overview is None:
        return False
    return (scope == Scope.LAW and not key) or any(key in _keys(row)[scope] for row in overview["rows"] if key)


def logs(after: int) -> list[Any]:
    """The change logs of the releases after one, the oldest first."""
    entries = Entry.objects.filter(path__contains="/changes/", release_id__gt=after, document__text__isnull=False)
    documents = Document.objects.in_bulk(entries.values_list("document_id", flat=True))
    found = [json.loads(documents[pk].text or "")["body"] for pk in documents]
    return sorted((each for each in found if each["kind"] == "changes"), key=lambda each: each["release"])


def parts(subscription: Subscription, releases: Iterable[int]) -> list[Any]:
    """The logs of these releases with only what the subscription is about, the newest first; empty ones left out."""
    law, found = subscription.law, []
    for number in sorted(releases, reverse=True):
        path = f"laws/{law}/changes/{number:06d}"
        log = bodies([path], number).get(path)
        kept = relevant(log, subscription.scope, subscription.key) if log else []
        if log and kept:
            found.append({**log, "items": kept})
    return found


def relevant(log: Any, scope: str, key: str) -> list[Any]:
    """The items of a change log that speak of a law, one of its topics or one of its provisions."""
    if scope == Scope.LAW:
        return list(log["items"])
    law, number = log["law"]["slug"], log["release"]
    overview, notes = f"laws/{law}/overview", [item["path"] for item in log["items"] if item["what"] == "note"]
    states = [bodies([overview, *notes], number), bodies([overview, *notes], number - 1)]
    rows = [row for state in states for row in state.get(overview, {}).get("rows", [])]
    noted = {path: body["provision"] for state in states for path, body in state.items() if path in notes}
    return [item for item in log["items"] if key in _keys_of(item, rows, noted)[scope]]


def _keys_of(item: Any, rows: list[Any], noted: Mapping[str, Any]) -> dict[str, set[str]]:
    """Provisions and topics that one item speaks of."""
    provision = noted.get(item["path"])
    opened = item["path"].split("/p/")[1] if "/p/" in item["path"] else provision["key"] if provision else ""
    found: dict[str, set[str]] = {Scope.LAW: set(), Scope.PROVISION: {opened} - {""}, Scope.TOPIC: set()}
    for row in rows:
        own = row["provision"]["key"] == opened and (
            item["what"] not in {"verdict", "concern"} or row["concern"]["names"] == item["names"]
        )
        if own or (item["what"] == "note" and row["provision"]["names"] == item["names"]):
            for scope, keys in _keys(row).items():
                found[scope] |= keys
    return found


def _keys(row: Any) -> dict[str, set[str]]:
    return {Scope.PROVISION: {row["provision"]["key"]}, Scope.TOPIC: set(row["concern"]["topics"]), Scope.LAW: set()}
