"""`python -m tracker.local demo|keep|reset`: the embedded servers and the demo, from the command line."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from tracker.local import demo, postgres, redis, shared
from tracker.local.places import Places


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tracker.local")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="start everything and load the demo").add_argument("--port", type=int, default=8000)
    keep = commands.add_parser("keep", help="hold the servers for other commands (started by them)")
    keep.add_argument("data", type=Path)
    keep.add_argument("ready", type=int)
    commands.add_parser("reset", help="delete the demo's data")
    chosen = parser.parse_args()
    places = Places.default()
    if chosen.command == "keep":
        shared.keep(places, chosen.ready)
    elif chosen.command == "reset":
        return reset(places)
    else:
        return demo.run(places, port=chosen.port)
    return 0


def reset(places: Places) -> int:
    """Delete the databases and files of the demo, unless something uses them."""
    if postgres.answers(places) or redis.answers(places):
        print("The demo is running. Stop it with Ctrl-C first, then run make demo-reset again.", file=sys.stderr)
        return 1
    for folder in (places.postgres, places.redis, places.log.parent / "media", places.runtime):
        shutil.rmtree(folder, ignore_errors=True)
    print("The demo's data is gone. make demo starts over.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
