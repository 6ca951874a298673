"""The demo in one process tree: PostgreSQL, Redis, worker with scheduler, web server. Ctrl-C stops all of it in order.

Why this is not honcho: docs/adr/0002-supervisor.md.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

from tracker.local import postgres, processes, redis, shared
from tracker.local.places import Places

HOST = "127.0.0.1"
SMALLEST_DISK = 2 * 1024**3
END_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopping(BaseException):
    """Ctrl-C or a polite request to end. Not an Exception: nothing on the way may swallow it."""


class Refused(Exception):
    """Why the demo cannot start or go on here: one sentence for the person."""


@dataclass
class Crew:
    """The running children, in the order of their start. They stop in the reverse order."""

    members: list[tuple[str, subprocess.Popen[bytes], Callable[[subprocess.Popen[bytes]], None]]] = field(
        default_factory=list
    )

    def add(
        self,
        name: str,
        process: subprocess.Popen[bytes],
        stop: Callable[[subprocess.Popen[bytes]], None] = processes.stop,
    ) -> None:
        self.members.append((name, process, stop))

    def show_output(self) -> None:
        """Print what the children say, with their names. After the last start: forking with threads is unsafe."""
        for name, process, _ in self.members:
            if process.stdout is not None:
                threading.Thread(target=_pump, args=(name, process.stdout), daemon=True).start()

    def ended(self) -> str | None:
        return next((name for name, process, _ in self.members if process.poll() is not None), None)

    def stop(self) -> None:
        while self.members:
            name, process, stop = self.members.pop()
            stop(process)
            _say(f"  {name} stopped")


def run(places: Places, *, port: int) -> int:
    """Start everything, wait, stop everything. Returns the exit code."""
    processes.die_with_parent(signal.SIGTERM, os.getppid())
    for number in END_SIGNALS:
        signal.signal(number, _stop)
    crew = Crew()
    try:
        with _only_one(places):
            _start(crew, places, port)
            while (ended := crew.ended()) is None:
                time.sleep(0.3)
            raise Refused(f"{ended} ended by itself; everything else is stopped too. Logs: {places.log}")
    except Stopping:
        _say("\nStopping …")
        return 0
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    finally:
        for number in END_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        crew.stop()


@contextlib.contextmanager
def _only_one(places: Places) -> Iterator[None]:
    places.prepare()
    with places.lock("demo").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("The demo is running already. Open the address it printed, or stop it with Ctrl-C.") from None
        yield


def _check(places: Places, port: int) -> None:
    if shared.names_a_database():
        raise Refused(
            "DATABASE_URL is set, and the demo only ever uses a database of its own. Unset it, then run make demo."
        )
    if not 1024 <= port <= 65535:
        raise Refused(
            f"{port} is no port for the demo. Choose one from 1024 to 65535, for example make demo PORT=8001."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            other = port + 1 if port < 65535 else 8001
            raise Refused(f"Port {port} is taken. Choose another one: make demo PORT={other}") from None
    if shutil.disk_usage(places.data).free < SMALLEST_DISK:
        raise Refused(f"Less than 2 GB are free on the disk of {places.data}. Make room, then run make demo again.")


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopping


def _start(crew: Crew, places: Places, port: int) -> None:
    _check(places, port)
    if places.data != places.folder:
        _say(f"PostgreSQL cannot read a closed folder, so the demo's data is in {places.data}.")
    _start_servers(crew, places)
    os.environ["DEMO_ADDRESS"] = f"http://{HOST}:{port}/"  # mails lead here
    os.environ["SERVERS_RUNNING"] = "1"  # the children need not look for servers
    _say("Preparing the database and the demo (the first time takes a minute or two) …")
    accounts = _prepare()
    worker = [sys.executable, "-W", "ignore::UserWarning:celery.platforms", "-m", "celery", "--quiet",
              "-A", "tracker", "worker", "-Q", "celery,outside", "-B", "-s", str(places.data / "beat"),
              "-c", "2", "-l", "WARNING"]  # fmt: skip
    # SIGQUIT: a worker whose supervisor was killed does not finish its job first. Jobs are rows and start again.
    running = processes.start(worker, output=subprocess.PIPE, death_signal=signal.SIGQUIT)
    guard = processes.guard(running)
    crew.add("worker", running, functools.partial(_stop_worker, guard=guard))
    web = [sys.executable, "-m", "gunicorn", "tracker.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2",
           "--threads", "4", "--timeout", "60", "--graceful-timeout", "5", "--log-level", "warning",
           "--no-control-socket"]  # fmt: skip
    crew.add("web", processes.start(web, output=subprocess.PIPE))
    crew.show_output()
    _wait_for(f"http://{HOST}:{port}/livez", crew)
    _wait_for(f"http://{HOST}:{port}/healthz", crew)
    _say(f"\nDraft Law Monitor runs at  http://{HOST}:{port}/en/\nThe workspace is at        http://{HOST}:{port}/w/\n")
    _say(f"{accounts}\nCtrl-C stops it. The data stays; make demo-reset starts over.")


def _start_servers(crew: Crew, places: Places) -> None:
    _say("Starting PostgreSQL and Redis …")
    with shared.starting(places):
        # A server of ours that was killed with its parent, or of a short command, ends by itself in a moment.
        deadline = time.monotonic() + 20
        while postgres.listens(places) or redis.answers(places):
            if time.monotonic() > deadline:
                raise Refused("Another command uses the demo's database. Wait until it ends, then run make demo again.")
            time.sleep(0.1)
        crew.add("PostgreSQL", postgres.start(places), postgres.stop)
        if shared.wants_redis():
            crew.add("Redis", redis.start(places), redis.stop)


def _stop_worker(worker: subprocess.Popen[bytes], *, guard: subprocess.Popen[bytes]) -> None:
    processes.stop(worker, patience=5)
    guard.kill()
    guard.wait()


def _say(words: str) -> None:
    """Print for the person. A terminal that was closed meanwhile must not keep us from stopping the rest."""
    with contextlib.suppress(OSError):
        print(words, flush=True)


def _prepare() -> str:
    """Run the preparation to its end; it dies with us, and its failure ends the start. Returns the list of accounts."""
    child = processes.start([sys.executable, "-m", "tracker.local.prepare"], output=subprocess.PIPE, errors=None)
    try:
        accounts, _ = child.communicate()
    finally:
        processes.stop(child)
    if child.returncode:
        raise Refused("The demo could not be prepared. What went wrong stands above.")
    return accounts.decode(errors="replace")


def _pump(name: str, lines: IO[bytes]) -> None:
    for line in lines:
        if line.strip():
            _say(f"{name:>7} | {line.decode(errors='replace').rstrip()}")


def _wait_for(address: str, crew: Crew, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if ended := crew.ended():
            raise Refused(f"{ended} stopped while starting. What it said stands above.")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise Refused(f"{address} did not answer within {patience:.0f} seconds.")
