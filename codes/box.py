"""The box: every file from outside is opened in a child process without network, secrets or much memory (S-21).

What comes back is bytes from a process that may have been taken over: it is checked against a schema before use.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from codes import boxed
from codes.text import loading
from codes.text.nodes import TextError, Tree
from codes.text.readers import LARGEST

ROOT = Path(__file__).resolve().parent.parent
WALL = 90  # seconds until the whole group is killed
_LONGEST_SENTENCE = 400
TEXT_ERROR = 2  # the command line's exit code for a sentence about the file
_AGAIN = "Save it again as DOCX or plain text, or paste the text."


@dataclass(frozen=True, slots=True)
class Read:
    """One file as the box read it: its type by content, and its text."""

    media_type: str
    tree: Tree


def parse(path: Path, *, language: str = "auto", name: str = "") -> Read:
    """Read and parse one file in the box. `name` is what the person calls it. Raises `TextError` with one sentence."""
    called = _plain_name(name or path.name)
    size = path.stat().st_size if path.is_file() else 0
    if size > LARGEST:
        raise TextError(
            f"The file is {size // 2**20} MB. The limit is {LARGEST // 2**20} MB. Remove images or split it."
        )
    answer = run("codes.text", ["parse", called, "--language", language], file=path, name=called)
    try:
        media_type, tree = loading.parsed(json.loads(answer))
    except (ValueError, RecursionError) as error:
        raise TextError(f"{called} could not be read: its reader gave no usable answer. {_AGAIN}") from error
    return Read(media_type, tree)


def run(module: str, arguments: Sequence[str], *, file: Path, name: str, wall: float = WALL) -> bytes:
    """Run a module of the project in the box, beside a copy of one file. Returns what it printed.

    Raises `TextError` with one plain sentence for whatever goes wrong inside.
    """
    with tempfile.TemporaryDirectory(prefix="box-") as folder:
        inside = Path(folder) / "in"
        inside.mkdir()
        try:
            shutil.copyfile(file, inside / name)
        except FileNotFoundError:
            raise TextError(f"There is no file {name}. Check the path.") from None
        out, err = Path(folder) / "out", Path(folder) / "err"
        code = _child(module, arguments, inside, out, err=err, wall=wall)
        if code != 0:
            raise TextError(_sentence(code, name, err))
        return out.read_bytes()


def _child(module: str, arguments: Sequence[str], folder: Path, out: Path, *, err: Path, wall: float) -> int | None:
    """The exit code, or None when the time was over. Whatever the child started is gone when this returns."""
    command = [sys.executable, "-I", "-B", "-X", "utf8", boxed.__file__, str(os.getpid()), str(ROOT), module]
    with out.open("wb") as output, err.open("wb") as errors:
        child = subprocess.Popen(
            [*command, *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=errors, cwd=folder,
            env={"OPENBLAS_NUM_THREADS": "1"}, start_new_session=True,
        )  # fmt: skip
        try:
            return child.wait(wall)
        except subprocess.TimeoutExpired:
            return None
        finally:
            with contextlib.suppress(ProcessLookupError):  # all of them have ended
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _sentence(code: int | None, name: str, err: Path) -> str:
    """What the person reads. Only exit code 2 speaks for itself, and only in one short line."""
    if code == TEXT_ERROR:
        with err.open("rb") as errors:
            said = errors.read(4 * _LONGEST_SENTENCE).decode("utf-8", errors="replace")
        first = " ".join("".join(c if c.isprintable() else " " for c in said.strip().split("\n")[0]).split())
        if first:
            return first[:_LONGEST_SENTENCE]
    if code is None or code == 128 + signal.SIGXCPU or code == -signal.SIGXCPU:
        return f"Reading {name} took too long. Split it, or paste the text."
    if code == boxed.NO_MEMORY:
        return f"Reading {name} needs too much memory. Split it, or paste the text."
    if code == boxed.NO_SPACE:
        return f"{name} holds more text than we can take. Split it."
    return f"{name} could not be read: its reader stopped. {_AGAIN}"


def _plain_name(name: str) -> str:
    """A file name without folders, control characters or a leading dash, not longer than a file system takes."""
    bare = re.sub(r"[^\w. ()-]", "_", Path(name).name).lstrip("-. ") or "text"
    stem, dot, ending = bare.rpartition(".")
    return f"{stem[:60]}{dot}{ending[:10]}" if dot else bare[:60]
