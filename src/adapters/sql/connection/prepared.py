"""Statements as the driver takes them.

SQLAlchemy writes each statement once for a database, and the driver runs it from then on: to go
through SQLAlchemy every time would take several times as long as SQLite takes to answer.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs
import sqlalchemy as sa

Row = Any  # a named tuple, by the names of the columns
Values = Mapping[str, Any]
Change = Callable[[Any], Any]


@attrs.frozen
class Prepared:
    """A statement's text, and what values go through on their way to the driver and back."""

    text: str
    _own: Values  # brought by the statement itself, such as a limit
    lists: Mapping[str, Sequence[str]]  # for each list, the names of its members
    _into: Sequence[tuple[str, Change]]
    _order: Sequence[str] | None  # SQLite takes values by position
    _row: Callable[[Iterable[Any]], Row]
    _out_of: Sequence[tuple[int, Change]]

    @classmethod
    def of(cls, statement: Any, values: Values, dialect: sa.Dialect) -> Prepared:
        """For values of these names, and lists of these lengths."""
        compiled = statement.compile(dialect=dialect, column_keys=list(values))
        state = compiled.construct_expanded_state(values)
        into = {name: _into(bind.type, dialect) for bind, name in compiled.bind_names.items()}
        columns = () if isinstance(statement, sa.TextClause) else statement.exported_columns
        out_of = [_out_of(column.type, dialect) for column in columns]
        names = " ".join(str(column.key) for column in columns)
        row: Any = namedtuple("Row", names)  # type: ignore[misc] # known only now
        return cls(
            text=state.statement,
            own={
                name: _changed(value, into[name])
                for name, value in compiled.params.items()
                if name not in values
            },
            lists=state.parameter_expansion,
            into=[
                (name, _each(change) if name in state.parameter_expansion else change)
                for name, change in into.items()
                if change and name in values
            ],
            order=state.positiontup,
            row=row._make,
            out_of=[(at, change) for at, change in enumerate(out_of) if change],
        )

    def bound(self, values: Values) -> Mapping[str, Any] | tuple[Any, ...]:
        """The values as the driver wants them."""
        bound = {**self._own, **values}
        for name, change in self._into:
            bound[name] = change(bound[name])
        for name, members in self.lists.items():
            bound.update(zip(members, bound.pop(name), strict=True))
        return bound if self._order is None else tuple(map(bound.__getitem__, self._order))

    def rows(self, found: Iterable[Sequence[Any]]) -> list[Row]:
        """What the driver found, as values of ours."""
        if not self._out_of:
            return [self._row(row) for row in found]
        rows = []
        for row in map(list, found):
            for at, change in self._out_of:
                row[at] = change(row[at])
            rows.append(self._row(row))
        return rows


def _each(change: Change) -> Change:
    return lambda values: [change(value) for value in values]


def _changed(value: object, change: Change | None) -> object:
    return change(value) if change else value


def _into(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Change | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _out_of(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Change | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


class Preparing:
    """The statements prepared for one database so far. Threads may share it."""

    def __init__(self, dialect: sa.Dialect) -> None:
        self._dialect = dialect
        self._known: dict[object, Prepared] = {}

    def prepared(self, statement: Any, values: Values) -> Prepared:
        """The same for the same statement, names of values and lengths of lists."""
        key: tuple[object, ...] = (statement, *values)
        found = self._known.get(key)
        if found is not None and found.lists:
            key = (*key, *(len(values[name]) for name in found.lists))
            found = self._known.get(key)
        if found is None:
            found = self._known[key] = Prepared.of(statement, values, self._dialect)
        return found
