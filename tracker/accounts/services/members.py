"""Creating members. The only writer of users."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from tracker.accounts.models import User
from tracker.common.writing import record

SYSTEM = "system"


@transaction.atomic
def system() -> User:
    """The member that acts in commands and tasks. It cannot sign in. Its own first history row names itself."""
    known = User.objects.filter(handle=SYSTEM).first()
    if known is not None:
        return known
    user = User(handle=SYSTEM)
    user.set_unusable_password()
    bare: Any = user
    bare.skip_history_when_saving = True  # there is nobody yet who could have done it; the row follows below
    user.save()
    del bare.skip_history_when_saving
    return record(user, by=user, reason="the system's own account")


@transaction.atomic
def create(
    *,
    handle: str,
    password: str,
    by: User,
    reason: str,
    is_administrator: bool = False,
    is_demo: bool = False,
    language: str = "en",
) -> User:
    """A new member. Raises `ValidationError` for a weak password or a handle that is taken or not plain."""
    user = User(handle=handle.lower(), is_administrator=is_administrator, is_demo=is_demo, language=language)
    if not is_demo:
        validate_password(password, user)
    user.set_password(password)
    return record(user, by=by, reason=reason)
