"""After a release: which subscriptions have to be told, and when each is told. Both may run twice and do it once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils.timezone import now

from tracker.follow.models import Kind, Message, News, Rhythm, Subscription
from tracker.follow.services import reading

DIGEST_HOUR = 6  # UTC; a weekly one comes on Mondays


@transaction.atomic
def note() -> int:
    """Write a row for each release that a confirmed subscription has not been looked through for; how many."""
    newest = reading.newest_release()
    behind = Subscription.objects.select_for_update().filter(confirmed_at__isnull=False, since__lt=newest)
    subscriptions = list(behind)
    if not subscriptions:
        return 0
    logs = reading.logs(min(each.since for each in subscriptions))
    found = [
        News(subscription=each, release=log["release"])
        for each in subscriptions
        for log in logs
        if log["law"]["slug"] == each.law
        and each.since < log["release"] <= newest
        and reading.relevant(log, each.scope, each.key)
    ]
    News.objects.bulk_create(found, ignore_conflicts=True)
    Subscription.objects.filter(pk__in=[each.pk for each in subscriptions]).update(since=newest)
    return len(found)


def gather() -> int:
    """Make one message of the news of each subscription whose time has come; how many."""
    waiting = News.objects.filter(message=None, subscription__subscriber__off_at=None)
    oldest = waiting.values("subscription", "subscription__rhythm").annotate(first=Min("created_at"))
    due = [row["subscription"] for row in oldest if is_due(row["subscription__rhythm"], row["first"], now())]
    return sum(_gather(pk) for pk in due)


@transaction.atomic
def _gather(pk: int) -> bool:
    subscription = Subscription.objects.select_for_update().filter(pk=pk).first()
    news = News.objects.filter(subscription=subscription, message=None)
    if subscription is None or not news.exists():
        return False
    news.update(message=Message.objects.create(subscription=subscription, kind=Kind.CHANGES))
    return True


def is_due(rhythm: str, first: datetime, at: datetime) -> bool:
    """Whether news that came first at a time is to be sent: at once, or when an hour of digests lies between."""
    if rhythm == Rhythm.AT_ONCE:
        return True
    hour = at.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if rhythm == Rhythm.WEEKLY:
        hour -= timedelta(days=at.weekday())
    if hour > at:
        hour -= timedelta(days=7 if rhythm == Rhythm.WEEKLY else 1)
    return first < hour <= at
