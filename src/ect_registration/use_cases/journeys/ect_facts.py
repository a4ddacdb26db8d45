"""What the journey of an ECT looks up: the part of a unit of work that it reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import KnownEct, Registration
from ect_registration.domain.school import ClosedDays, Offer, School
from ect_registration.domain.values import Trn, Urn


class SchoolFacts(Protocol):
    """What a school is, and what it may choose."""

    def with_latest_registration(self, urn: Urn) -> tuple[School, Registration | None] | None:
        """Returns what ``Schools.with_latest_registration`` does."""

    def with_offer(
        self, urn: Urn, year: AcademicYear
    ) -> tuple[School, Registration | None, Offer] | None:
        """Returns what ``Schools.with_offer`` does."""


class OfferFacts(Protocol):
    """What a school may choose in a year."""

    def to_school(self, urn: Urn, year: AcademicYear) -> Offer:
        """Returns what ``ProgrammeOffers.to_school`` does."""

    def closed_days(self, today: date) -> Sequence[ClosedDays]:
        """Returns what ``ProgrammeOffers.closed_days`` does."""


class PersonFacts(Protocol):
    """The records that the service has of a person."""

    def known_as(self, trns: Collection[Trn]) -> KnownEct:
        """Returns what ``Ects.known_as`` does."""


class EmailFacts(Protocol):
    """Who uses an email address."""

    def holders(self, email: Email, today: date) -> Sequence[Trn]:
        """Returns what ``Emails.holders`` does."""


class EctFacts(Protocol):
    """Everything that the rules of a registration are decided on. A unit of work has it."""

    @property
    def schools(self) -> SchoolFacts:
        """Returns the schools."""

    @property
    def offers(self) -> OfferFacts:
        """Returns the offers."""

    @property
    def ects(self) -> PersonFacts:
        """Returns the people."""

    @property
    def emails(self) -> EmailFacts:
        """Returns the email addresses."""
