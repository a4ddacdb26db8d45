"""Opens the store in a SQL database."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Semaphore
from types import TracebackType
from typing import Self

import attrs
import sqlalchemy as sa

from adapters.sql.connection.engine import SQLITE, engine_for, most_connections, reading_engine
from adapters.sql.connection.errors import speaking_our_errors
from adapters.sql.connection.schema import SchemaState, state_of
from adapters.sql.connection.transaction import Transaction
from adapters.sql.connection.waiting import PATIENCE, Waiting
from adapters.sql.lead_providers.records import SqlSeenRecords
from adapters.sql.lead_providers.tokens import SqlApiTokens
from adapters.sql.queries.holding import SqlHolding
from adapters.sql.repositories.following import SqlTrsLookups
from adapters.sql.repositories.history import SqlHistory
from adapters.sql.repositories.institutions.announcements import SqlAnnouncements
from adapters.sql.repositories.institutions.offers import SqlProgrammeOffers
from adapters.sql.repositories.institutions.organisations import SqlOrganisations
from adapters.sql.repositories.institutions.partnerships import SqlPartnerships
from adapters.sql.repositories.institutions.reference import SqlReferenceRows
from adapters.sql.repositories.institutions.schools import SqlSchools
from adapters.sql.repositories.lookups import SqlLookups
from adapters.sql.repositories.outbox import SqlOutbox
from adapters.sql.repositories.registered.ects import SqlEcts
from adapters.sql.repositories.registered.emails import SqlEmails
from adapters.sql.repositories.registered.many_ects import SqlManyEcts
from adapters.sql.repositories.registered.mentors import SqlMentors
from adapters.sql.repositories.registered.people import SqlPeople
from adapters.sql.repositories.registered.teachers import SqlTeachers
from adapters.sql.repositories.statistics import SqlStatistics
from adapters.sql.repositories.users.attempts import SqlAttempts
from adapters.sql.repositories.users.journeys import SqlJourneys
from adapters.sql.repositories.users.refusals import SqlRefusals
from adapters.sql.repositories.users.sessions import SqlSessions
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.notices import Outbox
from ect_registration.ports.stored.announcements import Announcements
from ect_registration.ports.stored.attempts import Attempts
from ect_registration.ports.stored.following import TrsLookups
from ect_registration.ports.stored.holds import Hold
from ect_registration.ports.stored.lead_providers import ApiTokens, SeenRecords
from ect_registration.ports.stored.lookups import Lookups
from ect_registration.ports.stored.many_ects import ManyEcts
from ect_registration.ports.stored.offers import (
    Organisations,
    Partnerships,
    ProgrammeOffers,
    Schools,
)
from ect_registration.ports.stored.people import Ects, Emails, Mentors, People, Teachers
from ect_registration.ports.stored.records import History, Journeys
from ect_registration.ports.stored.reference import ReferenceRows
from ect_registration.ports.stored.refusals import Refusals
from ect_registration.ports.stored.sessions import Sessions
from ect_registration.ports.stored.statistics import Statistics


@attrs.frozen
class SqlStore:
    """Holds one database; threads may share a store, but each process needs its own."""

    engine: sa.Engine
    patience: float = PATIENCE
    reading_engine: sa.Engine = attrs.field(init=False, repr=False)
    _slots: Semaphore = attrs.field(init=False, repr=False)
    _writing_slots: Semaphore = attrs.field(init=False, repr=False)

    @reading_engine.default
    def _on_the_same_pool(self) -> sa.Engine:
        return reading_engine(self.engine)

    @_slots.default
    def _as_many_as_connections(self) -> Semaphore:
        return Semaphore(most_connections(self.engine))

    @_writing_slots.default
    def _one_writer_on_sqlite(self) -> Semaphore:
        """Lets threads queue: SQLite lets those write who ask at the right moment."""
        has_one_writer = self.engine.dialect.name == SQLITE and most_connections(self.engine) > 1
        return Semaphore(1) if has_one_writer else self._slots

    def __attrs_post_init__(self) -> None:
        """Arranges for the connections to be closed when the store is no longer needed."""
        closing = weakref.finalize(self, _dispose, self.engine, os.getpid())
        closing.atexit = False  # the system does that, and a forked process must not

    @classmethod
    def at(cls, url: str, *, patience: float = PATIENCE) -> SqlStore:
        """Returns the store at a URL of SQLite (an existing file, or in memory) or PostgreSQL.

        The URL is one of SQLAlchemy. Nothing is connected yet. Raises ValueError for any other.
        """
        return cls(engine_for(url, patience), patience)

    def unit_of_work(self, deadline: Deadline = NEVER) -> SqlUnitOfWork:
        """Returns a fresh unit of work each time."""
        waiting = Waiting(deadline, self.patience)
        return SqlUnitOfWork(
            partial(Transaction, self.engine, self._writing_slots, waiting, reading=False)
        )

    def reading(self, deadline: Deadline = NEVER) -> SqlUnitOfWork:
        """Returns a unit of work that only reads one moment's state and makes no writer wait."""
        waiting = Waiting(deadline, self.patience)
        return SqlUnitOfWork(
            partial(Transaction, self.reading_engine, self._slots, waiting, reading=True)
        )

    def schema_state(self) -> SchemaState:
        """Says whether this program and the database fit together; raises Unavailable."""
        with speaking_our_errors(), self.reading_engine.connect() as connection:
            return state_of(connection)

    def close(self) -> None:
        """Closes every connection; a database in memory is gone with its data."""
        self.engine.dispose()


def _dispose(engine: sa.Engine, opened_by: int) -> None:
    """Closes the connections in the process that opened them; a child only forgets its copies."""
    engine.dispose(close=os.getpid() == opened_by)


class SqlUnitOfWork:
    """Runs one transaction, on a connection of its own."""

    schools: Schools
    offers: ProgrammeOffers
    organisations: Organisations
    partnerships: Partnerships
    reference: ReferenceRows
    teachers: Teachers
    ects: Ects
    many_ects: ManyEcts
    lookups: Lookups
    mentors: Mentors
    emails: Emails
    history: History
    journeys: Journeys
    sessions: Sessions
    attempts: Attempts
    people: People
    outbox: Outbox
    statistics: Statistics
    tokens: ApiTokens
    seen: SeenRecords
    announcements: Announcements
    trs_lookups: TrsLookups
    refusals: Refusals

    def __init__(self, begin: Callable[[], Transaction]) -> None:
        self._begin = begin

    def __enter__(self) -> Self:
        self._transaction = transaction = self._begin()
        self._holding = SqlHolding(transaction)
        self.schools = SqlSchools(transaction)
        self.offers = SqlProgrammeOffers(transaction)
        self.organisations = SqlOrganisations(transaction)
        self.partnerships = SqlPartnerships(transaction)
        self.reference = SqlReferenceRows(transaction)
        self.teachers = SqlTeachers(transaction)
        self.ects = SqlEcts(transaction)
        self.many_ects = SqlManyEcts(transaction)
        self.lookups = SqlLookups(transaction)
        self.mentors = SqlMentors(transaction)
        self.emails = SqlEmails(transaction)
        self.history = self._history = SqlHistory(transaction)
        self.journeys = SqlJourneys(transaction)
        self.sessions = SqlSessions(transaction)
        self.attempts = SqlAttempts(transaction)
        self.people = SqlPeople(transaction)
        self.outbox = SqlOutbox(transaction)
        self.statistics = SqlStatistics(transaction)
        self.tokens = SqlApiTokens(transaction)
        self.seen = SqlSeenRecords(transaction)
        self.announcements = SqlAnnouncements(transaction)
        self.trs_lookups = SqlTrsLookups(transaction)
        self.refusals = SqlRefusals(transaction)
        return self

    def hold(self, holds: Iterable[Hold]) -> None:
        """Waits for others who hold any of these, and holds them until the unit ends."""
        self._holding.hold(holds)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undoes the block, its history included, when it ends with a Conflict."""
        with self._history.forgetting_on_conflict(), self._transaction.savepoint():
            yield

    def commit(self) -> None:
        """Keeps everything that was written; nothing may follow."""
        self._history.write()
        self._transaction.commit()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._transaction.close()
