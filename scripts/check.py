"""`make check`: every check of the tree that needs no test run. One line each, all of them, then 0 or 1."""

from __future__ import annotations

import base64
import os
import secrets
import shlex
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
MATTERS_OF_TASTE = "H015,H020,H043"  # line breaks after headings, empty spans, buttons that submit
LONGEST = 40  # lines of a failed check that are shown
SOURCES = ["tracker", "codes", "amendments", "scripts", "manage.py"]


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def checks() -> list[Check]:
    python = sys.executable
    return [
        Check("types", [python, "-m", "mypy", *SOURCES]),
        Check("format", [str(BIN / "ruff"), "format", "--check", "--output-format", "concise", "."]),
        Check("lint", [str(BIN / "ruff"), "check", "--output-format", "concise", "."]),
        Check("import contracts", [python, "-c", "from importlinter.cli import lint_imports_command as c; c()"]),
        Check("missing migrations", [python, "manage.py", "makemigrations", "--check", "--dry-run"]),
        *(
            Check(
                f"settings of a {site} process",
                [python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
                production_like(site),
            )
            for site in ("workspace", "public")
        ),
        Check("templates", [python, "scripts/check_templates.py"]),
        Check(
            "template markup", [python, "-m", "djlint", "templates", "--lint", "--quiet", "--ignore", MATTERS_OF_TASTE]
        ),
        Check("drawing of the review states", [python, "scripts/draw_states.py", "--check"]),
        Check("table of roles", [python, "-m", "scripts.roles_table", "--check"]),
        Check("locks", [python, "scripts/lock.py", "--check"]),
        Check("strings to translate", [python, "scripts/messages.py", "--check"]),
        Check("compiled translations", [python, "scripts/compile_messages.py", "--check"]),
    ]


def production_like(site: str) -> dict[str, str]:
    """An environment as production has it, with a throw-away secret. Nothing connects to these addresses."""
    role, variable = {"workspace": ("app", "DATABASE_URL"), "public": ("public", "PUBLIC_DATABASE_URL")}[site]
    return {
        "SITE": site,
        "SECRET_KEY": secrets.token_urlsafe(60),
        "FIELD_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        variable: f"postgresql://tracker_{role}:throw-away@database.invalid/tracker",
        "REDIS_URL": "redis://broker.invalid:6379/0",
        "ALLOWED_HOSTS": "tracker.example.org",
        "TRUSTED_PROXIES": "1",
    }


def run(check: Check) -> tuple[Check, bool, str, float]:
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**os.environ, **check.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return check, done.returncode == 0, done.stdout.strip(), time.monotonic() - began


def show(check: Check, lines: list[str]) -> None:
    for line in lines[-LONGEST:]:
        print(f"      {line}")
    if len(lines) > LONGEST:
        print(f"      (the last {LONGEST} of {len(lines)} lines; all of them: {shlex.join(check.command)})")


def main() -> int:
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for check, passed, said, seconds in pool.map(run, checks()):
            print(f"{'ok  ' if passed else 'FAIL'}  {check.name} ({seconds:.1f} s)", flush=True)
            if not passed:
                failed += 1
                show(check, said.splitlines())
    print("Every check passed." if not failed else f"{failed} of the checks failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
