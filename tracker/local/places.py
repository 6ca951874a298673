"""Where the embedded servers keep their data and their sockets."""

from __future__ import annotations

import hashlib
import os
import pwd
import tempfile
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


@dataclass(frozen=True, slots=True)
class Places:
    """Folders of one pair of servers. `runtime` is short: a socket's path may not be longer than 107 bytes."""

    data: Path
    runtime: Path
    log: Path

    @classmethod
    def default(cls) -> Places:
        """`DATA_DIR` of the environment, else `var` in the checkout."""
        return cls.of(Path(os.environ.get("DATA_DIR") or CHECKOUT / "var"))

    @classmethod
    def of(cls, folder: Path) -> Places:
        folder = folder.resolve()
        mark = hashlib.sha256(str(folder).encode()).hexdigest()[:10]
        data = folder
        if os.getuid() == 0 and not _others_can_reach(folder):
            # PostgreSQL refuses to run as root, and the user it runs as cannot enter a closed home.
            data = Path("/var/tmp") / f"draft-law-monitor-{mark}"
        return cls(data=data, runtime=Path(tempfile.gettempdir()) / f"dlm-{mark}", log=folder / "log")

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


def _others_can_reach(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in folder.parents if parent.exists())


def server_user() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as when we are root: an unprivileged user of the system. None: as ourselves."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL does not run as root, and this machine has no user to run it as. Run the command as an ordinary user.")
