"""Reads what there is about a few records that lead providers know by their ids."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction

Ids = Collection[UUID]
IDS = sa.bindparam("ids", type_=sa.Uuid(), expanding=True)


def rows_about(ids: Ids, statement: sa.Select[Any], transaction: Transaction) -> Sequence[Row]:
    """Returns what a statement with ``IDS`` finds; without ids nothing is asked."""
    return transaction.rows(statement, {"ids": sorted(ids)}) if ids else ()
