"""The members' site: sign-in, inbox, and the same pages as the public ones with drafts."""

from django.urls import include, path

from tracker import health
from tracker.accounts import urls as accounts
from tracker.publication import workspace_urls as pages
from tracker.workspace import urls as own

handler404 = "tracker.publication.views.workspace.not_found"

urlpatterns = [
    path("livez", health.livez),
    path("healthz", health.healthz),
    path("readyz", health.healthz),
    path("", include(accounts)),
    path("w/", include(own)),
    path("w/", include(pages)),
]
