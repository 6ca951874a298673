"""The API answers as its description says, pages through one release, and gives what verifies the chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from tests.conftest import ROLES
from tracker.publication import chain
from tracker.publication.machine.api import PREFIX, description

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo", "closing_again")]
API = f"/{PREFIX}"
LAW = f"{API}laws/kz-criminal-code-2014"
OPERATIONS = list(description()["paths"])
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]


class KeptOpen(WSGIHandler):
    """The site as a server runs it; the test's own transaction outlives each request, as with Django's test client."""

    def __call__(self, *asked: Any) -> Any:
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        return super().__call__(*asked)


@pytest.fixture
def closing_again() -> Iterator[None]:
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def pages(client: Client, path: str) -> Iterator[dict[str, Any]]:
    """Every page of a list, by its links."""
    while path:
        answer = client.get(path).json()
        yield answer
        path = urljoin(path, answer["next"]) if answer["next"] else ""


def operation(path: str) -> Any:
    return schemathesis.openapi.from_wsgi(f"{API}openapi.json", KeptOpen())[path]["GET"]


@pytest.mark.parametrize("path", OPERATIONS)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_the_api_answers_as_its_description_says_whatever_it_is_asked(path: str, mode: GenerationMode) -> None:
    """schemathesis: no server error, every answer of the described shape, every wrong question refused."""
    asked = operation(path)

    @settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(asked.as_strategy(generation_mode=mode))
    def answers(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    answers()


@pytest.mark.parametrize("path", OPERATIONS)
def test_what_is_published_answers_in_the_described_shape(client: Client, path: str) -> None:
    article = client.get(f"{LAW}/versions/l2015-11/articles?size=1").json()["items"][0]["number"]
    key = client.get(f"{LAW}/provisions?size=1").json()["items"][0]["provision"]["key"]
    known = {"law": "kz-criminal-code-2014", "version": "l2015-11", "number": article, "key": key}
    known |= {"number": "1"} if path.endswith("releases/{number}") else {}
    wanted = {name: value for name, value in known.items() if f"{{{name}}}" in path}
    case = operation(path).Case(method="GET", path_parameters=wanted)
    assert case.call_and_validate(checks=CHECKS).status_code == 200


def test_a_list_is_read_through_its_links_and_stays_in_its_release(client: Client) -> None:
    found = list(pages(client, f"{LAW}/versions/l2015-11/articles?size=40"))
    assert len(found) > 5
    assert len({page["release"] for page in found}) == 1
    numbers = [item["number"] for page in found for item in page["items"]]
    assert len(numbers) == len(set(numbers)) == found[0]["total"]


def test_the_headers_prove_the_chain(client: Client) -> None:
    heads = [head for page in pages(client, f"{API}releases?size=1") for head in page["items"]]
    previous = chain.NO_RELEASE
    for head in heads:
        fields = {name: head[name] for name in ("number", "time", "root", "previous", "key_document", "tombstones")}
        assert chain.Header(**fields).hash == head["hash"]
        assert head["previous"] == previous
        previous = head["hash"]
        whole = client.get(f"{API}releases/{head['number']}").json()
        assert chain.release_root(whole["roots"]) == head["root"]


def test_verdicts_since_a_release_are_those_that_changed_after_it(client: Client) -> None:
    every = client.get(f"{LAW}/verdicts?size=200").json()
    fresh = client.get(f"{LAW}/verdicts?size=200&since=0").json()
    assert every["total"] == fresh["total"] > 0
    assert {item["how"] for item in every["items"]} == {"stands"}
    assert {item["how"] for item in fresh["items"]} == {"added"}
    newest = client.get(f"{LAW}/verdicts?since={every['release']}").json()
    assert newest["total"] == 0


@pytest.mark.parametrize(
    ("query", "status"),
    [("page=0", 400), ("size=201", 400), ("size=x", 400), ("release=999999", 404), (f"q={'x' * 2000}", 400)],
)
def test_what_is_over_a_limit_is_refused_with_a_sentence(client: Client, query: str, status: int) -> None:
    response = client.get(f"{API}laws?{query}")
    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert response.json()["error"].endswith(".")


@pytest.mark.parametrize("since", ["x", "2026-13-45", "12345678"])
def test_a_since_that_is_neither_release_nor_day_is_refused(client: Client, since: str) -> None:
    assert client.get(f"{LAW}/verdicts?since={since}").status_code == 400


def test_the_api_is_open_to_every_site_and_answers_304(client: Client) -> None:
    first = client.get(f"{API}laws")
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "sandbox" in first["Content-Security-Policy"]
    assert "Accept-Language" not in first.get("Vary", "")
    again = client.get(f"{API}laws", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert client.post(f"{API}laws").status_code == 405
    assert client.head(f"{API}laws").status_code == 200


def test_the_description_and_its_page_are_published(client: Client) -> None:
    assert client.get(f"{API}openapi.json").json()["openapi"].startswith("3.")
    moved = client.get(API)
    page = client.get(urljoin(API, moved["Location"]))
    assert page.status_code == 200
    for path in OPERATIONS:
        assert path in page.content.decode()
    assert "<script" not in page.content.decode()


def test_lists_take_a_constant_number_of_questions(client: Client) -> None:
    for path in ("versions", "versions/l2015-11/articles", "provisions", "concerns", "verdicts", "notes"):
        counts = set()
        for size in (1, 200):
            with CaptureQueriesContext(connections["public"]) as queries:
                assert client.get(f"{LAW}/{path}?size={size}").status_code == 200
            counts.add(len(queries))
        assert len(counts) == 1
        assert max(counts) <= 5
