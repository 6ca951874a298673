"""Creating members and changing what they are. The only writer of users."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from tracker.accounts.models import User
from tracker.accounts.services import sessions
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


@transaction.atomic
def set_password(*, user: User, password: str, by: User, reason: str, keep: str | None = None) -> User:
    """A new password; every session but `keep` ends. Raises `ValidationError` for a weak one."""
    row = locked(user)
    validate_password(password, row)
    row.set_password(password)
    sessions.end_all(user=row, keep=keep)
    return record(row, by=by, reason=reason)


@transaction.atomic
def choose(*, user: User, language: str, shortcuts: bool) -> User:
    """The member's own choices: the language of the workspace, and whether single keys act."""
    row = locked(user)
    row.language, row.shortcuts = language, shortcuts
    return record(row, by=user, reason="own settings")


@transaction.atomic
def set_active(*, user: User, active: bool, by: User, reason: str) -> User:
    """Freeze an account, or lift the freeze. Who may is asked by the caller, who knows the laws."""
    row = locked(user)
    row.is_active = active
    sessions.end_all(user=row)
    return record(row, by=by, reason=reason)


@transaction.atomic
def set_administrator(*, user: User, administrator: bool, by: User, reason: str) -> User:
    """Give or take the office of administrator."""
    row = locked(user)
    row.is_administrator = administrator
    sessions.end_all(user=row)
    return record(row, by=by, reason=reason)


def locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def others_in_office(user: User) -> bool:
    """Whether another administrator could undo what is done to this one."""
    return User.objects.filter(is_administrator=True, is_active=True).exclude(pk=user.pk).exists()
