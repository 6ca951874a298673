"""Typesetting as a command of the box: `python -m codes.drawing headline data.json` prints the headline as PNG,
`… report data.json` a report as PDF, `… charts data.json` a JSON list of PNGs in base64.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

from codes import typesetting


def drawn(what: str, file: Path) -> bytes:
    if what == "report":
        return typesetting.document("report.typ", file)
    pictures = typesetting.pictures(f"{what}.typ", file.parent)
    if what == "charts":
        return json.dumps([base64.b64encode(each).decode() for each in pictures]).encode()
    return pictures[0]


if __name__ == "__main__":
    sys.stdout.buffer.write(drawn(sys.argv[1], Path(sys.argv[2]).resolve()))
