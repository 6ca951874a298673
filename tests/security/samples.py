"""What may stand in the addresses of both sites: what is published, what is not, and what there is not at all."""

from __future__ import annotations

from amendments.models import Mention, Standard, Topic
from codes.models import Import, Jurisdiction, Version
from tests.security.planted import World, days
from tracker.accounts.models import Invitation, Passkey, User

# Parameters that a page reads beside its path; the first is none.
QUERIES = ["", "?base=law", "?show=all&view=inline", "?changed=1&texts=all", "?q=zq&page=1", "?before=2"]
FORMATS: dict[str, dict[str, str]] = {
    "page": {"Accept": "text/html"},
    "json": {"Accept": "application/json"},
    "feed": {"Accept": "application/atom+xml, application/ld+json;q=0.9"},
    "validated": {"If-None-Match": '"0", *'},
    "part": {"Range": "bytes=0-99", "Accept-Encoding": "gzip"},
    "htmx": {"HX-Request": "true", "Origin": "https://example.org"},
}


def public_samples(world: World) -> dict[str, list[str]]:
    """Values by the name of the parameter. `hidden`: what a stranger may ask for, and must not learn of."""
    hidden = world.planted[Version]
    keys = [each.key for each in world.law.code.provisions.all()]
    return {
        "lang": ["en", "ru", "kk"],
        "law": [world.law.code.slug, "other-law"],
        "at": days(),
        "v": ["second", "first", hidden.slug],
        "a": ["first", "current", "second"],
        "b": ["second", hidden.slug],
        "n": ["174", "175", "9999"],
        "key": [*keys, "art-164", "old-164", "none"],
        "s": [Standard.objects.all()[0].slug, "none"],
        "topic": [*Topic.objects.values_list("slug", flat=True), "none"],
        "concern": [world.law.concern.slug, "none"],
        "public_id": list(world.ids.values()),
    }


def workspace_samples(world: World) -> dict[str, list[str]]:
    """The same for members' pages; numbers of rows are those of what was planted."""
    note = world.law.code.annotations.exclude(status="published")[0].pk
    numbers = [str(note), str(world.planted[Import].pk), "174"]
    return {
        **{name: values[:3] for name, values in public_samples(world).items()},
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
