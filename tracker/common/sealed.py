"""A column that names a person holds only ciphertext, in its table, in its history and in every backup.

Each person has a row key (`tracker.accounts.models.PersonalKey`), wrapped by the field keys of the environment. What is
sealed names its key, "{id of the key}:{ciphertext}", so one field stands alone: any model may have it, and its history
rows open with the same key for as long as that exists. Erasing a person is deleting the key: append-only rows stay, and
nobody can read them any more. `tracker.accounts.services.personal` seals, opens and erases.

What has to be found again (a subscriber's mail address, which may come once) is sealed in one `SealedField`, and beside
it stands a unique column with an HMAC of the lower-cased address under a key derived from the *oldest* field key: that
one stays the same when a newer is put in front. Such an index is a trace of the person too, so its table keeps no
history and the row goes when the key goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import DataError, models

if TYPE_CHECKING:
    Text = models.TextField[Any, Any]
else:
    Text = models.TextField

SEALED = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[A-Za-z0-9_-]{98,}={0,2}")


class SealedField(Text):
    """Text that only its person's key opens. Anything but ciphertext is refused before it reaches the database."""

    def get_prep_value(self, value: Any) -> Any:
        if value is not None and not SEALED.fullmatch(str(value)):
            raise DataError("This column takes only what was sealed with a person's key.")  # the words are not said
        return super().get_prep_value(value)
