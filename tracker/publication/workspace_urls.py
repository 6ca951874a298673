"""The members' pages, below `/w/`: the same pages as the public ones, over what is collected now."""

from django.urls import include, path

from tracker.publication.urls import law_patterns, site_patterns
from tracker.publication.views.workspace import member

urlpatterns = [
    path("", include(site_patterns(member))),
    path("laws/<slug:law>/", include(law_patterns(member))),
]
