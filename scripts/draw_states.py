"""Draw the states of a thing under review from the table that the services ask: docs/review-states.md.

python scripts/draw_states.py            write the file
python scripts/draw_states.py --check    say whether it is what the table says
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "review-states.md"
HEAD = """# States of a verdict, a note or a concern

Drawn from `amendments/policies.py` by `python scripts/draw_states.py`; `make check` compares. Who may take a
step is said in `amendments/permissions.py`: nobody publishes words they wrote or edited.

"""


def drawn() -> str:
    from amendments.policies import drawing  # noqa: PLC0415  # models load after django.setup

    return f"{HEAD}```mermaid\n{drawing()}\n```\n"


def main(arguments: list[str]) -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    if "--check" not in arguments:
        TARGET.write_text(drawn(), encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == drawn():
        return 0
    print("docs/review-states.md is not what amendments/policies.py says. Run: python scripts/draw_states.py")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
