"""How a sending may fail, the same for both ways out. The sentences are shown to members and never name an address."""

from __future__ import annotations


class Away(Exception):
    """Not now; try again later."""


class Refused(Exception):
    """Never; trying again would not help."""
