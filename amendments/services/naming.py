"""The names of what history rows speak of, found together: a constant number of queries for any list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from amendments.models import Annotation, Concern, Organisation, Provision, Standard, Statement, Topic, Verdict
from amendments.services.history import Revision
from codes.models import Article, Code, Version
from tracker.accounts.models import User

# Kind → id → what is known of it, as plain values. Of what was deleted since, only provisions and concerns are here.
Known = Mapping[str, Mapping[int, Mapping[str, Any]]]

_COLUMNS = {
    "concern_id": "concern", "topic_id": "topic", "standard_id": "standard", "provision_id": "provision",
    "version_id": "version", "anchor_version_id": "version", "new_version_id": "version", "old_version_id": "version",
    "article_id": "article", "old_article_id": "article", "new_article_id": "article",
    "annotation_id": "note", "verdict_id": "verdict", "law_id": "law", "code_id": "law",
    "organisation_id": "organisation", "addressee_id": "organisation", "statement_id": "statement",
    "user_id": "member", "assigned_to_id": "member", "history_user_id": "member",
}  # fmt: skip


def known(revisions: Iterable[Revision], *states: Mapping[str, Any]) -> Known:
    """What the rows name: members, laws, texts, articles, provisions, concerns, topics, standards, notes, verdicts,
    statements, organisations.

    `states` are further columns to look at (`things.state`), with `topics` and `standards` as lists of ids.
    """
    ids: dict[str, set[int]] = defaultdict(set)
    for revision in revisions:
        for columns in (revision.after, revision.before or {}):
            _gather(columns, ids)
        if revision.law is not None:
            ids["law"].add(revision.law)
    for state in states:
        _gather(state, ids)
        ids["topic"].update(state.get("topics", ()))
        ids["standard"].update(state.get("standards", ()))
    found: dict[str, dict[int, Mapping[str, Any]]] = {}
    # What leads to others comes first: a note to its article, an article to its text.
    found["note"] = _rows(Annotation, ids["note"], article_id="article_id")
    found["verdict"] = _rows(Verdict, ids["verdict"], concern_id="concern_id", version_id="version_id", base="base")
    for kind in ("note", "verdict"):
        for columns in found[kind].values():
            _gather(columns, ids)
    found["concern"] = _ever(Concern, ids["concern"], names="names", provision_id="provision_id")
    found["article"] = _rows(Article, ids["article"], number="number", version_id="version_id")
    for kind in ("concern", "article"):
        for columns in found[kind].values():
            _gather(columns, ids)
    found["provision"] = _ever(Provision, ids["provision"], names="names", public_id="public_id", slug="slug")
    found["version"] = _rows(
        Version, ids["version"], label="label", date="date", date_precision="date_precision", slug="slug",
        law="code__slug",
    )  # fmt: skip
    found["law"] = _rows(Code, ids["law"], names="names", slug="slug")
    found["organisation"] = _rows(Organisation, ids["organisation"], names="names")
    found["statement"] = _rows(Statement, ids["statement"], title="title")
    found["topic"] = _rows(Topic, ids["topic"], names="names")
    found["standard"] = _rows(Standard, ids["standard"], cite="cite")
    found["member"] = _rows(User, ids["member"], handle="handle")
    return found


def _gather(columns: Mapping[str, Any], ids: dict[str, set[int]]) -> None:
    for column, kind in _COLUMNS.items():
        if columns.get(column) is not None:
            ids[kind].add(columns[column])


def _rows(model: Any, ids: set[int], **fields: str) -> dict[int, Mapping[str, Any]]:
    rows = model._default_manager.filter(pk__in=ids).values_list("pk", *fields.values())
    return {row[0]: dict(zip(fields, row[1:], strict=True)) for row in rows}


def _ever(model: Any, ids: set[int], **fields: str) -> dict[int, Mapping[str, Any]]:
    """The same, and what was deleted under the name that it had."""
    found = _rows(model, ids, **fields)
    gone = model.history.filter(id__in=ids - found.keys(), history_type="-").values_list("id", *fields.values())
    return found | {row[0]: dict(zip(fields, row[1:], strict=True)) for row in gone}
