"""The inside of the box: run as a script by `codes.box`, never imported. It locks the door, then runs a module.

`python -I codes/boxed.py PARENT ROOT MODULE ARGUMENT…`. Only the standard library is used before the door
is locked, and for drawing the library that draws.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import resource
import runpy
import signal
import sys

NO_SPACE = 71  # exit code: the answer is longer than a file may be
NO_MEMORY = 72
MEMORY, CPU, FILE, FILES = 512 * 2**20, 60, 64 * 2**20, 64  # bytes, seconds, bytes, handles
_LIMITS = (
    (resource.RLIMIT_AS, MEMORY),
    (resource.RLIMIT_CPU, CPU),
    (resource.RLIMIT_FSIZE, FILE),
    (resource.RLIMIT_NOFILE, FILES),
    (resource.RLIMIT_CORE, 0),
)
# What a module's library must start before new threads are forbidden; no file from outside was looked at by then.
_STARTS_THREADS = {"codes.drawing": "codes.typesetting"}
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38  # prctl
_ALONE = 0x10000000 | 0x20000000 | 0x40000000  # a user, a process and a network namespace of its own


def shut_off() -> bool:
    """Leave the network and the other processes. False where the kernel forbids it to ordinary users."""
    return bool(ctypes.CDLL(None, use_errno=True).unshare(_ALONE) == 0)


def main(parent: int, root: str, module: str, arguments: list[str]) -> None:
    _die_with(parent)
    if shut_off():
        _wait_for_child()
    libc = ctypes.CDLL(None)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing too much is then an error that can be named
    for limit, value in _LIMITS:
        resource.setrlimit(limit, (value, value))
    sys.path.insert(0, root)
    if module in _STARTS_THREADS:
        importlib.import_module(_STARTS_THREADS[module]).ready()
    resource.setrlimit(
        resource.RLIMIT_NPROC, (0, 0)
    )  # binds every user but root, whose children end with the namespace
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except MemoryError:
        os._exit(NO_MEMORY)
    except OSError as error:
        if error.errno != 27:  # EFBIG
            raise
        os._exit(NO_SPACE)


def _die_with(parent: int) -> None:
    """Be killed when the parent ends, also when it ended just now."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _wait_for_child() -> None:
    """The new process namespace begins with a child; this process only hands on how it ended."""
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        os.close(go)
        os.read(ready, 1)
        os.close(ready)
        return
    os.write(go, b"x")  # alive when the child has said with whom it dies
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])
