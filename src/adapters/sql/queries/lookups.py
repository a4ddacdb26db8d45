"""Looks up row ids in the statement that needs them rather than in one before it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

NOBODY = 0  # no row has this number, so that foreign keys refuse it


def number_of(column: sa.Column[Any], bind: str) -> sa.ScalarSelect[int]:
    """Returns the id of the row with this value; when there is none, a required id conflicts."""
    table = column.table
    return sa.select(table.c.id).where(column == sa.bindparam(bind)).scalar_subquery()


def number_if_given(column: sa.Column[Any], bind: str) -> sa.Case[int | None]:
    """Returns the id of the row with this value, or null when null is given."""
    return if_given(sa.bindparam(bind, type_=column.type), number_of(column, bind))


def if_given(given: sa.BindParameter[Any], number: sa.ScalarSelect[int]) -> sa.Case[int | None]:
    """Returns the id looked up (a conflict when there is no row), or null when null is given."""
    return sa.case((given.is_(None), sa.null()), else_=sa.func.coalesce(number, NOBODY))
