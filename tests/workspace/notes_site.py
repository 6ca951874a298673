"""A small law with real text (chapters 4 and 5 of three editions), its members, and the site as a browser meets it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import transaction
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext

from amendments.models import Annotation, Concern, ConcernStandard, Provision, Recommendation, Standard, Topic
from amendments.services import annotations as notes
from amendments.services import importing, passages
from codes.models import ArticleText, Code, Jurisdiction, Membership, Source, Stage, Version
from tests.factories import someone
from tracker.accounts.models import User
from tracker.common.writing import record

TEXTS = Path(settings.BASE_DIR) / "demo" / "texts" / "kazakhstan"
SLUG = "notes-code"
ARTICLE = f"/w/laws/{SLUG}/v/second/art-174/"
ROLES_OF = {
    "analyst": "analyst",
    "colleague": "analyst",
    "reviewer": "reviewer",
    "reader": "reader",
    "adviser": "advocate",
}


@dataclass(frozen=True)
class Law:
    """`text` is Article 174 of the latest version, on which a provision and one concern stand.

    Its names differ from those of the demo, which may be loaded in the same database.
    """

    code: Code
    version: Version
    text: ArticleText
    concern: Concern
    topics: list[Topic]
    standards: list[Standard]
    people: dict[str, User]

    def passage(self, quote: str) -> passages.Passage:
        return passages.find(self.text.paragraphs, quote, place="Article 174")

    def words(self, quote: str, text: str = "", *, topics: int = 1, **more: Any) -> notes.Words:
        return notes.Words(self.passage(quote), text, topics=self.topics[:topics], **more)

    def note(self, quote: str, text: str = "A public note.", *, by: str = "analyst", **more: Any) -> Annotation:
        words = self.words(quote, text, **more)
        return notes.write(law=self.code, article=self.text.article, words=words, by=self.people[by])


@transaction.atomic
def law() -> Law:
    by = someone()
    place = _made(Jurisdiction(slug="notes-land", names={"en": "Land of notes"}, languages=["ru"], drafting="kz"))
    stage = _made(Stage(jurisdiction=place, slug="in-force", order=1, names={"en": "In force"}))
    source = _made(Source(slug="notes-gazette", title="Gazette", publisher="The parliament"))
    old = _made(Code(slug="old-notes-code", jurisdiction=place, names={"en": "Old code"}))
    code = _made(Code(slug=SLUG, jurisdiction=place, names={"en": "Code with notes"}, replaces=old))
    for owner, slug, year, name in [
        (old, "current", 1997, "criminal-code-1997_ch4-5_ru.txt"),
        (code, "first", 2020, "criminal-code-2014_ch4-5_ru_2020-07.txt"),
        (code, "second", 2022, "criminal-code-2014_ch4-5_ru_after-2022-01.txt"),
    ]:
        importing.import_text(
            law=owner, slug=slug, stage=stage, day=date(year, 1, 1), language="ru", paths=[TEXTS / name],
            source=source, by=by, label={"en": f"Text {slug}"},
        )  # fmt: skip
    version = Version.objects.get(code=code, slug="second")
    topics = [
        _made(Topic(slug=f"notes-{slug}", names={"en": slug.title()}, gist="…", order=at))
        for at, slug in enumerate(["discord", "assembly"])
    ]
    standards = [
        _made(Standard(slug=f"notes-{at}", cite=f"ICCPR article {at}", gist="a rule", verified=True, order=at))
        for at in (15, 19, 20)
    ]
    provision = _made(
        Provision(law=code, public_id="n174", slug="discord", names={"en": "Inciting discord"},
                  anchor_version=version, anchor_number="174")
    )  # fmt: skip
    concern = _made(
        Concern(provision=provision, slug="notes-discord", names={"en": "Discord is not defined"}, source=source,
                verified=True, order=1)
    )  # fmt: skip
    _made(Recommendation(concern=concern, ask="narrow", asked={"en": "define discord"}))
    _made(ConcernStandard(concern=concern, standard=standards[1], order=1))
    people = {name: member(f"notes-{name}", code, role) for name, role in ROLES_OF.items()}
    text = ArticleText.objects.select_related("article__version").get(article__version=version, article__number="174")
    return Law(code, version, text, concern, topics, standards, people)


def member(handle: str, code: Code, role: str) -> User:
    user: User = _made(User(handle=handle, password="!"))
    _made(Membership(user=user, law=code, role=role))
    return user


@transaction.atomic
def _made(row: Any) -> Any:
    return record(row, by=someone(), reason="made for a test")


class _Server(ThreadedWSGIServer):
    """Answers sixteen requests at once, as a web process of production does; others wait in line."""

    request_queue_size = 200
    room = threading.BoundedSemaphore(16)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        with self.room:
            super().process_request_thread(request, client_address)


class _Thread(LiveServerThread):
    server_class = _Server


@contextmanager
def served() -> Iterator[str]:
    """The site over real HTTP, in threads with connections of their own. Real commits are needed."""
    thread = _Thread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


def session_of(user: User) -> str:
    """A signed-in session, as a cookie's value."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def signed_in(browser: Browser, site: str, session: str, **options: Any) -> BrowserContext:
    context = browser.new_context(**options)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    return context
