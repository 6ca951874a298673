"""The YAML files of a folder, read once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "ru", "kk")


@dataclass(frozen=True, slots=True)
class Facts:
    """One folder of facts and the folder that its texts stand in."""

    folder: Path
    texts: Path

    def rows(self, name: str) -> Any:
        """The content of one file; an empty list when the folder has none of this name."""
        path = self.folder / f"{name}.yaml"
        return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []

    def paths(self, names: list[str]) -> list[Path]:
        return [self.texts / name for name in names]


def names(value: Any) -> dict[str, str]:
    """A text in one or more languages. A plain text is English, the working language of the facts."""
    return dict(value) if isinstance(value, dict) else {"en": str(value)}
