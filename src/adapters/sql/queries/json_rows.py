"""Puts rows within rows: one statement brings a period with its trainings and mentorships."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from adapters.sql.connection.engine import POSTGRESQL, SQLITE

Nested = SimpleNamespace  # by the names of the columns; days and ids are text


def day_of(text: str | None) -> date | None:
    """Returns a day from the text that databases write in JSON, or None when there is none."""
    return date.fromisoformat(text) if text else None


class _Rows(sa.TypeDecorator[list[Nested]]):
    """Reads rows from JSON as the database writes it; null is an empty list."""

    impl = sa.Text()
    cache_ok = True

    def process_result_value(self, value: str | None, _: sa.Dialect) -> list[Nested]:
        """Returns the rows, each with its columns by name."""
        rows: list[Nested] = _rows_in(value) if value else []
        return rows


class _ListOf(FunctionElement[list[Nested]]):
    """Makes a JSON list of rows from names and values in turns."""

    type = _Rows()
    inherit_cache = True


_rows_in = json.JSONDecoder(object_hook=lambda named: Nested(**named)).decode


@compiles(_ListOf, SQLITE)
def _on_sqlite(element: _ListOf, compiler: Any, **more: Any) -> str:
    return f"json_group_array(json_object({compiler.process(element.clauses, **more)}))"


@compiles(_ListOf, POSTGRESQL)
def _on_postgresql(element: _ListOf, compiler: Any, **more: Any) -> str:
    return (
        f"CAST(json_agg(json_build_object({compiler.process(element.clauses, **more)})) AS TEXT)"
    )


def list_of(statement: sa.Select[Any]) -> sa.ScalarSelect[list[Nested]]:
    """Returns everything that a statement finds, in no order, as one value of another's row."""
    named: list[sa.ColumnElement[Any]] = []
    for column in statement.selected_columns:
        value = column.element if isinstance(column, sa.Label) else column
        named += [sa.literal_column(f"'{column.key}'"), value]
    return statement.with_only_columns(_ListOf(*named)).scalar_subquery()
