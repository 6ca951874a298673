"""What happened to things: one list over all history tables, newest first, each change beside what it replaced.

Every list is one query: a UNION ALL with a limit inside each table, so that a page costs the same however long the
history has become. Nothing is counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone

from amendments.models import (
    Addressee,
    Annotation,
    AnnotationStandard,
    AnnotationTopic,
    Comment,
    Concern,
    ConcernEdition,
    ConcernStandard,
    ConcernTopic,
    Correspondence,
    Counterpart,
    Engagement,
    Event,
    Provision,
    Recommendation,
    Signatory,
    Standard,
    StandardTopic,
    StatedPlace,
    Statement,
    StatementConcern,
    Topic,
    Verdict,
)
from codes.models import Code, Import, Membership, Version
from tracker.accounts.models import User
from tracker.accounts.roles import Rule, rule

PAGE = 50

# How a row finds its law; `h` is the history row. What may be deleted is found in its own history, so that the past of
# a provision that nobody follows any more is told as before.
_OF_PROVISION = "(select o.law_id from amendments_historicalprovision o where o.id = h.provision_id limit 1)"
_OF_CONCERN = (
    "(select o.law_id from amendments_historicalconcern c join amendments_historicalprovision o "
    "on o.id = c.provision_id where c.id = h.concern_id limit 1)"
)
_OF_STATEMENT = "(select o.law_id from amendments_historicalstatement o where o.id = h.statement_id limit 1)"
_OF_NOTE = "join amendments_annotation a on a.id = h.annotation_id"
_OF_COMMENT = (
    "left join amendments_annotation a on a.id = h.annotation_id "
    "left join amendments_verdict v on v.id = h.verdict_id left join amendments_concern c on c.id = v.concern_id "
    "left join amendments_provision p on p.id = c.provision_id"
)
_OF_VERSION = "join codes_version v on v.id = h.new_version_id"
# The same said by ids, so that a law with little history is found by its index and not by walking over all others'.
_IDS = {
    _OF_PROVISION: "h.provision_id = any(%(provisions)s)",
    _OF_CONCERN: "h.concern_id = any(%(concerns)s)",
    _OF_STATEMENT: "h.statement_id = any(%(statements)s)",
}
# What the engine aligned by itself is told by the text that was added; these rows are people's decisions.
# Of an import: that somebody began it, and how it ended. What its jobs do between is no deed of a person.
_ENDS = "(h.history_type = '+' or h.state in ('added', 'cancelled', 'withdrawn'))"
_DECIDED = "not (h.history_type = '+' and (h.certain or h.status = 'suggested'))"


@dataclass(frozen=True, slots=True)
class Table:
    """One traced table. `shown` are the fields whose change is told; `law` is SQL for the id of the row's law.

    Empty `law`: a thing that all laws share. `owner` is the column that names the thing whose history page tells it.
    """

    kind: str
    model: type[models.Model]
    shown: tuple[str, ...]
    law: str = ""
    joins: str = ""
    only: str = ""
    owner: str = "id"

    @property
    def history(self) -> str:
        return str(self.model.history.model._meta.db_table)  # type: ignore[attr-defined]

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)


TABLES: tuple[Table, ...] = (
    Table("verdict", Verdict, ("status", "value", "reason", "lifecycle", "caution", "returned_reason"),
          _OF_CONCERN),
    Table("note", Annotation, ("status", "public_text", "quote", "article_id", "concern_id", "placing", "resolved",
                               "assigned_to_id", "returned_reason"), "h.law_id"),
    Table("note", AnnotationTopic, ("topic_id",), "a.law_id", _OF_NOTE, owner="annotation_id"),
    Table("note", AnnotationStandard, ("standard_id",), "a.law_id", _OF_NOTE, owner="annotation_id"),
    Table("comment", Comment, ("text",), "coalesce(a.law_id, p.law_id)", _OF_COMMENT),
    Table("concern", Concern, ("names", "quoted", "note"), _OF_PROVISION),
    Table("concern", Recommendation, ("ask", "asked"), _OF_CONCERN, owner="concern_id"),
    Table("concern", ConcernTopic, ("topic_id",), _OF_CONCERN, owner="concern_id"),
    Table("concern", ConcernStandard, ("standard_id",), _OF_CONCERN, owner="concern_id"),
    Table("concern", ConcernEdition, ("status", "returned_reason"), _OF_CONCERN, owner="concern_id"),
    Table("provision", Provision, ("names", "anchor_version_id", "anchor_number"), "h.law_id"),
    Table("provision", StatedPlace, ("version_id", "number"), _OF_PROVISION, owner="provision_id"),
    Table("provision", Counterpart, ("version_id", "number", "parts"), _OF_PROVISION, owner="provision_id"),
    Table("correspondence", Correspondence, ("status", "kind"), "v.code_id", _OF_VERSION, _DECIDED),
    Table("version", Version, ("label", "date", "date_note", "obtained", "public"), "h.code_id"),
    Table("law", Code, ("names", "number", "date"), "h.id"),
    Table("law", Event, ("what", "date"), "h.law_id", owner="law_id"),
    Table("import", Import, ("state",), "h.law_id", only=_ENDS),
    Table("statement", Statement, ("title", "date", "notes"), "h.law_id"),
    Table("statement", Signatory, ("organisation_id", "consent"), _OF_STATEMENT, owner="statement_id"),
    Table("statement", Addressee, ("organisation_id",), _OF_STATEMENT, owner="statement_id"),
    Table("statement", StatementConcern, ("concern_id",), _OF_STATEMENT, owner="statement_id"),
    Table("engagement", Engagement, ("asked_on", "answered_on", "answer", "outcome", "public_note"), "h.law_id"),
    Table("topic", Topic, ("names", "gist")),
    Table("standard", Standard, ("cite", "gist")),
    Table("standard", StandardTopic, ("topic_id",), owner="standard_id"),
    Table("member", Membership, ("role",), "h.law_id", owner="user_id"),
    Table("member", User, ("is_active", "is_administrator", "language")),
)  # fmt: skip
ADVOCACY = ("statement", "engagement")
KINDS = tuple(dict.fromkeys(table.kind for table in TABLES))
_BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Revision:
    """One history row. `after` and `before` are the columns of the row and of the one it replaced; `before` is None
    for a new thing.
    """

    table: Table
    number: int
    when: datetime
    by: int
    type: str
    reason: str
    law: int | None
    after: Mapping[str, Any]
    before: Mapping[str, Any] | None

    @property
    def owner(self) -> int:
        """The id of the thing whose history page tells this."""
        return int(self.after[self.table.owner])

    @property
    def key(self) -> str:
        """Names this row among all history tables, and its place in the order."""
        return f"{self.when.isoformat()}|{TABLES.index(self.table)}|{self.number}"

    def changes(self) -> list[tuple[str, Any, Any]]:
        """(field, before, after) of the fields that are told. None: there was nothing, or there is nothing now."""
        if self.type == "-":
            return [(name, self.after.get(name), None) for name in self.table.shown if self.after.get(name)]
        old = self.before or {}
        return [
            (name, old.get(name), self.after.get(name))
            for name in self.table.shown
            if old.get(name) != self.after.get(name) and (self.before is not None or self.after.get(name))
        ]


@dataclass(frozen=True, slots=True)
class Reader:
    """What a member may read of all histories: ids of laws, of those whose threads are open to them, of those whose
    statements and engagements are, and people.
    """

    laws: tuple[int, ...]
    threads: tuple[int, ...]
    statements: tuple[int, ...]
    administrator: bool

    @classmethod
    def of(cls, user: User) -> Reader:
        roles = dict(Membership.objects.filter(user=user).values_list("law_id", "role"))
        threads, statements = (
            tuple(law for law, role in roles.items() if rule(action, role) is Rule.YES)
            for action in ("read_threads", "statements")
        )
        return cls(tuple(roles), threads, statements, user.is_administrator)

    def narrowed(self, law: int) -> Reader:
        """Of one law only. What belongs to no law is left out."""
        kept = [tuple(one for one in laws if one == law) for laws in (self.laws, self.threads, self.statements)]
        return Reader(kept[0], kept[1], kept[2], False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A choice from all that happened. Days are whole days in the site's time; `after` is the key of the last row of
    the page before.
    """

    law: int | None = None
    person: int | None = None
    kind: str = ""
    first_day: date | None = None
    last_day: date | None = None
    after: str = ""


def activity(reader: Reader, wanted: Wanted, *, limit: int = PAGE + 1) -> list[Revision]:
    """What happened, newest first, as far as the reader may know. Raises `ValueError` for a key that is none."""
    narrowed = reader.narrowed(wanted.law) if wanted.law is not None else reader
    where: list[tuple[Table, str]] = []
    for table in TABLES:
        readable = _readable(table, narrowed, shared=wanted.law is None)
        if readable is not None and wanted.kind in {"", table.kind}:
            where.append((table, readable))
    common: list[str] = []
    values: dict[str, Any] = {
        "laws": list(narrowed.laws),
        "threads": list(narrowed.threads),
        "with_statements": list(narrowed.statements),
        **_ids(narrowed),
    }
    if wanted.person is not None:
        common.append("h.history_user_id = %(person)s")
        values["person"] = wanted.person
    if wanted.first_day is not None:
        common.append("h.history_date >= %(first)s")
        values["first"] = _midnight(wanted.first_day)
    if wanted.last_day is not None:
        common.append("h.history_date < %(last)s")
        values["last"] = _midnight(wanted.last_day + timedelta(days=1))
    return _list(where, common, values, after=wanted.after, limit=limit)


def _ids(reader: Reader) -> dict[str, list[int]]:
    """Provisions, concerns and statements of the reader's laws, with those that were deleted."""
    provisions = _ever(Provision, law__in=reader.laws)
    return {
        "provisions": provisions,
        "concerns": _ever(Concern, provision__in=provisions),
        "statements": _ever(Statement, law__in=reader.statements),
    }


def _ever(model: Any, **of: Any) -> list[int]:
    """Ids of the rows that are, and of those that were deleted."""
    deleted = model.history.filter(history_type="-", **of).order_by()
    return [*model.objects.filter(**of).values_list("pk", flat=True), *deleted.values_list("id", flat=True)]


def _readable(table: Table, reader: Reader, *, shared: bool) -> str | None:
    """SQL for the rows of a table that the reader may know of; None: not one."""
    if table.model is User:
        return "true" if reader.administrator else None
    if table.model is Membership and reader.administrator:
        return "true"
    if not reader.laws:
        return None
    if not table.law:
        return "true" if shared else None
    if table.law in _IDS:
        return _IDS[table.law]
    laws = "threads" if table.model is Comment else "with_statements" if table.kind in ADVOCACY else "laws"
    return f"{table.law} = any(%({laws})s)"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True, slots=True)
class Place:
    """The rows that make up the history of one thing: SQL conditions by table, and their values."""

    where: tuple[tuple[type[models.Model], str], ...]
    values: dict[str, Any] = field(default_factory=dict)


def of_thing(place: Place, *, after: str = "", limit: int = PAGE + 1) -> list[Revision]:
    """All revisions of one thing, newest first. Whoever asks has asked for permission before."""
    wanted = [(_BY_NAME[str(model._meta.model_name)], condition) for model, condition in place.where]
    return _list(wanted, [], dict(place.values), after=after, limit=limit)


def row(table: Table, number: int) -> Revision | None:
    """One history row by its number."""
    found = _list([(table, "h.history_id = %(number)s")], [], {"number": number}, after="", limit=1)
    return found[0] if found else None


def table_of(name: str) -> Table | None:
    """The table of a model, by the model's name in small letters."""
    return _BY_NAME.get(name)


def _list(
    where: Sequence[tuple[Table, str]], common: Sequence[str], values: dict[str, Any], *, after: str, limit: int
) -> list[Revision]:
    if not where:
        return []
    place = _place(after)
    if place is not None:
        values |= {"at_date": place[0], "at_table": place[1], "at_number": place[2]}
    parts = [_select(table, [condition, *common], after=place is not None) for table, condition in where]
    statement = (
        f"select * from ({' union all '.join(parts)}) every "
        "order by history_date desc, of_table desc, history_id desc limit %(limit)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, "limit": limit})
        return list(_revisions(cursor.fetchall()))


def _select(table: Table, conditions: Sequence[str], *, after: bool) -> str:
    """One table's newest rows, and beside each the row it replaced: of the thing itself, or of the one it edits."""
    position = TABLES.index(table)
    asked = [*conditions, *([table.only] if table.only else [])]
    if after:
        asked.append("h.history_date <= %(at_date)s")  # what the index can use
        asked.append(f"(h.history_date, {position}, h.history_id) < (%(at_date)s, %(at_table)s, %(at_number)s)")
    replaces = any(each.name == "replaces" for each in table.model._meta.fields) and table.model is not Code
    before = "case when h.history_type = '+' then h.replaces_id else h.id end" if replaces else "h.id"
    return (
        f"(select {position} as of_table, h.history_id, h.history_date, h.law_of, to_jsonb(h), before.columns from ("
        f"select h.*, {table.law or 'null::bigint'} as law_of from {table.history} h {table.joins} "
        f"where {' and '.join(asked)} order by h.history_date desc, h.history_id desc limit %(limit)s) h "
        f"left join lateral (select to_jsonb(o) as columns from {table.history} o where o.id = {before} "
        "and o.history_id < h.history_id order by o.history_id desc limit 1) before on true)"
    )


def _place(key: str) -> tuple[datetime, int, int] | None:
    if not key:
        return None
    when, table, number = key.split("|")
    return datetime.fromisoformat(when), int(table), int(number)


def _revisions(rows: Sequence[tuple[Any, ...]]) -> Iterator[Revision]:
    for position, number, when, law, after, before in rows:
        columns, old = _parsed(after), _parsed(before)
        assert columns is not None
        yield Revision(
            table=TABLES[position],
            number=number,
            when=when,
            by=columns["history_user_id"],
            type=columns["history_type"],
            reason=columns["history_change_reason"],
            law=law,
            after=columns,
            before=old,
        )


def _parsed(value: Any) -> dict[str, Any] | None:
    """Django reads jsonb as text outside of its own fields."""
    found: dict[str, Any] | None = json.loads(value) if isinstance(value, str) else value
    return found
