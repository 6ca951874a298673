"""The demo's process tree: started whole or not at all, and nothing of it outlives its supervisor."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tracker.local.places import CHECKOUT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


class Demo:
    """A checkout of its own with the stand-in project, in which the real supervisor runs."""

    def __init__(self, checkout: Path, port: int) -> None:
        self.checkout = checkout
        self.port = port
        self.said: list[str] = []
        shutil.copytree(Path(__file__).parent / "data" / "standin", checkout, dirs_exist_ok=True)
        shutil.copytree(CHECKOUT / "tracker" / "local", checkout / "tracker" / "local")

    def start(self, *prefix: str, port: int | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*prefix, sys.executable, "-m", "tracker.local", "demo", "--port", str(port or self.port)],
            cwd=self.checkout,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def start_whole(self, *prefix: str) -> subprocess.Popen[str]:
        process = self.start(*prefix)
        self.said = []
        for line in process.stdout:
            self.said.append(line.rstrip())
            if line.startswith("Ctrl-C stops it"):
                return process
        raise AssertionError("\n".join(self.said))

    def processes(self) -> dict[int, str]:
        """Every process that runs from this checkout, or serves its sockets."""
        from tracker.local import Places

        marks = [str(self.checkout), str(Places.of(self.checkout / "var").runtime)]
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                seen = (entry / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
                seen += str((entry / "cwd").readlink())
                state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
            except OSError:
                continue
            if state != "Z" and any(mark in seen for mark in marks):
                found[int(entry.name)] = seen
        return found

    def pid_of(self, mark: str) -> int:
        return min(pid for pid, seen in self.processes().items() if mark in seen)

    def wait_until_empty(self, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while left := self.processes():
            assert time.monotonic() < deadline, f"still there: {left}"
            time.sleep(0.1)


@pytest.fixture
def demo(open_folder: Path) -> Iterator[Demo]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    demo = Demo(open_folder, port)
    yield demo
    for pid in demo.processes():
        os.kill(pid, signal.SIGKILL)


def test_ctrl_c_stops_everything_in_reverse_order(demo):
    process = demo.start_whole()
    assert {"loaded by the stand-in", "accounts of the stand-in"} <= set(demo.said)
    with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/", timeout=5) as answer:
        assert answer.read() == b"ok"
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    stopped = [line.split()[0] for line in said.splitlines() if line.endswith(" stopped")]
    assert stopped == ["web", "worker", "Redis", "PostgreSQL"]
    assert process.returncode == 0
    demo.wait_until_empty(1)


def kill_supervisor(demo: Demo, process: subprocess.Popen[str]) -> None:
    process.kill()


def kill_postgres(demo: Demo, process: subprocess.Popen[str]) -> None:
    os.kill(int((demo.checkout / "var" / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)


def kill_busy_worker(demo: Demo, process: subprocess.Popen[str]) -> None:
    make_busy(demo)
    os.kill(demo.pid_of("-m celery"), signal.SIGKILL)


def kill_supervisor_of_busy_worker(demo: Demo, process: subprocess.Popen[str]) -> None:
    make_busy(demo)
    process.kill()


def make_busy(demo: Demo) -> None:
    send = "from tracker.celery import be_busy; be_busy.delay(60)"
    subprocess.run([sys.executable, "-c", send], cwd=demo.checkout, check=True)
    time.sleep(1)


@pytest.mark.parametrize("kill", [kill_supervisor, kill_postgres, kill_busy_worker, kill_supervisor_of_busy_worker])
def test_kill_9_of_any_part_leaves_no_process(demo, kill: Callable[[Demo, subprocess.Popen[str]], None]):
    process = demo.start_whole()
    kill(demo, process)
    demo.wait_until_empty()
    again = demo.start_whole()  # and the next start finds nothing in its way
    again.send_signal(signal.SIGTERM)
    again.communicate(timeout=30)
    assert again.returncode == 0


def test_kill_9_of_the_command_that_started_the_demo_leaves_no_process(demo):
    shell = 'echo $$ > parent.pid; "$@"; true'  # the shell stays, as make does
    process = demo.start_whole("sh", "-c", shell, "sh")
    os.kill(int((demo.checkout / "parent.pid").read_text()), signal.SIGKILL)
    process.wait(10)
    demo.wait_until_empty()


def test_a_taken_port_is_said_with_the_option_that_helps(demo):
    with socket.socket() as other:
        other.bind(("127.0.0.1", demo.port))
        other.listen()
        said, _ = demo.start().communicate(timeout=30)
    assert said.strip() == f"Port {demo.port} is taken. Choose another one: make demo PORT={demo.port + 1}"
    assert not demo.processes()


def test_a_second_demo_of_the_same_checkout_is_refused_and_the_first_goes_on(demo):
    first = demo.start_whole()
    second = demo.start(port=demo.port - 1)
    said, _ = second.communicate(timeout=30)
    assert (second.returncode, said.count("\n")) == (1, 1)
    assert said.startswith("The demo is running already.")
    with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/", timeout=5) as answer:
        assert answer.status == 200
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=30)


def test_the_demo_never_touches_a_database_that_was_named(demo, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:x@db/tracker")
    process = demo.start()
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.startswith("DATABASE_URL is set")
    assert not (demo.checkout / "var" / "postgres").exists()


def test_a_preparation_that_fails_ends_the_start_with_its_words(demo):
    loading = demo.checkout / "tracker/management/commands/load_demo.py"
    loading.write_text(
        "from django.core.management.base import BaseCommand, CommandError\n"
        "class Command(BaseCommand):\n"
        "    def handle(self, **_options):\n"
        "        raise CommandError('no room for the law')\n"
    )
    process = demo.start()
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "no room for the law\n" in said
    assert "Traceback" not in said
    demo.wait_until_empty(5)


def test_reset_is_refused_while_the_demo_runs_and_then_starts_over(demo):
    reset = [sys.executable, "-m", "tracker.local", "reset"]
    first = demo.start_whole()
    refused = subprocess.run(reset, cwd=demo.checkout, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stderr.startswith("The demo is running.")) == (1, True)
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=30)
    subprocess.run(reset, cwd=demo.checkout, check=True)
    assert not (demo.checkout / "var" / "postgres").exists()
