"""History that the database can check: every history row carries the transaction that wrote it.

The guard (`tracker/guards.py`) compares, at commit, each tracked row with the newest history row of the same
transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models.expressions import Func
from simple_history.models import HistoricalRecords

if TYPE_CHECKING:
    PlainField = models.Field[Any, Any]
else:
    PlainField = models.Field


class TransactionId(PlainField):
    """PostgreSQL's `xid8`: the 64-bit id of a transaction, set by the database and never by Python."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


class CurrentTransactionId(Func):
    function = "pg_current_xact_id"
    output_field = TransactionId()
    arity = 0


class TracedHistory(models.Model):
    """Base of every history model: adds the transaction column that the guard reads."""

    txid = TransactionId(db_default=CurrentTransactionId(), editable=False)

    class Meta:
        abstract = True


class Traced(models.Model):
    """Base of every workspace model whose changes must leave a history row with a person and a reason."""

    history: ClassVar[Any] = HistoricalRecords(inherit=True, bases=[TracedHistory])

    class Meta:
        abstract = True
