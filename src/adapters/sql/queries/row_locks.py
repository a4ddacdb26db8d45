"""Statements that hold the rows they find, where something may be written about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction, Values


@attrs.frozen
class Held:
    """Those who only look hold nobody up; whoever may write makes others wait."""

    _looking: sa.Select[*tuple[Any, ...]]
    _holding: sa.Select[*tuple[Any, ...]]

    @classmethod
    def of(cls, statement: sa.Select[*tuple[Any, ...]], table: sa.Table) -> Self:
        """The rows of this table are held."""
        return cls(statement, statement.with_for_update(of=table))

    def rows(self, transaction: Transaction, values: Values) -> Sequence[Row]:
        """Everything it finds."""
        return transaction.rows(self._looking if transaction.reading else self._holding, values)
