"""Documents collected now, for a member of the law."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from codes.models import Code, Version
from tracker.accounts.models import User
from tracker.publication.collectors import catalogue
from tracker.publication.collectors.comparison import comparison, pairs
from tracker.publication.collectors.context import LawContext
from tracker.publication.collectors.life import LifeCollector
from tracker.publication.collectors.notes import note_documents
from tracker.publication.collectors.overview import overview
from tracker.publication.collectors.texts import articles, contents


class LiveSource:
    """The same documents as a release holds, over the workspace's rows. A law without a role in it does not exist."""

    release = None

    def __init__(self, user: User) -> None:
        self.user = user
        self.contexts: dict[str, LawContext | None] = {}
        self.removed: dict[str, str] = {}  # an erasure is of the record; the workspace's rows are corrected by people

    def get(self, path: str) -> Any:
        return self.get_many([path]).get(path)

    def get_many(self, paths: Iterable[str]) -> dict[str, Any]:
        """Documents by path. What belongs to one comparison or one text is collected together."""
        found: dict[str, Any] = {}
        grouped: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for path in paths:
            steps = path.split("/")
            if len(steps) == 5 and steps[0] == "laws" and steps[2] in {"compare", "v"}:
                grouped[tuple(steps[1:4])].append((path, steps[4]))
            else:
                document = self._one(steps)
                if document is not None:
                    found[path] = named(document)
        for (law, kind, name), wanted in grouped.items():
            found.update(self._together(law, kind, name, wanted))
        return found

    def newest(self, prefix: str, limit: int, before: int | None = None) -> list[Any]:
        """The change log is of releases; members read their activity."""
        del prefix, limit, before
        return []

    def left(self, path: str) -> str:
        """Nothing leaves the workspace: what was withdrawn stands in its history."""
        del path
        return ""

    def _laws(self) -> list[Code]:
        return list(
            Code.objects.visible_to(self.user).select_related("jurisdiction", "replaces").order_by("order", "slug")
        )

    def _context(self, slug: str) -> LawContext | None:
        if slug not in self.contexts:
            law = (
                Code.objects.visible_to(self.user).filter(slug=slug).select_related("jurisdiction", "replaces").first()
            )
            self.contexts[slug] = LawContext(law, public=False) if law is not None else None
        return self.contexts[slug]

    def _one(self, steps: list[str]) -> Any:
        if steps == ["laws"]:
            return catalogue.laws(self._laws(), public=False)
        if steps == ["standards"]:
            return catalogue.standards(self._laws(), public=False)
        context = self._context(steps[1]) if len(steps) > 2 and steps[0] == "laws" else None
        if context is None:
            return None
        if steps[2:] == ["overview"]:
            return overview(context)
        return self._of_law(context, steps[2], steps[3]) if len(steps) == 4 else None

    def _of_law(self, context: LawContext, kind: str, name: str) -> Any:
        if kind == "v":
            version = self._version(context, name)
            return contents(context, version) if version is not None and version.obtained else None
        if kind == "compare":
            pair = self._pair(context, name)
            return comparison(context, *pair) if pair is not None else None
        if kind == "notes":
            return note_documents(context, name).get(name)
        provision = next((p for p in context.provisions if p.key == name), None)
        return LifeCollector(context).document(provision) if kind == "p" and provision is not None else None

    def _together(self, law: str, kind: str, name: str, wanted: list[tuple[str, str]]) -> dict[str, Any]:
        context = self._context(law)
        if context is None:
            return {}
        if kind == "v":
            version = self._version(context, name)
            numbers = [last.removeprefix("art-") for _, last in wanted]
            by_number = articles(context, version, numbers) if version is not None else {}
            return {
                path: by_number[last.removeprefix("art-")]
                for path, last in wanted
                if last.removeprefix("art-") in by_number
            }
        pair = self._pair(context, name)
        by_key = pairs(context, *pair, [last for _, last in wanted]) if pair is not None else {}
        return {path: by_key[last] for path, last in wanted if last in by_key}

    def _version(self, context: LawContext, slug: str) -> Version | None:
        return next((v for v in context.versions if v.slug == slug), None)

    def _pair(self, context: LawContext, name: str) -> tuple[Version, Version] | None:
        first, _, second = name.partition("...")
        old, new = self._version(context, first), self._version(context, second)
        return (old, new) if old is not None and new is not None else None


def named(value: Any) -> Any:
    """Members read names as they are: a part that a release would seal is shown open."""
    if isinstance(value, dict):
        if set(value) == {"seal"}:
            return {"name": value["seal"]}
        return {key: named(item) for key, item in value.items()}
    return [named(item) for item in value] if isinstance(value, list) else value
