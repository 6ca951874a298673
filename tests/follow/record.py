"""A small published law, releases that change it, and a reader who follows it through the public forms."""

from __future__ import annotations

import copy
import re
from typing import Any

from django.core import mail
from django.test import Client

from tests.publication.samples import publish
from tracker.follow import tasks

HEAD = {"slug": "a-law", "names": {"en": "A law", "ru": "Закон"}}
TOPICS = [{"slug": "speech", "names": {"en": "Speech"}}, {"slug": "assembly", "names": {"en": "Assembly"}}]


def row(slug: str, topic: str) -> dict[str, Any]:
    names = {"en": f"On {slug}"}
    concern = {"slug": slug, "names": names, "ask": "", "asked": {}, "quoted": [], "topics": [topic], "standards": []}
    cells: list[Any] = [{"version": "v1", "verdicts": {}}]
    return {"concern": concern, "provision": {"key": f"p-{slug}", "names": names}, "cells": cells}


class Law:
    """`judge` and `release` again and again."""

    def __init__(self) -> None:
        text = {"slug": "v1", "date": "2014-05-21", "obtained": True, "label": {"en": "First"}}
        rows = [row("libel", "speech"), row("rallies", "assembly")]
        self.overview: dict[str, Any] = {"kind": "overview", "law": HEAD, "texts": [text], "rows": rows}
        self.release()

    def judge(self, concern: str, value: str, reason: str = "because") -> None:
        found = next(row for row in self.overview["rows"] if row["concern"]["slug"] == concern)
        verdict = {"value": value, "reason": reason, "lifecycle": None, "caution": None}
        found["cells"][0]["verdicts"]["recommendation"] = verdict
        self.release()

    def release(self) -> None:
        overview = {"laws/a-law/overview": copy.deepcopy(self.overview)}
        publish(
            **{"a-law": overview, "catalogue": {"laws": {"laws": [{"law": HEAD}]}, "standards": {"topics": TOPICS}}}
        )


def ask(
    about: str = "a-law",
    address: str = "reader@example.org",
    rhythm: str = "at_once",
    lang: str = "en",
    client: Client | None = None,
) -> Any:
    """Send the public form. A client has one network address; a new one is another pseudonym."""
    return (client or Client()).post(f"/{lang}/follow/", {"about": about, "address": address, "rhythm": rhythm})


def work() -> None:
    """One round of the worker and of the sender."""
    tasks.look()
    tasks.send()


def following(**asked: str) -> str:
    """Ask and confirm; the token of the subscription."""
    ask(**asked)
    work()
    token = token_in(mail.outbox.pop())
    press(token, "confirm/")
    work()
    return token


def press(token: str, page: str = "", **fields: str) -> Any:
    return Client().post(f"/en/follow/{token}/{page}", fields)


def token_in(sent: Any) -> str:
    found = re.search(r"/follow/([A-Za-z0-9_-]{22})/", sent.body)
    assert found, sent.body
    return found[1]
