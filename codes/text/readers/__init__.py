"""Files → lines. The type is found in the content, never in the name or a header."""

from __future__ import annotations

from pathlib import Path

from codes.text.nodes import Document, TextError
from codes.text.readers import docx, html, pdf, plain, xml

LARGEST = 40 * 1024 * 1024


def media_type(path: Path) -> str:
    """The type of a file by its first bytes."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"%PDF-"):
        return pdf.MEDIA_TYPE
    if head.startswith(b"PK\x03\x04"):
        return docx.MEDIA_TYPE
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<?xml") and b"<html" not in start:
        return (
            xml.MEDIA_TYPE
            if b"akomantoso" in start
            else xml.BILL_TYPE
            if b"<bill" in start or b"<resolution" in start
            else html.MEDIA_TYPE
        )
    if start.startswith((b"<akomantoso", b"<an:akomantoso")):
        return xml.MEDIA_TYPE
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<p", b"<meta")):
        return html.MEDIA_TYPE
    return plain.MEDIA_TYPE


def read(path: Path) -> Document:
    """Read any file the product accepts. Raises `TextError` with one plain sentence and the way out."""
    if not path.is_file():
        raise TextError(f"There is no file {path.name}.")
    size = path.stat().st_size
    if size == 0:
        raise TextError(f"{path.name} is empty. Choose another file.")
    if size > LARGEST:
        raise TextError(
            f"The file is {size // 2**20} MB. The limit is {LARGEST // 2**20} MB. Remove images or split it."
        )
    kind = media_type(path)
    readers = {pdf.MEDIA_TYPE: pdf.read, docx.MEDIA_TYPE: docx.read, html.MEDIA_TYPE: html.read, xml.BILL_TYPE: xml.read_bill,
               xml.MEDIA_TYPE: xml.read_akn, plain.MEDIA_TYPE: plain.read}  # fmt: skip
    return readers[kind](path)
