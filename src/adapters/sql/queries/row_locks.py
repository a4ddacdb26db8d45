"""Locks the rows that a statement finds, in writing transactions only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction, Values


@attrs.frozen
class Held:
    """Adds FOR UPDATE in writing transactions only."""

    _looking: sa.Select[*tuple[Any, ...]]
    _holding: sa.Select[*tuple[Any, ...]]

    @classmethod
    def of(cls, statement: sa.Select[*tuple[Any, ...]], table: sa.Table) -> Self:
        """Returns the statement, which locks the rows of this table."""
        return cls(statement, statement.with_for_update(of=table))

    def rows(self, transaction: Transaction, values: Values) -> Sequence[Row]:
        """Returns every row that the statement finds."""
        return transaction.rows(self._looking if transaction.reading else self._holding, values)
