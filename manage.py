#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL the embedded servers are started for the command."""

import os
import sys

# These look at code only; starting servers for them would be a waste.
WITHOUT_SERVERS = {"help", "--help", "-h", "--version", "version", "collectstatic", "findstatic", "diffsettings"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    from tracker.local import ensure_servers  # noqa: PLC0415

    if not os.environ.get("SERVERS_RUNNING") and not WITHOUT_SERVERS & set(sys.argv[1:2] or ["help"]):
        ensure_servers()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
