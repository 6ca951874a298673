"""A member's contact is sealed with the member's own key: nothing readable in a dump, nor after erasure."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import DataError, connections

from tests.conftest import ROLES
from tests.workspace.team import Team, join, person, team
from tracker.accounts.models import Contact, ContactOpening, PersonalKey
from tracker.accounts.services import contacts, personal
from tracker.common.fieldkeys import Unreadable
from tracker.common.writing import record

pytestmark = pytest.mark.django_db(databases=ROLES)
HERE = "/w/settings/account/contact/"
THERE = "/w/settings/members/the-analyst/contact/"
CANARY, OLDER = "Canary Aidana, +7 700 123 45 67", "Canary Bolat, at the bakery"


@pytest.fixture
def them() -> Team:
    return team()


def write(them: Team, words: str, revision: int) -> Any:
    return them.client("analyst").post(HERE, {"words": words, "revision": revision})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def dump() -> str:
    """Every row of every table, as text; bytes are there in hexadecimal."""
    said = []
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public' and tablename <> 'django_migrations'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'select t::text from "{table}" t')
            said += [row for (row,) in cursor.fetchall()]
    return "\n".join(said)


def test_a_dump_of_all_tables_holds_no_word_of_it_in_any_revision(them: Team) -> None:
    assert write(them, OLDER, 0).status_code == 302
    assert write(them, CANARY, 1).status_code == 302
    assert CANARY in text(them.client("analyst").get(HERE))
    everything = dump()
    assert Contact.objects.get().words in everything  # it looked at the table
    for words in (CANARY, OLDER, "Aidana", "Bolat", "123 45 67"):
        for form in (words, words.encode().hex(), base64.b64encode(words.encode()).decode()[:-4]):
            assert form not in everything


def test_after_erasure_no_revision_opens_and_the_pages_say_removed(them: Team) -> None:
    write(them, OLDER, 0)
    write(them, CANARY, 1)
    kept = [row.words for row in Contact.history.all()]
    assert {personal.unseal(words) for words in kept} == {OLDER, CANARY}
    them.client("analyst").post(f"{HERE}erase/")
    assert not PersonalKey.objects.exists()
    rows = [row.words for row in Contact.history.all()]
    assert len(rows) == 3  # the history is whole, and says that it was erased
    for words in rows:
        with pytest.raises(personal.Removed):
            personal.unseal(words)
    assert "Your contact was removed." in text(them.client("analyst").get(HERE))
    opened = them.client("administrator").post(THERE, {"reason": "an emergency"})
    assert "the-analyst removed this contact." in text(opened)
    assert not ContactOpening.objects.exists()  # nothing was read


def test_a_new_contact_after_an_erasure_has_a_new_key_and_opens_nothing_old(them: Team) -> None:
    write(them, OLDER, 0)
    old = Contact.objects.get().words
    them.client("analyst").post(f"{HERE}erase/")
    assert write(them, CANARY, 2).status_code == 302
    assert personal.unseal(Contact.objects.get().words) == CANARY
    with pytest.raises(personal.Removed):
        personal.unseal(old)


def test_a_restore_from_an_older_backup_erases_the_key_again(them: Team) -> None:
    write(them, CANARY, 0)
    (backup,) = PersonalKey.objects.values_list("pk", "wrapped")
    them.client("analyst").post(f"{HERE}erase/")
    PersonalKey.objects.create(pk=backup[0], wrapped=backup[1])
    assert personal.unseal(Contact.objects.get().words) == CANARY
    call_command("replay_erasures", verbosity=0)
    with pytest.raises(personal.Removed):
        personal.unseal(Contact.objects.get().words)


def test_an_administrator_opens_it_with_a_reason_that_the_member_sees(them: Team) -> None:
    write(them, CANARY, 0)
    administrator = them.client("administrator")
    assert CANARY not in text(administrator.get("/w/settings/members/the-analyst/"))
    assert administrator.post(THERE, {"reason": ""}).status_code == 422
    assert not ContactOpening.objects.exists()
    assert CANARY in text(administrator.post(THERE, {"reason": "she was arrested"}))
    page = text(them.client("analyst").get(HERE))
    assert re.search(r"the-administrator</b>: she was arrested", page)


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("analyst", 403), ("reviewer", 403), ("outsider", 404)])
def test_nobody_else_opens_it(them: Team, who: str, status: int) -> None:
    write(them, CANARY, 0)
    answer = them.client(who).post(THERE, {"reason": "curious"})
    assert answer.status_code == status
    assert CANARY not in text(answer)
    assert not ContactOpening.objects.exists()


def test_two_windows_lose_neither_text(them: Team) -> None:
    write(them, OLDER, 0)
    answer = write(them, CANARY, 0)
    assert answer.status_code == 409
    assert OLDER in text(answer)
    assert CANARY in text(answer)
    revision = re.search(r'name="revision" value="(\d+)"', text(answer))
    assert revision is not None
    assert write(them, CANARY, int(revision[1])).status_code == 302


def test_a_personal_column_takes_nothing_but_ciphertext(them: Team) -> None:
    row = Contact(user=them["reader"], words=CANARY)
    with pytest.raises(DataError, match="only what was sealed") as refused:
        record(row, by=them["reader"], reason="test")
    assert CANARY not in str(refused.value)


def test_one_letter_is_sealed_like_a_long_text(them: Team) -> None:
    for revision, words in enumerate(("x", "ы" * 500)):
        assert write(them, words, revision).status_code == 302
        assert personal.unseal(Contact.objects.get().words) == words
    assert write(them, "ы" * 501, 2).status_code == 422


def test_keys_of_two_people_do_not_open_each_other(them: Team) -> None:
    other = person("other")
    join(other, them.law, "reader")
    mine = contacts.keep(user=them["reader"], words=CANARY, revision=0)
    theirs = contacts.keep(user=other, words=OLDER, revision=0)
    swapped = f"{theirs.words.partition(':')[0]}:{mine.words.partition(':')[2]}"
    with pytest.raises(Unreadable):
        personal.unseal(swapped)


def test_a_newer_field_key_in_front_leaves_everything_readable(them: Team, settings: Any) -> None:
    write(them, CANARY, 0)
    known = settings.FIELD_KEYS
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *known]
    assert personal.unseal(Contact.objects.get().words) == CANARY
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    with pytest.raises(Unreadable):
        personal.unseal(Contact.objects.get().words)
    assert "a key of this site is missing" in text(them.client("analyst").get(HERE))
