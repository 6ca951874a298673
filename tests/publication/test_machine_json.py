"""The `.json` beside pages is the document as published, for every site, with its release and lasting address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import ROLES
from tracker.publication.machine.serving import DATA_POLICY
from tracker.publication.models import Entry, Release

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]
LAW = "/en/laws/kz-criminal-code-2014/"


def paths_of_kinds() -> list[str]:
    """One published path of each kind of document that has a page."""
    found = {}
    for path in Entry.objects.using("public").order_by("path").values_list("path", flat=True):
        steps = path.split("/")
        found.setdefault((len(steps), *steps[0:1], *steps[2:3]), path)
    return sorted(found.values())


def test_every_kind_of_document_is_published_as_json_with_its_release_and_hash(client: Client) -> None:
    release = Release.objects.using("public").order_by("-number")[0]
    paths = paths_of_kinds()
    assert len(paths) >= 8
    for path in paths:
        response = client.get(f"/en/{path}.json")
        assert response.status_code == 200, path
        answer = response.json()
        entry = Entry.objects.using("public").filter(path=path).order_by("-release_id")[0]
        assert answer["hash"] == entry.document_id
        assert answer["release"] == {
            "number": release.number,
            "time": release.time.isoformat(timespec="milliseconds"),
            "hash": release.hash,
        }
        assert answer["document"]["kind"]


def test_the_frozen_address_gives_the_same_document(client: Client) -> None:
    path = f"{LAW}overview.json"
    answer = client.get(path).json()
    frozen = client.get(urljoin(path, answer["frozen"]))
    assert frozen.json()["document"] == answer["document"]
    assert "@" in answer["frozen"]


def test_answers_for_programs_are_open_to_every_site_and_run_nothing(client: Client) -> None:
    for path in (f"{LAW}overview.json", f"{LAW}no-such.json"):
        response = client.get(path)
        assert response["Content-Security-Policy"] == "; ".join(sorted(DATA_POLICY.split("; ")))
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert not response.cookies


def test_the_validator_saves_the_second_reading(client: Client) -> None:
    first = client.get(f"{LAW}overview.json")
    again = client.get(f"{LAW}overview.json", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{LAW}v/nowhere.json", 404),
        (f"{LAW}p/%00.json", 404),
        (f"{LAW}{'x' * 400}.json", 404),
        ("/en/laws/nowhere/overview.json", 404),
        (f"{LAW}@1999-01-01/overview.json", 404),
        (f"{LAW}overview.json?q={'x' * 2000}", 400),
    ],
)
def test_errors_are_one_sentence(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    error: Any = response.json()["error"]
    assert error.endswith(".")


def test_nothing_but_reading_is_offered(client: Client) -> None:
    refused = client.post(f"{LAW}overview.json")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    asked = client.options(f"{LAW}overview.json")
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_the_matrix_and_the_change_log_have_their_json(client: Client) -> None:
    every = client.get(f"{LAW}matrix.json").json()
    topic = every["rows"][0]["topics"][0]
    some = client.get(f"{LAW}matrix.json?topic={topic}").json()
    assert 0 < len(some["rows"]) < len(every["rows"])
    changes = client.get(f"{LAW}changes.json").json()
    assert changes["older"] is None
    assert changes["changes"][0]["kind"] == "changes"


def test_a_document_takes_a_constant_number_of_questions(client: Client) -> None:
    for path in paths_of_kinds():
        with CaptureQueriesContext(connections["public"]) as queries:
            client.get(f"/en/{path}.json")
        assert len(queries) <= 5, path
