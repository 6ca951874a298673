"""The long work of this app, by kind of job."""

from __future__ import annotations

from tracker.jobs.services import Lease, handles
from tracker.publication.services import publishing


@handles("release")
def run_release(lease: Lease) -> None:
    publishing.carry_out(lease)
