"""Folders for servers of their own: a space in the path, and reachable for the user PostgreSQL runs as under root."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.local import Places


@contextlib.contextmanager
def folder_with_a_space() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="law tracker "))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(Places.of(folder / "var").runtime, ignore_errors=True)
    shutil.rmtree(folder)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with folder_with_a_space() as folder:
        yield folder


@pytest.fixture
def places(open_folder: Path) -> Places:
    return Places.of(open_folder / "var")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about a machine on which nothing was set, whatever the machine they run on."""
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "PUBLIC_DATABASE_URL", "INTAKE_DATABASE_URL", "REDIS_URL",
                 "SECRET_KEY", "DATA_DIR", "SERVERS_RUNNING", "DJANGO_SETTINGS_MODULE"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
