"""Typed readers of the environment. Each fails with a sentence that names the variable and what to set.

Nothing set at all means the demo: the embedded servers of this checkout, on 127.0.0.1. Anything that names a database
or a secret means production, and then everything that production needs must be set.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from tracker import local

__all__ = [
    "ImproperlyConfigured",
    "broker_url",
    "databases",
    "field_keys",
    "flag",
    "is_demo",
    "number",
    "optional",
    "secret",
    "text",
    "words",
]

SHORTEST_SECRET = 50
# Which variable names the connection of each database role; a process gets only those it needs.
DATABASE_VARIABLES = {
    "default": "DATABASE_URL",
    "owner": "OWNER_DATABASE_URL",
    "public": "PUBLIC_DATABASE_URL",
    "intake": "INTAKE_DATABASE_URL",
}


def is_demo() -> bool:
    """True on a machine where nothing was set: the embedded servers and the demo's accounts."""
    return not any(_is_set(name) for name in [*DATABASE_VARIABLES.values(), "SECRET_KEY"])


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment; docs/operations.md says to what.")
    return value


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 or 0.")
    return value == "1"


def number(name: str, default: int | None = None) -> int:
    value = text(name, None if default is None else str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number.")
    return int(value)


def words(name: str, default: list[str] | None = None) -> list[str]:
    """A comma-separated list."""
    value = os.environ.get(name)
    if value is None and default is not None:
        return default
    return [word.strip() for word in text(name).split(",") if word.strip()]


def secret(name: str) -> str:
    """A secret from NAME, or from the file that NAME_FILE names. Missing, short, default, exposed ones are refused."""
    value = _value(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it, or {name}_FILE, to at least {SHORTEST_SECRET} random characters."
        )
    if len(value) < SHORTEST_SECRET or len(set(value)) < 10 or value.startswith(("demo-only-", "django-insecure-")):
        raise ImproperlyConfigured(
            f"{name} is too easy to guess. Set it to at least {SHORTEST_SECRET} random characters."
        )
    return value


def optional(name: str) -> str:
    """A value that another server gave out, from NAME or the file NAME_FILE; "" when there is none."""
    return _value(name)


def field_keys(name: str) -> list[str]:
    """The keys that single values are encrypted with, the newest first, separated by commas.

    Each is 32 random bytes in URL-safe base64; changing keys means putting a new one in front.
    """
    keys = [key.strip() for key in _value(name).split(",") if key.strip()]
    if not keys:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it, or {name}_FILE, to 32 random bytes in URL-safe base64; "
            "deploy/new_secrets.py makes one."
        )
    for key in keys:
        if not _is_field_key(key):
            raise ImproperlyConfigured(f"{name} holds a key that is not 32 random bytes in URL-safe base64.")
    return keys


def _is_field_key(key: str) -> bool:
    try:
        value = base64.urlsafe_b64decode(key)
    except (binascii.Error, ValueError):
        return False
    return len(value) == 32 and len(set(value)) > 10


def databases() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: one database behind up to four roles. Nothing set: the embedded server of this checkout."""
    common = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    found = {alias: {**common, **_database(name)} for alias, name in DATABASE_VARIABLES.items() if _is_set(name)}
    if not found:
        found = {alias: {**common, **params} for alias, params in local.database_params().items()}
    if "public" in found:  # public pages ask one small question each; `views/kept.py` finds a connection that broke
        found["public"]["CONN_MAX_AGE"] = 60
    if "default" not in found:  # a public process has no application role: whatever asks for it fails aloud
        found["default"] = {"ENGINE": "django.db.backends.dummy"}
    return found


def broker_url() -> str:
    """Where Celery's messages go. Only the demo has a Redis of its own."""
    if _is_set("REDIS_URL"):
        return _value("REDIS_URL")
    if is_demo():
        return local.redis_url()
    raise ImproperlyConfigured(
        "REDIS_URL is not set. Set it to the address of the message broker, redis://host:6379/0."
    )


def _is_set(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def _value(name: str) -> str:
    """The value of NAME or the content of the file NAME_FILE; empty when neither is set."""
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name, "")
    try:
        readable_by_all = Path(path).stat().st_mode & stat.S_IROTH
        value = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path}, which {name}_FILE names, cannot be read ({error.strerror}). Name a file this process may read."
        ) from None
    if readable_by_all:
        raise ImproperlyConfigured(f"{path}, which {name}_FILE names, can be read by everybody. Run chmod 400 on it.")
    return value


def _database(name: str) -> dict[str, Any]:
    try:
        url = urlsplit(_value(name))
        port = str(url.port or "")
    except ValueError:  # a password with / or : that was not percent-encoded
        url, port = urlsplit(""), ""
    if url.scheme not in {"postgres", "postgresql"} or not url.path.strip("/"):
        raise ImproperlyConfigured(
            f"{name} is not a database address. Set it to postgresql://user:password@host/name, percent-encoded."
        )
    return {
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": port,
    }
