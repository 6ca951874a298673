"""Where the embedded servers keep their data and their sockets, and as whom they run."""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DATABASE = "tracker"
# Django's aliases and the database role behind each.
ROLES = {
    "default": "tracker_app",
    "owner": "tracker_owner",
    "public": "tracker_public",
    "intake": "tracker_intake",
}
# Sockets lie in a fixed short folder: a socket's path may have 107 bytes at most, and every process, whatever its
# TMPDIR, must find the same one.
SOCKETS = Path("/tmp")
ELSEWHERE = Path("/var/tmp")


@dataclass(frozen=True, slots=True)
class Places:
    """Folders of one pair of servers. `folder` is the one asked for; under a closed home `data` lies elsewhere."""

    folder: Path
    data: Path
    runtime: Path

    @classmethod
    def default(cls) -> Places:
        """`DATA_DIR` of the environment, else `var` in the checkout."""
        return cls.of(Path(os.environ.get("DATA_DIR") or CHECKOUT / "var"))

    @classmethod
    def of(cls, folder: Path) -> Places:
        folder = folder.resolve()
        mark = hashlib.sha256(str(folder).encode()).hexdigest()[:10]
        user = server_user()
        # PostgreSQL refuses to run as root, and the user it runs as instead cannot enter a closed home.
        closed = user is not None and not all(may_enter(user, parent) for parent in folder.parents if parent.exists())
        data = ELSEWHERE / f"draft-law-monitor-{mark}" if closed else folder
        return cls(folder=folder, data=data, runtime=SOCKETS / f"dlm-{mark}")

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def redis(self) -> Path:
        return self.data / "redis"

    @property
    def redis_socket(self) -> Path:
        return self.runtime / "redis.sock"

    @property
    def postgres_socket(self) -> Path:
        return self.runtime / ".s.PGSQL.5432"

    def lock(self, name: str) -> Path:
        return self.data / f"{name}.lock"

    def prepare(self) -> None:
        """Create the folders; refuse one that another user has put in our way."""
        user = server_user()
        for folder in (self.data, self.log):
            folder.mkdir(parents=True, exist_ok=True)
            _require_owner(folder, {os.getuid()})
        if user is not None:
            self.data.chmod(self.data.stat().st_mode | 0o011)
        self.runtime.mkdir(mode=0o700, exist_ok=True)
        _require_owner(self.runtime, {os.getuid(), user.pw_uid if user else os.getuid()})
        self.runtime.chmod(0o700)
        if user is not None:
            os.chown(self.runtime, user.pw_uid, user.pw_gid)


def _require_owner(folder: Path, owners: set[int]) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise SystemExit(
            f"{folder} belongs to another user."
            " Run the command as that user, remove the folder, or set DATA_DIR to a folder of yours."
        )


def server_user() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as when we are root: an unprivileged user of the system. None: as ourselves."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit(
        "PostgreSQL does not run as root, and this machine has no user for it. Run the command as an ordinary user."
    )


def may_enter(user: pwd.struct_passwd, folder: Path) -> bool:
    """True when the user may pass through the folder, by its mode bits and the user's own group."""
    found = folder.stat()
    if found.st_uid == user.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == user.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
