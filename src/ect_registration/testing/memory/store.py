"""The store in memory: for tests, and for trying things out."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import Contention
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
from ect_registration.testing.memory.following import MemoryTrsLookups
from ect_registration.testing.memory.history import MemoryHistory
from ect_registration.testing.memory.institutions.announcements import MemoryAnnouncements
from ect_registration.testing.memory.institutions.organisations import MemoryOrganisations
from ect_registration.testing.memory.institutions.partnerships import MemoryPartnerships
from ect_registration.testing.memory.institutions.reference import (
    MemoryProgrammeOffers,
    MemorySchools,
)
from ect_registration.testing.memory.institutions.reference_rows import MemoryReferenceRows
from ect_registration.testing.memory.lead_providers.records import MemorySeenRecords
from ect_registration.testing.memory.lead_providers.tokens import MemoryApiTokens
from ect_registration.testing.memory.lookups import MemoryLookups
from ect_registration.testing.memory.outbox import MemoryOutbox
from ect_registration.testing.memory.registered.ects import MemoryEcts
from ect_registration.testing.memory.registered.emails import MemoryEmails
from ect_registration.testing.memory.registered.many_ects import MemoryManyEcts
from ect_registration.testing.memory.registered.mentors import MemoryMentors
from ect_registration.testing.memory.registered.people import MemoryPeople
from ect_registration.testing.memory.registered.teachers import MemoryTeachers
from ect_registration.testing.memory.state import State, Work
from ect_registration.testing.memory.statistics import MemoryStatistics
from ect_registration.testing.memory.users.attempts import MemoryAttempts
from ect_registration.testing.memory.users.journeys import MemoryJourneys
from ect_registration.testing.memory.users.refusals import MemoryRefusals
from ect_registration.testing.memory.users.sessions import MemorySessions

PATIENCE = 30.0  # seconds that a unit waits for its turn


class MemoryStore:
    """One state, and one writing unit of work at a time."""

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self.state = State()
        self.turn = threading.Lock()
        self.patience = patience

    def unit_of_work(self, deadline: Deadline = NEVER) -> MemoryUnitOfWork:
        """Returns a new unit of work."""
        return MemoryUnitOfWork(self, deadline, may_write=True)

    def reading(self, deadline: Deadline = NEVER) -> MemoryUnitOfWork:
        """Returns a unit of work for reading only, which waits for no other and cannot write."""
        return MemoryUnitOfWork(self, deadline, may_write=False)


class MemoryUnitOfWork:
    """Works on a copy of the state, and swaps it in on commit."""

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

    def __init__(self, store: MemoryStore, deadline: Deadline, *, may_write: bool) -> None:
        self._store = store
        self._patience = min(store.patience, deadline.left())
        self._may_write = may_write

    def __enter__(self) -> Self:
        self._work = work = self._begin()
        self.schools = MemorySchools(work)
        self.offers = MemoryProgrammeOffers(work)
        self.organisations = MemoryOrganisations(work)
        self.partnerships = MemoryPartnerships(work)
        self.reference = MemoryReferenceRows(work)
        self.teachers = MemoryTeachers(work)
        self.ects = MemoryEcts(work)
        self.mentors = MemoryMentors(work)
        self.emails = MemoryEmails(work)
        self.lookups = MemoryLookups(work)
        self.many_ects = MemoryManyEcts(self.schools, self.teachers, self.ects, self.emails)
        self.history = MemoryHistory(work)
        self.journeys = MemoryJourneys(work)
        self.sessions = MemorySessions(work)
        self.attempts = MemoryAttempts(work)
        self.people = MemoryPeople(work)
        self.outbox = MemoryOutbox(work)
        self.statistics = MemoryStatistics(work)
        self.tokens = MemoryApiTokens(work)
        self.seen = MemorySeenRecords(work)
        self.announcements = MemoryAnnouncements(work)
        self.trs_lookups = MemoryTrsLookups(work)
        self.refusals = MemoryRefusals(work)
        return self

    def _begin(self) -> Work:
        """Waits for its turn, if it may write, and copies the state."""
        if self._may_write and not self._store.turn.acquire(timeout=self._patience):
            raise Contention("another unit of work takes too long")
        return Work(self._store.state.copy(), may_write=self._may_write)

    def hold(self, holds: Iterable[Hold]) -> None:
        """Counts these as held, so that they can be written."""
        self._work.hold(holds)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Goes back to the state before the block when it ends with a Conflict."""
        with self._work.savepoint():
            yield

    def commit(self) -> None:
        """Commits every change. The unit of work cannot be used afterwards."""
        with self._work.writing() as state:
            self._store.state = state
        self._work.end()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._work.end()
        if self._may_write:
            self._store.turn.release()
