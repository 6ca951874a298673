"""Options as plain JSON, for saved reports and for the documents that publish them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from tracker.publication.reports.content import Options


def as_json(options: Options) -> dict[str, Any]:
    found = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(options).items()}
    return {**found, "since": options.since.isoformat() if options.since is not None else None}


def from_json(saved: Mapping[str, Any]) -> Options:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in saved.items()}
    values["since"] = date.fromisoformat(saved["since"]) if saved["since"] else None
    return Options(**values)
