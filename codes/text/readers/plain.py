"""Plain text in any common encoding."""

from __future__ import annotations

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from codes.text.nodes import Document, Line, TextError

MEDIA_TYPE = "text/plain"
_CANDIDATES = ["utf_8", "cp1251", "koi8_r", "cp1252", "iso8859_5", "cp866"]
_BINARY_SHARE = 0.01


def read(path: Path) -> Document:
    return Document(tuple(Line(n, text) for n, text in enumerate(decode(path.read_bytes(), path.name).splitlines(), 1)), MEDIA_TYPE)


def decode(data: bytes, name: str) -> str:
    """Text of the bytes: UTF-8 where it is, a byte-order mark where there is one, else the likeliest Cyrillic encoding."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(data, cp_isolation=_CANDIDATES).best()
        if best is None:
            raise TextError(f"{name} is not a text file. Upload DOCX, PDF or HTML, or paste the text.") from None
        text = str(best)
    odd = sum(char < " " and char not in "\t\r\n\f\v" for char in text)
    if odd > len(text) * _BINARY_SHARE:
        raise TextError(f"{name} is not a text file. Upload DOCX, PDF or HTML, or paste the text.")
    return text
