"""Typesetting as a command of the box: `python -m codes.drawing headline data.json` prints the headline as PNG,
`… report data.json` a report as PDF.
"""

from __future__ import annotations

import sys
from pathlib import Path

from codes import typesetting

if __name__ == "__main__":
    what, file = sys.argv[1], Path(sys.argv[2]).resolve()
    if what == "report":
        made = typesetting.document("report.typ", file.parent, file)
    else:
        made = typesetting.picture(f"{what}.typ", file.parent)
    sys.stdout.buffer.write(made)
