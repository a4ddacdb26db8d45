"""Where the service keeps what it knows.

Every method that writes raises ``Conflict`` when a guarantee of the store forbids the change, and
every method may raise ``Contention`` or ``Unavailable``. All of them end the unit of work.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self

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


class UnitOfWork(Protocol):
    """A transaction: leaving it without ``commit()`` discards every change.

    It writes only what it holds. A unit for reading sees one moment; one for writing sees what
    was committed when it asks, and no other unit changes what it holds until it ends.
    """

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
    announcements: Announcements
    trs_lookups: TrsLookups
    refusals: Refusals

    tokens: ApiTokens
    seen: SeenRecords

    def hold(self, holds: Iterable[Hold]) -> None:
        """Waits until no other unit holds these, and holds them until the unit of work ends.

        Read afterwards: what was read before may have changed meanwhile. Holding again what is
        held does nothing, nor does holding in a unit for reading. Raises RuntimeError for what
        comes before something held already in the order of ``holds``, and Contention when a
        person was merged with another meanwhile.
        """

    def commit(self) -> None:
        """Commits every change. The unit of work cannot be used afterwards."""

    def savepoint(self) -> AbstractContextManager[None]:
        """Returns a block that is undone alone when it ends with a Conflict, which goes on.

        Any other error still ends the unit of work. Savepoints are not nested.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class BeginWriting(Protocol):
    """Begins a unit of work that writes."""

    def __call__(self, deadline: Deadline = NEVER) -> UnitOfWork:
        """Returns a fresh one each time, which waits for nothing beyond the deadline."""


class BeginReading(Protocol):
    """Begins a unit of work for reading only: it makes no other work wait."""

    def __call__(self, deadline: Deadline = NEVER) -> AbstractContextManager[UnitOfWork]:
        """Returns one that sees one moment, and waits for nothing beyond the deadline."""
