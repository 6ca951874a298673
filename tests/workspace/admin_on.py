"""Addresses of the workspace process with Django's admin switched on."""

from tracker import workspace_urls

handler404 = workspace_urls.handler404
urlpatterns = [*workspace_urls.looking_only(), *workspace_urls.urlpatterns]
