"""A public page asks the database as often for a small law as for one ten times as large."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import ROLES
from tests.pages import data
from tests.pages.data import reading
from tests.publication.samples import publish

pytestmark = [pytest.mark.django_db(databases=ROLES, transaction=True)]
LAW = data.LAW["slug"]
SMALL, LARGE = 1, 10
PAGES = ["", "changes/", "v/new/", "v/new/art-1/", "p/k7f2-discord/", "topics/libel/", "compare/old...new/",
         "compare/old...new/?show=all", "compare/old...new/art-1/"]  # fmt: skip


def law(times: int) -> dict[str, Any]:
    """Documents of a law whose lists are `times` as long."""
    base = f"laws/{LAW}"
    overview = data.many(6 * times, 7)
    logs = {f"{base}/changes/{n:06d}": log(n) for n in range(1, 2 * times + 1)}
    articles = {f"{base}/v/new/art-{n}": reading.article(number=str(n)) for n in range(1, 3 * times + 1)}
    return {
        **reading.life_documents(),
        **reading.many(5 * times),
        f"{base}/overview": overview,
        f"{base}/v/new": reading.contents(2 * times, 3 * times),
        **articles,
        **logs,
    }


def log(release: int) -> dict[str, Any]:
    names, path = {"en": "Libel"}, f"laws/{LAW}/p/k7f2-discord"
    item = {"what": "verdict", "how": "changed", "path": path, "names": names, "version": "new",
            "base": "recommendation", "before": "fixed", "after": "stricter", "reason": "why",
            "correction": True}  # fmt: skip
    time = "2014-05-21T12:00:00.000Z"
    return {"kind": "changes", "law": data.LAW, "release": release, "time": time, "items": [item]}


def test_a_law_ten_times_as_large_costs_no_question_more(emptied: None) -> None:
    asked: dict[int, dict[str, int]] = {}
    for times in (SMALL, LARGE):
        catalogue = {"standards": data.standards(), "laws": data.laws()}
        publish(
            **{LAW: {path: body for path, body in law(times).items() if path.startswith("laws/")}, "all": catalogue}
        )
        asked[times] = {page: questions(f"/en/laws/{LAW}/{page}") for page in PAGES}
        asked[times] |= {page: questions(page) for page in ("/en/", "/en/corrections/", "/en/search/?q=words")}
    assert asked[SMALL] == asked[LARGE]


def questions(address: str) -> int:
    with CaptureQueriesContext(connections["public"]) as queries:
        answer = Client().get(address)
    assert answer.status_code == 200, address
    return len(queries)


def test_the_change_log_marks_corrections_and_says_what_changed_into_what(emptied: None) -> None:
    overview = {f"laws/{LAW}/overview": data.overview()}
    logs: dict[str, Any] = {}
    for n in range(1, 31):
        logs[f"laws/{LAW}/changes/{n + 100:06d}"] = log(n)
        publish(**{LAW: {**overview, **logs}})
    page = Client().get(f"/en/laws/{LAW}/changes/").content.decode()
    for said in ("Verdict changed", "correction", "Against our recommendation", "Made stricter", "21 May 2014", "why"):
        assert said in page
    assert page.count('id="release-') == 25
    older = Client().get(f"/en/laws/{LAW}/changes/?before=6").content.decode()
    assert older.count('id="release-') == 5 + 1, "the first release has a log of its own"
    assert "Libel" in Client().get("/en/corrections/").content.decode()
    latest = Client().get("/en/").content.decode().partition('id="latest"')[2].partition("</section>")[0]
    assert latest.count("Verdict changed") == 5
