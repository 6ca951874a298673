"""Two people changed one note: the words that were not accepted are kept, and both texts are shown."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext

from amendments.models import Annotation
from amendments.services import unsent
from tracker.publication.pages import words
from tracker.publication.site import Site
from tracker.workspace import conflicts
from tracker.workspace.notes import formview
from tracker.workspace.notes.forms import BASE_NAMES, NoteForm
from tracker.workspace.seam import MemberRequest


def clash(request: MemberRequest, site: Site, theirs: Annotation, form: NoteForm) -> HttpResponse:
    """409 with both texts. Mine stay as unsent words of the note as it stands now."""
    typed = formview.typed(request.POST)
    revision = form.cleaned_data["revision"]
    unsent.keep(law=theirs.law, by=request.user, key=f"note:{theirs.pk}", fields=typed, revision=revision)
    return conflicts.page(
        request,
        site,
        theirs.law,
        what=conflicts.saved_by(theirs),
        fields=_fields(theirs, form),
        way=conflicts.Way(f"/w/notes/{theirs.pk}/edit/", f"/w/notes/{theirs.pk}/edit/give-up/", theirs.revision),
    )


def _fields(theirs: Annotation, form: NoteForm) -> list[conflicts.Field]:
    mine = form.cleaned_data
    their_topics = [link.topic for link in theirs.topic_links.select_related("topic")]
    their_standards = [link.standard for link in theirs.standard_links.select_related("standard")]
    concern = theirs.concern
    return [
        conflicts.Field(gettext("Words of the law"), theirs.quote, mine["quote"]),
        conflicts.Field(gettext("Public note"), theirs.public_text, mine["public_text"], "public_text"),
        conflicts.Field(
            gettext("Topics"),
            "\n".join(words.say(topic.names) for topic in their_topics),
            "\n".join(words.say(topic.names) for topic in mine["topics"]),
        ),
        conflicts.Field(
            gettext("International standards"),
            "\n".join(standard.cite for standard in their_standards),
            "\n".join(standard.cite for standard in mine["standards"]),
        ),
        conflicts.Field(
            gettext("Concern"),
            words.say(concern.names) if concern else "",
            words.say(mine["concern"].names) if mine["concern"] else "",
        ),
        *_verdicts(form),
        *([conflicts.Field(gettext("Internal comment"), "", mine["comment"])] if mine["comment"] else []),
    ]


def _verdicts(form: NoteForm) -> list[conflicts.Field]:
    """What I found against each base, beside what stands there now; my reason goes with it."""
    chosen = form.choices
    standing = {cell.base: cell.under_way or cell.published for cell in form.cells}
    found = []
    for base, mine in chosen.items():
        theirs = standing.get(base)
        found.append(
            conflicts.Field(
                gettext("Verdict against %(base)s") % {"base": BASE_NAMES[base]},
                _finding(theirs.value, theirs.reason) if theirs is not None else "",
                _finding(mine.value, mine.reason),
            )
        )
    return found


def _finding(value: str, reason: str) -> str:
    return f"{words.VERDICTS[value]}\n{reason}".strip()
