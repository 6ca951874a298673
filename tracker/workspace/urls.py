"""The members' own addresses, below `/w/`. One file for each area of work."""

from __future__ import annotations

from itertools import chain

from tracker.workspace import imports, notes, records, reports, review, setup

urlpatterns = [
    *chain.from_iterable(area.urls.urlpatterns for area in (setup, imports, notes, review, records, reports))
]
