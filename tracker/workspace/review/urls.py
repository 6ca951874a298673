from __future__ import annotations

from django.urls import URLPattern, path

from tracker.workspace.review import inbox, items, judge, reconfirm, texts

urlpatterns: list[URLPattern] = [
    path("", inbox.inbox),
    path("mentions/<int:pk>/seen/", inbox.seen),
    path("announcements/seen/", inbox.told),
    path("review/<str:item>/", items.item),
    path("laws/<slug:law>/v/<slug:v>/publish/", texts.publish),
    path("laws/<slug:law>/verdicts/<slug:concern>/<slug:v>/", judge.judge),
    path("laws/<slug:law>/reconfirm/<slug:v>/", reconfirm.reconfirm),
    path("laws/<slug:law>/reconfirm/<slug:v>/together/", reconfirm.together_page),
]
