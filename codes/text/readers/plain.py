"""Plain text in any common encoding."""

from __future__ import annotations

import codecs
from pathlib import Path

from codes.text.nodes import Document, Line, TextError
from codes.text.readers import bluebell

MEDIA_TYPE = "text/plain"
_CANDIDATES = ["utf_8", "cp1251", "koi8_r", "cp1252", "iso8859_5", "cp866"]
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ODD = bytes(byte for byte in range(32) if byte not in b"\t\r\n\f\v\x1a")
_BINARY_SHARE = 0.01  # of control characters, from which a file is no text
_SAMPLE = 200_000  # bytes that are enough to tell an encoding
_UNREAD = "\ufffd"
_DAMAGED = 20  # characters beyond ASCII for each unreadable one, from which a text is UTF-8 all the same
_LINE_ENDS = ("\r\n", "\r", "\f", "\u2028", "\u2029")


def read(path: Path) -> Document:
    text = decode(path.read_bytes(), path.name)
    if bluebell.is_bluebell(text):
        return Document(tuple(Line(n, line) for n, line in bluebell.printed_lines(text)), MEDIA_TYPE)
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    return Document(tuple(map(Line._make, enumerate(text.split("\n"), 1))), MEDIA_TYPE, unread_notice(text))


def unread_notice(text: str) -> tuple[str, ...]:
    """What to tell a person about characters that no encoding gives."""
    count = text.count(_UNREAD)
    return (f"Characters that could not be read: {count}. They are shown as {_UNREAD}.",) if count else ()


def decode(data: bytes, name: str) -> str:
    """Text of the bytes: by byte-order mark, as UTF-8 where it is, else in the likeliest Cyrillic or Latin encoding.

    Raises `TextError` for what is no text.
    """
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = _guessed(data, name)
    encoded = text.encode(errors="replace")
    if len(encoded) - len(encoded.translate(None, _ODD)) > len(text) * _BINARY_SHARE:
        raise _not_text(name)
    return text.replace("\x00", "")


def _guessed(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  slow to load, and hardly ever needed

    if data.count(b"\x00") > len(data) * _BINARY_SHARE:
        raise _not_text(name)
    text = data.decode("utf-8", errors="replace")
    if text.count(_UNREAD) * _DAMAGED < sum(char > "\x7f" for char in text):
        return text  # UTF-8 with a few damaged bytes
    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    if best is None:
        raise _not_text(name)
    return data.decode(best.encoding, errors="replace")


def _not_text(name: str) -> TextError:
    return TextError(f"{name} is not a text file. Upload DOCX, PDF or HTML, or paste the text.")
