"""Where the service keeps what it knows.

Every method that writes raises ``Conflict`` when a guarantee of the store forbids the change, and
every method may raise ``Contention`` or ``Unavailable``. All of them end the unit of work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.chain import Chain, Link
from ect_registration.domain.ect import EctAtSchool, EctId, Registration
from ect_registration.domain.email import Email
from ect_registration.domain.finding import EctsFound, EctsWanted
from ect_registration.domain.finding_mentors import Mentored, MentorsFound, MentorsWanted
from ect_registration.domain.history import Change
from ect_registration.domain.journeys import Journey, JourneyId
from ect_registration.domain.mentor import MentorAtSchool, MentorPast, MentorTrainingHistory
from ect_registration.domain.mentorship import MentorId
from ect_registration.domain.school import (
    AppropriateBody,
    DeliveryPartner,
    LeadProvider,
    Offer,
    Partnership,
    School,
    TrainingYear,
)
from ect_registration.domain.teacher import Teacher
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.attempts import Attempts
from ect_registration.ports.sessions import Sessions


class Schools(Protocol):
    """Schools, open and closed."""

    def find(self, urn: Urn) -> School | None:
        """None when we do not know it."""

    def with_latest_registration(self, urn: Urn) -> tuple[School, Registration | None] | None:
        """The school and what it registered last: by moment, then by the order of writing."""

    def with_offer(
        self, urn: Urn, year: AcademicYear
    ) -> tuple[School, Registration | None, Offer] | None:
        """The same, with ``ProgrammeOffers.to_school``."""

    def save(self, school: School) -> None:
        """Add it, or set it to what is given."""


class ProgrammeOffers(Protocol):
    """What there is to choose from. Reference data: saving sets a row to what is given."""

    def appropriate_bodies(self) -> Sequence[AppropriateBody]:
        """All of them, by name."""

    def training_year(self, year: AcademicYear) -> TrainingYear:
        """A year nobody has saved is closed, and nobody works in it."""

    def to_school(self, urn: Urn, year: AcademicYear) -> Offer:
        """That year, with all appropriate bodies and the partnerships of this school."""

    def save_academic_year(self, year: AcademicYear, *, open_for_registration: bool) -> None:
        """Open or close a year for registration."""

    def save_appropriate_body(self, body: AppropriateBody) -> None:
        """By name."""

    def save_lead_provider(self, provider: LeadProvider) -> None:
        """By name; its years become the given ones."""

    def save_delivery_partner(self, partner: DeliveryPartner) -> None:
        """By name; its pairings become the given ones. Conflict: an unknown lead provider."""


class Partnerships(Protocol):
    """Who trains a school's ECTs, year by year."""

    def of_school(self, urn: Urn) -> Sequence[Partnership]:
        """Newest year first, then by lead provider."""

    def add(self, partnership: Partnership) -> None:
        """Conflict: there is one already, or the two do not work together in that year."""

    def confirm_waiting(self, partnership: Partnership) -> int:
        """Give the waiting trainings of this school, provider and year their delivery partner.

        Of ECTs and mentors alike; the answer is how many there were.
        """


class Teachers(Protocol):
    """People with a TRN whom some school has registered."""

    def known_as(self, trns: Collection[Trn]) -> Sequence[Teacher]:
        """Everybody known under one of these TRNs or one merged with them, in order of TRN.

        They are held until the unit of work ends: nobody else changes their periods meanwhile.
        """

    def save(self, teacher: Teacher) -> None:
        """Add, or set the names of, the teacher with this TRN."""

    def merge(self, old: Trn, retained: Trn) -> None:
        """Keep the old TRN as an alias of the retained one.

        A teacher known only under the old TRN is known under the retained one from now on. Known
        under both, nothing moves. Saying it again changes nothing.
        """


class Ects(Protocol):
    """ECT periods, each with its trainings and mentorships, withdrawn ones included."""

    def of_people(self, trns: Collection[Trn]) -> Sequence[EctAtSchool]:
        """The periods of the teachers with these very TRNs, oldest first."""

    def known_as(self, trns: Collection[Trn]) -> tuple[Sequence[Teacher], Sequence[EctAtSchool]]:
        """``Teachers.known_as``, and the periods of all of them together, oldest first."""

    def at_school(self, urn: Urn) -> Sequence[EctAtSchool]:
        """Latest registration first, then in the reverse order of writing."""

    def look(self, wanted: EctsWanted, skip: int, most: int) -> EctsFound:
        """Mentor required first, else as at the school: ``most`` of them after the first few."""

    def find(self, id: EctId) -> EctAtSchool | None:
        """None when there is no such period."""

    def find_with_trns(self, id: EctId) -> tuple[EctAtSchool, frozenset[Trn]] | None:
        """The same, and every TRN of its person, whose teacher is held as by ``known_as``."""

    def add(self, ect: EctAtSchool) -> None:
        """The teacher is saved and the email claimed before.

        Conflict: the period overlaps another of the teacher, a training lies outside it, ...
        """

    def change(self, before: EctAtSchool, after: EctAtSchool) -> None:
        """Write what differs: email, period, completed, trainings and mentorships."""


class Mentors(Protocol):
    """Mentor periods, each with its trainings."""

    def of_people(self, trns: Collection[Trn]) -> Sequence[MentorAtSchool]:
        """The periods of the teachers with these very TRNs, oldest first."""

    def at_school(self, urn: Urn) -> Sequence[MentorAtSchool]:
        """By name, then oldest first."""

    def find(self, id: MentorId) -> MentorAtSchool | None:
        """None when there is no such period."""

    def of_person_with(self, id: MentorId) -> Sequence[MentorAtSchool]:
        """Every mentor period, at any school, of the person who has this one, oldest first.

        Nothing when there is no such period. Merged TRNs are one person.
        """

    def past_of_person_with(self, id: MentorId) -> MentorPast:
        """Those, with what is known of their training before, in order of TRN."""

    def mentored_by(self, id: MentorId) -> Sequence[EctAtSchool]:
        """The ECTs with a mentorship of this mentor that was not withdrawn, oldest first."""

    def look(self, wanted: MentorsWanted, skip: int, most: int) -> MentorsFound:
        """Those who have not left first, then by name: ``most`` after the first few."""

    def mentored_by_any(self, ids: Collection[MentorId]) -> Sequence[Mentored]:
        """Whom these mentor periods mentor, did or will, by first day; not what was withdrawn."""

    def training_history(self, trns: Collection[Trn]) -> Sequence[MentorTrainingHistory]:
        """What is known of the people with these TRNs, in order of TRN. Merged TRNs are one."""

    def save_training_history(self, history: MentorTrainingHistory) -> None:
        """Add it, or set it to what is given, for this TRN; we need not know the person."""

    def add(self, mentor: MentorAtSchool) -> None:
        """As for an ECT. Conflict: overlaps another mentor period of theirs at this school."""

    def change(self, before: MentorAtSchool, after: MentorAtSchool) -> None:
        """Write what differs: email, period and trainings."""


class Emails(Protocol):
    """Who holds which email address."""

    def holders(self, email: Email, today: date) -> Sequence[Trn]:
        """The TRNs of the people with an open ECT or mentor period with this address."""

    def claim(self, email: Email, trn: Trn, today: date) -> None:
        """Make this teacher the holder. Claiming again changes nothing.

        Conflict: the holder is somebody else, whose periods with it have not all finished.
        """


class History(Protocol):
    """What happened. Append-only, and chained: a chain for each school, one for no school."""

    def add(self, changes: Iterable[Change]) -> None:
        """In the order given. Conflict, at the latest at the commit: an unknown school."""

    def of_school(self, urn: Urn) -> Sequence[Change]:
        """Oldest first."""

    def about(self, urn: Urn, id: UUID) -> Sequence[Change]:
        """What this school's history has about the period with this public id, oldest first."""

    def chains(self) -> Sequence[Chain]:
        """Every chain, in order of name."""

    def links(self, chain: str, after: int | None, most: int) -> Sequence[Link]:
        """So many lines of a chain as they are kept, in order of number, after that number."""


class Journeys(Protocol):
    """Unfinished registrations, and those finished a short while ago."""

    def add(self, journey: Journey) -> None:
        """Conflict: the id is taken."""

    def find(self, id: JourneyId) -> Journey | None:
        """Expired ones too. It is held until the unit of work ends."""

    def of_user(self, school: Urn, user: str) -> Sequence[Journey]:
        """Latest use first."""

    def save(self, journey: Journey) -> None:
        """The draft, the moment of use and what came of it."""

    def remove_unused_since(self, moment: datetime) -> int:
        """Those last used at that moment or before; the answer is how many."""

    def remove(self, id: JourneyId) -> None:
        """Nothing happens when it is gone already."""


class People(Protocol):
    """What there is about one person, wherever it is kept."""

    def trns(self, trn: Trn) -> Sequence[Trn]:
        """Every TRN that merges have shown to be the same person's, this one included, in order.

        It need not be one that anybody has registered.
        """

    def email_addresses(self, trns: Collection[Trn]) -> Sequence[str]:
        """Those that the teachers with these very TRNs hold, as they are compared, in order."""

    def journeys(self, trns: Collection[Trn]) -> Sequence[Journey]:
        """Those that looked for one of these TRNs or found it, latest use first."""

    def history(self, trns: Collection[Trn]) -> Sequence[Change]:
        """What happened to the people with these very TRNs, at any school, oldest first."""


class UnitOfWork(Protocol):
    """All or nothing. Leaving it without ``commit()`` discards."""

    schools: Schools
    offers: ProgrammeOffers
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

    def commit(self) -> None:
        """Keep everything. Nothing may follow."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
