"""What the containers' PostgreSQL and Redis are set up with, tried on the embedded servers."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
import redis as client

from tracker.local import Places, postgres, processes, redis
from tracker.local.places import CHECKOUT

from .conftest import folder_with_a_space

ROLES = """
    select rolname, rolsuper, rolcreaterole, rolinherit, rolcanlogin, rolreplication, rolbypassrls
    from pg_roles where rolname like 'tracker_%' order by 1
"""
RIGHTS = """
    select datname, pg_get_userbyid(datdba), array(select item::text from unnest(datacl) item order by 1)
    from pg_database where datname = 'tracker'
"""
EXTENSIONS = "select extname from pg_extension order by 1"


def program(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, CHECKOUT / "deploy" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def secrets(tmp_path: Path) -> dict[str, str]:
    contents = program("new_secrets").contents()
    for name, content in contents.items():
        (tmp_path / name).write_text(content + "\n")
    return contents


def described(places: Places) -> list[list[tuple[object, ...]]]:
    with psycopg.connect(host=str(places.runtime), user="postgres", dbname="tracker") as connection:
        return [connection.execute(query).fetchall() for query in (ROLES, RIGHTS, EXTENSIONS)]


def test_production_and_the_demo_have_the_same_roles_rights_and_extensions(places, secrets, tmp_path):
    with folder_with_a_space() as other:
        embedded = Places.of(other / "var")
        server = postgres.start(embedded)
        expected = described(embedded)
        postgres.stop(server)
    server = postgres.serve(places)
    try:
        script = (CHECKOUT / "deploy/postgres/roles.sh").read_text().replace("/run/secrets", str(tmp_path))
        path = f"{postgres.binaries(places)}:{os.environ['PATH']}"
        subprocess.run(
            ["sh", "-c", script], check=True, capture_output=True, env={"PATH": path, "PGHOST": str(places.runtime)}
        )
        assert described(places) == expected
    finally:
        postgres.stop(server)


@pytest.fixture
def broker(secrets: dict[str, str], tmp_path: Path) -> Iterator[Path]:
    socket = tmp_path / "redis.sock"
    server = processes.start(
        [redis.binary(), "--port", "0", "--unixsocket", socket, "--aclfile", tmp_path / "redis_acl"],
        output=subprocess.DEVNULL,
        folder=tmp_path,
    )
    deadline = time.monotonic() + 10
    while not socket.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    yield socket
    redis.stop(server)


def test_the_broker_passes_messages_of_its_user_and_obeys_nobody_else(secrets, broker):
    password = secrets["redis_url"].split(":")[2].split("@")[0]
    ours = client.Redis(unix_socket_path=str(broker), username="tracker", password=password)
    ours.lpush("celery", "row 7")
    assert ours.brpop("celery", timeout=1) == (b"celery", b"row 7")
    ours.publish("pidbox", "ping")
    for command in (["FLUSHALL"], ["CONFIG", "GET", "*"], ["ACL", "LIST"], ["SHUTDOWN"]):
        with pytest.raises(client.exceptions.NoPermissionError):
            ours.execute_command(*command)
    with pytest.raises(client.exceptions.RedisError):
        client.Redis(unix_socket_path=str(broker)).ping()


def test_a_database_that_may_lose_accepted_writes_is_refused_by_name(places):
    durable = program("durable")
    server = postgres.start(places)
    params = {"NAME": "tracker", "USER": "tracker_public", "PASSWORD": "", "HOST": str(places.runtime), "PORT": ""}
    try:
        assert durable.complaints(params) == []
        with psycopg.connect(host=str(places.runtime), user="postgres", dbname="tracker", autocommit=True) as admin:
            admin.execute("alter system set synchronous_commit = off")
            admin.execute("alter system set full_page_writes = off")
            admin.execute("select pg_reload_conf()")
        deadline = time.monotonic() + 10
        while len(found := durable.complaints(params)) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert [sentence.split()[3] for sentence in found] == ["synchronous_commit=off:", "full_page_writes=off:"]
    finally:
        postgres.stop(server)
