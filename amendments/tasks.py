"""The long work of this app, by kind of job."""

from __future__ import annotations

from amendments.services import importing
from tracker.jobs.services import Lease, handles


@handles("import")
def run_import(lease: Lease) -> None:
    importing.carry_out(lease)
