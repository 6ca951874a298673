"""The embedded default: real PostgreSQL and real Redis as children of the command that needs them.

`DATABASE_URL` and `REDIS_URL` given: nothing is started. This package imports neither Django nor the apps.
"""

from __future__ import annotations

from tracker.local.places import DATABASE, ROLES, Places

__all__ = ["Places", "database_params", "ensure_servers", "redis_url"]


def ensure_servers(places: Places | None = None) -> None:
    """Make the embedded servers answer, unless the environment names others; they end with the last user."""
    from tracker.local import shared  # noqa: PLC0415  settings import this package and need no psycopg

    shared.ensure_servers(places)


def database_params(places: Places | None = None) -> dict[str, dict[str, str]]:
    """Connection settings of the embedded server for each of the four roles."""
    here = places or Places.default()
    return {
        alias: {"NAME": DATABASE, "USER": role, "HOST": str(here.runtime), "PASSWORD": "", "PORT": ""}
        for alias, role in ROLES.items()
    }


def redis_url(places: Places | None = None) -> str:
    """The embedded broker's address as Celery spells it."""
    here = places or Places.default()
    return f"redis+socket://{here.redis_socket}?virtual_host=0"
