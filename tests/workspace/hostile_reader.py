"""A reader that a hostile file has taken over, run in the box by `test_imports_box.py`. Each name is one misdeed."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path


def fork() -> None:
    """Children that outlive their parent, in a session of their own."""
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            Path("started").write_text("x")
            time.sleep(600)
    sys.exit(1)


def connect() -> None:
    """The address is one that would answer if there were a network: the test listens there."""
    socket.create_connection(("127.0.0.1", int(Path("law.txt").read_text())), timeout=5)


def environment() -> None:
    print(sorted(os.environ))


def memory() -> None:
    print(len(bytearray(2**30)))


def sleep() -> None:
    time.sleep(600)


def spin() -> None:
    while True:
        pass


def flood() -> None:
    while True:
        print("x" * 2**20)


def lie() -> None:
    """An answer that is JSON but no tree."""
    print('{"media_type": "text/plain", "articles": [{"number": 1}]}')


def shout() -> None:
    """Exit code 2 with more than a sentence, and with signs that move the cursor."""
    print("\x1b[2J\x07" + "No. " * 10_000 + "\nsecond line", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    globals()[sys.argv[1]]()
