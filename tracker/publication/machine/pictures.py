"""The picture that shared links show: the headline as PNG, drawn in the box from data."""

from __future__ import annotations

import json
import tempfile
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from codes import box
from codes.text.nodes import TextError
from tracker.publication.machine.embeds import as_of
from tracker.publication.pages import overview as overview_page
from tracker.publication.pages import words
from tracker.publication.site import Missing, Site
from tracker.publication.views.pages import overview_document

KEPT = 60  # pictures in memory: every law in every language of the newest release
SENTENCES = 3
WALL = 20  # seconds


def headline(request: HttpRequest, site: Site, *, law: str) -> HttpResponse:
    found = overview_page.overview(overview_document(site, law), {})
    foot = f"{gettext('Draft Law Monitor')} · {gettext('As of %(day)s.') % {'day': as_of(site)}}"
    data = {
        "language": site.language,
        "name": words.say(found.document["law"]["names"]),
        "sentences": found.sentences[:SENTENCES],
        "foot": foot,
    }
    try:
        picture = drawn(json.dumps(data, ensure_ascii=False, sort_keys=True))
    except TextError:
        raise Missing(gettext("The picture cannot be drawn at the moment.")) from None
    return HttpResponse(picture, content_type="image/png")


@lru_cache(maxsize=KEPT)
def drawn(data: str) -> bytes:
    """The PNG for these words. Raises `TextError` when the box fails, which is not kept."""
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        file = Path(folder) / "data.json"
        file.write_text(data, encoding="utf-8")
        return box.run("codes.drawing", ["headline", file.name], file=file, name=file.name, wall=WALL)
