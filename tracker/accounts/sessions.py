"""Sessions in the database that know whose they are: 60 minutes without a page end one, and 12 hours in any case."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils import timezone

if TYPE_CHECKING:
    from tracker.accounts.models import User

LONGEST = timedelta(hours=12)
BEGAN, BROWSER, MUST_SET_UP = "_began", "_browser", "_must_set_up"


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from tracker.accounts.models import MemberSession  # noqa: PLC0415  # loaded before the models are

        return MemberSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row as it is to be saved. When it began stands in the session's own data, set at sign-in."""
        row: Any = super().create_model_instance(data)
        now = timezone.now()
        row.user_id = data.get("_auth_user_id")
        row.created_at = datetime.fromisoformat(data[BEGAN]) if BEGAN in data else now
        row.expire_date = min(row.expire_date, row.created_at + LONGEST)
        row.last_seen = now.date()
        row.browser = data.get(BROWSER, "")
        return row


def begin(sender: object, request: HttpRequest, user: User, **_signal: Any) -> None:
    """At sign-in: when the session began, in which family of browsers (the middleware left no more of it), and
    whether the member must set up a second factor before anything else.
    """
    from tracker.accounts.services import factors  # noqa: PLC0415  # loaded before the models are

    request.session[BEGAN] = timezone.now().isoformat()
    request.session[BROWSER] = request.META.get("HTTP_USER_AGENT", "")[:20]
    request.session[MUST_SET_UP] = factors.needed(user) and not factors.of(user)
