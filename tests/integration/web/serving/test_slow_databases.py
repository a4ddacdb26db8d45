"""A database that hangs: everybody has an answer by the deadline, and nothing is half written.

The database is held up for as long as it takes to answer: without a deadline no test would end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from adapters.sql.store import SqlStore
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.transactions import Ports
from entrypoints.bootstrap import pause
from integration.postgresql import frozen_postgresql
from integration.sql.databases import new_database
from integration.web.registering import BORN, Registering, Seen
from unit.use_cases.service import HandClock, ListeningRecords, Service
from unit.use_cases.town import BRAM, town

Trouble = Callable[[SqlStore], AbstractContextManager[None]]


@contextmanager
def a_locked_table(store: SqlStore) -> Iterator[None]:
    """As a migration, or somebody's own statement, may lock it."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql("LOCK TABLE ect_periods, journeys IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


@contextmanager
def locked_sessions(store: SqlStore) -> Iterator[None]:
    """Nobody can be recognised."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql("LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


@contextmanager
def a_frozen_server(_: SqlStore) -> Iterator[None]:
    """Like one that fails over, or one behind a network that drops everything."""
    with frozen_postgresql():
        yield


@contextmanager
def service_on(database: str) -> Iterator[Service]:
    """The town, with pauses as in production."""
    world = town()
    with closing(SqlStore.at(database)) as store:
        ports = Ports(
            unit_of_work=store.unit_of_work,
            reading=store.reading,
            teacher_records=ListeningRecords(world.trs_people),
            clock=HandClock(),
            new_id=uuid4,
            pause=pause,
        )
        load_world(world, "loader", ports)
        yield Service(store, ports.clock, ports.teacher_records, ports, [])


@attrs.frozen
class Users:
    """Somebody at check answers, a colleague at a question, and one who looks at the list."""

    submitting: Registering
    answering: Registering
    looking: Registering
    shown: str

    @classmethod
    def of(cls, service: Service) -> Users:
        """It is time to note that they are still there."""
        submitting, answering, looking = (
            Registering.at(service, f"user-{number}") for number in range(3)
        )
        shown = submitting.go_on().hidden("shown")
        answering.go_on(until="email", find={"trn": BRAM.digits, **BORN})
        looking.get("/school/ects")
        service.clock.wait(minutes=2)
        return cls(submitting, answering, looking, shown)

    def look(self) -> Seen:
        """At the school's ECTs."""
        return self.looking.get("/school/ects")

    def answer(self) -> Seen:
        """The question."""
        return self.answering.post("email", email="bram.okafor@example.org")

    def submit(self) -> Seen:
        """What check answers has shown."""
        return self.submitting.post("check-answers", shown=self.shown)

    def all_at_once(self) -> list[Seen]:
        """While the database is in trouble."""
        with ThreadPoolExecutor(3) as threads:
            begun = [threads.submit(each) for each in (self.look, self.answer, self.submit)]
            return [answer.result() for answer in begun]


@pytest.mark.parametrize(
    "trouble", [a_locked_table, locked_sessions, a_frozen_server], ids=lambda t: t.__name__
)
def test_postgresql_that_hangs_is_answered_for(trouble: Trouble, tmp_path: Path) -> None:
    """A page, an answer and a confirmation; afterwards all of them go through as they are."""
    with service_on(new_database("postgresql", tmp_path)) as service:
        users = Users.of(service)
        with trouble(service.store):
            answers = users.all_at_once()
        told = [(seen.status, seen.answer.headers.get("Retry-After")) for seen in answers]

        assert told == [(503, "30")] * 3
        assert users.submit().step == "done"
        assert users.answer().step == "start-date"
        assert users.look().status == 200


def test_a_file_that_another_process_keeps_is_answered_for(tmp_path: Path) -> None:
    """Who only looks, looks; who writes is told to try again."""
    with service_on(new_database("sqlite", tmp_path)) as service:
        users = Users.of(service)
        with closing(sqlite3.connect(tmp_path / "store.db")) as other:
            other.execute("BEGIN IMMEDIATE")
            answers = users.all_at_once()

        assert [seen.status for seen in answers] == [200, 503, 503]
        assert users.submit().step == "done"
        assert users.answer().step == "start-date"
        assert users.look().status == 200
