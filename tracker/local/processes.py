"""Starting children that die with their parent, and stopping them with all they started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from tracker.local.places import CHECKOUT

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(death_signal: int, parent: int) -> None:
    """Have the kernel send us a signal when the parent ends. Only Linux can; elsewhere `kill -9` may leave children."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), death_signal)


# A guard holds the read end of a pipe. When we end, however we end, it wakes; who has not gone by then is killed.
_GUARD = """
import os, sys, time
sys.stdin.buffer.read()
time.sleep(float(sys.argv[2]))
try:
    os.killpg(int(sys.argv[1]), 9)
except ProcessLookupError:
    pass
"""


def guard(process: subprocess.Popen[bytes], *, patience: float = 4) -> subprocess.Popen[bytes]:
    """Make sure that a child's whole group ends after us: a worker may ignore its signal while its broker is gone.

    End the guard when the child has been stopped in order.
    """
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _GUARD, str(process.pid), str(patience)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )


def _become(user: pwd.struct_passwd | None, death_signal: int) -> Callable[[], None]:
    """What the child does before its program. The order matters: a change of user clears the request to die."""
    parent = os.getpid()

    def prepare() -> None:
        if user is not None:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        die_with_parent(death_signal, parent)

    return prepare


def start(
    command: Sequence[str | Path],
    *,
    output: IO[bytes] | int | None,
    errors: IO[bytes] | int | None = subprocess.STDOUT,
    user: pwd.struct_passwd | None = None,
    environment: Mapping[str, str] | None = None,
    death_signal: int = signal.SIGTERM,
    folder: Path = CHECKOUT,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches only us and we stop children in order."""
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors,
        env=dict(environment) if environment is not None else None,
        start_new_session=True,
        preexec_fn=_become(user, death_signal),  # noqa: PLW1509  our commands start no thread before their last child
    )


def stop(process: subprocess.Popen[bytes], how: int = signal.SIGTERM, *, patience: float = 20) -> None:
    """Ask a child to end, wait, and kill whatever is then left of its group."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
