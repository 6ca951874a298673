"""Typesetting with typst, inside the box only. Words are data that a fixed template reads, never part of what is
compiled; the fonts are those inside typst, so that every machine draws the same.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import typst

TEMPLATES = Path(__file__).with_name("drawings")
PIXELS_PER_INCH = 144


def ready() -> None:
    """Start the one thread that typst works with. The box calls this before it forbids new ones, when nothing that
    came from outside was looked at yet.
    """
    os.environ["RAYON_NUM_THREADS"] = "1"
    typst.compile(b"", format="png", ignore_system_fonts=True)


def picture(template: str, folder: Path) -> bytes:
    """The PNG of a template that reads its data from files of this folder."""
    shutil.copyfile(TEMPLATES / template, folder / template)
    made = typst.compile(folder / template, root=folder, format="png", ppi=PIXELS_PER_INCH, ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made
