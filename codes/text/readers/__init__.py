"""Files → lines. The type is found in the content, never in the name or a header."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from codes.text.nodes import Document, TextError

LARGEST = 40 * 1024 * 1024
AKOMA_NTOSO = "application/akn+xml"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Type → (module, function). A reader is loaded when a file needs it: each brings a large library.
_READERS = {
    "application/pdf": ("pdf", "read"),
    _DOCX: ("docx", "read"),
    "text/html": ("html", "read"),
    "application/xml": ("xml", "read_bill"),
    AKOMA_NTOSO: ("xml", "read_akn"),
    "text/plain": ("plain", "read"),
}
_UNREADABLE = (
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc) or has a password"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "an archive"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"AT&TFORM", "a DjVu file"),
)
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<p", b"<meta", b"<table", b"<span", b"<h1")


def media_type(path: Path) -> str:
    """The type of a file by its first bytes."""
    with path.open("rb") as file:
        head = file.read(8192)
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head.startswith(b"PK"):
        return _DOCX
    return _markup(head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()) or "text/plain"


def _markup(start: bytes) -> str:
    if b"<akomantoso" in start or b":akomantoso" in start:
        return AKOMA_NTOSO
    if start.startswith(b"<?xml") and b"<html" not in start and b"<!doctype html" not in start:
        is_bill = b"<bill" in start or b"<resolution" in start or b"<engrossed-amendment" in start
        return "application/xml" if is_bill else "text/html"
    return "text/html" if start.startswith((*_PAGE_STARTS, b"<?xml")) else ""


def read(path: Path, *, tracked: str = "accepted") -> Document:
    """Read any file the product accepts. Raises `TextError` with one plain sentence and the way out.

    `tracked` says whether the tracked changes of a Word file are "accepted" or "refused".
    """
    if not path.is_file():
        raise TextError(f"There is no file {path.name}. Check the path.")
    size = path.stat().st_size
    if size > LARGEST:
        raise TextError(
            f"{path.name} is {size // 2**20} MB. The limit is {LARGEST // 2**20} MB. Remove images or split it."
        )
    with path.open("rb") as file:
        head = file.read(64)
    kind = next((kind for start, kind in _UNREADABLE if head.startswith(start)), "")
    if kind:
        raise TextError(f"{path.name} is {kind}. Upload DOCX, PDF or HTML, or paste the text.")
    module, function = _READERS[media_type(path)]
    options = {"tracked": tracked} if module == "docx" else {}
    document = cast(Document, getattr(import_module(f"codes.text.readers.{module}"), function)(path, **options))
    if not any(line.text.strip() for line in document.lines):
        raise TextError(f"{path.name} is empty. Choose another file.")
    return document
