"""Two people, one thing: whoever saves second is shown both texts, and nothing is lost."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Conflict(Exception):
    """Somebody saved another revision meanwhile. `theirs` is the row as it stands, `mine` the fields not accepted."""

    def __init__(self, theirs: Any, mine: dict[str, Any]) -> None:
        super().__init__("Someone saved this while you were writing. Both texts are kept; nothing is lost.")
        self.theirs = theirs
        self.mine = mine


def state_of(row: models.Model) -> str:
    """A mark of all fields of a row without a revision: sent back by a form, it says what was on the screen."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return hashlib.sha256(json.dumps(fields, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()[:32]
