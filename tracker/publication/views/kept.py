"""Finished public answers, kept in this process: the same release, address and question give the same bytes.

Before each answer one small question to the database says which state the record is in: its newest release and how
many tombstones there are. An answer is kept under the state that was read *before* it was made, so that it is at
least as new as its state, and it is given only while that state is still the newest: nothing older than the newest
committed release is ever shown, and an erased name is gone with the next request. Nothing here knows of readers.
"""

from __future__ import annotations

import copy
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from http.cookies import SimpleCookie
from typing import Any
from weakref import WeakSet

import psycopg
from django.db import DatabaseError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import ResponseHeaders
from psycopg.pq import ExecStatus

from tracker.publication import record
from tracker.publication.query import Asked

# Hash of the newest release, number of tombstones, the day (today's state may grow), whether there are offline copies.
State = tuple[str, int, date, bool]
Key = tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]]  # host, path, parameters that the page reads
MOST_BYTES = 64 * 1024 * 1024  # of all answers of a process
LARGEST_ANSWER = 4 * 1024 * 1024
PLAN = b"state_of_record"
PLANNED: WeakSet[Any] = WeakSet()  # connections on which the question is planned
LONGEST_QUERY = 400
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

    def get(self, state: State, page: Callable[..., Any], request: HttpRequest) -> HttpResponse | None:
        """A copy of the answer, for the layers above to finish. Another state throws away everything kept."""
        with self.lock:
            if state != self.state:
                self.state, self.size = state, 0
                self.found.clear()
            key = _key(request, self.read.get(page, frozenset()))
            kept = self.found.get(key)
            if kept is None:
                return None
            self.found.move_to_end(key)
        return _fresh(kept)

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
            self.found[key] = _fresh(answer)
            self.size += size
            while self.size > self.most:
                _, gone = self.found.popitem(last=False)
                self.size -= len(gone.content) + OVERHEAD


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


def _fresh(answer: HttpResponse) -> HttpResponse:
    """A copy with headers of its own: the layers above add theirs to it."""
    found = copy.copy(answer)
    found.headers = ResponseHeaders(dict(answer.headers))
    found.cookies = SimpleCookie()
    vars(found)["_resource_closers"] = []
    return found
