"""The table of roles is complete and true: over every action, and over every address of the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import Http404
from django.test import Client
from django.urls import URLPattern, URLResolver

from amendments.models import Annotation, Concern, Standard, Topic
from amendments.services import annotations, passages
from codes.models import ArticleText, Code, Import, ImportState, Jurisdiction, Stage
from codes.permissions import may
from codes.services import invitations
from scripts import roles_table
from tests.conftest import ROLES
from tests.factories import saved, someone
from tests.workspace.team import join, person, team
from tracker import workspace_urls
from tracker.accounts.models import Invitation, User
from tracker.accounts.roles import ACTIONS, OFFICE, REFUSALS, Rule, rule
from tracker.accounts.roles import ROLES as LAW_ROLES
from tracker.common.writing import record
from tracker.jobs import services as jobs
from tracker.publication.reports.content import Options
from tracker.publication.reports.models import Report
from tracker.publication.reports.services import files, publishing, saving

pytestmark = pytest.mark.django_db(databases=ROLES)
COLUMNS = [*LAW_ROLES, "administrator", "outsider"]

# What docs/roles.md promises, written down a second time by hand: a slip in the table of the code is seen here.
# Columns: reader, analyst, reviewer, advocate, administrator. "own": yes, but not for one's own words or oneself.
EXPECTED = """
know              yes yes yes yes 404
read_drafts       yes yes yes yes 404
read_threads      404 yes yes 404 404
write             no  yes yes no  404
edit_other        no  no  yes no  404
publish           no  no  own no  404
import            no  yes yes no  404
export            no  yes yes yes 404
report            no  yes yes yes 404
publish_report    no  no  own no  404
download_sources  no  yes yes no  404
statements        no  no  yes yes 404
see_members       yes yes yes yes yes
members           no  no  no  no  own
join              no  no  no  no  yes
freeze            no  no  own no  own
lift              no  no  no  no  own
catalogue         no  no  yes no  yes
outgoing          no  no  yes no  yes
mirror            no  no  no  no  yes
"""
GRID = {line.split()[0]: line.split()[1:] for line in EXPECTED.strip().splitlines()}


def test_every_action_has_a_row_here_and_a_sentence_for_its_refusal() -> None:
    assert set(GRID) == set(ACTIONS)
    assert set(OFFICE) <= set(ACTIONS)
    for action, rules in ACTIONS.items():
        answers = {*rules.values(), OFFICE.get(action, Rule.UNKNOWN)}
        assert Rule.NO not in answers or action in REFUSALS, action
        assert Rule.NOT_OWN not in answers or f"{action}_own" in REFUSALS, action


@pytest.mark.parametrize("own", [False, True], ids=["other's", "own"])
@pytest.mark.parametrize("action", list(GRID))
def test_the_answer_of_each_role_and_of_outsiders(action: str, own: bool) -> None:
    them = team()
    for who, promised in zip(COLUMNS, [*GRID[action], "404"], strict=True):
        answer = _answer(them[who], action, them.law, own)
        assert answer == (("no" if own else "yes") if promised == "own" else promised), (who, action)


def _answer(user: User, action: str, law: Code, own: bool) -> str:
    try:
        return "yes" if may(user, action, law, own=own) else "no"
    except Http404:
        return "404"


def test_the_office_adds_to_a_role_and_never_takes_away() -> None:
    assert rule("read_drafts", "reader", administrator=True) is Rule.YES
    assert rule("write", "reader", administrator=True) is Rule.NO
    assert rule("members", "reader", administrator=True) is Rule.NOT_OWN


def test_the_table_in_the_docs_is_the_one_in_code() -> None:
    assert roles_table.PAGE.read_text(encoding="utf-8") == roles_table.table()


@dataclass
class Page:
    """Who may open an address. `action`: a row of the table, or "open" (no sign-in), "member" (anybody signed in),
    "law" (needs a role in the law of the path, whatever the role), "names more" (404 without a revision in the query).
    """

    action: str
    method: str = "get"
    values: dict[str, Any] = field(default_factory=dict)


def post(action: str, **values: Any) -> Page:
    return Page(action, "post", values)


PERSON, LAW = "w/settings/members/<str:handle>/", "w/settings/laws/<slug:law>/members/"
FACTORS, PUBLIC_LAW = "w/settings/account/factors/", "w/laws/<slug:law>/"
ARTICLE, LINKS = f"{PUBLIC_LAW}v/<slug:v>/art-<str:n>/", f"{PUBLIC_LAW}compare/<slug:a>...<slug:b>/links/"
HISTORY, IMPORT, NOTE = "w/history/<slug:kind>/<int:pk>/", "w/imports/<int:number>/", "w/notes/<int:note>/"
REPORTS, REPORT = f"{PUBLIC_LAW}reports/", "w/reports/<int:number>/"
# A new address without a line here fails the test.
REGISTRY: dict[str, Page] = {
    "livez": Page("open"), "healthz": Page("open"), "readyz": Page("open"),
    "w/sign-in/": Page("open"), "w/sign-in/code/": Page("open"),
    "w/sign-in/passkey/options/": post("open"), "w/sign-in/passkey/": post("open"),
    "w/join/<str:token>/": Page("open"), "w/reset/<str:token>/": Page("open"),
    "w/sign-out/": post("member"), "w/": Page("member"),
    "w/laws/": Page("member"), "w/standards/": Page("member"), "w/standards/<slug:s>/": Page("member"),
    "w/method/": Page("member"),
    PUBLIC_LAW: Page("law"), f"{PUBLIC_LAW}matrix.json": Page("law"), f"{PUBLIC_LAW}v/<slug:v>/": Page("law"),
    f"{PUBLIC_LAW}v/<slug:v>/art-<str:n>/": Page("law"), f"{PUBLIC_LAW}p/<str:key>/": Page("law"),
    f"{PUBLIC_LAW}notes/<slug:public_id>/": Page("law"), f"{PUBLIC_LAW}topics/<slug:topic>/": Page("law"),
    f"{PUBLIC_LAW}recommendations/<slug:concern>/": Page("law"),
    f"{PUBLIC_LAW}compare/<slug:a>...<slug:b>/": Page("law"),
    f"{PUBLIC_LAW}compare/<slug:a>...<slug:b>/art-<str:n>/": Page("law"),
    f"{PUBLIC_LAW}compare/<slug:a>...<slug:b>/<str:key>/": Page("law"),
    "w/settings/": Page("member"), "w/settings/account/": Page("member"),
    "w/settings/account/password/": Page("member"), "w/settings/account/contact/": Page("member"),
    "w/settings/account/contact/erase/": post("member"), f"{PERSON}contact/": post("members"),
    "w/settings/account/sessions/": post("member"),
    FACTORS: Page("member"), f"{FACTORS}app/": Page("member"), f"{FACTORS}app/remove/": Page("member"),
    f"{FACTORS}passkeys/": post("member"), f"{FACTORS}passkeys/options/": post("member"),
    f"{FACTORS}passkeys/<int:pk>/remove/": Page("own passkey"), f"{FACTORS}recovery-codes/": Page("member"),
    "w/settings/outgoing/": Page("outgoing"),
    "w/settings/mirror/": Page("mirror"), "w/settings/mirror/build/": post("mirror"),
    "w/settings/mirror/mirror.zip": Page("mirror"),
    "w/settings/members/": Page("members"), PERSON: Page("see_members"),
    f"{PERSON}freeze/": post("freeze"), f"{PERSON}lift/": post("lift"), f"{PERSON}appoint/": post("members"),
    f"{PERSON}dismiss/": post("members"), f"{PERSON}reset/": post("members"), f"{PERSON}roles/add/": post("members"),
    f"{PERSON}roles/<slug:law>/change/": post("members"), f"{PERSON}roles/<slug:law>/remove/": post("members"),
    LAW: Page("see_members"), f"{LAW}invite/": post("members"), f"{LAW}join/": post("join"),
    f"{LAW}invitations/<int:invitation>/take-back/": post("members"),
    "w/activity/": Page("see_members"), "w/activity/activity.csv": Page("see_members"), "w/search/": Page("law"),
    "w/laws/<slug:law>/concerns/<slug:concern>/edit/": Page("write"),
    HISTORY: Page("law"), f"{HISTORY}compare/": Page("names more"), f"{HISTORY}restore/": post("names more"),
    **{f"{PUBLIC_LAW}{below}history/": Page("law") for below in ("", "v/<slug:v>/", "p/<slug:key>/")},
    f"{PUBLIC_LAW}p/<slug:key>/unfollow/": Page("write"), f"{ARTICLE}follow/": Page("write"),
    f"{PUBLIC_LAW}import/": Page("import"),
    **{f"{IMPORT}{step}": Page("import") for step in ("", "structure/", "align/", "check/", "progress/")},
    **{f"{IMPORT}{step}/": post("import") for step in ("cancel", "retry", "back", "match", "withdraw")},
    f"{LINKS}": Page("import"), f"{LINKS}<str:side>-<str:number>/": Page("import"),
    f"{PUBLIC_LAW}reconfirm/<slug:v>/": Page("read_threads"),
    f"{PUBLIC_LAW}reconfirm/<slug:v>/together/": Page("read_threads"),
    f"{PUBLIC_LAW}verdicts/<slug:concern>/<slug:v>/": Page("law"),
    f"{PUBLIC_LAW}v/<slug:v>/publish/": Page("publish"),
    "w/review/<str:item>/": Page("law"), "w/mentions/<int:pk>/seen/": post("own mention"),
    "w/announcements/seen/": post("member"),
    f"{ARTICLE}note/": Page("write"), f"{ARTICLE}note/unsent/": post("write"),
    f"{ARTICLE}note/give-up/": post("law"),
    NOTE: Page("law"), f"{NOTE}edit/give-up/": post("law"), f"{NOTE}edit/": Page("write"),
    f"{NOTE}withdraw/": Page("write"),
    **{f"{NOTE}{step}/": post("write") for step in ("edit/unsent", "submit", "take-back")},
    **{f"{NOTE}{step}/": post("read_threads") for step in ("comments", "assign", "resolve", "reopen", "seen")},
    REPORTS: Page("law"), f"{REPORTS}new/": Page("report"), f"{REPORTS}preview/": post("report"),
    f"{REPORTS}weekly/": post("law"), "w/reports/seen/": post("member"),
    REPORT: Page("law"), f"{REPORT}files/<slug:form>/": Page("law"),
    **{f"{REPORT}{step}/": post("report") for step in ("cancel", "retry", "formats")},
    f"{REPORT}delete/": post("edit_other"),
    **{f"{REPORT}{step}/": post("publish_report") for step in ("publish", "withdraw")},
    "w/settings/languages/": Page("catalogue"), "w/settings/languages/<int:pk>/": Page("catalogue"),
    **{f"w/settings/{kind}/{rest}": page
       for kind in ("topics", "standards", "stages")
       for rest, page in (("", Page("catalogue")), ("add/", Page("catalogue")), ("<int:pk>/", Page("catalogue")),
                          ("<int:pk>/delete/", post("catalogue")))},
}  # fmt: skip


def routes(patterns: Any, above: str = "") -> Iterator[str]:
    for each in patterns:
        route = above + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route


def test_every_address_of_the_workspace_is_in_the_registry() -> None:
    assert set(routes(workspace_urls.urlpatterns)) == set(REGISTRY)


class World:
    """The demo's law with one member of each role, and rows for the numbers in addresses."""

    def __init__(self) -> None:
        self.law = Code.objects.get(slug="kz-criminal-code-2014")
        self.people: dict[str, User] = {role: User.objects.get(handle=role) for role in LAW_ROLES}
        self.people["administrator"] = User.objects.get(handle="administrator")
        self.people["outsider"] = person("outsider")
        other = person("the-other")
        join(other, self.law, "reader")
        by = self.people["administrator"]
        made: Invitation = invitations.invite(law=self.law, role="reader", by=by, reason="test")[0]
        standard = Standard.objects.all()[0].slug
        self.values: dict[str, Any] = {
            "law": self.law.slug, "handle": other.handle, "v": "l2015-11", "n": "174", "s": standard,
            "key": "d2mz-inciting-discord", "a": "v1997", "b": "l2015-11", "token": "unknown", "invitation": made.pk,
            "kind": "concern", "concern": "inciting-discord", "topic": Topic.objects.all()[0].slug, "side": "new",
            "form": "docx",
        }  # fmt: skip
        self.concern = Concern.objects.get(slug="inciting-discord")
        note = self._note()
        self.values |= {"note": note.pk, "item": f"note-{note.pk}", "public_id": note.public_id}
        self.run = self._import()
        self.report = self._report()

    def _note(self) -> Annotation:
        """A draft of the analyst on the first words of the article."""
        text = ArticleText.objects.get(
            article__version__slug="l2015-11", article__number="174", article__version__code=self.law, language="ru"
        )
        quote = text.paragraphs[0]["text"][:40].rsplit(" ", 1)[0]
        words = annotations.Words(passages.find(text.paragraphs, quote, place="Article 174"), "A note.", topics=[])
        return annotations.write(law=self.law, article=text.article, words=words, by=self.people["analyst"])

    def _import(self) -> Import:
        said = {
            "slug": "new-text", "stage": self.law.jurisdiction.stages.all()[0].pk, "date": "2026-01-01",
            "language": "ru", "label": {"en": "New text"}, "sha256": "0" * 64, "size": 1, "name": "text.txt",
        }  # fmt: skip
        run = Import(law=self.law, started_by=self.people["analyst"], state=ImportState.CANCELLED, parameters=said)
        return record(run, by=self.people["analyst"], reason="test")

    def _report(self) -> Report:
        """Nobody's of these, made and published: nobody can delete it under the test."""
        report = saving.weekly_report(law=self.law, options=Options("brief", "en"), by=someone(), request_id=uuid4())
        assert report.job is not None
        lease = jobs.take(report.job.pk)
        assert lease is not None
        files.make(lease)
        return publishing.publish_report(report=report, by=self.people["reviewer"])

    def path(self, route: str) -> str:
        kinds = {"topics": Topic, "standards": Standard, "languages": Jurisdiction}
        pk = 0
        for name, model in kinds.items():
            if f"settings/{name}/" in route and "<int:pk>" in route:
                pk = self.law.jurisdiction_id if model is Jurisdiction else saved(model).pk
        if "settings/stages/" in route and "<int:pk>" in route:
            pk = self._stage().pk
        if route.startswith("w/history/"):
            pk = self.concern.pk
        numbers: dict[str, Any] = {IMPORT: self.run.pk, REPORT: self.report.pk}
        number = next((pk for start, pk in numbers.items() if route.startswith(start)), "174")
        path = route
        for name, value in {**self.values, "pk": pk, "number": number}.items():
            for kind in ("slug", "str", "int"):
                path = path.replace(f"<{kind}:{name}>", str(value))
        return f"/{path}"

    def _stage(self) -> Stage:
        row = Stage(jurisdiction=self.law.jurisdiction, slug="unused", order=999, names={"en": "Unused"})
        known = Stage.objects.filter(slug="unused").first()
        return known or record(row, by=someone(), reason="test")


def expected(page: Page, who: str) -> int:
    """200 stands for any answer that is neither a refusal nor the way to sign-in."""
    role = who if who in LAW_ROLES else None
    if page.action in {"open", "member"}:
        return 200
    if page.action in {"own passkey", "own mention", "names more"}:  # other tests ask these with what they need
        return 404
    if page.action == "law":
        return 200 if role else 404
    answer = rule(page.action, role, administrator=who == "administrator")
    return {Rule.YES: 200, Rule.NOT_OWN: 200, Rule.NO: 403, Rule.UNKNOWN: 404}[answer]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("route", list(REGISTRY))
def test_every_address_answers_each_role_as_the_table_says(route: str) -> None:
    page, world = REGISTRY[route], World()
    stranger = getattr(Client(), page.method)(world.path(route))
    sent_away = stranger.status_code == 302 and stranger["Location"].startswith("/w/sign-in/?next=")
    assert sent_away == (page.action != "open"), "a stranger"
    if page.action == "open":
        return
    for who in COLUMNS:
        client = Client()
        client.force_login(world.people[who])
        answer = getattr(client, page.method)(world.path(route))
        got = answer.status_code
        assert (got if got in {403, 404} else 200) == expected(page, who), (who, got)
        assert got < 500
        if got == 403:
            assert any(sentence in answer.content.decode() for sentence in REFUSALS.values()), who


def test_no_admin_of_django_is_installed() -> None:
    """It would be a second way to write, past the services."""
    assert not any(app.startswith("django.contrib.admin") for app in settings.INSTALLED_APPS)
