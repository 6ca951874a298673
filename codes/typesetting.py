"""Typesetting with typst, inside the box only. Words are data that a fixed template reads, never part of what is
compiled; the fonts are those inside typst and its two packages of Noto, so that every machine draws the same.
"""

from __future__ import annotations

import json
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import typst

TEMPLATES = Path(__file__).with_name("drawings")
PIXELS_PER_INCH = 144
# Letters that the fonts hold for sure: Latin, Greek, Cyrillic, and the signs of running text.
_KNOWN = ((0x20, 0x24F), (0x384, 0x3CE), (0x400, 0x52F), (0x2010, 0x2027), (0x2030, 0x203A))
MISSING = "□"


def ready() -> None:
    """Start the one thread that typst works with. The box calls this before it forbids new ones, when nothing that
    came from outside was looked at yet.
    """
    os.environ["RAYON_NUM_THREADS"] = "1"
    typst.compile(b"", format="png", ignore_system_fonts=True)


def pictures(template: str, folder: Path) -> list[bytes]:
    """The pages of a template, which reads its data from files of this folder, each as PNG."""
    _lay_out(folder)
    made: bytes | list[bytes] = typst.compile(
        folder / template, root=folder, format="png", ppi=PIXELS_PER_INCH, ignore_system_fonts=True, font_paths=_fonts()
    )
    return [made] if isinstance(made, bytes) else list(made)


def document(template: str, data: Path) -> bytes:
    """The PDF/UA-1 of a template that reads `data`. A character that no font holds becomes `MISSING`: the standard
    forbids a glyph that stands for nothing.
    """
    folder = data.parent
    _lay_out(folder)
    said = data.read_text(encoding="utf-8")
    absent = _absent({each for each in said if not _known(each)}, folder)
    if absent:
        data.write_text(said.translate({ord(each): MISSING for each in absent}), encoding="utf-8")
    return _pdf(folder / template)


def _pdf(file: Path) -> bytes:
    made = typst.compile(
        file, root=file.parent, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True, font_paths=_fonts()
    )
    assert isinstance(made, bytes)
    return made


def _known(character: str) -> bool:
    return character in "\n\t" or any(first <= ord(character) <= last for first, last in _KNOWN)


def _absent(characters: set[str], folder: Path) -> set[str]:
    """Those that no font holds: all are tried together, and one by one only where that fails."""
    if not characters or _draws(characters, folder):
        return set()
    return {each for each in characters if not _draws({each}, folder)}


def _draws(characters: set[str], folder: Path) -> bool:
    (folder / "characters.json").write_text(json.dumps(sorted(characters)), encoding="utf-8")
    try:
        _pdf(folder / "characters.typ")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return False
    return True


def _lay_out(folder: Path) -> None:
    for file in TEMPLATES.glob("*.typ"):
        shutil.copyfile(file, folder / file.name)


def _fonts() -> list[Path]:
    found = [find_spec(f"fontpkg_noto_{name}") for name in ("sans", "serif")]
    return [Path(each.origin).parent / "files" for each in found if each is not None and each.origin]
