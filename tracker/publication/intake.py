"""Public forms: what a reader sends goes into one table that this process may not read. Nothing else is written.

Each form checks where it came from and how often it comes; there is no cookie that a forged request could use.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Mapping
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from tracker.publication.models import PublicRequest

ALIAS = "intake"
LONGEST_BODY = 8_000  # bytes
_MOST_BUCKETS = 20_000


def offered() -> bool:
    """Whether this process may take requests at all."""
    return ALIAS in settings.DATABASES


def ask(kind: str, content: Mapping[str, str]) -> None:
    """Write one request; a task of the workspace reads and deletes it. The id is made here: this role reads nothing."""
    row = PublicRequest(id=uuid4(), kind=kind, content=dict(content), received_at=timezone.now())
    row.save(using=ALIAS, force_insert=True)


def from_own_page(request: HttpRequest) -> bool:
    """Whether the form stood on this site, as far as the browser says."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def too_long(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > LONGEST_BODY


class Limit:
    """At most `most` requests of one bucket in `seconds`, counted in this process. A bucket is a pseudonym of a day."""

    def __init__(self, most: int, seconds: int) -> None:
        self.most, self.seconds = most, seconds
        self._times: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, bucket: str) -> int:
        """0: go on, and it is counted. Else after how many seconds to come again."""
        now = time.monotonic()
        with self._lock:
            if len(self._times) > _MOST_BUCKETS:
                self._times = {name: times for name, times in self._times.items() if times[-1] > now - self.seconds}
            times = self._times.setdefault(bucket, deque())
            while times and times[0] <= now - self.seconds:
                times.popleft()
            if len(times) >= self.most:
                return int(times[0] + self.seconds - now) + 1
            times.append(now)
            return 0
