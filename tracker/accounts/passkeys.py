"""Passkeys by the rules of WebAuthn: what is asked of the browser, and whether its answer holds.

A member's challenge lives in the session, a stranger's in a signed cookie; each is answered once. A passkey verifies
its owner (a finger, a PIN), so it stands for password and second factor together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import webauthn
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tracker.accounts.models import Passkey, User
from tracker.accounts.services import factors
from tracker.common.fieldkeys import digest

CHALLENGE = "_challenge"
COOKIE, ANSWERED_WITHIN = "passkey-challenge", 5 * 60  # seconds
Checked = TypeVar("Checked")


def options_to_add(request: HttpRequest, user: User) -> str:
    """JSON for the browser that is to make a passkey for this member."""
    known = [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential)) for key in factors.of(user).passkeys]
    options = webauthn.generate_registration_options(
        rp_id=_domain(request),
        rp_name=factors.ISSUER,
        user_id=str(user.pk).encode(),
        user_name=user.handle,
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    request.session[CHALLENGE] = bytes_to_base64url(options.challenge)
    return webauthn.options_to_json(options)


def add(request: HttpRequest, user: User, name: str, credential: str) -> list[str] | None:
    """Keep the passkey that the browser made. Returns new recovery codes, or None when the answer does not hold."""
    challenge = _challenge(request)
    made = _checked(
        lambda: webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_domain(request),
            expected_origin=_origin(request),
            require_user_verification=True,
        )
    )
    if made is None:
        return None
    return factors.add_passkey(
        user=user,
        name=name,
        credential=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        keep=request.session.session_key,
    )


def options_to_sign_in(request: HttpRequest) -> HttpResponse:
    """JSON for a browser that may hold a passkey of any member: nothing tells who has one.

    Whoever asks is a stranger yet and gets no row in a table: the challenge goes into a signed cookie.
    """
    options = webauthn.generate_authentication_options(
        rp_id=_domain(request), user_verification=UserVerificationRequirement.REQUIRED
    )
    response = HttpResponse(webauthn.options_to_json(options), content_type="application/json")
    response.set_signed_cookie(
        COOKIE,
        bytes_to_base64url(options.challenge),
        salt=COOKIE,
        max_age=ANSWERED_WITHIN,
        path="/w/sign-in/",
        secure=not settings.DEMO,
        httponly=True,
        samesite="Strict",
    )
    return response


def member_of(request: HttpRequest, credential: str) -> User | None:
    """The member whose passkey answered the challenge, or None. An answer that opened an account opens none again."""
    asked = request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=ANSWERED_WITHIN) or ""
    challenge = base64url_to_bytes(asked) or b"none was asked"
    parsed = _checked(lambda: webauthn.helpers.parse_authentication_credential_json(credential))
    key = None if parsed is None else _key(bytes_to_base64url(parsed.raw_id))
    if key is None:
        return None
    answered = _checked(
        lambda: webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_domain(request),
            expected_origin=_origin(request),
            credential_public_key=bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    )
    if answered is None:
        return None
    if not cache.add(f"passkey answer {digest(asked)}", True, ANSWERED_WITHIN):
        return None
    factors.note_passkey_use(key, answered.new_sign_count)
    return key.user


def _key(credential: str) -> Passkey | None:
    return Passkey.objects.select_related("user").filter(credential=credential).first()


def _checked(check: Callable[[], Checked]) -> Checked | None:
    """None where the library says that an answer does not hold or is no answer at all."""
    try:
        return check()
    except WebAuthnException:
        return None


def _challenge(request: HttpRequest) -> bytes:
    """The challenge that this session was given; an answer is heard once."""
    return base64url_to_bytes(request.session.pop(CHALLENGE, "")) or b"none was asked"


def _domain(request: HttpRequest) -> str:
    return request.get_host().rpartition(":")[0] or request.get_host()


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
