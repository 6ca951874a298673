"""What may stand in the addresses of both sites: what is published, what is not, and what there is not at all."""

from __future__ import annotations

from amendments.models import Mention
from codes.models import Import, Jurisdiction
from tests.security.canaries import canary
from tests.security.planted import UNPUBLISHED, World, days
from tracker.accounts.models import Invitation, Passkey, User
from tracker.publication.reports.models import Report

# Parameters that a page reads beside its path.
QUERIES = ["?base=law", "?show=all&view=inline", "?changed=1&texts=all", "?q=zq&page=1", "?before=2"]
FORMATS: dict[str, dict[str, str]] = {
    "page": {"Accept": "text/html"},
    "json": {"Accept": "application/json"},
    "feed": {"Accept": "application/atom+xml, application/ld+json;q=0.9"},
    "validated": {"If-None-Match": '"0", *'},
    "part": {"Range": "bytes=0-99", "Accept-Encoding": "gzip"},
    "htmx": {"HX-Request": "true", "Origin": "https://example.org"},
}


def public_samples(world: World) -> dict[str, list[str]]:
    """Values by the name of the parameter; also of what is not published, since a stranger may guess an address.

    They are the same before and after the planting: canaries are known beforehand.
    """
    hidden = canary("codes.Version.slug")
    drafts = [canary("amendments.Annotation.public_id", number) for number in range(len(UNPUBLISHED))]
    return {
        "lang": ["en", "ru", "kk"],
        "law": [world.law.code.slug, "other-law"],
        "at": days(),
        "v": ["second", "first", hidden],
        "a": ["first", "current", "second"],
        "b": ["second", hidden],
        "n": ["174", "175", "9999"],
        "key": [
            world.law.concern.provision.key,
            f"pl01-{canary('amendments.Provision.slug')}",
            "art-164",
            "old-164",
            "none",
        ],
        "s": ["notes-15", "none"],
        "topic": ["notes-discord", "none"],
        "concern": [world.law.concern.slug, "none"],
        "version": ["second", hidden],
        "number": ["1", "174", "99999"],
        "rest": ["v/second/art-174", "overview", f"v/{hidden}", f"notes/{drafts[0]}", "nothing"],
        "slug": [world.ids["report"], "none"],
        "form": ["csv", "docx", "none"],
        "token": ["A" * 22],
        "public_id": [world.ids["published"], world.ids["taken back"], *drafts],
    }


def workspace_samples(world: World) -> dict[str, list[str]]:
    """The same for members' pages; numbers of rows are those of what was planted."""
    note = world.law.code.annotations.exclude(status="published")[0].pk
    numbers = [str(note), str(world.planted[Import].pk), str(world.planted[Report].pk), "174"]
    return {
        **public_samples(world),
        "handle": [world.people["analyst"].handle, world.planted[User].handle],
        "token": ["unknown"],
        "invitation": [str(world.planted[Invitation].pk)],
        "kind": ["concern", "note", "verdict", "provision", "version"],
        "pk": [str(row.pk) for row in (world.law.concern, world.planted[Jurisdiction], world.planted[Mention],
                                       world.planted[Passkey])] + numbers[:1],
        "number": numbers,
        "note": numbers[:1],
        "item": [f"note-{note}", "verdict-1"],
        "side": ["new", "old"],
    }  # fmt: skip
