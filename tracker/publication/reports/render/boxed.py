"""What reports let typst draw in the box: words and drawings go in as JSON, bytes come out."""

from __future__ import annotations

import base64
import json
import tempfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, override

from codes import box
from codes.text.nodes import TextError
from tracker.publication.reports.content import ReportContent, Unreportable

WALL = 90  # seconds
PNG = b"\x89PNG\r\n\x1a\n"


def box_drawn(what: str, data: Any, content: ReportContent) -> bytes:
    """The answer of `codes.drawing`. Raises Unreportable where the box fails."""
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        file = Path(folder) / "data.json"
        file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        try:
            return box.run("codes.drawing", [what, file.name], file=file, name=file.name, wall=WALL)
        except TextError:
            raise _failed(content) from None


def box_pictures(svgs: list[str], content: ReportContent) -> list[bytes]:
    """Each drawing as PNG."""
    try:
        found = [base64.b64decode(each, validate=True) for each in json.loads(box_drawn("charts", svgs, content))]
    except (ValueError, TypeError):
        raise _failed(content) from None
    if len(found) != len(svgs) or not all(each.startswith(PNG) for each in found):
        raise _failed(content)
    return found


def _failed(content: ReportContent) -> Unreportable:
    with override(content.options.language):
        return Unreportable(
            gettext("The report cannot be drawn. If it is long, choose fewer topics or another format.")
        )
