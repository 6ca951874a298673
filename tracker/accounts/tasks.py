"""Housekeeping of sign-in."""

from __future__ import annotations

from celery import shared_task

from tracker.accounts.services import sessions


@shared_task
def forget_ended_sessions() -> int:
    """Delete the rows of sessions whose time is over; how many. Nobody asks later who was there."""
    return sessions.forget_ended()
