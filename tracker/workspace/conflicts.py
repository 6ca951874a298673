"""The page for two people who changed one thing: both texts, their differences, and three ways on. Loses neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from amendments.models import Reviewable, Verdict
from codes.models import Code
from codes.text.diff import diff_text
from codes.text.nodes import OpKind
from tracker.publication.site import Site
from tracker.workspace import seam


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form in both texts, as words. `name` is that of a field that can be written anew here."""

    label: str
    theirs: str
    mine: str
    name: str = ""

    @property
    def same(self) -> bool:
        return self.theirs == self.mine

    @property
    def their_words(self) -> list[tuple[str, str]]:
        """(what is so about these words, words): "delete" marks what mine does not have."""
        ops = diff_text(self.theirs, self.mine)
        return [(str(op.kind), self.theirs[slice(*op.old)]) for op in ops if op.kind is not OpKind.INSERT]

    @property
    def my_words(self) -> list[tuple[str, str]]:
        ops = diff_text(self.theirs, self.mine)
        return [(str(op.kind), self.mine[slice(*op.new)]) for op in ops if op.kind is not OpKind.DELETE]


@dataclass(frozen=True, slots=True)
class Way:
    """Where the three choices go. `save` takes the form again, now on `revision`; `give_up` drops what I typed."""

    save: str
    give_up: str
    revision: int


def page(
    request: HttpRequest,
    site: Site,
    law: Code,
    *,
    what: str,
    fields: Sequence[Field],
    way: Way,
) -> HttpResponse:
    """409 with both texts. `what` says who saved what and when. The form as it was sent goes on in hidden fields."""
    return seam.page(
        request,
        site,
        "workspace/conflict.html",
        law=law,
        status=HTTPStatus.CONFLICT,
        what=what,
        fields=fields,
        way=way,
        carried=carried(request.POST, way.revision),
        written=[field.name for field in fields if field.name],
    )


def saved_by(theirs: Reviewable) -> str:
    """Who saved what and when, from its history."""
    last = theirs.history.latest()
    values = {"who": last.history_user.handle, "time": timezone.localtime(last.history_date).strftime("%H:%M")}
    if isinstance(theirs, Verdict):
        said = gettext(
            "%(who)s saved this verdict at %(time)s while you were writing. Both texts are below; nothing is lost."
        )
    else:
        said = gettext(
            "%(who)s saved this note at %(time)s while you were writing. Both texts are below; nothing is lost."
        )
    return said % values


def carried(posted: QueryDict, revision: int) -> list[tuple[str, str]]:
    """The fields to send again: as they were, on the revision that is shown, as a request of its own."""
    anew = {"revision": str(revision), "request_id": str(uuid4())}
    kept = [(name, value) for name, values in posted.lists() if name not in anew for value in values]
    return [(name, value) for name, value in kept if name != "csrfmiddlewaretoken"] + list(anew.items())
