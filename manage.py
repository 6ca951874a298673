#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL the embedded servers are started for the command."""

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    os.chdir(Path(__file__).resolve().parent)
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    from tracker.local.shared import ensure_servers  # noqa: PLC0415

    if not os.environ.get("SERVERS_RUNNING") and not {"help", "--help", "check"} & set(sys.argv[1:2]):
        ensure_servers()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
