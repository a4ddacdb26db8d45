"""A database that is slow, locked or frozen is waited for until the deadline, and no longer.

Each test holds it up for as long as it takes to get an answer: without one it would never end.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from adapters.sql.connection.engine import most_connections
from adapters.sql.connection.lock_waits import observe_lock_waits
from adapters.sql.store import SqlStore
from builders import URN, a_journey
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.ports.deadline import Deadline
from ect_registration.ports.errors import Contention, Unavailable
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from integration.contracts.steps import furnish, keep, seen
from integration.postgresql import frozen_postgresql, temporary_postgresql_url
from integration.sql.databases import new_database, opened

SECONDS = 2.5  # more than a connection may take


@pytest.fixture
def store() -> Iterator[SqlStore]:
    """PostgreSQL, with a connection at hand."""
    with temporary_postgresql_url() as url, opened(url) as store:
        furnish(store)
        yield store


def _look(store: SqlStore) -> object:
    with store.reading(Deadline.after(SECONDS)) as uow:
        return uow.schools.find(URN)


def _write(store: SqlStore) -> object:
    with store.unit_of_work(Deadline.after(SECONDS)) as uow:
        uow.hold([Hold.school(URN)])
        uow.journeys.add(a_journey(id=JourneyId(uuid4())))
        uow.commit()
    return None


WORK: dict[str, Callable[[SqlStore], object]] = {"looking": _look, "writing": _write}


@contextmanager
def _locked(store: SqlStore) -> Iterator[None]:
    with store.engine.connect() as connection:
        connection.exec_driver_sql("LOCK TABLE schools, journeys IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


@pytest.mark.parametrize("work", WORK)
def test_a_locked_table_is_contention(store: SqlStore, work: str) -> None:
    """As a migration or an operator may lock it; afterwards everything goes on."""
    with _locked(store), pytest.raises(Contention):
        WORK[work](store)

    WORK[work](store)


@pytest.mark.parametrize("work", WORK)
def test_a_frozen_server_is_out_of_reach(store: SqlStore, work: str) -> None:
    """It cannot say anything itself: we stop listening. It recovers by itself."""
    with frozen_postgresql(), pytest.raises(Unavailable):
        WORK[work](store)

    WORK[work](store)


def test_a_frozen_server_leaves_nothing_half_written(store: SqlStore) -> None:
    """What was written before it froze goes with the connection."""
    journey = a_journey()
    with store.unit_of_work(Deadline.after(SECONDS)) as uow:
        uow.journeys.add(journey)
        with frozen_postgresql(), pytest.raises(Unavailable):
            uow.schools.find(URN)

    assert seen(store, lambda uow: uow.journeys.find(journey.id)) is None
    keep(store, lambda uow: uow.journeys.add(journey))


def test_a_new_connection_is_not_waited_for_longer(store: SqlStore) -> None:
    """Nobody lets us in while the server is frozen."""
    store.close()
    with frozen_postgresql(), pytest.raises((Contention, Unavailable)):
        _look(store)

    assert _look(store) is not None


def test_a_statement_ends_on_the_server_too(store: SqlStore) -> None:
    """Otherwise it would go on there, for nobody."""
    with pytest.raises(Unavailable, match="too long"):
        _run(store, "SELECT pg_sleep(60)")

    assert _run(store, STILL_ASLEEP) == 0


STILL_ASLEEP = """
    SELECT count(*) FROM pg_stat_activity
    WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()
"""


def _run(store: SqlStore, statement: str) -> object:
    with store.reading(Deadline.after(SECONDS)) as uow:
        return _transaction_of(uow).rows(sa.text(statement))[0][0]


def _transaction_of(uow: UnitOfWork):
    return uow._transaction


def test_whoever_finds_every_connection_in_use_waits_until_the_deadline(store: SqlStore) -> None:
    """Then it is contention, however many there are."""
    open_units = [store.reading() for _ in range(most_connections(store.engine))]
    for unit in open_units:
        unit.__enter__()
    with pytest.raises(Contention, match="every connection"):
        _look(store)
    open_units[0].__exit__(None, None, None)

    assert _look(store) is not None
    for unit in open_units[1:]:
        unit.__exit__(None, None, None)


def test_connections_that_the_server_has_closed_are_replaced(store: SqlStore) -> None:
    """A restart costs no user an error, however many connections rested."""
    with ThreadPoolExecutor(4) as threads:
        assert None not in threads.map(lambda _: _look(store), range(8))
    keep(store, holds=[])
    with store.engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    assert [_look(store) is not None for _ in range(6)] == [True] * 6


def test_a_file_that_somebody_keeps_is_waited_for_until_the_deadline(tmp_path) -> None:
    """Readers do not wait for it at all."""
    url = new_database("sqlite", tmp_path)
    with opened(url) as store, closing(sqlite3.connect(tmp_path / "store.db")) as other:
        furnish(store)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Contention):
            _write(store)

        assert _look(store) is not None
        other.rollback()
        _write(store)


def test_threads_that_write_to_a_file_queue_for_it(tmp_path) -> None:
    """The second is contention at its deadline, as it would be in another process."""
    with opened(new_database("sqlite", tmp_path)) as store:
        furnish(store)
        with store.unit_of_work() as uow:
            uow.hold([Hold.school(URN)])
            with pytest.raises(Contention, match="the one writer"):
                _write(store)
        _write(store)


def test_processes_that_write_to_a_file_ask_for_it_in_short_steps_that_are_one_wait(tmp_path):
    """A process that only just came must not overtake one that rests for long between its tries.

    Whether the wait ends with a turn or in vain, it is told once.
    """
    url = new_database("sqlite", tmp_path)
    tries, waits = Counter[str](), list[float]()
    with opened(url) as store, closing(sqlite3.connect(tmp_path / "store.db")) as other:
        furnish(store)
        observe_lock_waits(store.engine, waits.append)
        event.listen(store.engine, "before_cursor_execute", lambda *said: tries.update([said[2]]))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Contention):
            _write(store)
        other.rollback()
        _write(store)

    assert tries["BEGIN IMMEDIATE"] > SECONDS / 0.1  # SQLite's own steps are as long as that
    assert len(waits) == 2
    assert waits[0] > SECONDS / 2 > waits[1]
