"""Members are handles: no real name and no mail address is needed or kept."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from tracker.common.history import TracedHistory
from tracker.common.tables import Operational

HANDLE = r"^[a-z][a-z0-9_-]{1,29}$"


class Users(models.Manager["User"]):
    def get_by_natural_key(self, handle: str | None) -> User:
        return self.get(handle=(handle or "").lower())


class User(AbstractBaseUser):
    """A member. Rights come from roles in laws; an administrator manages people and settings and has no content
    right.
    """

    last_login = None  # when somebody worked is nobody's business
    handle = models.CharField(max_length=30, unique=True, validators=[RegexValidator(HANDLE)])
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="en")
    shortcuts = models.BooleanField(default=True)  # single keys act on pages; WCAG 2.1.4 asks for a switch

    history: ClassVar[Any] = HistoricalRecords(bases=[TracedHistory], excluded_fields=["password"])
    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(handle=Lower("handle")), name="handle_in_lower_case"),
            models.CheckConstraint(condition=Q(handle__regex=HANDLE), name="handle_is_plain"),
        ]

    def __str__(self) -> str:
        return self.handle


class DayKey(Operational):
    """The random key behind pseudonyms of addresses. Replaced daily; the old one is gone for good."""

    day = models.DateField(unique=True)
    key = models.BinaryField()

    def __str__(self) -> str:
        return str(self.day)
