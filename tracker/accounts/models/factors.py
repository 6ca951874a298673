"""What a member proves themselves with besides the password. Nothing here can be used by who reads a dump."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from tracker.common.tables import Operational


class Authenticator(Operational):
    """A member's authenticator app. `seed` is encrypted with the field key; `last_step` is the 30-second step of the
    newest code that was accepted: no code of that step or an earlier one is heard again.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="authenticator")
    seed = models.TextField()
    last_step = models.BigIntegerField()
    since = models.DateField(auto_now_add=True)

    def __str__(self) -> str:
        return f"authenticator of {self.user_id}"


class RecoveryCode(Operational):
    """One of the codes for the day the other factor is lost: a digest, deleted when it is used."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"


class Passkey(Operational):
    """A key that lives in a device of the member; only its public half is here."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=40)
    credential = models.CharField(max_length=1400, unique=True)  # base64url, up to 1023 bytes by the standard
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    since = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"
