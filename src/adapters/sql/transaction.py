"""One database transaction, which speaks our errors and is over after the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from adapters.sql.engine import BEGIN_READING, SQLITE
from adapters.sql.errors import speaking_our_errors
from ect_registration.ports.errors import Conflict

Row = sa.Row[Any]
Values = Mapping[str, object]


class Transaction:
    """Statements go through here, and nowhere else."""

    def __init__(self, engine: sa.Engine, *, reading: bool) -> None:
        self.reading = reading
        self._over = False
        with speaking_our_errors():
            self._connection = engine.connect()
            try:
                self._begin(engine.dialect.name)
            except BaseException:
                self._connection.close()
                raise

    def rows(self, statement: sa.Executable, values: Values | None = None) -> Sequence[Row]:
        """Everything it finds."""
        with self._running():
            return self._connection.execute(statement, values).all()

    def row(self, statement: sa.Executable, values: Values | None = None) -> Row | None:
        """The first row it finds."""
        with self._running():
            return self._connection.execute(statement, values).first()

    def write(self, statement: sa.Executable, values: Values) -> int:
        """How many rows it wrote."""
        with self._running(writing=True):
            return self._connection.execute(statement, values).rowcount

    def write_all(self, statement: sa.Executable, values: Sequence[Values]) -> None:
        """Once for each of these, in this order."""
        if values:
            with self._running(writing=True):
                self._connection.execute(statement, values)

    def write_one(self, statement: sa.Executable, values: Values) -> None:
        """Conflict when the row to write is not there."""
        with self._running(writing=True):
            if self._connection.execute(statement, values).rowcount != 1:
                raise Conflict("there is no such row")

    def commit(self) -> None:
        """Keep everything."""
        with self._running(writing=True):
            self._connection.commit()
        self._over = True

    def close(self) -> None:
        """Discard what was not kept, and give the connection back."""
        self._over = True
        self._roll_back()
        self._connection.close()

    def _begin(self, dialect: str) -> None:
        if self.reading and dialect == SQLITE:
            self._connection = self._connection.execution_options(**BEGIN_READING)
        elif self.reading:
            self._connection = self._connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._connection.begin()

    @contextmanager
    def _running(self, *, writing: bool = False) -> Iterator[None]:
        if self._over:
            raise RuntimeError("this unit of work is over")
        if writing and self.reading:
            raise RuntimeError("this unit of work is for looking only")
        try:
            with speaking_our_errors():
                yield
        except BaseException:
            self._over = True
            self._roll_back()
            raise

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
        groups.setdefault(row._mapping[by], []).append(row)
    return groups
