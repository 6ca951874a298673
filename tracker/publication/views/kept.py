"""Finished public answers, kept in this process: the same release, address and question give the same bytes.

Before each answer one small question to the database says which state the record is in: its newest release and how
many tombstones there are. An answer is kept under the state that was read *before* it was made, so that it is at
least as new as its state, and it is given only while that state is still the newest: nothing older than the newest
committed release is ever shown, and an erased name is gone with the next request. Nothing here knows of readers.
"""

from __future__ import annotations

import copy
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from http.cookies import SimpleCookie
from typing import Any
from weakref import WeakSet

import psycopg
from django.conf import settings
from django.db import DatabaseError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.http.response import ResponseHeaders
from django.utils.timezone import now
from psycopg.pq import ExecStatus

from tracker.publication import record
from tracker.publication.query import Asked

# Hash of the newest release, number of tombstones, the day (today's state may grow), whether there are offline copies.
State = tuple[str, int, date, bool]
Whole = tuple[str, str, str]  # scheme, host as the client named it, path; without a query
Key = tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]]  # host, path, parameters that the page reads
MOST_BYTES = 64 * 1024 * 1024  # of all answers of a process
LARGEST_ANSWER = 4 * 1024 * 1024
PLAN = b"state_of_record"
PLANNED: WeakSet[Any] = WeakSet()  # connections on which the question is planned
LONGEST_QUERY = 400
# Headers that a 304 has not; and questions that are not answered at once.
OF_A_BODY = {"Content-Type", "Content-Disposition"}
UNUSUAL = ("HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_HX_REQUEST")
OVERHEAD = 2_000  # what Python needs for one answer beside its body, in bytes

STATE = """select (select hash from publication_release order by number desc limit 1),
                  (select count(*) from publication_tombstone)"""


class Answers:
    """The kept answers of one state, the least used of which go first when `most` bytes are reached."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self.lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        self.state: State | None = None
        self.size = 0
        self.found: OrderedDict[Key, HttpResponse] = OrderedDict()
        self.read: dict[Callable[..., Any], frozenset[str]] = {}  # page → parameters that any answer of it read
        self.whole: dict[Whole, HttpResponse] = {}  # as all layers left them; bodies are those above

    def get(self, state: State, page: Callable[..., Any], request: HttpRequest) -> HttpResponse | None:
        """A copy of the answer, for the layers above to finish."""
        with self.lock:
            self._turn_to(state)
            key = _key(request, self.read.get(page, frozenset()))
            kept = self.found.get(key)
            if kept is None:
                return None
            self.found.move_to_end(key)
        return again(kept)

    def put(self, state: State, page: Callable[..., Any], request: HttpRequest, answer: HttpResponse) -> None:
        """Keep an answer that was made from `request.GET`, an `Asked`."""
        asked = request.GET
        size = len(answer.content) + OVERHEAD
        if not isinstance(asked, Asked) or asked.everything or size > min(LARGEST_ANSWER, self.most):
            return
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return
        with self.lock:
            self.read[page] = self.read.get(page, frozenset()) | asked.names
            key = _key(request, self.read[page])
            if state != self.state or key in self.found:
                return
            self.found[key] = again(answer)
            self.size += size
            while self.size > self.most:
                key, gone = self.found.popitem(last=False)
                self.size -= len(gone.content) + OVERHEAD
                for scheme in ("http", "https"):
                    self.whole.pop((scheme, *key[:2]), None)

    def finished(self, state: State, name: Whole) -> HttpResponse | None:
        """The answer as every layer left it, not to be changed: `again` and `not_modified` give copies."""
        with self.lock:
            self._turn_to(state)
            answer = self.whole.get(name)
            if answer is not None:
                self.found.move_to_end((*name[1:], ()))
            return answer

    def finish(self, state: State, name: Whole, answer: HttpResponse) -> None:
        """Keep what has passed every layer, as long as its page is kept too; both share the body."""
        with self.lock:
            if state == self.state and (*name[1:], ()) in self.found:
                self.whole[name] = again(answer)

    def _turn_to(self, state: State) -> None:
        """Another state throws away everything kept."""
        if state != self.state:
            self.state, self.size = state, 0
            self.found.clear()
            self.whole.clear()


ANSWERS = Answers()


def state_of_record(today: date, copies: bool = False) -> State | None:
    """Which state the record is in now; None before its first release.

    The first question of a request, so it also finds out whether a connection that was kept still works.
    """
    connection = connections[record.ALIAS]
    kept = connection.connection is not None and not connection.in_atomic_block
    try:
        row = _ask(connection)
    except (DatabaseError, psycopg.Error):
        if not kept:
            raise
        connection.close()
        row = _ask(connection)
    return (row[0], row[1], today, copies) if row[0] else None


def _ask(connection: Any) -> tuple[str | None, int]:
    """The question over the bare protocol, planned once per connection: a tenth of what a cursor takes, and it is
    asked for every page.
    """
    connection.ensure_connection()
    wire = connection.connection.pgconn
    if wire not in PLANNED:
        _answered(wire.prepare(PLAN, STATE.encode()))
        PLANNED.add(wire)
    row = _answered(wire.exec_prepared(PLAN, None))
    newest = row.get_value(0, 0)
    return newest.decode() if newest else None, int(row.get_value(0, 1) or 0)


def _answered(result: Any) -> Any:
    """Raises `OperationalError` when the connection is gone."""
    if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        raise OperationalError(result.error_message.decode(errors="replace"))
    return result


def _key(request: HttpRequest, names: frozenset[str]) -> Key:
    if not request.META.get("QUERY_STRING"):
        return request.get_host(), request.path_info, ()
    query = QueryDict(request.META["QUERY_STRING"])
    read = tuple((name, tuple(query.getlist(name))) for name in sorted(names) if name in query)
    return request.get_host(), request.path_info, read


def again(answer: HttpResponse) -> HttpResponse:
    """A copy with headers of its own: the layers above add theirs to it."""
    found = copy.copy(answer)
    found.headers = ResponseHeaders(dict(answer.headers))
    found.cookies = SimpleCookie()
    vars(found)["_resource_closers"] = []
    return found


def not_modified(answer: HttpResponse) -> HttpResponse:
    """The 304 of a finished answer, with the headers that a 304 has when it passes every layer itself."""
    found = HttpResponseNotModified()
    headers = {name: value for name, value in answer.headers.items() if name not in OF_A_BODY}
    found.headers = ResponseHeaders({**headers, "Content-Length": "0"})
    return found


def copies_here() -> bool:
    """Whether offline copies lie here to be downloaded. Asked for each page, hence without a `Path`."""
    folder = settings.MIRROR_FOLDER
    return bool(folder) and os.path.isfile(f"{folder}/mirror.zip")


def state_now() -> State | None:
    return state_of_record(now().date(), copies_here())


class KeptFirstMiddleware:
    """Plain questions for a page that is kept are answered before any other layer: no session, language or address is
    looked at. The state of the record is asked for all the same. Whatever is unusual goes the whole way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        meta = request.META
        if request.method != "GET" or meta.get("QUERY_STRING") or any(name in meta for name in UNUSUAL):
            return self.get_response(request)
        name = (request.scheme or "", meta.get("HTTP_HOST") or meta.get("SERVER_NAME", ""), request.path_info)
        if name in ANSWERS.whole:
            found = self._kept(name, meta.get("HTTP_IF_NONE_MATCH"))
            if found is not None:
                return found
        response = self.get_response(request)
        state = vars(response).pop("kept_in", None)
        if state is not None:
            ANSWERS.finish(state, name, response)
        return response

    @staticmethod
    def _kept(name: Whole, asked: str | None) -> HttpResponse | None:
        state = state_now()
        answer = ANSWERS.finished(state, name) if state else None
        if answer is None or asked is None:
            return answer and again(answer)
        return not_modified(answer) if asked.removeprefix("W/") == answer.headers["ETag"] else None
