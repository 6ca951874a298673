"""The embedded PostgreSQL and Redis: one command after another, several at once, after a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tracker import local
from tracker.local import Places, postgres, redis
from tracker.local.places import CHECKOUT

from .conftest import folder_with_a_space

# A command as manage.py is one: it asks for servers, uses them, says so, and stays for a while.
COMMAND = """
import sys, time
from pathlib import Path
from tracker import local
from tracker.local import redis
import psycopg

places = local.Places.of(Path(sys.argv[1]))
local.ensure_servers(places)
params = local.database_params(places)["default"]
with psycopg.connect(host=params["HOST"], user=params["USER"], dbname=params["NAME"]) as connection:
    assert connection.execute("select 1").fetchone() == (1,)
assert redis.answers(places)
print("works", flush=True)
time.sleep(float(sys.argv[2]))
params = local.database_params(places)["default"]
psycopg.connect(host=params["HOST"], user=params["USER"], dbname=params["NAME"]).close()
"""


def command(places: Places, seconds: float) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(places.folder), str(seconds)], cwd=CHECKOUT, stdout=subprocess.PIPE
    )


def connect(places: Places, alias: str) -> psycopg.Connection:
    params = local.database_params(places)[alias]
    return psycopg.connect(host=params["HOST"], user=params["USER"], dbname=params["NAME"], autocommit=True)


def wait_until_gone(places: Places) -> None:
    deadline = time.monotonic() + 20
    while postgres.listens(places) or redis.answers(places):
        assert time.monotonic() < deadline, "the servers outlived the last command"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def running() -> Iterator[Places]:
    """One server for the tests that only ask it questions."""
    with folder_with_a_space() as folder:
        places = Places.of(folder / "var")
        server = postgres.start(places)
        yield places
        postgres.stop(server)


def test_servers_end_with_the_last_of_several_commands(places):
    first, second = command(places, 0), command(places, 4)
    assert first.wait(60) == 0
    assert second.stdout.readline() == b"works\n"
    assert postgres.answers(places), "the first command's end took the servers from the second"
    assert second.wait(60) == 0
    wait_until_gone(places)


def test_a_killed_command_leaves_no_server(places):
    started = command(places, 60)
    assert started.stdout.readline() == b"works\n"
    started.kill()
    started.wait()
    wait_until_gone(places)


def test_accepted_rows_survive_kill_9_of_the_server(places):
    server = postgres.start(places)
    with connect(places, "owner") as connection:
        connection.execute("create table accepted (id int)")
        connection.execute("insert into accepted select generate_series(1, 1000)")
    server.kill()
    server.wait()
    server = postgres.start(places)
    try:
        with connect(places, "owner") as connection:
            assert connection.execute("select count(*) from accepted").fetchone() == (1000,)
    finally:
        postgres.stop(server)


def test_queued_messages_survive_a_restart_of_redis(places):
    import redis as client

    for value in (None, b"row 7"):
        server = redis.start(places)
        try:
            connection = client.Redis(unix_socket_path=str(places.redis_socket))
            assert connection.get("hint") == value
            connection.set("hint", "row 7")
        finally:
            redis.stop(server)


def test_accepted_means_on_disk(running):
    with connect(running, "public") as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert connection.execute(f"show {name}").fetchone() == ("on",), name


def test_no_role_of_ours_is_a_superuser_and_only_the_owner_may_create_databases(running):
    for alias, (superuser, may_create) in {
        "owner": (False, True), "default": (False, False), "public": (False, False), "intake": (False, False)
    }.items():  # fmt: skip
        with connect(running, alias) as connection:
            found = connection.execute(
                "select rolsuper, rolcreatedb from pg_roles where rolname = current_user"
            ).fetchone()
            assert found == (superuser, may_create), alias


@pytest.mark.parametrize("alias", ["default", "public", "intake"])
def test_other_roles_than_the_owner_make_no_table_and_switch_no_trigger_off(running, alias):
    with connect(running, alias) as connection:
        for statement in ("create table mine (id int)", "set session_replication_role = replica"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_a_database_made_for_tests_has_the_extensions(running):
    with connect(running, "owner") as connection:
        connection.execute("create database test_made_now")
    with psycopg.connect(host=str(running.runtime), user="tracker_owner", dbname="test_made_now") as connection:
        found = {name for (name,) in connection.execute("select extname from pg_extension")}
        assert {"pg_trgm", "unaccent", "btree_gin"} <= found
        connection.execute("create table mine (id int)")


def test_kazakh_letters_have_cases(running):
    with connect(running, "public") as connection:
        assert connection.execute("select lower('ҚЫЛМЫСТЫҚ ӘҢГІМЕ')").fetchone() == ("қылмыстық әңгіме",)


def test_only_the_socket_listens_and_only_its_owner_may_enter(running):
    with connect(running, "public") as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
    assert running.runtime.stat().st_mode & 0o777 == 0o700


def test_a_socket_path_fits_however_deep_the_checkout(open_folder):
    deep = Places.of(open_folder / "folder with a long name" / ("x" * 200) / "var")
    assert len(os.fsencode(deep.postgres_socket)) <= 107
    assert len(os.fsencode(deep.redis_socket)) <= 107


def test_a_folder_that_somebody_else_put_in_our_way_is_refused(places):
    places.runtime.symlink_to("/tmp")
    try:
        with pytest.raises(SystemExit, match="belongs to another user"):
            places.prepare()
    finally:
        places.runtime.unlink()


def test_a_named_database_starts_nothing(places, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:x@db/tracker")
    local.ensure_servers(places)
    assert not postgres.listens(places)
    assert not places.data.exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root starts PostgreSQL as another user")
def test_root_under_a_closed_home_keeps_the_data_where_the_server_can_read_it(open_folder: Path):
    closed = open_folder / "closed home"
    closed.mkdir(mode=0o700)
    places = Places.of(closed / "checkout" / "var")
    assert places.data.parent == Path("/var/tmp")
    server = postgres.start(places)
    try:
        assert postgres.answers(places)
    finally:
        postgres.stop(server)
        subprocess.run(["rm", "-rf", places.data, places.runtime], check=True)


def test_ctrl_c_ends_the_server_cleanly(places):
    server = postgres.start(places)
    server.send_signal(signal.SIGINT)
    assert server.wait(30) == 0
