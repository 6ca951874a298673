"""What a message says: only what the published change log says, in the subscriber's language."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext, ngettext
from standardwebhooks import Webhook

from tracker.common.fieldkeys import keyed_digest
from tracker.follow import addresses
from tracker.follow.mail import Letter
from tracker.follow.models import Channel, Kind, Message, Scope, State, Subscription
from tracker.follow.services import reading
from tracker.publication.links import Links
from tracker.publication.pages import words
from tracker.publication.pages.changes import Change, changes

MOST_LINES = 100  # of changes in one mail; the page has them all
MOST_LISTED = 100


class NothingToSay(Exception):
    """What it was to tell was taken out of the record meanwhile."""


def letter(message: Message) -> Letter:
    """Raises `NothingToSay`, and `personal.Removed` when the subscriber is gone."""
    subscription = message.subscription
    with translation.override(subscription.language):
        subject, lines = _WORDS[message.kind](message)
        body = "\n".join([*lines, "", "-- ", *_closing(message)])
    return Letter(subject, body + "\n", _headers(message))


def _headers(message: Message) -> dict[str, str]:
    stop = f"{_home(message.subscription)}unsubscribe/"
    return {
        "Message-ID": f"<{name_of(message)}@{urlsplit(settings.FOLLOW_ADDRESS).hostname}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def name_of(message: Message) -> str:
    """The same for every sending of one message; it tells nothing of the row."""
    return keyed_digest(str(message.pk), purpose="message")[:32]


def _closing(message: Message) -> list[str]:
    own = _home(message.subscription)
    if message.kind == Kind.CONFIRM:
        return [gettext("You did not ask for this? Do nothing: the address is deleted after 72 hours.")]
    return [
        gettext("You follow: %(what)s") % {"what": what(message.subscription)},
        gettext("Change it, or ask what was sent to you: %(address)s") % {"address": own},
        gettext("Unsubscribe: %(address)s") % {"address": f"{own}unsubscribe/"},
    ]


def _confirm(message: Message) -> tuple[str, list[str]]:
    followed = what(message.subscription)
    return gettext("Please confirm: follow %(what)s") % {"what": followed}, [
        gettext("Somebody, probably you, asked for messages to this address about: %(what)s") % {"what": followed},
        "",
        gettext("Open this page and press the button to confirm:"),
        f"{_home(message.subscription)}confirm/",
    ]


def _changes(message: Message) -> tuple[str, list[str]]:
    found = changes(_parts(message))
    counted = ngettext("%(n)s change", "%(n)s changes", len(found)) % {"n": len(found)}
    lines: list[str] = []
    for change in found[:MOST_LINES]:
        lines += [*_lines_of(change, message.subscription.language), ""]
    if len(found) > MOST_LINES:
        lines += [gettext("All changes: %(address)s") % {"address": _changes_page(message.subscription)}, ""]
    return f"{what(message.subscription)}: {counted}", lines[:-1]


def _lines_of(change: Change, language: str) -> list[str]:
    item = change.item
    mark = f" ({gettext('correction')})" if item["correction"] else ""
    lines = [f"{change.what}{mark}: {words.say(item['names'])}"]
    if item["before"] or item["after"]:
        was, now_ = (str(words.VERDICTS[value]) if value else "" for value in (item["before"], item["after"]))
        step = f"{was} → {now_ or gettext('withdrawn')}" if was else now_
        lines.append(f"{change.base}: {step}" if change.base else step)
    lines += [item["reason"]] if item["reason"] else []
    lines.append(words.when(change.time.date().isoformat()))
    if not change.gone:
        lines.append(settings.FOLLOW_ADDRESS + Links(language, "/").document(item["path"]))
    return lines


def _list(message: Message) -> tuple[str, list[str]]:
    """What was sent to this address about this, and when; and what else the address follows."""
    subscription = message.subscription
    lines = [gettext("Sent to you about this, the newest first, in UTC:")]
    sent = subscription.messages.filter(state=State.SENT).order_by("-sent_at")[:MOST_LISTED]
    lines += [f"{_minute(each.sent_at)}  {_KINDS[each.kind]()}" for each in sent] or [gettext("Nothing yet.")]
    others = subscription.subscriber.subscriptions.exclude(pk=subscription.pk).filter(confirmed_at__isnull=False)
    if others:
        lines += ["", gettext("You follow besides:"), *(f"{what(each)}: {_home(each)}" for each in others)]
    return gettext("What was sent to you: %(what)s") % {"what": what(subscription)}, lines


def _minute(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M") if at else ""


_KINDS: dict[str, Any] = {
    Kind.CONFIRM: lambda: gettext("the request to confirm"),
    Kind.CHANGES: lambda: gettext("changes"),
    Kind.LIST: lambda: gettext("what was sent"),
}
_WORDS: dict[str, Any] = {Kind.CONFIRM: _confirm, Kind.CHANGES: _changes, Kind.LIST: _list}


def what(subscription: Subscription) -> str:
    """The name of what is followed, from the record; its slug when the record shows it no more."""
    path = f"laws/{subscription.law}/overview"
    found = reading.bodies([path, "standards"], reading.newest_release())
    overview = found.get(path)
    if overview is None:
        return subscription.law
    law = words.say(overview["law"]["names"])
    if subscription.scope == Scope.LAW:
        return law
    named = {topic["slug"]: topic["names"] for topic in found.get("standards", {}).get("topics", [])}
    if subscription.scope == Scope.PROVISION:
        named = {row["provision"]["key"]: row["provision"]["names"] for row in overview["rows"]}
    return f"{words.say(named.get(subscription.key)) or subscription.key} ({law})"


def _parts(message: Message) -> list[Any]:
    releases = message.news.values_list("release", flat=True)
    found = reading.parts(message.subscription, releases)
    if not found:
        raise NothingToSay
    return found


def _home(subscription: Subscription) -> str:
    """The page of one subscription."""
    return f"{settings.FOLLOW_ADDRESS}{subscription.language}/follow/{addresses.token_of(subscription)}/"


def _changes_page(subscription: Subscription) -> str:
    return settings.FOLLOW_ADDRESS + Links(subscription.language, "/").changes(subscription.law)


def delivery(message: Message) -> tuple[bytes, dict[str, str]]:
    """Body and headers for a program (Standard Webhooks). The first one tells the secret that signs the later ones."""
    subscription = message.subscription
    own = _home(subscription)
    data: dict[str, Any]
    if message.kind == Kind.CONFIRM:
        data = {"confirm": f"{own}confirm/", "secret": secret_of(subscription)}
    elif message.kind == Kind.CHANGES:
        data = {"releases": _parts(message)}
    else:
        sent = subscription.messages.filter(state=State.SENT).order_by("-sent_at")[:MOST_LISTED]
        data = {"sent": [{"kind": each.kind, "time": _minute(each.sent_at)} for each in sent]}
    follows = {"law": subscription.law, "scope": subscription.scope, "key": subscription.key}
    envelope = {"type": message.kind, "timestamp": now().isoformat(), "follows": follows, "manage": own, "data": data}
    body = json.dumps(envelope, ensure_ascii=False)
    at = now()
    signature = Webhook(secret_of(subscription)).sign(f"msg_{name_of(message)}", at, body)
    return body.encode(), {
        "Content-Type": "application/json",
        "User-Agent": "draft-law-monitor",
        "webhook-id": f"msg_{name_of(message)}",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }


def secret_of(subscription: Subscription) -> str:
    """Signs the deliveries of one subscription; made of its token, so that both are erased together."""
    key = keyed_digest(addresses.token_of(subscription), purpose=f"{Channel.WEBHOOK} secret")
    return "whsec_" + b64encode(bytes.fromhex(key)).decode()
