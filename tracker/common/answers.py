"""A permission answers with its reason, so that the service refuses and the page explains with the same words."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True, slots=True)
class Answer:
    """Empty reason: yes."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason

    def require(self) -> None:
        """Raise `PermissionDenied` with the reason unless the answer is yes."""
        if self.reason:
            raise PermissionDenied(self.reason)
