"""History rows in words: who did what to which thing, and each field before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from amendments.services.history import Revision
from amendments.services.naming import Known
from amendments.services.things import THINGS
from tracker.publication.pages import words
from tracker.publication.pages.reading import BASES
from tracker.workspace.records.field_words import DOINGS, FIELDS, KINDS, VALUES


@dataclass(frozen=True, slots=True)
class Told:
    """One field in words. Empty: there was nothing, or there is nothing now. `value` is the verdict's code, if it is
    one.
    """

    field: str
    before: str
    after: str
    verdicts: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One history row as it is read. `history` is (kind, id) of the thing's own page, "" where there is none."""

    revision: Revision
    who: str
    when: datetime
    kind: str
    title: str
    law: str
    doing: str
    changes: tuple[Told, ...]
    history: tuple[str, str]

    @property
    def said(self) -> str:
        """What the person gave as the reason."""
        return self.revision.reason

    @property
    def ref(self) -> str:
        """Names the revision in a form: its table and its number there."""
        return f"{self.revision.table.name}-{self.revision.number}"

    @property
    def is_own(self) -> bool:
        """Whether the row is of the thing itself, and not of something that belongs to it."""
        return self.revision.table.owner == "id"


def line(revision: Revision, known: Known) -> Line:
    kind = revision.table.kind
    owner = kind if kind in THINGS else ""
    law = known["law"].get(revision.law or 0)
    return Line(
        revision=revision,
        who=named("member", revision.by, known),
        when=timezone.localtime(revision.when),
        kind=str(KINDS[kind]),
        title=title(revision, known),
        law=words.say(law["names"]) if law else "",
        doing=str(DOINGS[revision.type]),
        changes=tuple(told(*change, known, revision.table.kind) for change in revision.changes()),
        history=(owner, str(revision.owner)) if owner else _of_comment(revision),
    )


def _of_comment(revision: Revision) -> tuple[str, str]:
    """A thread belongs to a note or to a verdict."""
    for column, kind in (("annotation_id", "note"), ("verdict_id", "verdict")):
        if revision.after.get(column) is not None:
            return kind, str(revision.after[column])
    return "", ""


def title(revision: Revision, known: Known) -> str:
    """What the row is about, in a few words."""
    columns: Mapping[str, Any] = revision.after
    model = revision.table.name
    if columns.get("annotation_id") is not None:
        return _note_title(known["note"].get(columns["annotation_id"], {}), known)
    if columns.get("verdict_id") is not None:
        return _cell_title(known["verdict"].get(columns["verdict_id"], {}), known)
    if model in _TITLES:
        return _TITLES[model](columns, known)
    for column, kind in _BELONGS.items():
        if columns.get(column) is not None and model != "concern":
            return named(kind, columns[column], known)
    own = columns.get("names") or columns.get("label")
    return (
        words.say(own)
        if own
        else str(columns.get("cite") or columns.get("title") or columns.get("what") or f"#{revision.owner}")
    )


# A row that is part of something is told under the name of that.
_BELONGS = {"concern_id": "concern", "provision_id": "provision", "standard_id": "standard", "user_id": "member",
            "statement_id": "statement"}  # fmt: skip


def _cell_title(columns: Mapping[str, Any], known: Known) -> str:
    return gettext("%(concern)s, %(text)s, %(base)s") % {
        "concern": named("concern", columns.get("concern_id"), known),
        "text": named("version", columns.get("version_id"), known),
        "base": str(BASES.get(columns.get("base", ""), "")).lower(),
    }


def _note_title(columns: Mapping[str, Any], known: Known) -> str:
    return gettext("Note on %(article)s") % {"article": named("article", columns.get("article_id"), known)}


def _link_title(columns: Mapping[str, Any], known: Known) -> str:
    ends = [named("article", columns[side], known) for side in ("old_article_id", "new_article_id")]
    return " → ".join(end or "–" for end in ends)


def _import_title(columns: Mapping[str, Any], known: Known) -> str:
    said = columns["parameters"]
    return words.say(said.get("label")) or str(said.get("name") or said.get("slug") or f"#{columns['id']}")


_TITLES: dict[str, Callable[[Mapping[str, Any], Known], str]] = {
    "verdict": _cell_title,
    "annotation": _note_title,
    "correspondence": _link_title,
    "import": _import_title,
    "engagement": lambda columns, known: named("organisation", columns["addressee_id"], known),
    "user": lambda columns, _known: str(columns["handle"]),
}


def named(kind: str, pk: int | None, known: Known) -> str:
    """The name of a row; "#12" for one that was deleted since; empty for none."""
    if pk is None:
        return ""
    found = known[kind].get(pk)
    if found is None:
        return f"#{pk}"
    if kind == "version":
        return words.text_name({**found, "date": found["date"].isoformat()})  # type: ignore[typeddict-item]
    if kind == "article":
        text = named("version", found["version_id"], known)
        return gettext("Article %(number)s, %(text)s") % {"number": words.printed(found["number"]), "text": text}
    return str(found.get("handle") or found.get("cite") or found.get("title") or words.say(found.get("names")))


def told(field: str, before: Any, after: Any, known: Known, kind: str = "") -> Told:
    """One change in words; a verdict keeps its code too, so that it can be shown with its icon."""
    codes = (before or "", after or "") if field == "value" else ("", "")
    return Told(str(FIELDS.get(field, field)), said(field, before, known), said(field, after, known), codes)


def said(field: str, value: Any, known: Known) -> str:
    """A value in words. Texts in several languages stand one below the other, each with its language."""
    if value in (None, "", [], {}):
        return ""
    if field in VALUES:
        return str(VALUES[field].get(value, value))
    if field in {"topics", "standards"}:
        return "; ".join(sorted(named(field[:-1], pk, known) for pk in value))
    if field.endswith("_id"):
        kind = {"assigned_to_id": "member", "anchor_version_id": "version"}.get(field, field.removesuffix("_id"))
        return named(kind, value, known)
    return words.when(str(value)) if field in {"date", "asked_on", "answered_on"} else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dict):
        return "\n".join(f"{words.OWN_NAMES.get(code, code)}: {text}" for code, text in value.items() if text)
    return "\n".join(f"“{each}”" for each in value) if isinstance(value, list) else str(value)


def lines(revisions: Sequence[Revision], known: Known) -> list[Line]:
    return [line(revision, known) for revision in revisions]


def together(found: Sequence[Line]) -> list[Line]:
    """What one person did to one thing at once, as one line: a note with its topics. It keeps the newest revision, so
    that going back to it means all of it.
    """
    folded: list[list[Line]] = []
    for each in found:
        if folded and _act(folded[-1][0]) == _act(each):
            folded[-1].append(each)
        else:
            folded.append([each])
    return [_folded(act) for act in folded]


def _act(line: Line) -> tuple[Any, ...]:
    return (line.revision.after["txid"], line.history, line.kind, line.revision.reason)


def _folded(act: list[Line]) -> Line:
    main = next((each for each in act if each.is_own), act[0])
    changes = [*main.changes, *(told for each in act if each is not main for told in each.changes)]
    return replace(act[0], title=main.title, doing=main.doing if main.is_own else act[0].doing, changes=tuple(changes))


def day(value: str) -> date | None:
    """A date as a form sends it; None for an empty or impossible one."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
