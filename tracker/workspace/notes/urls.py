from __future__ import annotations

from django.urls import path

from tracker.workspace.notes import steps, views

ARTICLE = "laws/<slug:law>/v/<slug:v>/art-<str:n>/"

urlpatterns = [
    path(ARTICLE, views.article),
    path(f"{ARTICLE}note/", views.new),
    path(f"{ARTICLE}note/unsent/", steps.keep_new),
    path(f"{ARTICLE}note/give-up/", steps.give_up_new),
    path("notes/<int:note>/", steps.show),
    path("notes/<int:note>/edit/", views.edit),
    path("notes/<int:note>/edit/unsent/", steps.keep_edit),
    path("notes/<int:note>/edit/give-up/", steps.give_up_edit),
    *(path(f"notes/<int:note>/{name}/", steps.step, {"name": name}) for name in steps.DONE),
    path("notes/<int:note>/withdraw/", steps.withdraw),
    path("notes/<int:note>/comments/", steps.say),
    *(
        path(f"notes/<int:note>/{name}/", steps.thread, {"name": name})
        for name in ("assign", "resolve", "reopen", "seen")
    ),
]
