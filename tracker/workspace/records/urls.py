"""Addresses of history, activity, search and following. `…/history/` below a page leads to the history of its thing."""

from __future__ import annotations

from django.urls import path

from tracker.workspace.records import activity, follow, history, search

urlpatterns = [
    path("activity/", activity.activity),
    path("activity/activity.csv", activity.download),
    path("history/<slug:kind>/<int:pk>/", history.history),
    path("history/<slug:kind>/<int:pk>/compare/", history.compare),
    path("history/<slug:kind>/<int:pk>/restore/", history.restore),
    path("search/", search.search),
    path("laws/<slug:law>/history/", history.of_law),
    path("laws/<slug:law>/v/<slug:v>/history/", history.of_text),
    path("laws/<slug:law>/p/<slug:key>/history/", history.of_provision),
    path("laws/<slug:law>/v/<slug:v>/art-<str:n>/follow/", follow.follow),
    path("laws/<slug:law>/p/<slug:key>/unfollow/", follow.unfollow),
    path("laws/<slug:law>/concerns/<slug:concern>/edit/", follow.edit),
]
