"""Servers for one command: started when nobody runs them, stopped when the last command that uses them ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tracker.local import postgres, redis
from tracker.local.places import CHECKOUT, Places

DATABASE_VARIABLES = ("DATABASE_URL", "OWNER_DATABASE_URL", "PUBLIC_DATABASE_URL", "INTAKE_DATABASE_URL")
# Open for as long as this process lives: each holds a shared lock that says "somebody uses the servers".
_in_use: list[IO[str]] = []


def ensure_servers(places: Places | None = None) -> None:
    """Make PostgreSQL and Redis answer before the command goes on. They end with the last command that asked for them.

    The servers belong to a keeper process: it holds them while any command holds a shared lock on the users' file.
    A database given by the environment is used as it is, and nothing is started.
    """
    if names_a_database():
        return
    here = places or Places.default()
    here.prepare()
    users = here.lock("users").open("a")
    fcntl.flock(users, fcntl.LOCK_SH)
    _in_use.append(users)
    with starting(here):
        if not all_answer(here):
            _start_keeper(here)


def names_a_database() -> bool:
    """True when the environment names a database, directly or by a file with its address."""
    return any(os.environ.get(name) or os.environ.get(f"{name}_FILE") for name in DATABASE_VARIABLES)


def wants_redis() -> bool:
    return not (os.environ.get("REDIS_URL") or os.environ.get("REDIS_URL_FILE"))


def all_answer(here: Places) -> bool:
    return postgres.answers(here) and (not wants_redis() or redis.answers(here))


@contextlib.contextmanager
def starting(here: Places) -> Iterator[None]:
    """Only one process at a time looks whether the servers run, and starts them."""
    with here.lock("starting").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start_keeper(here: Places) -> None:
    reading, writing = os.pipe()
    child = subprocess.Popen(
        [sys.executable, "-m", "tracker.local", "keep", str(here.folder), str(writing)],
        cwd=CHECKOUT,
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        ready = answer.read()
    if ready != b"ready":
        said = child.stderr.read().decode(errors="replace").strip() if child.stderr else ""
        raise SystemExit(said or "The embedded servers did not start.")
    child.returncode = 0  # it outlives us if others use the servers; nobody waits for it


def keep(here: Places, ready: int) -> None:
    """The keeper: start what does not run, say so, stop it when nobody holds the users' lock any more."""
    database = None if postgres.answers(here) else postgres.start(here)
    broker = None if not wants_redis() or redis.answers(here) else redis.start(here)
    os.write(ready, b"ready")
    os.close(ready)
    _detach_errors(here.log / "keeper.log")
    with here.lock("users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_EX)  # waits for the last command; a new one waits until we have stopped
        if broker is not None:
            redis.stop(broker)
        if database is not None:
            postgres.stop(database)


def _detach_errors(log: Path) -> None:
    with log.open("ab") as sink:
        os.dup2(sink.fileno(), 2)
