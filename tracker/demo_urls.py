"""Both sites in one process, for the demo only: the members' addresses first, then the public ones."""

from tracker import public_urls, workspace_urls

handler404 = public_urls.handler404

urlpatterns = [*workspace_urls.urlpatterns, *public_urls.urlpatterns]
