"""Says how many connections a process keeps to PostgreSQL, and what stands in between.

It comes with the address, as parameters that are ours and that no driver sees.
"""

from __future__ import annotations

from typing import Self

import attrs
import sqlalchemy as sa

KEPT, OVERFLOW, POOLER = "ect_pool_size", "ect_pool_overflow", "ect_pooler"
BY_TRANSACTION = "transaction"


@attrs.frozen
class Pooling:
    """Holds the numbers of connections of one process, and whether a pooler lends them on."""

    kept: int = 5
    overflow: int = 10  # more than those, while there is much to do
    by_transaction: bool = False  # a pooler gives each transaction another connection

    @classmethod
    def of(cls, address: sa.URL) -> tuple[Self, sa.URL]:
        """Returns what an address says of connections, and the address without that."""
        said = {name: text for name, text in address.query.items() if name in _NAMES}
        pooling = cls(
            kept=int(str(said.get(KEPT, cls().kept))),
            overflow=int(str(said.get(OVERFLOW, cls().overflow))),
            by_transaction=said.get(POOLER) == BY_TRANSACTION,
        )
        return pooling, address.difference_update_query(_NAMES)

    @property
    def prepare_threshold(self) -> int | None:
        """Returns after how many uses the driver prepares a statement; None for never.

        A prepared statement stays with a connection of the server, and the next transaction may
        have another one.
        """
        return None if self.by_transaction else PREPARED_AFTER


# Sooner than the driver would: pages ask for the same few statements again and again.
PREPARED_AFTER = 2
_NAMES = (KEPT, OVERFLOW, POOLER)
