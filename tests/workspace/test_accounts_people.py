"""Coming in, roles, new beginnings, freezing: each by the right person, announced, and never for oneself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections
from django.http import Http404
from django.test import Client
from django.utils import timezone

from codes.models import Membership
from codes.services import invitations, membership, people
from tests.conftest import ROLES
from tests.workspace.team import PASSWORD, Team, join, person, small_law, team
from tracker.accounts.models import Announcement, Invitation, MemberSession, ResetLink
from tracker.accounts.roles import Rule, rule
from tracker.accounts.services import factors, links
from tracker.common.writing import record

pytestmark = pytest.mark.django_db(databases=ROLES)
NEW = "seven plain words make a password"
WHY = {"reason": "asked by phone"}


@pytest.fixture
def them() -> Team:
    return team()


def log(them: Team) -> list[str]:
    return list(Announcement.objects.filter(law=them.law).values_list("kind", flat=True))


def path_in(page: Any) -> str:
    """The one-time link that a page shows, as a path."""
    found = re.search(r'value="http://testserver(/w/(?:join|reset)/[\w-]+/)"', page.content.decode())
    assert found is not None
    return found[1]


def signed_in(user: Any) -> bool:
    return MemberSession.objects.filter(user=user).exists()


def test_an_invitation_opens_one_account_with_the_role_that_was_fixed(them: Team) -> None:
    page = them.client("administrator").post("/w/settings/laws/small-law/members/invite/", {"role": "analyst", **WHY})
    path, guest = path_in(page), Client()
    assert b"the-administrator invited you" in guest.get(path).content
    form = {"handle": "Newcomer", "password": NEW, "role": "reviewer"}  # a role sent along changes nothing
    assert guest.post(path, form)["Location"] == "/w/"
    assert guest.get("/w/laws/small-law/").status_code != 404
    assert Membership.objects.get(user__handle="newcomer").role == "analyst"
    second = Client().post(path, {"handle": "another", "password": NEW})
    assert second.status_code == 404
    assert log(them) == ["joined", "invited"]


def test_the_link_is_shown_once_and_no_table_holds_it(them: Team) -> None:
    administrator = them.client("administrator")
    page = administrator.post("/w/settings/laws/small-law/members/invite/", {"role": "reader", **WHY})
    token = path_in(page).split("/")[3]
    assert token not in administrator.get("/w/settings/laws/small-law/members/").content.decode()
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public' and tablename <> 'django_migrations'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'select count(*) from "{table}" t where t::text like %s', [f"%{token}%"])
            assert cursor.fetchone() == (0,), table


def test_used_old_withdrawn_and_invented_links_are_told_apart_by_nobody(them: Team) -> None:
    def plain(token: str) -> str:
        answer = Client().get(f"/w/join/{token}/")
        assert answer.status_code == 404
        return re.sub(r'value="[^"]+"', "", answer.content.decode())

    by = them["administrator"]
    old, old_token = invitations.invite(law=them.law, role="reader", by=by, reason="test")
    old.expires_at = timezone.now() - timedelta(seconds=1)
    record(old, by=by, reason="test")
    back, back_token = invitations.invite(law=them.law, role="reader", by=by, reason="test")
    invitations.take_back(invitation=back, by=by, reason="test")
    used_token = invitations.invite(law=them.law, role="reader", by=by, reason="test")[1]
    invitations.accept(token=used_token, handle="guest", password=NEW, language="en")
    assert len({plain(token) for token in (old_token, back_token, used_token, "invented")}) == 1


def test_an_invitation_lasts_72_hours(them: Team) -> None:
    made, _ = invitations.invite(law=them.law, role="reader", by=them["administrator"], reason="test")
    assert timedelta(hours=71) < made.expires_at - timezone.now() <= timedelta(hours=72)


@pytest.mark.parametrize(
    ("handle", "password", "field"),
    [
        ("the-reader", NEW, "handle"),
        ("Ünï", NEW, "handle"),
        ("guest", "password1234", "password"),
        ("guest", "short", "password"),
    ],
)
def test_a_refused_beginning_says_why_and_leaves_the_link_open(
    them: Team, handle: str, password: str, field: str
) -> None:
    _, token = invitations.invite(law=them.law, role="reader", by=them["administrator"], reason="test")
    answer = Client().post(f"/w/join/{token}/", {"handle": handle, "password": password})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert links.find(Invitation, token).open


def told(them: Team, who: str) -> str:
    return str(them.client(who).get("/w/?tab=members").content.decode())


def test_what_was_done_with_members_waits_in_the_inbox_until_it_is_read(them: Team) -> None:
    administrator = them.client("administrator")
    administrator.post("/w/settings/members/the-analyst/reset/", WHY)
    administrator.post("/w/settings/laws/small-law/members/join/", {"role": "reader", **WHY})
    sentence = "made a reset link for the-analyst: asked by phone"
    for who in ("reader", "analyst", "reviewer", "advocate"):
        assert sentence in told(them, who)
    assert sentence not in told(them, "administrator")  # who did it
    assert sentence not in told(them, "outsider")
    assert re.search(r'Members <span class="count">2</span>', told(them, "reviewer"))
    row = Announcement.objects.get(kind="reset")
    them.client("outsider").post("/w/announcements/seen/", {"announcement": row.pk})
    assert not row.seen.exists()
    for _ in range(2):  # twice is once
        answer = them.client("reviewer").post("/w/announcements/seen/", {"announcement": [row.pk, "x"]})
        assert answer.status_code == 302
    assert sentence not in told(them, "reviewer")
    assert sentence in told(them, "analyst")  # each for oneself
    assert sentence in them.client("reviewer").get("/w/settings/laws/small-law/members/").content.decode()
    rest = Announcement.objects.values_list("pk", flat=True)
    them.client("reviewer").post("/w/announcements/seen/", {"announcement": list(rest)})
    assert "Nothing waits for you." in told(them, "reviewer")


def test_who_comes_is_not_told_what_was_before(them: Team) -> None:
    them.client("administrator").post("/w/settings/members/the-analyst/reset/", WHY)
    _, token = invitations.invite(law=them.law, role="reviewer", by=them["administrator"], reason="test")
    them.people["guest"] = invitations.accept(token=token, handle="guest", password=NEW, language="en")
    assert "Nothing waits for you." in told(them, "guest")
    assert "guest</b> joined as reviewer" in told(them, "analyst")


def test_a_reset_ends_everything_old_and_is_announced_to_the_law(them: Team) -> None:
    analyst, administrator = them["analyst"], them.client("administrator")
    lost = them.client("analyst")
    path = path_in(administrator.post("/w/settings/members/the-analyst/reset/", WHY))
    assert signed_in(analyst)  # making the link changes nothing yet
    assert Client().post(path, {"password": NEW})["Location"] == "/w/sign-in/"
    assert lost.get("/w/").status_code == 302
    assert Client().post("/w/sign-in/", {"handle": "the-analyst", "password": PASSWORD}).status_code == 422
    assert Client().post("/w/sign-in/", {"handle": "the-analyst", "password": NEW}).status_code == 302
    assert Client().post(path, {"password": NEW}).status_code == 404
    page = them.client("reviewer").get("/w/settings/laws/small-law/members/").content.decode()
    assert "made a reset link for the-analyst: asked by phone" in page


def test_a_newer_reset_link_closes_the_earlier_one(them: Team) -> None:
    first = people.make_reset(user=them["reader"], by=them["administrator"], reason="test")
    people.make_reset(user=them["reader"], by=them["administrator"], reason="test")
    with pytest.raises(links.LinkClosed):
        links.find(ResetLink, first)


def test_a_reset_takes_second_factors_away(them: Team) -> None:
    seed = factors.new_seed()
    code = factors.pyotp.TOTP(seed).now()
    assert factors.add_app(user=them["reader"], seed=seed, code=code, keep=None)
    people.use_reset(
        token=people.make_reset(user=them["reader"], by=them["administrator"], reason="test"), password=NEW
    )
    assert not factors.of(them["reader"])
    assert factors.of(them["reader"]).recovery_codes == 0


def test_a_frozen_colleague_is_out_at_once_until_another_administrator_lifts_it(them: Team) -> None:
    analyst, reviewer = them.client("analyst"), them.client("reviewer")
    assert reviewer.post("/w/settings/members/the-analyst/freeze/", WHY).status_code == 302
    assert analyst.get("/w/").status_code == 302
    assert Client().post("/w/sign-in/", {"handle": "the-analyst", "password": PASSWORD}).status_code == 422
    assert reviewer.post("/w/settings/members/the-analyst/lift/", WHY).status_code == 403
    assert them.client("administrator").post("/w/settings/members/the-analyst/lift/", WHY).status_code == 302
    assert Client().post("/w/sign-in/", {"handle": "the-analyst", "password": PASSWORD}).status_code == 302
    assert log(them) == ["lifted", "frozen"]


def test_the_only_administrator_cannot_be_frozen_or_dismissed(them: Team) -> None:
    boss = them["administrator"]
    join(boss, them.law, "reader")
    with pytest.raises(PermissionDenied, match="only administrator"):
        people.freeze(user=boss, by=them["reviewer"], reason="test")
    person("second", administrator=True)
    assert not people.freeze(user=boss, by=them["reviewer"], reason="test").is_active


def test_a_changed_role_works_from_the_next_sign_in_and_is_in_the_log(them: Team) -> None:
    analyst = them.client("analyst")
    change = {"role": "reviewer", "was": "analyst", **WHY}
    done = them.client("administrator").post("/w/settings/members/the-analyst/roles/small-law/change/", change)
    assert done.status_code == 302
    assert analyst.get("/w/").status_code == 302
    row = Membership.objects.get(user=them["analyst"])
    assert (row.role, row.history.latest().history_user, row.history.latest().history_change_reason) == (
        "reviewer", them["administrator"], "asked by phone",
    )  # fmt: skip
    assert log(them) == ["role"]


def test_two_administrators_at_once_lose_neither_choice(them: Team) -> None:
    change = {"role": "reader", "was": "reviewer", **WHY}  # the page was made before somebody made them analyst
    answer = them.client("administrator").post("/w/settings/members/the-analyst/roles/small-law/change/", change)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "made this person analyst meanwhile" in page
    assert '<option value="reader" selected>' in page
    assert Membership.objects.get(user=them["analyst"]).role == "analyst"


def test_without_a_role_the_law_no_longer_exists_for_the_person(them: Team) -> None:
    gone = them.client("administrator").post("/w/settings/members/the-analyst/roles/small-law/remove/", WHY)
    assert gone.status_code == 302
    assert them.client("analyst").get("/w/settings/laws/small-law/members/").status_code == 404
    assert Membership.history.filter(user=them["analyst"], history_type="-").count() == 1


def test_an_administrator_joins_a_law_openly_and_reads_nothing_before(them: Team) -> None:
    administrator = them.client("administrator")
    assert administrator.get("/w/laws/small-law/").status_code == 404
    assert administrator.post("/w/settings/laws/small-law/members/join/", {"role": "reader", **WHY}).status_code == 302
    assert administrator.get("/w/settings/").status_code == 200  # this session goes on
    assert Membership.objects.get(user=them["administrator"]).role == "reader"
    assert b"joined as reader" in them.client("advocate").get("/w/settings/laws/small-law/members/").content


def test_people_of_another_law_do_not_exist(them: Team) -> None:
    stranger = person("stranger")
    join(stranger, small_law("other-law"), "reviewer")
    client = them.client("reviewer")
    assert client.get("/w/settings/members/stranger/").status_code == 404
    assert client.get("/w/settings/members/nobody-at-all/").status_code == 404
    assert client.post("/w/settings/members/stranger/freeze/", WHY).status_code == 404
    assert client.get("/w/settings/laws/other-law/members/").status_code == 404


DEEDS: dict[str, tuple[str, Callable[..., Any]]] = {
    "invite": ("members", lambda t, by: invitations.invite(law=t.law, role="reader", by=by, reason="test")),
    "add": ("members", lambda t, by: membership.add(user=person("x1"), law=t.law, role="reader", by=by, reason="test")),
    "change": ("members", lambda t, by: membership.change_role(
        user=_other(t, by), law=t.law, role="reader", was=_role(t, by), by=by, reason="test")),
    "remove": ("members", lambda t, by: membership.remove(user=_other(t, by), law=t.law, by=by, reason="test")),
    "reset": ("members", lambda t, by: people.make_reset(user=_other(t, by), by=by, reason="test")),
    "appoint": ("members", lambda t, by: people.set_administrator(
        user=_other(t, by), administrator=True, by=by, reason="test")),
    "join": ("join", lambda t, by: membership.join(law=t.law, role="reader", by=by, reason="test")),
    "freeze": ("freeze", lambda t, by: people.freeze(user=_other(t, by), by=by, reason="test")),
    "lift": ("lift", lambda t, by: people.lift(user=_other(t, by), by=by, reason="test")),
}  # fmt: skip


def _other(them: Team, by: Any) -> Any:
    return them["analyst"] if by != them["analyst"] else them["advocate"]


def _role(them: Team, by: Any) -> str:
    return Membership.objects.get(user=_other(them, by)).role


@pytest.mark.parametrize("name", list(DEEDS))
@pytest.mark.parametrize("who", ["reader", "analyst", "reviewer", "advocate", "administrator", "outsider"])
def test_every_service_asks_the_table_of_roles(them: Team, name: str, who: str) -> None:
    action, deed = DEEDS[name]
    role = None if who in {"administrator", "outsider"} else who
    expected = rule(action, role, administrator=who == "administrator")
    if expected in {Rule.YES, Rule.NOT_OWN}:
        deed(them, them[who])
        return
    with pytest.raises(Http404 if expected is Rule.UNKNOWN else PermissionDenied):
        deed(them, them[who])


@pytest.mark.parametrize("deed", [people.make_reset, people.freeze, people.lift])
def test_nobody_does_it_to_themselves(them: Team, deed: Callable[..., Any]) -> None:
    boss = them["administrator"]
    person("second", administrator=True)
    with pytest.raises(PermissionDenied):
        deed(user=boss, by=boss, reason="test")


def test_nobody_changes_their_own_role(them: Team) -> None:
    boss = them["administrator"]
    join(boss, them.law, "reader")
    with pytest.raises(PermissionDenied, match="own rights"):
        membership.change_role(user=boss, law=them.law, role="reviewer", was="reader", by=boss, reason="test")


def test_a_second_role_in_the_same_law_is_refused_in_words(them: Team) -> None:
    with pytest.raises(ValidationError, match="already"):
        membership.add(user=them["reader"], law=them.law, role="analyst", by=them["administrator"], reason="test")


def test_the_first_administrator_comes_by_command_and_only_the_first() -> None:
    token = invitations.invite_first_administrator()
    client = Client()
    assert client.post(f"/w/join/{token}/", {"handle": "chief", "password": NEW}).status_code == 302
    assert client.get("/w/settings/members/").status_code == 200
    with pytest.raises(PermissionDenied):
        invitations.invite_first_administrator()
