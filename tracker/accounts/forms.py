from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Wrong:
    """One line of the summary of errors above a form."""

    label: str | Promise
    field: str
    error: str


class PlainForm(forms.Form):
    """What `accounts/form.html` draws: a summary of errors above, label and hint over each field, its error beside."""

    @property
    def wrong(self) -> list[Wrong]:
        return [
            Wrong(field.label, field.id_for_label, str(error)) for field in self for error in field.errors
        ]  # fmt: skip


class SignInForm(PlainForm):
    handle = forms.CharField(
        label=_("Handle"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(PlainForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
