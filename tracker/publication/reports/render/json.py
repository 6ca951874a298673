"""JSON: the whole content, exact. Keys in the order of the dataclasses, so that the same content is the same bytes."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from tracker.publication.reports.content import ReportContent

FORMAT = 1


def render(content: ReportContent) -> bytes:
    body = {"format": FORMAT, **_plain(content)}
    del body["kind"]
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(value: Any) -> Any:
    """Dataclasses as objects that say their kind; the kind of a block tells how to read it."""
    if is_dataclass(value):
        named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"kind": type(value).__name__, **named}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
