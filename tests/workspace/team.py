"""A small law with one member of each role, an administrator without a role, and somebody from outside."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.test import Client

from codes.models import Code, Jurisdiction, Membership
from tests.factories import someone
from tracker.accounts.models import User
from tracker.accounts.roles import ROLES
from tracker.accounts.services import members
from tracker.common.writing import record

PASSWORD = "correct horse battery"


@dataclass
class Team:
    law: Code
    people: dict[str, User]  # by role, and "administrator", "outsider"

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(self.people[name])
        return client


def person(handle: str, *, administrator: bool = False) -> User:
    return members.create(handle=handle, password=PASSWORD, by=someone(), reason="test", is_administrator=administrator)


@transaction.atomic
def small_law(slug: str = "small-law") -> Code:
    by = someone()
    place = Jurisdiction.objects.filter(slug="nowhere").first() or record(
        Jurisdiction(slug="nowhere", names={"en": "Nowhere"}, languages=["en"], drafting="generic"),
        by=by,
        reason="test",
    )
    return record(Code(slug=slug, jurisdiction=place, names={"en": f"The {slug}"}), by=by, reason="test")


@transaction.atomic
def join(user: User, law: Code, role: str) -> None:
    record(Membership(user=user, law=law, role=role), by=someone(), reason="test")


def team() -> Team:
    law = small_law()
    people = {role: person(f"the-{role}") for role in ROLES}
    for role, user in people.items():
        join(user, law, role)
    people["administrator"] = person("the-administrator", administrator=True)
    people["outsider"] = person("the-outsider")
    return Team(law, people)
