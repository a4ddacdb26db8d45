"""One database transaction, which speaks our errors and is over after the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import sqlalchemy as sa

from adapters.sql.connection.engine import begin
from adapters.sql.connection.errors import in_our_words
from adapters.sql.connection.prepared import Prepared, Preparing, Row, Values
from ect_registration.ports.errors import Conflict

T = TypeVar("T")

__all__ = ["Row", "Transaction", "Values"]


class Transaction:
    """Statements go through here, and nowhere else.

    The connection comes from SQLAlchemy's pool as the driver made it: see ``prepared``.
    """

    def __init__(self, engine: sa.Engine, preparing: Preparing, *, reading: bool) -> None:
        self.reading = reading
        self._prepare = preparing.prepared
        self._errors = (engine.dialect.loaded_dbapi.Error, sa.exc.DBAPIError, sa.exc.TimeoutError)
        self._listeners = tuple(engine.dispatch.before_cursor_execute)
        self._over = False
        try:
            self._connection = engine.pool.connect()
            try:
                begin(engine.dialect, self._connection, reading=reading)
                self._cursor: Any = self._connection.cursor()
            except BaseException:
                self._connection.close()
                raise
        except self._errors as error:
            raise in_our_words(error) from None

    def rows(self, statement: sa.Executable, values: Values | None = None) -> Sequence[Row]:
        """Everything it finds."""
        return self._run(self._rows, statement, values or {})

    def row(self, statement: sa.Executable, values: Values) -> Row | None:
        """The first row it finds."""
        return next(iter(self.rows(statement, values)), None)

    def write(self, statement: sa.Executable, values: Values) -> int:
        """How many rows it wrote."""
        return self._run(self._write, statement, values, writing=True)

    def write_one(self, statement: sa.Executable, values: Values) -> None:
        """Conflict when the row to write is not there."""
        self._run(self._write_one, statement, values, writing=True)

    def written(self, statement: sa.Executable, values: Values) -> Sequence[Row]:
        """What a statement that writes returns."""
        return self._run(self._rows, statement, values, writing=True)

    def must_be_writing(self) -> None:
        """RuntimeError when nothing can be written any more, or never could."""
        self._run(_nothing, writing=True)

    def write_all(self, statement: sa.Executable, values: Sequence[Values]) -> None:
        """Once for each of these, which have the same names, in this order."""
        if values:
            self._run(self._write_all, statement, values, writing=True)

    def commit(self) -> None:
        """Keep everything."""
        self._run(self._connection.commit, writing=True)
        self._over = True

    def close(self) -> None:
        """Discard what was not kept, and give the connection back."""
        self._cursor.close()  # SQLite does not fold its log while one is open
        if not self._over:
            if self.reading:
                self._finish_looking()
            self._end()
        self._connection.close()

    def _finish_looking(self) -> None:
        """There is nothing to keep, but psycopg forgets what it has prepared at a rollback."""
        with suppress(*self._errors):
            self._connection.commit()

    def _rows(self, statement: sa.Executable, values: Values) -> Sequence[Row]:
        prepared = self._execute(statement, values)
        return prepared.rows(self._cursor.fetchall())

    def _write(self, statement: sa.Executable, values: Values) -> int:
        self._execute(statement, values)
        rows: int = self._cursor.rowcount
        return rows

    def _write_one(self, statement: sa.Executable, values: Values) -> None:
        if self._write(statement, values) != 1:
            raise Conflict("there is no such row")

    def _write_all(self, statement: sa.Executable, values: Sequence[Values]) -> None:
        prepared = self._prepare(statement, values[0])
        bound = [prepared.bound(one) for one in values]
        self._tell(prepared.text, bound, many=True)
        self._cursor.executemany(prepared.text, bound)

    def _execute(self, statement: sa.Executable, values: Values) -> Prepared:
        prepared = self._prepare(statement, values)
        bound = prepared.bound(values)
        self._tell(prepared.text, bound, many=False)
        self._cursor.execute(prepared.text, bound)
        return prepared

    def _tell(self, text: str, values: object, *, many: bool) -> None:
        """Whoever listens for SQLAlchemy's statements hears of ours as well."""
        for listener in self._listeners:
            listener(self._connection, self._cursor, text, values, None, many)

    def _run(self, work: Callable[..., T], *given: object, writing: bool = False) -> T:
        """The first error ends the transaction."""
        if self._over:
            raise RuntimeError("this unit of work is over")
        if writing and self.reading:
            raise RuntimeError("this unit of work is for looking only")
        try:
            return work(*given)
        except self._errors as error:
            self._end()
            raise in_our_words(error) from None
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        """A connection that cannot even be rolled back is thrown away."""
        self._over = True
        try:
            self._connection.rollback()
        except self._errors:
            self._connection.invalidate()


def _nothing() -> None:
    pass
