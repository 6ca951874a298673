"""Jurisdictions, sources, laws, stages and their texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from amendments.services import importing, linking
from amendments.services.comparing import compare
from amendments.services.loading.files import Facts, names
from codes.models import Code, Jurisdiction, Membership, Source, Stage, Version
from codes.services import texts
from tracker.accounts.models import User
from tracker.common.writing import record

REASON = "loaded from sourced facts"


def load_sources(facts: Facts, *, by: User) -> None:
    for row in facts.rows("sources"):
        if not Source.objects.filter(slug=row["id"]).exists():
            record(
                Source(
                    slug=row["id"], title=row["title"], publisher=row["publisher"], date=row.get("date"),
                    date_precision=row.get("date_precision", "day"), url=row.get("url") or "",
                ),
                by=by,
                reason=REASON,
            )  # fmt: skip


def load_laws(facts: Facts, *, by: User, large: bool, members: dict[str, User], report: importing.Report) -> list[Code]:
    """Create what `laws.yaml` names and bring its texts in. `large` chooses the laws marked large, or those not
    marked.
    """
    data = facts.rows("laws")
    jurisdictions = {row["id"]: _jurisdiction(row, by) for row in data["jurisdictions"]}
    home = next(iter(jurisdictions.values()))
    stages = {row["id"]: _stage(row, order, home, by) for order, row in enumerate(data["stages"])}
    laws: dict[str, Code] = {}
    for order, row in enumerate(data["laws"]):
        if bool(row.get("large")) == large:
            laws[row["id"]] = _law(row, order, jurisdictions[row["jurisdiction"]], laws=laws, members=members, by=by)
    rows = [row for row in data["versions"] if row["law"] in laws]
    for place, row in enumerate(rows):
        report(place, len(rows), f"{row['law']} {row['id']}")
        _version(facts, row, laws[row["law"]], stages[row["stage"]], by)
    return list(laws.values())


def _jurisdiction(row: dict[str, Any], by: User) -> Jurisdiction:
    known = Jurisdiction.objects.filter(slug=row["id"]).first()
    return known or record(
        Jurisdiction(slug=row["id"], names=names(row["name"]), languages=row["languages"], drafting=row["drafting"]),
        by=by,
        reason=REASON,
    )


def _stage(row: dict[str, Any], order: int, home: Jurisdiction, by: User) -> Stage:
    known = Stage.objects.filter(jurisdiction=home, slug=row["id"]).first()
    return known or record(
        Stage(jurisdiction=home, slug=row["id"], order=order, names=names(row["name"])), by=by, reason=REASON
    )


def _law(
    row: dict[str, Any],
    order: int,
    jurisdiction: Jurisdiction,
    *,
    laws: dict[str, Code],
    members: dict[str, User],
    by: User,
) -> Code:
    law = record(
        Code(
            slug=row["id"], jurisdiction=jurisdiction, names=names(row["name"]), number=row.get("number") or "",
            date=row.get("date"), replaces=laws.get(row.get("replaces", "")), order=_order(row, order),
        ),
        by=by,
        reason=REASON,
    )  # fmt: skip
    for role, user in members.items():
        record(Membership(user=user, law=law, role=role), by=by, reason="member of the demo")
    return law


def _order(row: dict[str, Any], order: int) -> int:
    """Drafts before the laws that they replace."""
    return order + (100 if row["kind"] == "current_law" else 0)


def _version(facts: Facts, row: dict[str, Any], law: Code, stage: Stage, by: User) -> None:
    version = record(
        Version(
            code=law,
            slug=row["id"],
            stage=stage,
            label=names(row.get("label") or stage.names),
            date=row["date"],
            date_precision=row.get("date_precision", "day"),
            date_note=row.get("date_note", ""),
            not_before=row.get("not_before"),
            sequence=Version.objects.filter(code=law, date=row["date"]).count(),
            language=row["language"],
            coverage=row.get("coverage"),
            source=Source.objects.get(slug=row["source"]),
            verified=row["verified"],
            public=True,
        ),
        by=by,
        reason=REASON,
    )
    if row.get("text"):
        importing.add_words(version=version, paths=facts.paths(row["text"]), by=by)
    for language, paths in (row.get("parallel") or {}).items():
        texts.add_parallel(version=version, language=language, paths=facts.paths(paths), by=by)


def load_correspondences(facts: Facts, *, by: User) -> None:
    """Correspondences that people read override what the engine found; their comparisons are computed again."""
    touched: dict[tuple[str, str], tuple[Version, Version]] = {}
    for row in facts.rows("correspondences"):
        old, new = Version.objects.get(slug=row["old"]), Version.objects.get(slug=row["new"])
        linking.settle(
            old=old,
            new=new,
            pairs=_pairs(facts.texts / "kazakhstan" / "correspondences" / row["file"]),
            by=by,
            reason=row["reason"],
        )
        touched[row["old"], row["new"]] = (old, new)
    for old, new in touched.values():
        compare(old=old, new=new)


def _pairs(path: Path) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [("" if row[0] == "-" else row[0], "" if row[1] == "-" else row[1]) for row in rows if row[0] != "old"]
