"""One database transaction, which speaks our errors and is over after the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import sqlalchemy as sa

from adapters.sql.engine import BEGIN_READING, SQLITE
from adapters.sql.errors import in_our_words, speaking_our_errors
from adapters.sql.prepared import Prepared, Preparing, Row, Values
from ect_registration.ports.errors import Conflict

__all__ = ["Row", "Transaction", "Values", "grouped"]


class Transaction:
    """Statements go through here, and nowhere else."""

    def __init__(self, engine: sa.Engine, preparing: Preparing, *, reading: bool) -> None:
        self.reading = reading
        self._prepare = preparing.prepared
        self._errors = (engine.dialect.loaded_dbapi.Error, sa.exc.DBAPIError)
        self._over = False
        with speaking_our_errors():
            self._connection = engine.connect()
            try:
                self._begin(engine.dialect.name)
                self._cursor = self._connection.connection.cursor()
            except BaseException:
                self._connection.close()
                raise

    def rows(self, statement: sa.Executable, values: Values | None = None) -> Sequence[Row]:
        """Everything it finds."""
        values = values or {}
        with self._running():
            prepared = self._prepare(statement, values)
            self._execute(prepared, values)
            return prepared.rows(self._cursor.fetchall())

    def row(self, statement: sa.Executable, values: Values) -> Row | None:
        """The first row it finds."""
        return next(iter(self.rows(statement, values)), None)

    def write(self, statement: sa.Executable, values: Values) -> int:
        """How many rows it wrote."""
        with self._running(writing=True):
            self._execute(self._prepare(statement, values), values)
            return self._cursor.rowcount

    def write_one(self, statement: sa.Executable, values: Values) -> None:
        """Conflict when the row to write is not there."""
        with self._running(writing=True):
            self._execute(self._prepare(statement, values), values)
            if self._cursor.rowcount != 1:
                raise Conflict("there is no such row")

    def write_all(self, statement: sa.Executable, values: Sequence[Values]) -> None:
        """Once for each of these, which have the same names, in this order."""
        if values:
            with self._running(writing=True):
                self._execute_many(self._prepare(statement, values[0]), values)

    def commit(self) -> None:
        """Keep everything."""
        with self._running(writing=True):
            self._connection.commit()
        self._over = True

    def close(self) -> None:
        """Discard what was not kept, and give the connection back."""
        if self.reading and not self._over:
            self._finish_looking()
        self._end()
        self._connection.close()

    def _finish_looking(self) -> None:
        """There is nothing to keep, but psycopg forgets what it has prepared at a rollback."""
        with suppress(*self._errors):
            self._connection.commit()

    def _begin(self, dialect: str) -> None:
        if self.reading and dialect == SQLITE:
            self._connection = self._connection.execution_options(**BEGIN_READING)
        elif self.reading:
            self._connection = self._connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._connection.begin()

    def _execute(self, prepared: Prepared, values: Values) -> None:
        bound = prepared.bound(values)
        self._tell(prepared.text, bound, many=False)
        self._cursor.execute(prepared.text, bound)

    def _execute_many(self, prepared: Prepared, values: Sequence[Values]) -> None:
        bound: Any = [prepared.bound(one) for one in values]
        self._tell(prepared.text, bound, many=True)
        self._cursor.executemany(prepared.text, bound)

    def _tell(self, text: str, values: object, *, many: bool) -> None:
        """Whoever listens for SQLAlchemy's statements hears of ours as well."""
        for listener in self._connection.dispatch.before_cursor_execute:
            listener(self._connection, self._cursor, text, values, None, many)

    @contextmanager
    def _running(self, *, writing: bool = False) -> Iterator[None]:
        if self._over:
            raise RuntimeError("this unit of work is over")
        if writing and self.reading:
            raise RuntimeError("this unit of work is for looking only")
        try:
            yield
        except self._errors as error:
            self._end()
            raise in_our_words(error) from None
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        self._over = True
        self._roll_back()

    def _roll_back(self) -> None:
        """A connection that cannot even do this is thrown away."""
        try:
            self._connection.rollback()
        except sa.exc.DBAPIError:
            self._connection.invalidate()


def grouped(rows: Iterable[Row], by: str) -> dict[Any, list[Row]]:
    """Rows by the value in one column, in the order in which each value comes up."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(getattr(row, by), []).append(row)
    return groups
