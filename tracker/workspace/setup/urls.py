"""Addresses of settings and of arriving, below `/w/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from tracker.workspace.setup import (
    account,
    arriving,
    contact,
    home,
    law,
    lists,
    mirror,
    outgoing,
    people,
    second_factors,
)

_FACTORS = "settings/account/factors/"
_PERSON = "settings/members/<str:handle>/"
_LAW = "settings/laws/<slug:law>/members/"

urlpatterns: list[URLPattern] = [
    path("join/<str:token>/", arriving.join, name="join"),
    path("reset/<str:token>/", arriving.reset, name="reset"),
    path("settings/", home.settings, name="settings"),
    path("settings/account/", account.account, name="account"),
    path("settings/account/password/", account.password, name="account-password"),
    path("settings/account/sessions/", account.end_session, name="account-sessions"),
    path("settings/account/contact/", contact.own, name="contact"),
    path("settings/account/contact/erase/", contact.erase, name="contact-erase"),
    path(_FACTORS, second_factors.overview, name="factors"),
    path(f"{_FACTORS}app/", second_factors.app, name="factors-app"),
    path(f"{_FACTORS}passkeys/options/", second_factors.passkey_options, name="factors-passkey-options"),
    path(f"{_FACTORS}passkeys/", second_factors.add_passkey, name="factors-passkey"),
    path(f"{_FACTORS}app/remove/", second_factors.remove_app, name="factors-app-remove"),
    path(f"{_FACTORS}passkeys/<int:pk>/remove/", second_factors.remove_passkey, name="factors-passkey-remove"),
    path(f"{_FACTORS}recovery-codes/", second_factors.recovery_codes, name="factors-recovery-codes"),
    path("settings/outgoing/", outgoing.outgoing, name="outgoing"),
    path("settings/mirror/", mirror.mirror, name="mirror"),
    path("settings/mirror/build/", mirror.build, name="mirror-build"),
    path("settings/mirror/mirror.zip", mirror.download, name="mirror-download"),
    path("settings/members/", people.everybody, name="people"),
    path(_PERSON, people.person, name="person"),
    path(f"{_PERSON}freeze/", people.freeze, name="person-freeze"),
    path(f"{_PERSON}lift/", people.lift, name="person-lift"),
    path(f"{_PERSON}appoint/", people.appoint, name="person-appoint"),
    path(f"{_PERSON}dismiss/", people.dismiss, name="person-dismiss"),
    path(f"{_PERSON}reset/", people.reset, name="person-reset"),
    path(f"{_PERSON}contact/", contact.opened, name="person-contact"),
    path(f"{_PERSON}roles/add/", people.add_role, name="person-add-role"),
    path(f"{_PERSON}roles/<slug:law>/change/", people.change_role, name="person-change-role"),
    path(f"{_PERSON}roles/<slug:law>/remove/", people.remove_role, name="person-remove-role"),
    path(_LAW, law.members, name="law-members"),
    path(f"{_LAW}invite/", law.invite, name="law-invite"),
    path(f"{_LAW}invitations/<int:invitation>/take-back/", law.take_back, name="law-take-back"),
    path(f"{_LAW}join/", law.join, name="law-join"),
    *lists.patterns(),
]
