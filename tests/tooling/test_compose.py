"""The container set-up, as far as it can be proven without a container engine."""

from __future__ import annotations

import importlib.util
import json
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tracker.local.places import CHECKOUT

OURS = ["web", "public", "worker", "sender", "scheduler", "migrate"]


def load_program(name: str) -> Any:
    """A program of deploy/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, CHECKOUT / "deploy" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def source() -> str:
    return (CHECKOUT / "docker-compose.yml").read_text()


@pytest.fixture(scope="module")
def compose(source) -> dict[str, Any]:
    return yaml.safe_load(source)


def example() -> dict[str, str]:
    lines = (CHECKOUT / "deploy" / "example.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def secret_file(compose: dict[str, Any], name: str) -> str:
    return compose["secrets"][name]["file"].rsplit("/", 1)[1]


def test_it_follows_the_compose_specification(compose):
    schema = json.loads((Path(__file__).parent / "data" / "compose-spec.json").read_text())
    jsonschema.Draft201909Validator(schema).validate(compose)


def test_every_variable_is_in_the_example_and_every_example_is_used(source):
    # $$ is a dollar sign for the shell inside the container.
    used = set(re.findall(r"\$\{([A-Z_]+)", source.replace("$$", "")))
    assert used == set(example())


def test_every_file_it_mounts_exists(compose):
    mounts = [volume for service in compose["services"].values() for volume in service.get("volumes", [])]
    files = [mount.split(":")[0] for mount in mounts if mount.startswith("./")]
    assert files
    assert [file for file in files if not (CHECKOUT / file).is_file()] == []
    named = {mount.split(":")[0] for mount in mounts if not mount.startswith((".", "$"))}
    assert named == set(compose["volumes"])


def test_every_secret_is_made_by_the_program_that_makes_secrets(compose):
    made = load_program("new_secrets").contents()
    assert {secret_file(compose, name) for name in compose["secrets"]} == set(made)
    assert all(len(made[name]) >= 50 for name in made if name.endswith("secret_key"))


def test_secrets_can_be_read_by_root_and_the_containers_only_and_are_never_replaced(tmp_path):
    program = load_program("new_secrets")
    folder = tmp_path / "secrets"
    program.write(folder, -1)
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o440}
    assert folder.stat().st_mode & stat.S_IRWXO == 0
    before = {file.name: file.read_text() for file in folder.iterdir()}
    assert program.main([str(folder)]) == 1
    assert before == {file.name: file.read_text() for file in folder.iterdir()}


@pytest.mark.parametrize("name", OURS)
def test_every_process_finds_each_secret_its_environment_names(compose, name):
    service = compose["services"][name]
    named = {
        value.removeprefix("/run/secrets/")
        for value in service["environment"].values()
        if value.startswith("/run/secrets/")
    }
    assert named == set(service["secrets"])


@pytest.mark.parametrize("name", OURS)
def test_a_process_starts_with_the_environment_it_is_given(compose, name, monkeypatch, tmp_path):
    """Django's settings, read in the environment of each service with real secrets."""
    program = load_program("new_secrets")
    program.write(tmp_path / "secrets", -1)
    service = compose["services"][name]
    environment = {"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    for key, value in service["environment"].items():
        for variable, given in example().items():
            value = re.sub(r"\$\{" + variable + r"[^}]*\}", given, value)  # noqa: PLW2901
        secret = value.removeprefix("/run/secrets/")
        if secret != value:
            value = str(tmp_path / "secrets" / secret_file(compose, secret))  # noqa: PLW2901
        environment[key] = value
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    if "redis_url" in service["secrets"]:
        ask = "from django.conf import settings; print(settings.CELERY_BROKER_URL)"
        broker = subprocess.run(
            [sys.executable, "-c", ask], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True
        )
        assert broker.stdout.strip() == (tmp_path / "secrets" / "redis_url").read_text().strip()


def test_the_readers_process_knows_nothing_of_the_workspace(compose):
    public = compose["services"]["public"]
    assert set(public["secrets"]) == {"public_secret_key", "public_database_url", "intake_database_url"}
    assert "broker" not in public["networks"]
    assert public["volumes"] == ["mirror:/srv/mirror:ro"], "it reads the copy of what is public, and writes nothing"


def test_the_worker_alone_has_the_key_that_signs_and_writes_the_copy(compose):
    services = compose["services"]
    key = [name for name, each in services.items() if "SIGNING_KEY_FILE" in each.get("environment", {})]
    writers = [name for name, each in services.items() if "mirror:/srv/mirror" in each.get("volumes", [])]
    assert key == writers == ["worker"]


def test_the_owners_rights_are_in_no_environment_that_serves(compose):
    holders = {
        name for name, service in compose["services"].items() if "owner_database_url" in service.get("secrets", [])
    }
    assert holders == {"migrate"}
    assert compose["services"]["migrate"]["profiles"] == ["maintenance"]


def test_no_container_is_root_or_writes_to_its_own_image(compose):
    for name, service in compose["services"].items():
        assert re.fullmatch(r"[1-9]\d*:10001", service["user"]), name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def test_only_nginx_is_reached_from_outside(compose):
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["nginx"]
    outside = [name for name, network in compose["networks"].items() if not network.get("internal")]
    reachable = [name for name, service in compose["services"].items() if set(service["networks"]) & set(outside)]
    assert reachable == ["sender", "nginx"]  # the sender has a way out, and nothing is beside it there
    assert [name for name, service in compose["services"].items() if "outgoing" in service["networks"]] == ["sender"]
    assert not [volume for volume in compose["services"]["sender"]["volumes"] if volume.startswith("media")]


def test_every_server_says_whether_it_is_well(compose):
    assert [name for name, service in compose["services"].items() if "healthcheck" not in service] == ["migrate"]


def test_the_image_is_made_from_files_that_exist():
    lines = (CHECKOUT / "Dockerfile").read_text().splitlines()
    sources = [
        part for line in lines if line.startswith("COPY ") and "--from" not in line for part in line.split()[1:-1]
    ]
    assert [part for part in sources if not (CHECKOUT / part).exists()] == []
    left_out = (CHECKOUT / ".dockerignore").read_text().split()
    assert {".git", ".venv", "var", ".env"} <= set(left_out)


@pytest.mark.parametrize(
    "script", ["deploy/start.sh", "deploy/postgres/roles.sh", "scripts/setup.sh", "scripts/lock_of.sh"]
)
def test_shell_scripts_parse(script):
    subprocess.run(["sh", "-n", script], cwd=CHECKOUT, check=True)
