"""A hundred people save the same note at once, over real HTTP with real commits: nobody's words are lost."""

from __future__ import annotations

import html
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode, urlparse

import pytest
from django.conf import settings

from amendments.models import Annotation, AnsweredRequest, UnsentDraft
from tests.conftest import ROLES
from tests.workspace import notes_site
from tests.workspace.notes_site import Law, member, served, session_of

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=ROLES),
    pytest.mark.usefixtures("emptied"),
    pytest.mark.slow,
]
WRITERS = 100
QUOTE = "разжигание социальной, национальной"


@dataclass(frozen=True)
class Writer:
    name: str
    site: str
    session: str

    @property
    def words(self) -> str:
        return f"These are the words of {self.name}, and of nobody else."

    def ask(self, method: str, path: str, body: str = "", csrf: str = "") -> tuple[int, str, str]:
        """(status, body, csrf cookie)."""
        connection = HTTPConnection(urlparse(self.site).netloc, timeout=300)
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}"
        headers = {"Cookie": f"{cookies}; {settings.CSRF_COOKIE_NAME}={csrf}" if csrf else cookies}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        found = re.search(rf"{settings.CSRF_COOKIE_NAME}=(\w+)", answer.getheader("Set-Cookie") or "")
        text = answer.read().decode()
        connection.close()
        return answer.status, text, found.group(1) if found else ""


def form_of(page: str, action: str) -> list[tuple[str, str]]:
    """The hidden fields of the form with this action, as the page holds them."""
    own = next(form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'action="{action}"' in form)
    pattern = r'<input type="hidden" name="([^"]+)" value="([^"]*)"'
    return [(name, html.unescape(value)) for name, value in re.findall(pattern, own)]


@pytest.fixture
def law() -> Law:
    return notes_site.law()


def test_of_a_hundred_writers_on_one_note_each_is_saved_or_shown_a_conflict(law: Law) -> None:
    note = law.note(QUOTE, "The first words.", by="analyst")
    people = [member(f"writer{n}", law.code, "reviewer") for n in range(WRITERS)]
    sessions = {person.handle: session_of(person) for person in people}
    path, start = f"/w/notes/{note.pk}/edit/", threading.Barrier(WRITERS, timeout=300)
    with served() as site, ThreadPoolExecutor(WRITERS) as pool:

        def write(writer: Writer) -> tuple[int, str, str]:
            """Open the form, wait for all others, save. The answer and the cookie for going on."""
            status, page, csrf = writer.ask("GET", path)
            assert status == 200
            fields = [*form_of(page, path), ("quote", QUOTE), ("public_text", writer.words)]
            start.wait()
            status, answer, _ = writer.ask("POST", path, urlencode(fields), csrf)
            return status, answer, csrf

        def keep_mine(writer: Writer, page: str, csrf: str) -> int:
            """The button of the conflict page."""
            return writer.ask("POST", path, urlencode(form_of(page, path)), csrf)[0]

        writers = [Writer(name, site, session) for name, session in sessions.items()]
        first = dict(zip(writers, pool.map(write, writers), strict=True))
        saved = [writer for writer, (status, _, _) in first.items() if status == 302]
        refused = {writer: page for writer, (status, page, _) in first.items() if status == 409}
        assert (len(saved), len(refused)) == (1, WRITERS - 1)
        assert all(writer.words in html.unescape(joined(page)) for writer, page in refused.items())
        assert all(saved[0].words in html.unescape(joined(page)) for page in refused.values())
        second = pool.map(lambda writer: keep_mine(writer, refused[writer], first[writer][2]), refused)
        again = dict(zip(refused, second, strict=True))
        accepted = [*saved, *(writer for writer, status in again.items() if status == 302)]
    assert len(accepted) == 2
    assert set(again.values()) == {302, 409}
    everything_is_somewhere(note, writers, accepted)


def joined(page: str) -> str:
    """A page without the marks of differences."""
    return re.sub(r"</?(?:ins|del)>", "", page)


def everything_is_somewhere(note: Annotation, writers: list[Writer], accepted: list[Writer]) -> None:
    """In the note's history when accepted, else among its writer's unsent words."""
    history = list(note.history.order_by("history_id").values_list("public_text", "revision", "history_user__handle"))
    assert history[0] == ("The first words.", 1, "notes-analyst")
    assert history[1:] == [(writer.words, at, writer.name) for at, writer in enumerate(accepted, 2)]
    unsent = dict(UnsentDraft.objects.values_list("member__handle", "fields__public_text"))
    assert unsent == {writer.name: writer.words for writer in writers if writer not in accepted}
    assert AnsweredRequest.objects.filter(kind="note", target=note.pk).count() == len(accepted)
    note.refresh_from_db()
    assert (note.public_text, note.revision) == (accepted[-1].words, 3)


def test_a_form_sent_twenty_times_at_once_is_one_note(law: Law) -> None:
    session, clicks = session_of(law.people["analyst"]), 20
    with served() as site, ThreadPoolExecutor(clicks) as pool:
        writer = Writer("analyst", site, session)
        path = f"{notes_site.ARTICLE}note/"
        _, page, csrf = writer.ask("GET", path)
        body = urlencode([*form_of(page, path), ("quote", QUOTE), ("public_text", writer.words)])
        answers = list(pool.map(lambda _: writer.ask("POST", path, body, csrf)[0], range(clicks)))
    assert answers == [302] * clicks
    assert Annotation.objects.get().public_text == writer.words
