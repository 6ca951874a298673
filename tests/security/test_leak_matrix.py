"""No word of what is not published reaches anybody outside: every text field × address × role × format."""

from __future__ import annotations

import base64
import gzip
import io
import json
import logging
import re
import time
import zipfile
from collections.abc import Iterator
from itertools import chain, product
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core import mail
from django.db import connections
from django.http.response import HttpResponseBase
from django.test import Client, override_settings

from tests.conftest import ROLES
from tests.security import addresses, canaries, planted
from tests.security.addresses import Unknown
from tests.security.planted import World
from tests.security.samples import FORMATS, QUERIES, public_samples, workspace_samples
from tracker import public_urls, workspace_urls
from tracker.common.tables import Erasable, Published
from tracker.guards import project_models
from tracker.jobs.models import Job

pytestmark = pytest.mark.django_db(databases=ROLES, transaction=True)
# The number of answers that were looked at may only grow; raise it when addresses are added.
FEWEST_CELLS = 11_000
LONGEST = 150  # seconds of the processor
VISITOR = "visitor"
HEALTH = ("livez", "healthz", "readyz")
# What a role may read by docs/roles.md though it is not published: its own surroundings, and for the office its people.
SURROUNDINGS = ("amendments.Topic", "amendments.Standard", "codes.Jurisdiction", "codes.Stage")
ALLOWED: dict[str, tuple[str, ...]] = {
    "administrator": (
        *SURROUNDINGS,
        "accounts.",
        "codes.Membership",
        "codes.Code.slug",
        "codes.Code.names",
        "follow.Message.error",
    ),
    "outsider": (
        *SURROUNDINGS,
        "follow.Message.error",
    ),  # a reviewer somewhere: what could not be sent, to nobody by name
    VISITOR: (),
}


@pytest.fixture
def world(emptied: None) -> World:
    return planted.build()


def test_every_text_field_of_every_model_has_a_canary_or_is_public_with_a_reason(world: World) -> None:
    labels = {label for label, _, _ in canaries.words_of()}
    assert set(canaries.PUBLIC) <= labels, "listed, but there is no such field"
    held = {*world.canaries.labels.values(), *planted.DIGESTS}
    missing = labels - set(canaries.PUBLIC) - held
    assert not missing, f"Let planted.py write a canary into {missing}, or say in canaries.PUBLIC why it is public."
    assert planted.UNPUBLISHED
    for label, model, field in canaries.words_of():
        if label in held and label not in planted.DIGESTS:
            assert any(_holds(row, world) for row in model._base_manager.values_list(field.name, flat=True)), label


def _holds(value: Any, world: World) -> bool:
    data = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    return bool(world.canaries.found_in(data)) or ":gAAAA" in str(value)  # sealed: not even the canary is readable


def test_an_address_with_an_unknown_parameter_is_refused_by_name() -> None:
    with pytest.raises(Unknown, match=r"'colour'.*tests/security/samples\.py"):
        addresses.fill("laws/<slug:colour>/", {})


def test_a_canary_is_found_whatever_wraps_it(world: World) -> None:
    word = next(iter(world.canaries.labels))

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", f"<creator>{word}</creator>")
    forms = [word, word.upper(), word.title(), word[:9], quote(f"Ж {word}"), json.dumps(f'"{word}"')]
    forms += [base64.b64encode(f"{lead}{word} and more".encode()).decode() for lead in ("", "a", "ab", "abc")]
    for data in [*(form.encode() for form in forms), gzip.compress(word.encode()), packed.getvalue()]:
        assert world.canaries.found_in(data), data
    assert not world.canaries.found_in(b"Nothing to see, zq and zqa")


def test_the_record_holds_no_word_of_what_is_not_published(world: World) -> None:
    for model in (m for m in project_models() if issubclass(m, Published | Erasable)):
        for row in model._base_manager.values_list():
            assert not world.canaries.found_in(repr(row).encode()), model


def test_no_answer_header_log_line_mail_or_message_holds_a_word_of_what_is_not_published(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    began = time.process_time()
    leaks: dict[str, set[str]] = {}
    cells = 0
    jobs = set(Job.objects.values_list("pk", flat=True))
    for who, address, headers, answer in chain(_public(world), _workspace(world), _health()):
        cells += 1
        found = {label for label in _read(world, answer) if not label.startswith(ALLOWED.get(who, ()))}
        asked = world.canaries.found_in(f"{address} {headers}".encode())
        if found - asked:
            leaks.setdefault(f"{who} {address}", set()).update(found - asked)
        assert answer.status_code < 500 or address[1:] in HEALTH, (who, address, answer.status_code)
    print(f"\nleak matrix: {cells} answers, {len(world.canaries.labels)} canaries, {time.process_time() - began:.0f} s")
    assert not leaks, leaks
    assert not world.canaries.found_in("\n".join(_logged(caplog, world)).encode())
    assert not any(world.canaries.found_in(bytes(m.message())) for m in mail.outbox)
    messages = [f"{job.kind} {job.key} {job.message} {job.error}" for job in Job.objects.exclude(pk__in=jobs)]
    assert not world.canaries.found_in("\n".join(messages).encode())
    assert cells >= FEWEST_CELLS
    assert time.process_time() - began < LONGEST


Cell = tuple[str, str, dict[str, str], HttpResponseBase]


def _public(world: World) -> Iterator[Cell]:
    """Every public address as everybody, in every format; in the other languages and with queries as a visitor."""
    samples = public_samples(world)
    clients = {VISITOR: Client(), **{role: Client() for role in world.people}}
    for role, user in world.people.items():
        clients[role].force_login(user)
    for route in _routes(public_urls):
        for number, address in enumerate(addresses.fill(route, samples)):
            for form in FORMATS.values():
                yield VISITOR, address, form, clients[VISITOR].get(address, headers=form)
            for query in QUERIES if number == 0 else []:
                yield VISITOR, address + query, {}, clients[VISITOR].get(address + query)
            for method in (clients[VISITOR].head, clients[VISITOR].options, clients[VISITOR].post):
                yield VISITOR, address, {}, method(address)
        for address in addresses.fill(route, samples | {"lang": ["en"]}):
            for role, form in product(world.people, (FORMATS["page"], FORMATS["json"])):
                yield role, address, form, clients[role].get(address, headers=form)


def _workspace(world: World) -> Iterator[Cell]:
    """Every address of the workspace as those who have no role in the law, asked for and written to."""
    samples = workspace_samples(world)
    for role in ("administrator", "outsider", VISITOR):
        client = Client()
        for route in _routes(workspace_urls):
            if role != VISITOR:
                client.force_login(world.people[role])
            for number, address in enumerate(addresses.fill(route, samples)):
                for form in FORMATS.values() if number == 0 else [FORMATS["page"]]:
                    yield role, address, form, client.get(address, headers=form)
                if "/settings/" not in address and "sign-out" not in address:
                    yield role, address, {}, client.post(address, {"revision": "1", "reason": "a reason"})


def _routes(site: ModuleType) -> list[str]:
    return [route for route in addresses.routes(site.urlpatterns) if route not in HEALTH]


def _health() -> Iterator[Cell]:
    """These say only which part answers, to everybody the same, and look for a broker that tests do not have."""
    for route in HEALTH:
        answer = Client().get(f"/{route}")
        yield VISITOR, f"/{route}", {}, answer


def _read(world: World, answer: HttpResponseBase) -> set[str]:
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return world.canaries.found_in(body) | world.canaries.found_in(headers.encode())


def _logged(caplog: pytest.LogCaptureFixture, world: World) -> Iterator[str]:
    """Log lines without the addresses that we asked for ourselves."""
    samples = [*public_samples(world).values(), *workspace_samples(world).values()]
    asked = {value for values in samples for value in values if world.canaries.found_in(value.encode())}
    for record in caplog.records:
        line = record.getMessage()
        for each in asked:
            line = line.replace(each, "")
        yield line


def test_a_failing_page_says_nothing_of_its_values(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """The record's documents are damaged behind its back: the answer is a plain 500."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("update publication_document set text = %s", [f'{{"body": "{world.ids["draft"]}"}}'])
    with override_settings(DEBUG=False, DEBUG_PROPAGATE_EXCEPTIONS=False):
        answer = Client(raise_request_exception=False).get(f"/en/laws/{world.law.code.slug}/")
    assert answer.status_code == 500
    code = re.search(r"tell us this code: ([0-9A-F]{4})", answer.content.decode())
    assert code is not None
    assert f"code {code[1]}" in caplog.text
    assert not _read(world, answer)
    assert settings.DEBUG is False
    assert not world.canaries.found_in("\n".join(_logged(caplog, world)).encode())
