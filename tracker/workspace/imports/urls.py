from __future__ import annotations

from django.urls import path

from tracker.workspace.imports import corrections, structure, views

urlpatterns = [
    path("laws/<slug:law>/import/", views.upload),
    path("imports/<int:number>/", views.resume),
    path("imports/<int:number>/structure/", structure.structure),
    path("imports/<int:number>/match/", structure.match),
    path("imports/<int:number>/align/", views.align),
    path("imports/<int:number>/check/", views.check),
    path("imports/<int:number>/progress/", views.progress),
    path("imports/<int:number>/cancel/", views.cancel),
    path("imports/<int:number>/retry/", views.retry),
    path("imports/<int:number>/back/", views.back),
    path("imports/<int:number>/withdraw/", views.withdraw),
    path("laws/<slug:law>/compare/<slug:a>...<slug:b>/links/", corrections.links),
    path("laws/<slug:law>/compare/<slug:a>...<slug:b>/links/<str:side>-<str:number>/", corrections.one),
]
