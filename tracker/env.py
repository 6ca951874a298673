"""Typed readers of the environment. Each fails with a sentence that names the variable and what to set."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from tracker import local

__all__ = ["ImproperlyConfigured", "databases", "flag", "is_demo", "number", "secret", "text", "words"]

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
    return not any(os.environ.get(name) for name in [*DATABASE_VARIABLES.values(), "SECRET_KEY", "SECRET_KEY_FILE"])


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


def number(name: str) -> int:
    value = text(name)
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
    """A secret from NAME, or from the file that NAME_FILE names. Missing, short and readable-by-all ones are refused."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        if Path(path).stat().st_mode & stat.S_IROTH:
            raise ImproperlyConfigured(f"The file of {name} can be read by everybody. Run chmod 600 on it.")
        value = Path(path).read_text(encoding="utf-8").strip()
    else:
        value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Set it, or {name}_FILE, to at least {SHORTEST_SECRET} random characters.")
    if len(value) < SHORTEST_SECRET or len(set(value)) < 10 or value.startswith("demo-only-"):
        raise ImproperlyConfigured(f"{name} is too simple. Set it to at least {SHORTEST_SECRET} random characters.")
    return value


def databases() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: one database behind up to four roles. Nothing set: the embedded server of this checkout."""
    common = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    if not any(os.environ.get(name) for name in DATABASE_VARIABLES.values()):
        return {alias: {**common, **params} for alias, params in local.database_params().items()}
    found = {
        alias: {**common, **_database(name)} for alias, name in DATABASE_VARIABLES.items() if os.environ.get(name)
    }
    if "default" not in found:  # a public process has no application role: whatever asks for it fails aloud
        found["default"] = {"ENGINE": "django.db.backends.dummy"}
    return found


def _database(name: str) -> dict[str, Any]:
    url = urlsplit(text(name))
    if url.scheme not in {"postgres", "postgresql"} or not url.path.strip("/"):
        raise ImproperlyConfigured(f"{name} is not a database address. Set it to postgresql://user:password@host/name.")
    return {
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
    }
