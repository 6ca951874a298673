"""The page of one published note: the words it is about, what we say of them, and how the provision fared."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from tracker.publication.pages import words
from tracker.publication.pages.notes import NoteView
from tracker.publication.pages.reading import anchor_of
from tracker.publication.site import Missing, Site, Withdrawn
from tracker.publication.views.reading import STANDARDS, citation, standards_in, topics_in
from tracker.publication.views.show import show


def note(request: HttpRequest, site: Site, *, law: str, public_id: str) -> HttpResponse:
    path = f"laws/{law}/notes/{public_id}"
    found = site.source.get_many([path, STANDARDS])
    document: Any = found.get(path)
    if document is None:
        raise site.erased(path) or _withdrawn(site, law, path)
    places = document["note"]["places"]
    return show(
        request,
        site,
        "publication/note.html",
        document,
        version=document["version"],
        law_language=document["version"]["language"],
        view=NoteView(1, document["note"]),
        anchor=anchor_of(places[0]["eid"]) if places else "",
        standards=standards_in(found),
        topics=topics_in(found),
        cite=citation(site, "note", law, public_id),
    )


def _withdrawn(site: Site, law: str, path: str) -> Missing:
    day = site.source.left(path)
    if not day:
        return Missing(gettext("There is no such note."))
    said = gettext("This note was withdrawn on %(date)s.") % {"date": words.when(day)}
    return Withdrawn(said, history=site.links.changes(law))
