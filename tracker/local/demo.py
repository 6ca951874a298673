"""The demo in one process tree: PostgreSQL, Redis, worker with scheduler, web server. Ctrl-C stops all of it in order."""

from __future__ import annotations

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
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from tracker.local import postgres, processes, redis
from tracker.local.places import CHECKOUT, Places

HOST = "127.0.0.1"
SMALLEST_DISK = 2 * 1024**3


class Stopping(Exception):
    """Ctrl-C or a polite request to end."""


@dataclass
class Crew:
    """The running children, in the order of their start. They stop in the reverse order."""

    members: list[tuple[str, subprocess.Popen[bytes], int]] = field(default_factory=list)

    def add(self, name: str, process: subprocess.Popen[bytes], how: int = signal.SIGTERM) -> None:
        self.members.append((name, process, how))

    def ended(self) -> str | None:
        return next((name for name, process, _ in self.members if process.poll() is not None), None)

    def stop(self) -> None:
        for name, process, how in reversed(self.members):
            processes.stop(process, how)
            print(f"  {name} stopped", flush=True)


def run(places: Places, *, port: int) -> int:
    """Start everything, wait, stop everything. Returns the exit code."""
    refusal = _refusal(places, port)
    if refusal:
        print(refusal, file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    crew = Crew()
    try:
        _start(crew, places, port)
        while (ended := crew.ended()) is None:
            time.sleep(0.3)
        print(f"{ended} ended by itself; stopping the rest. Logs: {places.log}", file=sys.stderr)
        return 1
    except Stopping:
        print("\nStopping …", flush=True)
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        crew.stop()


def _refusal(places: Places, port: int) -> str:
    """Why the demo cannot start here, in one sentence; empty when it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return f"Port {port} is taken. Choose another one: make demo PORT={port + 1}"
    if postgres.answers(places):
        return "The demo, or another command that uses its database, is running already. Wait for it, or stop it with Ctrl-C."
    places.data.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(places.data).free < SMALLEST_DISK:
        return f"Less than 2 GB are free on the disk of {places.data}. Make room, then run make demo again."
    return ""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopping


def _start(crew: Crew, places: Places, port: int) -> None:
    _say("Starting PostgreSQL and Redis")
    crew.add("PostgreSQL", postgres.start(places), signal.SIGINT)
    crew.add("Redis", redis.start(places))
    os.environ["SERVERS_RUNNING"] = "1"  # manage.py below need not look for servers
    manage = [sys.executable, str(CHECKOUT / "manage.py")]
    _say("Preparing the database")
    _step(crew, [*manage, "migrate", "--database", "owner", "--verbosity", "0"])
    _say("Loading the demo (the first time takes a minute or two)")
    _step(crew, [*manage, "load_demo"])
    worker = [sys.executable, "-m", "celery", "-A", "tracker", "worker", "-B", "-s", str(places.data / "beat"), "-c", "1", "-l", "WARNING"]
    crew.add("worker", _child("worker", worker))
    web = [sys.executable, "-m", "gunicorn", "tracker.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4",
           "--timeout", "60", "--log-level", "warning", "--no-control-socket"]  # fmt: skip
    crew.add("web", _child("web", web))
    _wait_for(f"http://{HOST}:{port}/healthz", crew)
    print(f"\nDraft Law Monitor runs at  http://{HOST}:{port}/en/\nThe workspace is at        http://{HOST}:{port}/w/\n", flush=True)
    subprocess.run([*manage, "demo_accounts"], cwd=CHECKOUT, check=False)
    print("\nCtrl-C stops it. The data stays; make demo-reset starts over.", flush=True)


def _say(words: str) -> None:
    print(f"{words} …", flush=True)


def _step(crew: Crew, command: list[str]) -> None:
    """Run a command to its end; it dies with us, and its failure ends the start."""
    child = processes.start(command, output=None)
    try:
        code = child.wait()
    except Stopping:
        processes.stop(child)
        raise
    if code:
        raise SystemExit(f"This step failed: {' '.join(command[1:])}. What it said stands above.")


def _child(name: str, command: list[str]) -> subprocess.Popen[bytes]:
    process = processes.start(command, output=subprocess.PIPE)
    threading.Thread(target=_prefix(name, process), daemon=True).start()
    return process


def _prefix(name: str, process: subprocess.Popen[bytes]) -> Callable[[], None]:
    def pump() -> None:
        for line in process.stdout or ():
            print(f"{name:>7} | {line.decode(errors='replace').rstrip()}", flush=True)

    return pump


def _wait_for(address: str, crew: Crew, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if crew.ended():
            raise SystemExit(f"{crew.ended()} stopped while starting.")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"{address} did not answer within {patience:.0f} seconds.")
