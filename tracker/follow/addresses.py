"""Subscribers as their address: sealed with a key of their own, found again by a keyed digest, erased with the key."""

from __future__ import annotations

import secrets
from contextlib import suppress

from tracker.accounts.services import personal
from tracker.common.fieldkeys import digest, keyed_digest
from tracker.follow.models import Channel, Subscriber, Subscription

TOKEN_BYTES = 16


def index_of(channel: str, address: str) -> str:
    return keyed_digest(f"{channel} {address.lower() if channel == Channel.MAIL else address}", purpose="subscriber")


def subscriber_of(channel: str, address: str) -> Subscriber:
    """The row of an address, made when there is none. The caller is inside a transaction."""
    index = index_of(channel, address)
    found = Subscriber.objects.select_for_update().filter(index=index).first()
    if found is None:
        sealed = personal.seal(address, key=personal.new_key())
        found = Subscriber.objects.create(channel=channel, address=sealed, index=index)
    return found


def address_of(subscriber: Subscriber) -> str:
    """Raises `personal.Removed`, and `Unreadable` when the field key is lost."""
    return personal.unseal(subscriber.address)


def new_token(subscriber: Subscriber) -> tuple[str, str]:
    """A token of 128 random bits as it is stored: sealed for the messages that say it, digested to be found."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return personal.seal(token, key=personal.key_of(subscriber.address)), digest(token)


def token_of(subscription: Subscription) -> str:
    return personal.unseal(subscription.token)


def erase(subscriber: Subscriber) -> None:
    """The rows go, and with the key every copy of the address in any backup. The caller is inside a transaction."""
    sealed = subscriber.address
    subscriber.delete()
    with suppress(personal.Removed):  # the key went before: a replay after a restore
        personal.erase(sealed)
