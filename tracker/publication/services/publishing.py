"""From rows to the public record: collect what a law shows now and publish what differs."""

from __future__ import annotations

from collections.abc import Iterable

from codes.models import Code
from tracker.accounts.models import User
from tracker.publication.collectors.whole import CATALOGUE, collect_catalogue, collect_law
from tracker.publication.models import Release
from tracker.publication.services import releases


def publish_laws(laws: Iterable[Code], *, by: User) -> Release | None:
    """Release the public state of these laws and of the catalogue. None: the record shows it already."""
    documents = {law.slug: collect_law(law) for law in laws}
    documents[CATALOGUE] = collect_catalogue()
    return releases.publish(documents=documents, by=by)
