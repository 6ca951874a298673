"""Colours and signs of verdicts on paper: those of the site's light mode (static/css/site.css)."""

from __future__ import annotations

from typing import NamedTuple

from tracker.publication.documents import Value


class Paint(NamedTuple):
    """Six hexadecimal digits each, without `#`."""

    fill: str
    text: str
    edge: str


PAINTS: dict[Value, Paint] = {
    "fixed": Paint("CDF4E1", "0A4A32", "0F7A52"),
    "partly_fixed": Paint("B5D9F9", "0A3A66", "2B6CA8"),
    "unchanged": Paint("C3C5C9", "20262D", "858A92"),
    "stricter": Paint("B23A0E", "FFFFFF", "B23A0E"),
    "new_restriction": Paint("5B1A56", "FFFFFF", "5B1A56"),
    "not_assessed": Paint("FFFFFF", "4A515B", "6A717B"),
}
# Signs that the common faces hold, so that no format needs a font of its own.
SIGNS: dict[Value, str] = {
    "fixed": "✓",
    "partly_fixed": "◐",
    "unchanged": "=",
    "stricter": "▲",
    "new_restriction": "✚",
    "not_assessed": "○",
}
ADDED, DELETED, MOVED = ("0A3D78", "DCEAFB"), ("7A2E05", "FCE6D6"), ("4A2270", "EDE4F7")
INK, MUTED, LINE, HEAD = "1A222B", "4F5862", "B9B6AC", "ECEAE3"
DIRECTIONS = {1: "▲", -1: "▼", 0: ""}
