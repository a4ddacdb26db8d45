"""Runs one database transaction, which raises our errors and is over after the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import Semaphore
from typing import Any, NoReturn

import sqlalchemy as sa

from adapters.sql.connection.engine import SQLITE
from adapters.sql.connection.errors import in_our_words, speaking_our_errors
from adapters.sql.connection.waiting import Waiting, waiting_at_most
from ect_registration.ports.deadline import Deadline
from ect_registration.ports.errors import Conflict, Contention

Row = sa.Row[*tuple[Any, ...]]
Values = Mapping[str, Any]


class Transaction:
    """Runs every statement of a unit of work, through a connection of SQLAlchemy's.

    ``engine`` says how the transaction begins: see ``reading_engine`` for one that only reads.
    ``slots`` are as many as there may be connections: a pool has one timeout for all callers.
    """

    def __init__(
        self, engine: sa.Engine, slots: Semaphore, waiting: Waiting, *, reading: bool
    ) -> None:
        self.reading = reading
        self._over = False
        self._saved = False  # inside a savepoint, to which a conflict goes back
        self._slots = slots
        if not slots.acquire(timeout=waiting.for_others()):
            raise Contention("every connection is in use, or the one writer is")
        try:
            with speaking_our_errors(), waiting_at_most(waiting):
                self._connection = _begun(engine, waiting.deadline)
        except BaseException:
            slots.release()
            raise

    @property
    def dialect(self) -> str:
        """Returns the name of the kind of database."""
        return self._connection.dialect.name

    def rows(self, statement: sa.Executable, values: Values | None = None) -> Sequence[Row]:
        """Returns every row that a statement finds."""
        with self._running():
            return self._connection.execute(statement, values or {}).all()

    def row(self, statement: sa.Executable, values: Values) -> Row | None:
        """Returns the first row that a statement finds."""
        return next(iter(self.rows(statement, values)), None)

    def write(self, statement: sa.Executable, values: Values) -> int:
        """Returns the number of rows that a statement wrote."""
        with self._running(writing=True):
            return self._connection.execute(statement, values).rowcount

    def write_one(self, statement: sa.Executable, values: Values) -> None:
        """Raises Conflict when the row to write is not there."""
        with self._running(writing=True):
            if self._connection.execute(statement, values).rowcount != 1:
                raise Conflict("there is no such row")

    def written(self, statement: sa.Executable, values: Sequence[Values]) -> Sequence[Row]:
        """Returns the rows that an insert of these values, one or more, wrote and gives back."""
        with self._running(writing=True):
            return self._connection.execute(statement, values).all()

    def write_all(self, statement: sa.Executable, values: Sequence[Values]) -> None:
        """Runs a statement once for each of these values, in this order."""
        if values:
            with self._running(writing=True):
                self._connection.execute(statement, values)

    @property
    def is_alone(self) -> bool:
        """Says whether this is the only transaction that may write now."""
        return self._connection.dialect.name == SQLITE

    def give_up(self, why: str) -> NoReturn:
        """Ends the transaction, and raises Contention."""
        with self._running():
            raise Contention(why)

    def must_be_writing(self) -> None:
        """Raises RuntimeError when nothing can be written any more, or never could."""
        with self._running(writing=True):
            pass

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undoes a block that ends with a Conflict, and nothing else."""
        with self._running(writing=True):
            saved = self._connection.begin_nested()
        self._saved = True
        try:
            yield
        except Conflict:
            with self._running():
                saved.rollback()
            raise
        finally:
            self._saved = False
        with self._running():
            saved.commit()

    def commit(self) -> None:
        """Keeps what was written. No statement may follow."""
        with self._running(writing=True):
            self._connection.commit()
        self._over = True

    def close(self) -> None:
        """Discards what was not committed, and gives the connection back to the pool."""
        if not self._over:
            if self.reading:
                self._finish_reading()
            self._end()
        self._connection.close()
        self._slots.release()

    def _finish_reading(self) -> None:
        """Commits a reading transaction, as psycopg forgets prepared statements at a rollback."""
        with suppress(sa.exc.DBAPIError):
            self._connection.commit()

    @contextmanager
    def _running(self, *, writing: bool = False) -> Iterator[None]:
        """Runs a statement, and ends the transaction at the first error."""
        if self._over:
            raise RuntimeError("this unit of work is over")
        if writing and self.reading:
            raise RuntimeError("this unit of work is for looking only")
        try:
            yield
        except BaseException as error:
            told = in_our_words(error)
            if not (self._saved and isinstance(told, Conflict)):
                self._end()
            if told is error:
                raise
            raise told from None

    def _end(self) -> None:
        """Rolls back, and throws away a connection that cannot even be rolled back."""
        self._over = True
        try:
            self._connection.rollback()
        except sa.exc.DBAPIError:
            self._connection.invalidate()


def _begun(engine: sa.Engine, deadline: Deadline) -> sa.Connection:
    """Returns a connection in a transaction; one that the server has closed is replaced."""
    while True:
        connection = engine.connect()
        try:
            connection.begin()
        except BaseException as error:
            lost = isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated
            if lost:
                connection.invalidate()
            connection.close()
            if not lost or deadline.is_over:
                raise
        else:
            return connection
