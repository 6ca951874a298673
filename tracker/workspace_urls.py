"""The members' site: sign-in, inbox, and the same pages as the public ones with drafts."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tracker import health
from tracker.accounts import urls as accounts
from tracker.publication import workspace_urls as pages
from tracker.workspace import urls as own


def looking_only() -> list[URLResolver]:
    """Django's admin, where it is switched on. It is not even loaded elsewhere."""
    if not settings.ADMIN_SITE:
        return []
    from tracker.workspace import admin_site  # noqa: PLC0415  # needs an app that is installed only then

    return [path("w/admin/", admin_site.site().urls)]


handler404 = "tracker.publication.views.workspace.not_found"
handler500 = "tracker.publication.views.show.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez),
    path("healthz", health.healthz),
    path("readyz", health.healthz),
    path("", include(accounts)),
    *looking_only(),
    path("w/", include(own)),
    path("w/", include(pages)),
]
