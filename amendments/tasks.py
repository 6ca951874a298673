"""The long work of this app, by kind of job."""

from __future__ import annotations

from amendments.services import staging
from tracker.jobs.services import Lease, handles


@handles(staging.READ)
def read_import(lease: Lease) -> None:
    staging.read(lease)


@handles(staging.ADD)
def add_import(lease: Lease) -> None:
    staging.add(lease)
