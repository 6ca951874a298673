"""The page of what waits and failed: counts for reviewers and administrators, and no address."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from tests.conftest import ROLES
from tests.follow.record import Law, ask, following, work
from tests.workspace.team import person
from tracker.follow import mail as way_out

pytestmark = pytest.mark.django_db(transaction=True, databases=ROLES)


def test_it_counts_what_waits_and_names_nobody(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    following(address="canary@example.org")

    def away(_mail: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(way_out.EmailMessage, "send", away)
    law.judge("libel", "stricter")
    work()
    ask(address="canary.two@example.org")
    client = Client()
    client.force_login(person("the-administrator", administrator=True))
    page = client.get("/w/settings/outgoing/").content.decode()
    assert "ConnectionRefusedError" in page
    assert "<dt>Requests of public forms</dt><dd>1 " in page
    assert "<dt>Messages to send</dt><dd>1 " in page
    assert "canary" not in page
    assert mail.outbox == []
