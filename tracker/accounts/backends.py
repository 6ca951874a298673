"""Signing in by handle and password, with a growing delay that cannot be turned on the owner."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from tracker.accounts.models import User


class HandleBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, handle: str | None = None, password: str | None = None, **_other: Any
    ) -> User | None:
        """The member, or None: the same answer in the same time for a wrong password and an unknown handle."""
        if handle is None or password is None:
            return None
        user = User.objects.filter(handle=handle.strip().lower()).first()
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) and self.may_sign_in(user) else None

    def may_sign_in(self, user: User) -> bool:
        return user.is_active and (settings.DEMO or not user.is_demo)

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and self.may_sign_in(user) else None
