"""The form to follow something, and the rules of its addresses; the worker checks what arrives by the same rules."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext, gettext_lazy

from tracker.common.typed import plain

KIND = "follow"  # of the rows in the intake
LONGEST_MAIL, LONGEST_WEBHOOK = 254, 500
RHYTHMS = [
    ("at_once", gettext_lazy("At once, after each release")),
    ("daily", gettext_lazy("Once a day, when something changed")),
    ("weekly", gettext_lazy("Once a week, on Monday, when something changed")),
]
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
_PATH = re.compile(r"[!-~]*")  # printable ASCII without a blank: nothing that could begin another header


def checked_address(typed: str) -> str:
    """A mail address; its domain in small letters. Raises `ValidationError`."""
    address = plain(typed, longest=LONGEST_MAIL)
    validate_email(address)
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.lower()}"


def checked_webhook(typed: str) -> str:
    """An https address on port 443 with a host name. Where the name leads is checked at each sending."""
    address = plain(typed, longest=LONGEST_WEBHOOK)
    try:
        parts = urlsplit(address)
        port, host = parts.port, (parts.hostname or "")
    except ValueError:
        parts, port, host = urlsplit(""), None, ""
    if parts.scheme != "https" or port not in {None, 443} or "@" in parts.netloc or "#" in address:
        raise ValidationError(gettext("Type an address that begins with https:// and names no port, person or place."))
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(address):
        raise ValidationError(gettext("Type the address with the name of its host, in plain letters and digits."))
    return f"https://{host}{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


class FollowForm(forms.Form):
    """`about` is "law", "law/topics/slug" or "law/p/key"; the choices are what the record shows."""

    about = forms.ChoiceField(label=gettext_lazy("What you want to follow"))
    address = forms.CharField(
        label=gettext_lazy("Your mail address"),
        max_length=LONGEST_MAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=RHYTHMS, widget=forms.RadioSelect, initial="at_once"
    )

    def __init__(self, *args: Any, choices: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        about: Any = self.fields["about"]
        about.choices = choices

    def clean_address(self) -> str:
        return checked_address(self.cleaned_data["address"])

    @property
    def wrong(self) -> list[dict[str, str]]:
        """For the summary of errors above the form."""
        return [
            {"field": self[name].id_for_label, "label": str(self[name].label), "error": str(errors[0])}
            for name, errors in self.errors.items()
        ]


class WebhookForm(FollowForm):
    address = forms.CharField(
        label=gettext_lazy("Address of your program"),
        max_length=LONGEST_WEBHOOK,
        help_text=gettext_lazy("It begins with https:// and answers on the usual port."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )

    def clean_address(self) -> str:
        return checked_webhook(self.cleaned_data["address"])


def split_about(about: str) -> dict[str, str]:
    """Law, scope and key of a choice."""
    law, _, rest = about.partition("/")
    kind, _, key = rest.partition("/")
    return {"law": law, "scope": {"topics": "topic", "p": "provision"}.get(kind, "law"), "key": key}
