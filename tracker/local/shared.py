"""Servers for one command: started when nobody runs them, stopped when the last command that uses them ends."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tracker.local import postgres, redis
from tracker.local.places import CHECKOUT, Places


def ensure_servers(places: Places | None = None) -> None:
    """Make PostgreSQL and Redis answer before the command goes on. They end with the last command that asked for them.

    The servers belong to a keeper process: it holds them while any command holds a shared lock on the `users` file.
    """
    if os.environ.get("DATABASE_URL") or os.environ.get("OWNER_DATABASE_URL"):
        return
    here = places or Places.default()
    here.runtime.mkdir(parents=True, exist_ok=True)
    users = (here.runtime / "users").open("a")
    fcntl.flock(users, fcntl.LOCK_SH)
    atexit.register(users.close)  # the descriptor lives, and holds its lock, as long as the process
    with _starting(here):
        if not (postgres.answers(here) and redis.answers(here)):
            _start_keeper(here)


@contextlib.contextmanager
def _starting(here: Places) -> Iterator[None]:
    with (here.runtime / "starting").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start_keeper(here: Places) -> None:
    reading, writing = os.pipe()
    child = subprocess.Popen(
        [sys.executable, "-m", "tracker.local", "keep", str(here.data), str(writing)],
        cwd=CHECKOUT,
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "DATA_DIR": os.environ.get("DATA_DIR", str(CHECKOUT / "var"))},
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        ready = answer.read()
    if ready != b"ready":
        said = child.stderr.read().decode(errors="replace").strip() if child.stderr else ""
        raise SystemExit(said or "The embedded servers did not start.")


def keep(here: Places, ready: int) -> None:
    """The keeper: start both servers, say so, stop them when nobody holds the users' lock any more."""
    os.environ.setdefault("DATA_DIR", str(here.data))
    database = None if postgres.answers(here) else postgres.start(here)
    broker = None if redis.answers(here) else redis.start(here)
    os.write(ready, b"ready")
    os.close(ready)
    _detach_output(here.log / "keeper.log")
    with (here.runtime / "users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_EX)  # waits until the last command has ended; a new one waits until we have stopped
        if broker is not None:
            redis.processes.stop(broker)
        if database is not None:
            postgres.stop(database)


def _detach_output(log: Path) -> None:
    with log.open("ab") as sink:
        os.dup2(sink.fileno(), 2)
