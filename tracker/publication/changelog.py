"""What a release changes in a law, in the words of a reader: a pure function of the documents before and after.

It is written once, with the release, under `laws/{law}/changes/{release}`, and never again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracker.publication.change_documents import ChangeItem, ChangesDocument, How, What
from tracker.publication.documents import Names

Bodies = Mapping[str, Any]  # path → body of a document; what is not there was, or is, not shown
_Key = tuple[str, str, str]  # concern, version, base


def log_path(law: str, release: int) -> str:
    return f"laws/{law}/changes/{release:06d}"


def is_log(law: str, path: str) -> bool:
    return path.startswith(f"laws/{law}/changes/")


def changes_document(law: str, release: int, time: str, before: Bodies, after: Bodies) -> ChangesDocument | None:
    """The log of one release of one law, or None when no reader would call anything in it a change.

    `before` and `after` hold the bodies of the documents that differ, each with the head of its law.
    """
    overview = f"laws/{law}/overview"
    old, new = before.get(overview, {}), after.get(overview, {})
    texts = list(_texts(law, old, new, before, after))
    fresh = {item["version"] for item in texts if item["how"] != "changed"}
    items = [*texts, *_concerns(law, old, new), *_verdicts(law, old, new, fresh), *_notes(law, before, after, fresh),
             *_statements(before, after)]  # fmt: skip
    head = next((body["law"] for body in (new, *after.values(), *before.values()) if "law" in body), None)
    if not items or head is None:
        return None
    return {"kind": "changes", "law": head, "release": release, "time": time, "items": items}


def _item(what: What, how: How, path: str, names: Names, **more: Any) -> ChangeItem:
    item: ChangeItem = {
        "what": what, "how": how, "path": path, "names": names, "version": "", "base": "", "before": None,
        "after": None, "reason": "", "correction": False,
    }  # fmt: skip
    return {**item, **more}  # type: ignore[typeddict-item]  # `more` names fields of the shape


def _how(old: Any, new: Any) -> How | None:
    if old == new:
        return None
    return "added" if old is None else "removed" if new is None else "changed"


def _texts(law: str, old: Any, new: Any, before: Bodies, after: Bodies) -> Iterator[ChangeItem]:
    """Texts that came or went, then those whose printed words were put right: the latter are corrections."""
    olds, news = ({text["slug"]: text for text in overview.get("texts", [])} for overview in (old, new))
    for slug in sorted({*olds, *news}, key=lambda each: (news.get(each) or olds[each])["date"]):
        held = [each[slug]["obtained"] if slug in each else None for each in (olds, news)]
        how = _how(*held)
        if how is not None:
            label = (news.get(slug) or olds[slug])["label"]
            how = "added" if how == "changed" else how  # the stage was known; now its text is
            yield _item("text", how, f"laws/{law}/v/{slug}", label, version=slug)
    for slug, label in _reworded(law, before, after).items():
        yield _item("text", "changed", f"laws/{law}/v/{slug}", label, version=slug, correction=True)


def _reworded(law: str, before: Bodies, after: Bodies) -> dict[str, Names]:
    """Texts, with their names, of which both releases show an article that reads differently."""
    articles = [path for path in before if path in after and before[path].get("kind") == "article"]
    return {
        after[path]["version"]["slug"]: after[path]["version"]["label"]
        for path in articles
        if path.startswith(f"laws/{law}/v/") and before[path]["texts"] != after[path]["texts"]
    }


def _rows(overview: Any) -> dict[str, Any]:
    return {row["concern"]["slug"]: row for row in overview.get("rows", [])}


def _concerns(law: str, old: Any, new: Any) -> Iterator[ChangeItem]:
    olds, news = _rows(old), _rows(new)
    for slug in [*news, *(each for each in olds if each not in news)]:
        said, says = (_asked(rows[slug]["concern"]) if slug in rows else None for rows in (olds, news))
        how = _how(said, says)
        if how is not None:
            row = news.get(slug) or olds[slug]
            path = f"laws/{law}/p/{row['provision']['key']}"
            yield _item("concern", how, path, row["concern"]["names"], correction=how == "changed")


def _asked(concern: Any) -> Any:
    """What we say of a concern; its marks (sample, checked) are no change that a reader follows."""
    return [concern[name] for name in ("names", "ask", "asked", "quoted", "topics", "standards")]


def _verdicts(law: str, old: Any, new: Any, fresh: set[str]) -> Iterator[ChangeItem]:
    """Verdicts of concerns that stood before and stand after; those of a new concern come with it.

    A verdict that becomes another, or is taken back, in a text that did not change corrects what was published.
    """
    olds, news = _rows(old), _rows(new)
    for slug in (each for each in news if each in olds):
        row = news[slug]
        for key in _keys(olds[slug], row):
            was, now = _verdict(olds[slug], key), _verdict(row, key)
            how = _how(_says(was), _says(now))
            if how is None:
                continue
            yield _item(
                "verdict", how, f"laws/{law}/p/{row['provision']['key']}", row["concern"]["names"], version=key[1],
                base=key[2], before=was["value"] if was else None, after=now["value"] if now else None,
                reason=(now or was)["reason"], correction=how != "added" and key[1] not in fresh,
            )  # fmt: skip


def _keys(*rows: Any) -> Iterable[_Key]:
    found = {
        (row["concern"]["slug"], cell["version"], base)
        for row in rows
        for cell in row["cells"]
        for base in cell["verdicts"]
    }
    order = {cell["version"]: place for row in rows for place, cell in enumerate(row["cells"])}
    return sorted(found, key=lambda key: (-order[key[1]], key[2]))


def _verdict(row: Any, key: _Key) -> Any:
    cell = next((cell for cell in row["cells"] if cell["version"] == key[1]), None)
    return cell["verdicts"].get(key[2]) if cell else None


def _says(verdict: Any) -> Any:
    return [verdict[name] for name in ("value", "reason", "lifecycle", "caution")] if verdict else None


def _notes(law: str, before: Bodies, after: Bodies, fresh: set[str]) -> Iterator[ChangeItem]:
    paths = {path for path in (*before, *after) if path.startswith(f"laws/{law}/notes/")}
    for path in sorted(paths):
        was, now = before.get(path), after.get(path)
        how = _how(_noted(was), _noted(now))
        if how is None:
            continue
        document: Any = now or was
        version, number = document["version"]["slug"], document["note"]["number"]
        provision = document["provision"]
        names = provision["names"] if provision else {document["version"]["language"]: document["heading"]}
        opened = path if now else f"laws/{law}/v/{version}/art-{number}"
        yield _item("note", how, opened, names, version=version, correction=how != "added" and version not in fresh)


def _noted(document: Any) -> Any:
    return [document["note"][name] for name in ("text", "quote", "topics", "standards")] if document else None


def _statements(before: Bodies, after: Bodies) -> Iterator[ChangeItem]:
    """Statements stand in the lives of the provisions that they speak of; each is told once."""
    olds, news = _stated(before), _stated(after)
    for slug in sorted({*olds, *news}):
        how = _how(olds.get(slug, (None,))[0], news.get(slug, (None,))[0])
        if how is not None:
            title, path = news.get(slug) or olds[slug]
            yield _item("statement", how, path, {"en": title})


def _stated(bodies: Bodies) -> dict[str, tuple[str, str]]:
    """Slug → (title, path of a life that names it)."""
    lives = {path: body for path, body in bodies.items() if body.get("kind") == "life"}
    return {one["slug"]: (one["title"], path) for path, body in lives.items() for one in body["statements"]}
