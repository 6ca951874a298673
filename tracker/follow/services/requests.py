"""Reading and emptying the intake: what public forms asked for is checked here, done or dropped, and deleted.

Nobody is answered, so that the form tells nothing about who follows what; what there is to say goes to the address.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now

from tracker.common.fieldkeys import digest
from tracker.follow import addresses
from tracker.follow.forms import KIND, checked_address, checked_webhook
from tracker.follow.models import Channel, Kind, Message, Rhythm, Scope, Subscriber, Subscription
from tracker.follow.services import reading
from tracker.publication.models import PublicRequest

MOST_A_DAY = 3  # messages that somebody else can make us send to one address
MOST_AT_ONCE = 500
log = logging.getLogger(__name__)
Content = dict[str, Any]


class Dropped(Exception):
    """The request asks for nothing that there is."""


def receive() -> int:
    """Do what waits in the intake; how many requests. Each in a transaction of its own, with its deletion."""
    waiting = PublicRequest.objects.filter(kind=KIND).order_by("received_at").values_list("pk", flat=True)
    return sum(_receive(pk) for pk in list(waiting[:MOST_AT_ONCE]))


@transaction.atomic
def _receive(pk: Any) -> bool:
    row = PublicRequest.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if row is None:
        return False
    content = row.content if isinstance(row.content, dict) else {}
    try:
        with transaction.atomic():
            _DOING.get(str(content.get("do")), _unknown)(content)
    except (Dropped, ValidationError):
        log.warning("a request of a public form was dropped")  # what it says is not for the log
    row.delete()
    return True


def _unknown(_content: Content) -> None:
    raise Dropped


def _subscribe(content: Content) -> None:
    channel = _one_of(content, "channel", Channel.values)
    if channel == Channel.WEBHOOK and not settings.WEBHOOKS:
        raise Dropped
    check = checked_address if channel == Channel.MAIL else checked_webhook
    address = check(_text(content, "address", 500))
    law, scope, key = _text(content, "law", 80), _one_of(content, "scope", Scope.values), _text(content, "key", 80)
    if not reading.is_there(law, scope, key):
        raise Dropped
    subscriber = addresses.subscriber_of(channel, address)
    if _asked_today(subscriber) >= MOST_A_DAY:
        return
    found = Subscription.objects.filter(subscriber=subscriber, law=law, scope=scope, key=key).first()
    if found is None:
        token, digested = addresses.new_token(subscriber)
        found = Subscription(subscriber=subscriber, law=law, scope=scope, key=key, token=token, digest=digested)
    if found.confirmed_at is None:
        found.language = _one_of(content, "language", [code for code, _ in settings.LANGUAGES])
        found.rhythm = _one_of(content, "rhythm", Rhythm.values)
        found.created_at = now()
        found.save()
    Message.objects.create(subscription=found, kind=Kind.LIST if found.confirmed_at else Kind.CONFIRM)


def _asked_today(subscriber: Subscriber) -> int:
    asked = Message.objects.filter(subscription__subscriber=subscriber, kind__in=[Kind.CONFIRM, Kind.LIST])
    return asked.filter(created_at__gt=now() - timedelta(days=1)).count()


def _confirm(content: Content) -> None:
    """Twice is once. A webhook that was switched off is switched on again."""
    subscription = _named(content)
    if subscription.confirmed_at is None:
        subscription.confirmed_at, subscription.since = now(), reading.newest_release()
        subscription.save(update_fields=["confirmed_at", "since"])
    Subscriber.objects.filter(pk=subscription.subscriber_id).update(failing_since=None, off_at=None)


def _rhythm(content: Content) -> None:
    subscription = _named(content)
    subscription.rhythm = _one_of(content, "rhythm", Rhythm.values)
    subscription.save(update_fields=["rhythm"])


def _list(content: Content) -> None:
    subscription = _named(content)
    if subscription.confirmed_at is not None and _asked_today(subscription.subscriber) < MOST_A_DAY:
        Message.objects.create(subscription=subscription, kind=Kind.LIST)


def _stop(content: Content) -> None:
    leave(_named(content))


def leave(subscription: Subscription) -> None:
    """It is followed no longer; with the last thing that an address follows, the address is erased."""
    subscriber = Subscriber.objects.select_for_update().get(pk=subscription.subscriber_id)
    subscription.delete()
    if not subscriber.subscriptions.exists():
        addresses.erase(subscriber)


def _named(content: Content) -> Subscription:
    token = _text(content, "token", 40)
    found = Subscription.objects.select_for_update().filter(digest=digest(token)).first()
    if found is None:
        raise Dropped
    return found


def _text(content: Content, name: str, longest: int) -> str:
    value = content.get(name, "")
    if not isinstance(value, str) or len(value) > longest:
        raise Dropped
    return value


def _one_of(content: Content, name: str, values: list[str]) -> str:
    if content.get(name) not in values:
        raise Dropped
    return str(content[name])


_DOING: dict[str, Callable[[Content], None]] = {
    "subscribe": _subscribe, "confirm": _confirm, "rhythm": _rhythm, "list": _list, "stop": _stop,
}  # fmt: skip
