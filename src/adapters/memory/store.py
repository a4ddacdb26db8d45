"""The store in memory: for tests, and for trying things out."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from adapters.memory.attempts import MemoryAttempts
from adapters.memory.ects import MemoryEcts
from adapters.memory.emails import MemoryEmails
from adapters.memory.history import MemoryHistory
from adapters.memory.journeys import MemoryJourneys
from adapters.memory.mentors import MemoryMentors
from adapters.memory.organisations import MemoryOrganisations
from adapters.memory.people import MemoryPeople
from adapters.memory.reference import MemoryPartnerships, MemoryProgrammeOffers, MemorySchools
from adapters.memory.sessions import MemorySessions
from adapters.memory.state import State, Work
from adapters.memory.teachers import MemoryTeachers
from ect_registration.ports.attempts import Attempts
from ect_registration.ports.errors import Contention
from ect_registration.ports.offers import (
    Organisations,
    Partnerships,
    ProgrammeOffers,
    Schools,
)
from ect_registration.ports.people import Ects, Emails, Mentors, People, Teachers
from ect_registration.ports.records import History, Journeys
from ect_registration.ports.sessions import Sessions

PATIENCE = 30.0  # seconds that a unit waits for its turn


class MemoryStore:
    """One state, and one writing unit of work at a time."""

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self.state = State()
        self.turn = threading.Lock()
        self.patience = patience

    def unit_of_work(self) -> MemoryUnitOfWork:
        """A fresh one each time."""
        return MemoryUnitOfWork(self, may_write=True)

    def reading(self) -> MemoryUnitOfWork:
        """For looking only: it waits for nobody, nobody waits for it, and it cannot write."""
        return MemoryUnitOfWork(self, may_write=False)


class MemoryUnitOfWork:
    """Works on a copy of the state, and swaps it in on commit."""

    schools: Schools
    offers: ProgrammeOffers
    organisations: Organisations
    partnerships: Partnerships
    teachers: Teachers
    ects: Ects
    mentors: Mentors
    emails: Emails
    history: History
    journeys: Journeys
    sessions: Sessions
    attempts: Attempts
    people: People

    def __init__(self, store: MemoryStore, *, may_write: bool) -> None:
        self._store = store
        self._may_write = may_write

    def __enter__(self) -> Self:
        if self._may_write and not self._store.turn.acquire(timeout=self._store.patience):
            raise Contention("another unit of work takes too long")
        self._work = work = Work(self._store.state.copy(), may_write=self._may_write)
        self.schools = MemorySchools(work)
        self.offers = MemoryProgrammeOffers(work)
        self.organisations = MemoryOrganisations(work)
        self.partnerships = MemoryPartnerships(work)
        self.teachers = MemoryTeachers(work)
        self.ects = MemoryEcts(work)
        self.mentors = MemoryMentors(work)
        self.emails = MemoryEmails(work)
        self.history = MemoryHistory(work)
        self.journeys = MemoryJourneys(work)
        self.sessions = MemorySessions(work)
        self.attempts = MemoryAttempts(work)
        self.people = MemoryPeople(work)
        return self

    def commit(self) -> None:
        """Keep everything. Nothing may follow."""
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
