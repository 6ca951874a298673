"""`kill -9` of the worker at random moments of imports; `scripts/kill_imports.py` does it as often as one likes."""

from __future__ import annotations

import random

import pytest
from django.conf import settings
from django.db import connections

from scripts.kill_imports import kill_imports
from tests.conftest import ROLES
from tests.workspace.imports_law import OLD, followed

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=ROLES),
    pytest.mark.usefixtures("emptied"),
    pytest.mark.slow,
]


def test_a_killed_worker_leaves_nothing_half_and_every_import_ends() -> None:
    name, seed = connections["default"].settings_dict["NAME"], random.randrange(10**6)
    count = kill_imports(followed(OLD), 3, database=name, media=str(settings.MEDIA_ROOT), seed=seed)
    assert (count.imports, count.kills >= 6) == (3, True), seed
