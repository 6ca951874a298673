"""`python -m tracker.local.prepare`: what the demo needs before worker and web start. Safe to run any number of times.

One process for all of it, since starting Django is what takes the time. Progress goes to standard error; standard
output is the list of the demo's accounts, which the supervisor prints when everything runs.
"""

from __future__ import annotations

import os
import sys

import django
from django.core.management import CommandError, call_command


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    try:
        call_command("migrate", database="owner", verbosity=0, stdout=sys.stderr)
        call_command("collectstatic", interactive=False, verbosity=0, stdout=sys.stderr)
        call_command("load_demo", stdout=sys.stderr)
        call_command("demo_accounts")
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
