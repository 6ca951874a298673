"""Whether the parts answer: `/livez` for a load balancer, `/healthz` for people and the demo."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError

from tracker.celery import app
from tracker.jobs import services


@require_safe
@login_not_required
def livez(_request: HttpRequest) -> JsonResponse:
    """Process and database only: losing Redis must not take the site down."""
    return _answer({"database": services.database_answers()})


@require_safe
@login_not_required
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when database, broker and worker answer, else 503 naming what does not."""
    database = services.database_answers()
    return _answer(
        {"database": database, "broker": _broker_answers(), "worker": database and services.worker_answers()}
    )


def _answer(parts: dict[str, bool]) -> JsonResponse:
    silent = [name for name, answers in parts.items() if not answers]
    answer = JsonResponse({"ok": not silent, "not answering": silent}, status=503 if silent else 200)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # it is an answer, not an error of ours
    return answer


def _broker_answers() -> bool:
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=1)
    except (BrokerError, OSError):
        return False
    return True
