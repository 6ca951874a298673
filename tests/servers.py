"""Loaded before Django: the tests have servers and data of their own, so that a running demo is not disturbed."""

from __future__ import annotations

import os

from tracker.local.places import CHECKOUT
from tracker.local.shared import ensure_servers

os.environ.setdefault("DATA_DIR", str(CHECKOUT / "var" / "test"))
ensure_servers()
os.environ["SERVERS_RUNNING"] = "1"
