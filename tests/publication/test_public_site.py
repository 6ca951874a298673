"""Public pages run on published tables alone, and every address answers."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import ROLES
from tracker.common.tables import Erasable, PublicDerived, Published
from tracker.guards import project_models

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]
LAW = "/en/laws/kz-criminal-code-2014/"
COMPARE = f"{LAW}compare/v1997...l2015-11/"
CSP = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self'; script-src 'self'; style-src 'self'"
)


def walk(client: Client, start: str, most: int) -> dict[str, int]:
    """Follow links of the public site breadth first."""
    seen: dict[str, int] = {}
    waiting = [start]
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen:
            continue
        response = client.get(path)
        seen[path] = response.status_code
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        for link in re.findall(r'href="([^"#]+)', response.content.decode()):
            target = urljoin(path, link.replace("&amp;", "&"))
            if target.startswith("/") and not target.startswith(("/static/", "/w/")) and target not in seen:
                waiting.append(target)
    return seen


def test_every_address_of_the_public_site_answers_with_the_public_role_alone(client: Client) -> None:
    answers = walk(client, "/en/", most=150)
    assert len(answers) == 150
    assert {path: code for path, code in answers.items() if code not in {200, 302}} == {}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize(
    "page",
    [
        "",
        "laws/",
        "laws/kz-criminal-code-2014/",
        "laws/kz-criminal-code-2014/compare/v1997...l2015-11/",
        "standards/",
        "method/",
    ],
)
def test_every_kind_of_page_answers_in_every_language(client: Client, language: str, page: str) -> None:
    response = client.get(f"/{language}/{page}")
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


def test_public_answers_carry_the_exact_policy_and_no_cookie(client: Client) -> None:
    response = client.get(LAW)
    assert response["Content-Security-Policy"] == CSP
    assert not response.cookies
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_root_sends_a_reader_to_their_language(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "kk,ru;q=0.8"})
    assert (response.status_code, urljoin("/", response["Location"])) == (302, "/kk/")
    assert "Accept-Language" in response["Vary"]


def test_a_member_is_asked_to_sign_in_and_nothing_else_is_told(client: Client) -> None:
    for path in ("/w/", "/w/laws/kz-criminal-code-2014/", "/w/laws/no-such-law/"):
        response = client.get(path)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/w/sign-in/")
    response = client.get("/w/", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response["HX-Redirect"].startswith("/w/sign-in/")


def test_the_comparison_page_asks_a_constant_number_of_questions(client: Client) -> None:
    numbers = []
    for show in ("followed", "changed", "all"):
        with CaptureQueriesContext(connections["public"]) as queries:
            assert client.get(f"{COMPARE}?show={show}").status_code == 200
        numbers.append(len(queries))
    assert len(set(numbers)) == 1
    assert numbers[0] <= 8


def test_the_public_role_may_read_published_tables_and_nothing_else() -> None:
    published = {m._meta.db_table for m in project_models() if issubclass(m, Published | Erasable | PublicDerived)}
    with connections["public"].cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p', 'v', 'm') "
            "and relnamespace = 'public'::regnamespace "
            "and has_table_privilege(oid, 'select')"
        )
        assert {name for (name,) in cursor.fetchall()} == published
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace "
            "and (has_table_privilege(oid, 'insert') or has_table_privilege(oid, 'update') "
            "or has_table_privilege(oid, 'delete'))"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("alias", ["public", "intake", "default"])
def test_a_write_to_the_record_is_refused_by_the_database(alias: str) -> None:
    for statement in ("update publication_release set number = number", "delete from publication_entry"):
        with pytest.raises(DatabaseError), transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(statement)


def test_the_intake_role_may_only_insert_requests() -> None:
    with connections["intake"].cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace "
            "and has_table_privilege(oid, 'insert')"
        )
        assert [name for (name,) in cursor.fetchall()] == ["publication_publicrequest"]
        cursor.execute(
            "select count(*) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace "
            "and has_table_privilege(oid, 'select')"
        )
        assert cursor.fetchone() == (0,)
