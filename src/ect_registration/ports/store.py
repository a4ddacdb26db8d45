"""Where the service keeps what it knows.

Every method that writes raises ``Conflict`` when a guarantee of the store forbids the change, and
every method may raise ``Contention`` or ``Unavailable``. All of them end the unit of work.
"""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from ect_registration.ports.attempts import Attempts
from ect_registration.ports.notices import Outbox
from ect_registration.ports.offers import (
    Organisations,
    Partnerships,
    ProgrammeOffers,
    Schools,
)
from ect_registration.ports.people import Ects, Emails, Mentors, People, Teachers
from ect_registration.ports.records import History, Journeys
from ect_registration.ports.sessions import Sessions


class UnitOfWork(Protocol):
    """A transaction: leaving it without ``commit()`` discards every change."""

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
    outbox: Outbox

    def commit(self) -> None:
        """Commits every change. The unit of work cannot be used afterwards."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
