"""Links that work once: the token is in the link and nowhere else; the database keeps its digest."""

from __future__ import annotations

import secrets
from typing import TypeVar

from django.utils.translation import gettext_noop

from tracker.accounts.models import Invitation, ResetLink
from tracker.common.fieldkeys import digest

Link = TypeVar("Link", Invitation, ResetLink)


class LinkClosed(Exception):
    """The link was used, taken back or is too old, or there never was one: nobody learns which."""

    def __init__(self) -> None:
        super().__init__(gettext_noop("This link does not work any more. Ask for a new one."))


def new_token() -> tuple[str, str]:
    """A token for a link, and its digest for the table."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def find(model: type[Link], token: str) -> Link:
    """The open link of this token. Raises `LinkClosed`."""
    return _open(model.objects.filter(digest=digest(token)).first())


def take(model: type[Link], token: str) -> Link:
    """The same, held by the transaction, so that two people with one link do not both get in."""
    return _open(model.objects.select_for_update().filter(digest=digest(token)).first())


def _open(link: Link | None) -> Link:
    if link is None or not link.open:
        raise LinkClosed
    return link
