"""The pages of review as their tests open them: addresses of the demo, clients, and what a form sends."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amendments.models import Verdict
from amendments.services import review
from tests.workspace.test_review_rules import draft, member

LAW = "/w/laws/kz-criminal-code-2014/"
CELL = f"{LAW}verdicts/calls-power/l2025-09/"
DISCORD = f"{LAW}verdicts/inciting-discord/l2025-09/"
TOGETHER = f"{LAW}reconfirm/l2022-01/together/"
RECONFIRM = f"{LAW}reconfirm/l2022-01/"


def client(handle: str = "analyst") -> Client:
    found = Client()
    found.force_login(member(handle))
    return found


def text(answer: Any) -> str:
    return str(answer.content.decode())


def chosen(base: str, value: str, reason: str = "", revision: int = 0) -> dict[str, str]:
    return {
        f"{base}-value": value,
        f"{base}-reason": reason,
        f"{base}-revision": str(revision),
        f"{base}-lifecycle": "",
    }


def sent(**fields: Any) -> dict[str, Any]:
    return {"request_id": str(uuid4()), "then": "save", **fields}


def in_review(**given: Any) -> Verdict:
    row = draft(**given)
    return review.submit(row, by=row.written_by, revision=row.revision)


def act(handle: str, row: Any, name: str, **fields: Any) -> Any:
    kind = "verdict" if isinstance(row, Verdict) else "note"
    values = {"request_id": str(uuid4()), "act": name, "revision": row.revision, "seen": review.fingerprint(row)}
    return client(handle).post(f"/w/review/{kind}-{row.pk}/", {**values, **fields})


def questions(who: Client, address: str) -> int:
    assert who.get(address).status_code == 200  # warms what is kept between requests
    with CaptureQueriesContext(connections["default"]) as queries:
        who.get(address)
    return len(queries)
