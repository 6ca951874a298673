"""One database behind four roles: created and migrated by its owner, used by the tests as the application."""

from __future__ import annotations

import gzip
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import override_settings
from lxml import etree

ROLES = ["default", "owner", "public", "intake"]
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First the tests that need an empty database, then those of the loaded demo, then those that commit.

    Browser tests without a browser are skipped with the reason, unless a browser is required.
    """
    items.sort(key=_turn)
    if CHROMIUM is not None or os.environ.get("REQUIRE_BROWSER") == "1":
        return
    skip = pytest.mark.skip(
        reason="Chromium was not found; install it, or set REQUIRE_BROWSER=1 to make this a failure"
    )
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(skip)


def _turn(item: pytest.Item) -> int:
    if "demo" in getattr(item, "fixturenames", ()):
        return 1
    marker = item.get_closest_marker("django_db")
    commits = (marker is not None and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & {
        *getattr(item, "fixturenames", ())
    }
    return 2 if commits else 0


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The official schema of Akoma Ntoso 3.0."""
    folder, packed = tmp_path_factory.mktemp("schema"), Path(__file__).parent / "text" / "data"
    for name in ("akomantoso30.xsd", "xml.xsd"):
        (folder / name).write_bytes(gzip.decompress((packed / f"{name}.gz").read_bytes()))
    return etree.XMLSchema(etree.parse(folder / "akomantoso30.xsd"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each xdist worker has a database of its own."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """After the migrations the owner only empties tables between tests, append-only ones too; see CONTRIBUTING."""
    owner = connections["owner"]
    owner.close()
    owner.settings_dict["OPTIONS"] = {
        **owner.settings_dict.get("OPTIONS", {}),
        "options": "-c session_replication_role=replica",
    }


def plain_storages() -> dict[str, Any]:
    """Static files under their plain names, whether or not anybody has collected them."""
    return {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def plain_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files go to a folder of the test run; static files keep their plain names; no public answer is kept yet."""
    from tracker.publication.views.kept import ANSWERS

    media, journal = tmp_path_factory.getbasetemp() / "media", tmp_path_factory.mktemp("journal") / "erasures.jsonl"
    copies = str(media.with_name("no-copy-yet"))
    ANSWERS.clear()
    with override_settings(MEDIA_ROOT=media, ERASURE_JOURNAL=journal, MIRROR_FOLDER=copies, STORAGES=plain_storages()):
        yield


@pytest.fixture
def emptied(transactional_db: None) -> None:
    """Real commits, beginning with empty tables, whatever ran before."""
    from django.core.management import call_command

    call_command("flush", database="owner", interactive=False, verbosity=0, inhibit_post_migrate=True)


@pytest.fixture(scope="session")
def demo_folder() -> Path:
    return Path(settings.BASE_DIR) / "demo"


@pytest.fixture(scope="session", autouse=True)
def signing_key_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The tests make a key of their own; that of the checkout's demo stays out of it."""
    settings.SIGNING_KEY_FILE = tmp_path_factory.mktemp("keys") / "release.key"


@pytest.fixture(scope="session")
def demo(django_db_setup: None, django_db_blocker: Any) -> None:
    """The demo, loaded and released once. Its tests run in one process (group "demo") and leave it as it is."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        call_command("load_demo", stdout=io.StringIO())


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    if "demo" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.xdist_group("demo"))
