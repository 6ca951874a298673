"""What the API lists, as functions of documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from tracker.publication.machine.shapes import ArticleItem, ConcernItem, Law, Provision, VerdictItem

Key = tuple[str, str, str]  # concern, version, base


def law(overview: Any) -> Law:
    return cast("Law", {name: overview[name] for name in Law.__annotations__})


def versions(overview: Any) -> list[Any]:
    """Oldest first, current law before the drafts."""
    return [*filter(None, [overview["current_law"]]), *overview["texts"]]


def provisions(overview: Any) -> list[Provision]:
    found: dict[str, Provision] = {}
    for row in overview["rows"]:
        each = found.setdefault(
            row["provision"]["key"],
            {
                "provision": row["provision"],
                "current_number": row["current_number"],
                "concerns": [],
                "numbers": {cell["version"]: cell["numbers"] for cell in row["cells"]},
            },
        )
        each["concerns"].append(row["concern"]["slug"])
    return list(found.values())


def concerns(overview: Any) -> list[ConcernItem]:
    return [{"concern": row["concern"], "provision": row["provision"]} for row in overview["rows"]]


def articles(contents: Any) -> list[ArticleItem]:
    found: list[ArticleItem] = []
    above: list[str] = []
    for division in contents["divisions"]:
        above = [*above[: division["depth"]], division["heading"] or division["number"]]
        headings = [each for each in above if each]
        found += [cast("ArticleItem", {**article, "divisions": headings}) for article in division["articles"]]
    return found


def verdicts(overview: Any, before: Any = None) -> list[VerdictItem]:
    """All verdicts; with the overview of an earlier release, those that differ from it."""
    now = _by_key(overview)
    if before is None:
        return [_item(key, "stands", row, verdict) for key, (row, verdict) in now.items()]
    then = _by_key(before)
    found = []
    for key, (row, verdict) in now.items():
        if key not in then:
            found.append(_item(key, "added", row, verdict))
        elif then[key][1] != verdict:
            found.append(_item(key, "changed", row, verdict))
    return found + [_item(key, "removed", row, None) for key, (row, _) in then.items() if key not in now]


def _by_key(overview: Any) -> Mapping[Key, tuple[Any, Any]]:
    return {
        (row["concern"]["slug"], cell["version"], base): (row, verdict)
        for row in overview["rows"]
        for cell in row["cells"]
        for base, verdict in sorted(cell["verdicts"].items())
    }


def _item(key: Key, how: str, row: Any, verdict: Any) -> VerdictItem:
    concern, version, base = key
    item: Any = {"concern": concern, "provision": row["provision"]["key"], "version": version, "base": base}
    return cast("VerdictItem", {**item, "how": how, "verdict": verdict})
