"""`make bench-web`: how many readers the public pages serve, beside a bare view in the same server and beside nginx.

Needs the database of `make demo` and the load tool wrk (Debian: apt-get install wrk). What is missing it says in one
sentence. nginx is measured where it is installed and a copy was built.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
HOST = "127.0.0.1"
SECONDS, CONNECTIONS, ROUNDS = int(os.environ.get("BENCH_SECONDS", "3")), 8, 3
LAW = "en/laws/kz-criminal-code-2014/"
PAGES = {
    "overview": LAW,
    "article": f"{LAW}v/l2015-11/art-174/",
    "compare": f"{LAW}compare/v1997...l2015-11/",
}
GOAL_200, GOAL_304 = 0.60, 0.90
REPORT = """done = function(summary, latency, requests)
  io.write(string.format('{"requests": %d, "microseconds": %d, "failed": %d, "p95": %d}\\n', summary.requests,
    summary.duration, summary.errors.status + summary.errors.read + summary.errors.timeout, latency:percentile(95)))
end"""


class Missing(Exception):
    """What the measurement needs and has not: one sentence."""


@dataclass(frozen=True, slots=True)
class Load:
    """`p95` in milliseconds."""

    per_second: float
    p95: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def load(url: str, header: str = "") -> Load:
    """Ask for one address over all connections for a while; a short first run warms up."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(REPORT)
        script.flush()
        command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-s", script.name, *(["-H", header] if header else [])]
        subprocess.run([*command, "-d", "1s", url], check=True, capture_output=True)
        done = subprocess.run([*command, "-d", f"{SECONDS}s", url], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    if found["failed"]:
        raise Missing(f"{found['failed']} requests of {url} failed under load.")
    return Load(found["requests"] / found["microseconds"] * 1e6, found["p95"] / 1000)


def validator(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return str(answer.headers["ETag"])
    except urllib.error.HTTPError as error:
        raise Missing(f"{url} answers {error.code}. Run make demo first; it loads the law that is measured.") from None


@contextmanager
def running(command: list[str], url: str, **environment: str) -> Iterator[None]:
    """A server that answers at `url`; stopped at the end."""
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                if server.poll() is not None or time.monotonic() > deadline:
                    raise Missing(f"The server of {url} did not start.") from None
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def questions() -> None:
    """How often the database is asked for documents: alike whenever a page is made, never when its answer is kept."""
    import django  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415
    from django.test import Client, override_settings  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    from tracker.publication.views.kept import ANSWERS  # noqa: PLC0415

    client = Client()
    with override_settings(ALLOWED_HOSTS=["*"]):
        for name, address in PAGES.items():
            counts = []
            for fresh in (True, True, False, False):
                if fresh:
                    ANSWERS.clear()
                with CaptureQueriesContext(connections["public"]) as asked:
                    client.get(f"/{address}")
                counts.append(len(asked))
            if counts[0] != counts[1] or counts[2:] != [0, 0]:
                raise Missing(f"The page {name} asks the database {counts} times: a page made twice must ask alike.")
            print(f"{name:<12}{counts[0]:>4} questions when it is made, {counts[2]} when it was kept")


def show(name: str, found: list[Load], bare: list[Load], goal: float = 0.0) -> None:
    """The medians of several rounds; each is divided by the bare view of its own round."""
    ratio = median(each.per_second / beside.per_second for each, beside in zip(found, bare, strict=True))
    said = "" if not goal else "  reached" if ratio >= goal else f"  below {goal:.0%}"
    rate, p95 = median(each.per_second for each in found), median(each.p95 for each in found)
    print(f"{name:<34}{rate:>9.0f}{p95:>9.1f}{ratio:>9.0%}{said}")


def measure() -> None:
    port = free_port()
    base = f"http://{HOST}:{port}/"
    gunicorn = [sys.executable, "-m", "gunicorn", "scripts.bench_web_site", "--bind", f"{HOST}:{port}",
                "--workers", "1", "--threads", "4", "--log-level", "warning", "--no-control-socket"]  # fmt: skip
    with running(gunicorn, f"{base}bare", SITE="public"):
        tags = {name: validator(base + address) for name, address in PAGES.items()}
        print(f"\n{'':<34}{'req/s':>9}{'p95 ms':>9}{'of bare':>9}")
        for name, address in PAGES.items():
            bare, kept, unchanged = [], [], []
            for _ in range(ROUNDS):  # in turn: the machine may be busier at one time than at another
                bare.append(load(f"{base}bare"))
                kept.append(load(base + address))
                unchanged.append(load(base + address, f"If-None-Match: {tags[name]}"))
            show("a bare view", bare, bare)
            show(f"{name}, kept, 200", kept, bare, GOAL_200)
            show(f"{name}, 304", unchanged, bare, GOAL_304)
    beside_nginx()


def beside_nginx() -> None:
    folder = Path(os.environ.get("MIRROR_FOLDER") or ROOT / "var" / "mirror") / "site"
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None or not (folder / LAW / "index.html").is_file():
        print("nginx is not measured: it needs nginx, and a copy of the demo, built with its button or build_mirror.")
        return
    port = free_port()
    with tempfile.TemporaryDirectory() as place:
        config = Path(place) / "nginx.conf"
        config.write_text(
            f"daemon off; pid {place}/pid; error_log stderr crit; worker_processes 1; events {{}}\n"
            f"http {{ access_log off; include /etc/nginx/mime.types; client_body_temp_path {place}; "
            f"server {{ listen {HOST}:{port}; root {folder}; index index.html; }} }}\n"
        )
        base = f"http://{HOST}:{port}/"
        with running([program, "-p", place, "-c", str(config)], base + LAW):
            for name, address in PAGES.items():
                found = load(base + address)
                print(f"{f'{name}, the mirror by nginx':<34}{found.per_second:>9.0f}{found.p95:>9.1f}")


def main() -> int:
    from tracker.local import ensure_servers  # noqa: PLC0415

    try:
        if shutil.which("wrk") is None:
            raise Missing("The load tool wrk is not installed; on Debian and Ubuntu, apt-get install wrk brings it.")
        ensure_servers()
        questions()
        measure()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
