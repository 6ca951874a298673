"""The shapes of what is sent; the meaning is the services' matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tracker.accounts.forms import PlainForm, Wrong
from tracker.accounts.roles import Role

CONTACT_LENGTH = 500
ROLE_WORDS = {
    Role.READER: _("reader: reads drafts"),
    Role.ANALYST: _("analyst: writes notes and verdicts, adds texts"),
    Role.REVIEWER: _("reviewer: publishes what others wrote"),
    Role.ADVOCATE: _("advocate: reads drafts and makes exports"),
}
ROLE_NAMES = {
    Role.READER: _("reader"),
    Role.ANALYST: _("analyst"),
    Role.REVIEWER: _("reviewer"),
    Role.ADVOCATE: _("advocate"),
}


def password(label: Any, hint: Any = "", *, new: bool = False) -> forms.CharField:
    """A password field that password managers know: paste is allowed, nothing is stripped."""
    kind = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
    )


def new_password() -> forms.CharField:
    return password(_("New password"), _("At least 12 characters. Several words are easy to remember."), new=True)


def reason() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Everybody in the law can read it in the log of members.")
    )


def role() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Role"), choices=list(ROLE_WORDS.items()))


class ConfirmForm(PlainForm):
    """What asks who is there before a change of sign-in."""

    current = password(_("Your password"), _("Asked before every change of how you sign in."))


class PasswordForm(PlainForm):
    current = password(_("Current password"))
    password = new_password()


class AppForm(ConfirmForm):
    code = forms.CharField(
        label=_("Code from the app"),
        max_length=10,
        help_text=_("Six digits. They change every 30 seconds."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    field_order = ("code", "current")


class PasskeyForm(ConfirmForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=40, help_text=_("For example: work laptop"))
    credential = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("name", "current")


class ChoicesForm(PlainForm):
    language = forms.ChoiceField(label=_("Language of the workspace"), choices=settings.LANGUAGES)
    shortcuts = forms.BooleanField(
        label=_("Single keys act on pages"),
        required=False,
        help_text=_("For example n for the next change. Switch off if you dictate or press keys by accident."),
    )


class ContactForm(PlainForm):
    words = forms.CharField(
        label=_("Contact"),
        help_text=_("For example a telephone number, or a colleague who knows where you are. At most 500 characters."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def wrong(self) -> list[Wrong]:
        """An error of the hidden revision is said in words; its link leads to the text."""
        lines = super().wrong
        return [Wrong(self["words"].label, self["words"].id_for_label, str(line.error)) for line in lines]


class BeginForm(PlainForm):
    """An invited person: a handle of their own and a password."""

    handle = forms.CharField(
        label=_("Handle"),
        max_length=30,
        help_text=_("2 to 30 small letters, digits, - or _; begins with a letter. No real name is needed."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = new_password()


class NewPasswordForm(PlainForm):
    password = new_password()


class ReasonForm(PlainForm):
    reason = reason()


class RoleForm(PlainForm):
    role = role()
    reason = reason()


class ChangeRoleForm(RoleForm):
    was = forms.CharField(widget=forms.HiddenInput, max_length=20)


class AddRoleForm(RoleForm):
    law = forms.ChoiceField(label=_("Law"))
    field_order = ("law", "role", "reason")

    def __init__(self, *values: Any, laws: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*values, **named)
        self.fields["law"].choices = laws  # type: ignore[attr-defined]  # the stubs know only the base class

    @property
    def has_choices(self) -> bool:
        return bool(self.fields["law"].choices)  # type: ignore[attr-defined]
