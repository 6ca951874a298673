"""A file of a report as an answer: always to be saved, never guessed at."""

from __future__ import annotations

from django.http import HttpResponse

from tracker.publication.reports.words import TYPES


def as_download(data: bytes, form: str, name: str) -> HttpResponse:
    kind, end = TYPES[form]
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{end}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
