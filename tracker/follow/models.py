"""Who is told of new releases, of which, and what was sent. Nothing here is history: who leaves is gone."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tracker.common.sealed import SealedField
from tracker.common.tables import Operational


class Channel(models.TextChoices):
    MAIL = "mail"
    WEBHOOK = "webhook"


class Scope(models.TextChoices):
    LAW = "law"
    TOPIC = "topic"
    PROVISION = "provision"


class Rhythm(models.TextChoices):
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Kind(models.TextChoices):
    CONFIRM = "confirm"
    CHANGES = "changes"
    LIST = "list"  # what was sent so far, for who asks


class State(models.TextChoices):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class Subscriber(Operational):
    """One address, sealed with a key of its own. `index` finds it again and tells nobody what it is."""

    channel = models.CharField(max_length=7, choices=Channel)
    address = SealedField()
    index = models.CharField(max_length=64, unique=True)
    failing_since = models.DateTimeField(null=True)  # a webhook that has not answered since
    off_at = models.DateTimeField(null=True)  # a webhook that did not answer for a week

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class Subscription(Operational):
    """One thing that one address follows. `token` opens its page; only mails and deliveries to the address say it."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    law = models.CharField(max_length=80)
    scope = models.CharField(max_length=9, choices=Scope)
    key = models.CharField(max_length=80, blank=True, help_text="slug of the topic, key of the provision")
    language = models.CharField(max_length=2)
    rhythm = models.CharField(max_length=7, choices=Rhythm)
    token = SealedField()
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    since = models.PositiveIntegerField(default=0, help_text="the newest release that was looked through for it")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscriber", "law", "scope", "key"], name="subscription_once")
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.law} {self.key}"


class Message(Operational):
    """One mail or delivery. Its id becomes the Message-ID, so that sending it twice is the same message."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=7, choices=Kind)
    state = models.CharField(max_length=6, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_at"], condition=Q(state="queued"), name="messages_queued")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class News(Operational):
    """A release that a subscription has to be told of; once told, the message that did."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="news")
    release = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="news")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["subscription", "release"], name="news_once")]

    def __str__(self) -> str:
        return f"release {self.release} for {self.subscription_id}"
