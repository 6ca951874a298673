"""Django's admin, for looking only: people, lists and jobs, behind a second factor. Off unless `ADMIN_SITE` is 1.

Whatever the services guard cannot be written here: the base class knows no adding, changing, deleting or reverting, and
the addresses of those do not exist. The content of laws is not registered: the office gives no right to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver

from codes.models import Jurisdiction, Membership, Stage
from tracker.accounts.models import Announcement, ContactOpening, Invitation, ResetLink, User
from tracker.accounts.services import factors
from tracker.jobs.models import Job, WorkerBeat

if TYPE_CHECKING:
    PlainAdmin = admin.ModelAdmin[Any]
else:
    PlainAdmin = admin.ModelAdmin

# What of each table an administrator may look at. No digests, no seeds, no keys, no words of anybody.
SHOWN: dict[type[models.Model], tuple[str, ...]] = {
    User: ("handle", "is_active", "is_administrator", "is_demo", "language"),
    Membership: ("user", "law", "role"),
    Invitation: ("law", "role", "made_by", "accepted_by", "expires_at", "closed"),
    ResetLink: ("user", "made_by", "expires_at", "closed"),
    Announcement: ("law", "kind", "about", "role", "by", "reason", "at"),
    ContactOpening: ("about", "by", "reason", "at"),
    Jurisdiction: ("slug", "names", "languages", "drafting"),
    Stage: ("jurisdiction", "slug", "order", "names"),
    Job: ("kind", "target", "state", "attempt", "done", "total", "requested_by", "created_at", "ended_at"),
    WorkerBeat: ("name", "seen_at"),
}


class ReadOnlyAdmin(PlainAdmin):
    """Lists and single rows. Subclasses name their fields."""

    actions = None
    change_form_template = "workspace/admin_row.html"
    list_display_links = None
    list_per_page = 100

    def get_urls(self) -> list[URLPattern]:
        """The list and the single row; no address for anything that writes, nor for the log of such writes."""
        kept = ("_changelist", "_change")
        return [each for each in super().get_urls() if (each.name or "").endswith(kept)]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, *_more: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LookingSite(admin.AdminSite):
    """For administrators with a second factor; for everybody else it does not exist. Signing in is the workspace's."""

    site_url = "/w/"
    index_template = "workspace/admin_index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and user.is_active and user.is_administrator and bool(factors.of(user))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *values: Any, **named: Any) -> Any:
            if not self.has_permission(request):
                raise Http404
            return inner(request, *values, **named)

        return guarded

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without sign-in, sign-out and passwords of its own, and without what looks up other tables."""
        gone = {"login", "logout", "password_change", "password_change_done", "autocomplete", "view_on_site"}
        return [each for each in super().get_urls() if getattr(each, "name", "") not in gone]


def site() -> LookingSite:
    found = LookingSite(name="admin")
    for model, fields in SHOWN.items():
        members = {"fields": fields, "list_display": ("__str__", *fields), "list_display_links": ("__str__",)}
        found.register(model, type(f"{model.__name__}Admin", (ReadOnlyAdmin,), members))
    return found
