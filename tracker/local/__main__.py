"""`python -m tracker.local demo|reset`: the demo from the command line. `keep` is for commands that need servers."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from tracker.local import demo, postgres, shared
from tracker.local.places import Places


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tracker.local")
    commands = parser.add_subparsers(dest="command", required=True)
    start = commands.add_parser("demo", help="start everything and load the demo")
    start.add_argument("--port", type=int, default=8000)
    keep = commands.add_parser("keep", help="hold the servers for other commands (started by them)")
    keep.add_argument("folder", type=Path)
    keep.add_argument("ready", type=int)
    commands.add_parser("reset", help="delete the demo's data")
    chosen = parser.parse_args()
    if chosen.command == "keep":
        shared.keep(Places.of(chosen.folder), chosen.ready)
        return 0
    if chosen.command == "reset":
        return reset(Places.default())
    return demo.run(Places.default(), port=chosen.port)


def reset(places: Places) -> int:
    """Delete the databases and files of the demo, unless something uses them."""
    places.prepare()
    with shared.starting(places):
        if postgres.listens(places):
            print("The demo is running. Stop it with Ctrl-C first, then run make demo-reset again.", file=sys.stderr)
            return 1
        copies = places.data.glob("postgresql-*")
        for folder in (places.postgres, places.redis, places.folder / "media", places.folder / "mail", *copies):
            if folder.exists():
                shutil.rmtree(folder)
    print("The demo's data is gone. make demo starts over.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
