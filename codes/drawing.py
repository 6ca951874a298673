"""Drawing the headline, as a command of the box: `python -m codes.drawing data.json` prints a PNG."""

from __future__ import annotations

import sys
from pathlib import Path

from codes import typesetting

if __name__ == "__main__":
    sys.stdout.buffer.write(typesetting.picture("headline.typ", Path(sys.argv[1]).resolve().parent))
