"""Sealed parts: {"seal": text} of a body becomes {"sealed": commitment}, its text a row beside the document."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tracker.publication import chain
from tracker.publication.models import Sealed


class ErasedHere(ValueError):
    """A body names somebody where a name was erased, and nobody can say any more whether it is the same."""


class Sealer:
    """Seals the parts of new bodies. A part that the document in force seals already keeps its commitment."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts`: the documents in force. One query for all parts that they seal."""
        known = {commitment for text in texts for commitment in chain.commitments(text)}
        self.rows = {row.commitment: row for row in Sealed.objects.filter(commitment__in=known)} if known else {}

    def seal(self, path: str, body: Any, before: str) -> tuple[Any, list[Sealed]]:
        """The body with commitments in place of its parts, and the rows that this adds.

        `before` is the text of the document in force at the path, or "". Raises `ErasedHere` when the body seals a part
        that a document with an erased part does not show: it might be what was erased.
        """
        kept: dict[str, list[Sealed]] = defaultdict(list)
        erased = False
        for commitment in chain.commitments(before):
            row = self.rows.get(commitment)
            erased = erased or row is None
            if row is not None:
                kept[row.part].append(row)
        made: list[Sealed] = []

        def one(part: str) -> Sealed:
            if kept[part]:
                return kept[part].pop(0)
            if erased:
                raise ErasedHere(
                    f"{path}: a part of this document was erased, and the new one seals a part that it did not show."
                    " Publish the document without that part first; then add it if it is not the erased one."
                )
            made.append(_fresh(part))
            return made[-1]

        return _walk(path, body, one, set(chain.commitments(before))), made


def _fresh(part: str) -> Sealed:
    salt = secrets.token_hex(chain.SEAL_BYTES)
    return Sealed(commitment=chain.commitment(part, salt), salt=salt, part=part)


def _walk(path: str, value: Any, one: Callable[[str], Sealed], carried: set[str]) -> Any:
    """Objects in the order of canonical JSON, so that equal parts meet their commitments in the stored order.

    `carried`: commitments of the document in force, which a body made from it may bring along.
    """
    if isinstance(value, Mapping):
        if set(value) == {"seal"}:
            return {"sealed": one(value["seal"]).commitment}
        if set(value) == {"sealed"} and value["sealed"] not in carried:
            raise ValueError(f"{path} brings a sealed part of its own; write it as a part to be sealed.")
        return {key: _walk(path, value[key], one, carried) for key in sorted(value, key=_canonical_place)}
    return [_walk(path, item, one, carried) for item in value] if isinstance(value, list | tuple) else value


def _canonical_place(key: object) -> bytes:
    return str(key).encode("utf-16-be", "surrogatepass")
