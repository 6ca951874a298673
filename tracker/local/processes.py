"""Starting children that die with their parent."""

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

PR_SET_PDEATHSIG = 1


def _become(user: pwd.struct_passwd | None, death_signal: int) -> Callable[[], None]:
    """What the child does before its program: change user, then ask to be told when the parent dies (in this order:
    a change of user clears the request)."""
    parent = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def prepare() -> None:
        if user is not None:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, death_signal)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def start(
    command: Sequence[str | Path],
    *,
    output: IO[bytes] | int | None,
    user: pwd.struct_passwd | None = None,
    environment: Mapping[str, str] | None = None,
    death_signal: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches only us and we stop children in order."""
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env=dict(environment) if environment is not None else None,
        start_new_session=True,
        preexec_fn=_become(user, death_signal),
    )


def stop(process: subprocess.Popen[bytes], how: int = signal.SIGTERM, *, patience: float = 20) -> None:
    """Ask a child to end, wait, and kill its whole group if it does not."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)
