"""What the scheduler asks for. Each is safe to run twice; nothing is lost when one is missed."""

from __future__ import annotations

from celery import shared_task

from tracker.follow.services import keeping, requests, sending, telling


@shared_task
def look() -> None:
    """Do what public forms asked for, and see what the newest releases mean for whom."""
    requests.receive()
    telling.note()
    telling.gather()


@shared_task
def send() -> None:
    """In the process that has a way out."""
    sending.send_due()


@shared_task
def forget() -> None:
    keeping.forget()
