"""What people type: plain text in paragraphs, composed, and without characters that change what is seen unseen."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext

# Controls but tab and line end, overrides and isolates of direction, and halves of characters.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_STORABLE = re.compile("[\x00\ud800-\udfff]")


def plain(text: str, *, longest: int) -> str:
    """Typed text as it is stored: NFC, one kind of line end, no blanks at the ends. Raises `ValidationError`."""
    found = _REFUSED.search(text.replace("\r\n", "\n").replace("\r", "\n"))
    if found:
        code = f"U+{ord(found.group()):04X}"
        raise ValidationError(
            gettext("This text holds a character that is not seen (%(code)s). Type the words anew.") % {"code": code}
        )
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    kept = "\n".join(line.rstrip() for line in lines).strip()
    over = len(kept) - longest
    if over > 0:
        said = ngettext("Shorten this by %(n)s character.", "Shorten this by %(n)s characters.", over)
        raise ValidationError(said % {"n": over})
    return kept


def storable(text: str) -> str:
    """Text that was not accepted, kept as it was typed but for what the database cannot hold."""
    return _STORABLE.sub("", text)
