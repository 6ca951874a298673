"""Drawing one picture, inside the box: `python -m codes.drawing data.json` prints a PNG. Nothing else imports this.

The words are data that a fixed template reads; they are never part of what is compiled.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("drawings") / "headline.typ"
PIXELS_PER_INCH = 144


def main(data: str) -> None:
    folder = Path(data).resolve().parent
    shutil.copyfile(TEMPLATE, folder / "headline.typ")
    picture = typst.compile(folder / "headline.typ", root=folder, format="png", ppi=PIXELS_PER_INCH)
    sys.stdout.buffer.write(picture)


if __name__ == "__main__":
    main(sys.argv[1])
