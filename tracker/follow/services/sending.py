"""Sending what waits. A message is locked while it leaves, so that two senders never send one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from tracker.accounts.services import personal
from tracker.common.fieldkeys import Unreadable
from tracker.follow import addresses, mail, webhook
from tracker.follow.models import Channel, Message, State, Subscriber
from tracker.follow.outlets import Away, Refused
from tracker.follow.services import writing

FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=6)
GIVEN_UP = timedelta(days=7)
MOST_AT_ONCE = 200


def send_due(network: webhook.Network | None = None) -> int:
    """Send what is due; how many left. When the mail server is away, its other mails are not tried in this round."""
    due = Message.objects.filter(state=State.QUEUED, next_at__lte=now(), subscription__subscriber__off_at=None)
    if not settings.WEBHOOKS:
        due = due.exclude(subscription__subscriber__channel=Channel.WEBHOOK)
    waiting = due.order_by("next_at").values_list("pk", "subscription__subscriber__channel")
    sent, away = 0, False
    for pk, channel in list(waiting[:MOST_AT_ONCE]):
        if channel == Channel.MAIL and away:
            continue
        state = _send(pk, network)
        sent += state == State.SENT
        away = away or (channel == Channel.MAIL and state == State.QUEUED)
    return sent


@transaction.atomic
def _send(pk: Any, network: webhook.Network | None) -> str:
    """The state of the message afterwards; "" when somebody else has it."""
    rows = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, state=State.QUEUED)
    message = rows.select_related("subscription__subscriber").first()
    if message is None:
        return ""
    subscriber = message.subscription.subscriber
    message.attempts += 1
    try:
        _deliver(message, subscriber, network)
    except Away as error:
        _later(message, subscriber, str(error))
    except Refused as error:
        message.state, message.error = State.FAILED, str(error)
    except writing.NothingToSay:
        message.state, message.error = State.FAILED, "What it was to tell was taken out of the record."
    except (personal.Removed, Unreadable):
        message.state, message.error = State.FAILED, "The address cannot be opened: a key is missing."
    else:
        message.state, message.sent_at, message.error = State.SENT, now(), ""
        Subscriber.objects.filter(pk=subscriber.pk).exclude(failing_since=None).update(failing_since=None)
    message.save(update_fields=["attempts", "state", "error", "next_at", "sent_at"])
    return message.state


def _deliver(message: Message, subscriber: Subscriber, network: webhook.Network | None) -> None:
    address = addresses.address_of(subscriber)
    if subscriber.channel == Channel.MAIL:
        mail.deliver(writing.letter(message), address)
    else:
        webhook.deliver(address, *writing.delivery(message), network)


def _later(message: Message, subscriber: Subscriber, sentence: str) -> None:
    """Growing delays. After a week a mail is given up, and a program is told nothing more until it confirms again."""
    at = now()
    message.error = sentence
    message.next_at = at + min(LONGEST_DELAY, FIRST_DELAY * 2 ** min(message.attempts, 12))
    if subscriber.channel == Channel.MAIL:
        if at - message.created_at > GIVEN_UP:
            message.state = State.FAILED
        return
    since = subscriber.failing_since or at
    off = at if at - since > GIVEN_UP else None
    Subscriber.objects.filter(pk=subscriber.pk).update(failing_since=since, off_at=off)
