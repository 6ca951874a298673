from __future__ import annotations

from django.urls import path

from tracker.workspace.reports import saved, views

urlpatterns = [
    path("laws/<slug:law>/reports/", views.listed),
    path("laws/<slug:law>/reports/new/", views.new),
    path("laws/<slug:law>/reports/preview/", views.preview),
    path("laws/<slug:law>/reports/weekly/", views.read_weekly),
    path("reports/seen/", saved.seen),
    path("reports/<int:number>/", saved.saved),
    path("reports/<int:number>/files/<slug:form>/", saved.file),
    path("reports/<int:number>/formats/", saved.add_format),
    path("reports/<int:number>/cancel/", saved.cancel),
    path("reports/<int:number>/retry/", saved.retry),
    path("reports/<int:number>/publish/", saved.publish),
    path("reports/<int:number>/withdraw/", saved.withdraw),
    path("reports/<int:number>/delete/", saved.delete),
]
