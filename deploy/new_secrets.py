"""Create the secrets of a production installation, once. `sudo python3 deploy/new_secrets.py [FOLDER]`

Each secret is one file that root and the containers' group may read. Existing files are never overwritten: a new
folder is made, or nothing. Needs only Python's standard library.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import sys
from pathlib import Path

DEFAULT_FOLDER = Path("/etc/draft-law-monitor/secrets")
CONTAINER_GROUP = 10001
ROLES = ("owner", "app", "public", "intake")
# What Celery's transport needs, and not what administers the server.
REDIS_RIGHTS = "~* &* +@all -@admin -@dangerous +info"


def contents() -> dict[str, str]:
    """File name → secret. Passwords are letters and digits, so that no address needs escaping."""
    passwords = {role: _random() for role in ROLES}
    broker = _random()
    return {
        "workspace_secret_key": _random(),
        "public_secret_key": _random(),
        "field_keys": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "postgres_password": _random(),
        **{f"{role}_password": password for role, password in passwords.items()},
        **{
            f"{role}_database_url": f"postgresql://tracker_{role}:{password}@postgres/tracker"
            for role, password in passwords.items()
        },
        "redis_url": f"redis://tracker:{broker}@redis:6379/0",
        "redis_acl": f"user default off\nuser tracker on #{hashlib.sha256(broker.encode()).hexdigest()} {REDIS_RIGHTS}",
    }


def _random() -> str:
    return secrets.token_hex(32)


def write(folder: Path, group: int) -> None:
    """Create the folder with all files in it. Raises FileExistsError when the folder is there already."""
    folder.mkdir(parents=True, mode=0o750)
    os.chown(folder, -1, group)
    for name, content in contents().items():
        file = folder / name
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o440), "w", encoding="utf-8") as handle:
            handle.write(content + "\n")
        os.chown(file, -1, group)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else DEFAULT_FOLDER
    try:
        write(folder, CONTAINER_GROUP)
    except FileExistsError:
        print(
            f"{folder} is there already and was not touched. Secrets in use are not replaced by this.", file=sys.stderr
        )
        return 1
    except PermissionError:
        print(f"Run this as root: the files of {folder} get the containers' group {CONTAINER_GROUP}.", file=sys.stderr)
        return 1
    print(f"The secrets are in {folder}. Keep a copy of the folder off this machine.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
