"""The offline copies as downloads: the whole record, its checksum, one law. `tracker.publication.mirror` makes them."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tracker.publication.machine.serving import DATA_POLICY
from tracker.publication.mirror import standing
from tracker.publication.views.public import NAMING


@require_safe
def whole(request: HttpRequest) -> HttpResponseBase:
    return _file(request, standing.archive(), "mirror.zip")


@require_safe
def checksum(request: HttpRequest) -> HttpResponseBase:
    found = standing.archive()
    return _file(request, found and found.with_name("mirror.zip.sha256"), "mirror.zip.sha256")


@require_safe
def law(request: HttpRequest, lang: str, law: str) -> HttpResponseBase:
    """`lang` chooses nothing: the archive holds all languages, as the page that it lies beside has all."""
    return _file(request, standing.archive(law), f"{law}.zip")


def _file(request: HttpRequest, found: Path | None, name: str) -> HttpResponseBase:
    """The file as a download; asked for again each time, since a name may have been taken out of it."""
    if found is None or not found.is_file():
        sentence = gettext("There is no offline copy here yet.")
        response: HttpResponseBase = HttpResponse(f"{sentence}\n", status=404, content_type="text/plain; charset=utf-8")
    else:
        stat = found.stat()
        etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        response = get_conditional_response(request, etag=etag) or FileResponse(
            found.open("rb"), as_attachment=True, filename=name
        )
        response["ETag"], response["Cache-Control"] = etag, NAMING
    response["Content-Security-Policy"] = DATA_POLICY
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
