"""What is held no longer than needed, and the figures that the workspace shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min
from django.utils.timezone import now

from tracker.accounts.models import PersonalKey
from tracker.follow.forms import KIND
from tracker.follow.models import Message, State, Subscriber, Subscription
from tracker.follow.services import requests
from tracker.publication.models import PublicRequest

UNCONFIRMED = timedelta(hours=72)
REQUESTS = timedelta(days=7)
MESSAGES = timedelta(days=365)
OFF = timedelta(days=30)


def forget() -> int:
    """Delete what was never confirmed, webhooks that stayed off, old messages and requests; how many rows."""
    at = now()
    gone = [
        *Subscription.objects.filter(confirmed_at=None, created_at__lt=at - UNCONFIRMED),
        *Subscription.objects.filter(subscriber__off_at__lt=at - OFF),
    ]
    for subscription in gone:
        with transaction.atomic():
            requests.leave(subscription)
    keyless = _without_key()
    Subscriber.objects.filter(pk__in=keyless).delete()
    old = Message.objects.exclude(state=State.QUEUED).filter(created_at__lt=at - MESSAGES).delete()[0]
    return (
        len(gone)
        + len(keyless)
        + old
        + PublicRequest.objects.filter(kind=KIND, received_at__lt=at - REQUESTS).delete()[0]
    )


def _without_key() -> list[int]:
    """Subscribers whose key was erased and who came back with a backup: nobody can write to them any more."""
    named = {pk: UUID(sealed.partition(":")[0]) for pk, sealed in Subscriber.objects.values_list("pk", "address")}
    there = set(PersonalKey.objects.filter(pk__in=named.values()).values_list("pk", flat=True))
    return [pk for pk, key in named.items() if key not in there]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and ages, and no address."""

    requests: int
    oldest_request: datetime | None
    queued: int
    oldest_queued: datetime | None
    subscribers: dict[str, int]  # by channel
    unconfirmed: int
    off: int  # webhooks that were switched off
    failures: list[tuple[str, str, int]]  # channel, sentence, how many: failed, and those that wait with an error


def figures() -> Figures:
    waiting = PublicRequest.objects.filter(kind=KIND).aggregate(n=Count("pk"), first=Min("received_at"))
    queued = Message.objects.filter(state=State.QUEUED).aggregate(n=Count("pk"), first=Min("created_at"))
    channels = Subscriber.objects.filter(subscriptions__confirmed_at__isnull=False).values_list("channel")
    failed = Message.objects.exclude(error="").values_list("subscription__subscriber__channel", "error")
    return Figures(
        requests=waiting["n"],
        oldest_request=waiting["first"],
        queued=queued["n"],
        oldest_queued=queued["first"],
        subscribers=dict(channels.annotate(n=Count("pk", distinct=True))),
        unconfirmed=Subscription.objects.filter(confirmed_at=None).count(),
        off=Subscriber.objects.filter(off_at__isnull=False).count(),
        failures=list(failed.annotate(n=Count("pk")).order_by("-n")[:20]),
    )
