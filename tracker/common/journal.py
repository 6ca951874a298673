"""The journal of erasures: a file outside the backups, so that a restore can erase again what was erased."""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.conf import settings


def note(target: str, reason: str) -> None:
    """Call it last, before the commit: what is not in the journal is not erased, and a restore may erase too much, not
    too little.
    """
    journal = Path(settings.ERASURE_JOURNAL)
    journal.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as file:
        file.write(json.dumps({"target": target, "reason": reason}) + "\n")
        file.flush()
        os.fsync(file.fileno())
