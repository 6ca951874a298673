"""The way out for mail: Django's backend, plain text, no picture, nothing that tells us whether it was opened."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass

from django.core.mail import EmailMessage

from tracker.follow.outlets import Away, Refused


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str
    headers: dict[str, str]


def deliver(letter: Letter, address: str) -> None:
    """Hand one mail over. Raises `Away` and `Refused`."""
    mail = EmailMessage(letter.subject, letter.body, to=[address], headers=letter.headers)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _ in error.recipients.values()):
            raise Refused("The mail server does not accept this address.") from None
        raise Away("The mail server does not accept this address now.") from None
    except (smtplib.SMTPException, OSError) as error:
        raise Away(f"The mail server does not answer as it should ({type(error).__name__}).") from None
