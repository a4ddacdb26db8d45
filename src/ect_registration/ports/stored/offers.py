"""Schools, and what there is for them to choose from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.ect import Registration
from ect_registration.domain.school import (
    AppropriateBody,
    ClosedDays,
    DeliveryPartner,
    LeadProvider,
    Offer,
    Organisation,
    OrganisationKind,
    Partnership,
    School,
    SchoolRecords,
    Succession,
    TrainingYear,
)
from ect_registration.domain.values import Trn, Urn


class Schools(Protocol):
    """Schools, open and closed."""

    def find(self, urn: Urn) -> School | None:
        """Returns a school; None when the service does not know it."""

    def with_latest_registration(self, urn: Urn) -> tuple[School, Registration | None] | None:
        """Returns the school and its latest registration: by moment, then by order of writing."""

    def with_offer(
        self, urn: Urn, year: AcademicYear
    ) -> tuple[School, Registration | None, Offer] | None:
        """Returns what ``with_latest_registration`` does, and ``ProgrammeOffers.to_school``."""

    def save(self, school: School) -> None:
        """Adds a school, or sets it to what is given."""

    def with_urns(self, urns: Collection[Urn]) -> Sequence[School]:
        """Returns those of these schools that the service knows, by URN."""

    def save_all(self, schools: Sequence[School]) -> None:
        """Saves many schools. Reference data is held."""

    def records(
        self, today: date, of: Collection[Urn] | None = None
    ) -> Mapping[Urn, SchoolRecords]:
        """Returns how many records each school has that has any, or each of these schools.

        Those that go on are open ``today``.
        """

    def move_records(self, succession: Succession) -> None:
        """Moves everything of a school to its successor, and remembers the succession.

        ECTs, mentors, trainings, mentorships, partnerships and drafts keep their ids and days.
        Training takes the successor's partnership with its lead provider in its year, if it has
        one, ended or not. History stays where it is. Everything is held.
        Conflict: a person who would then mentor twice at once there.
        """

    def move_periods(self, ids: Collection[UUID], old: Urn, new: Urn) -> None:
        """Moves some ECTs and mentors of a school, by their ids, to another that goes on.

        Trainings and mentorships keep their ids and days. Training takes the other school's
        partnership with its lead provider in its year, ended or not; where that has none, the
        partnership is copied. Everything is held.
        Conflict: an ECT would be parted from a person who mentors or mentored them.
        """

    def successions_of(self, urns: Collection[Urn]) -> Sequence[Succession]:
        """Returns what has taken the place of these schools, by URN; nothing for the others.

        It is the next school, which may have been replaced as well.
        """


class ProgrammeOffers(Protocol):
    """The choices a school has. Reference data: saving sets a row to what is given."""

    def appropriate_bodies(self) -> Sequence[AppropriateBody]:
        """Returns all appropriate bodies, by name."""

    def training_year(self, year: AcademicYear) -> TrainingYear:
        """Returns a year. A year that was never saved is closed, and has no providers."""

    def to_school(self, urn: Urn, year: AcademicYear) -> Offer:
        """Returns that year, with all appropriate bodies and the partnerships of this school."""

    def closed_days(self, today: date) -> Sequence[ClosedDays]:
        """Returns the days on which registering is closed, those that have passed left out."""

    def save_academic_year(self, year: AcademicYear, *, open_for_registration: bool) -> None:
        """Opens or closes a year for registration."""

    def save_appropriate_body(self, body: AppropriateBody) -> None:
        """Saves a body, found by its name whatever the case, accents and blanks.

        A new one is given an id.
        """

    def save_lead_provider(self, provider: LeadProvider) -> None:
        """Saves a provider, found by name as a body is, and replaces its years."""

    def save_delivery_partner(self, partner: DeliveryPartner) -> None:
        """Saves a partner, found by name as a body is, and replaces its pairings.

        Conflict: an unknown lead provider.
        """


class Organisations(Protocol):
    """Appropriate bodies, lead providers and delivery partners, under ids that never change.

    Everything that is kept speaks of them by id: under a new name they are found in all of it.
    """

    def of_kind(self, kind: OrganisationKind) -> Sequence[Organisation]:
        """Returns all of a kind by name, with the former names that no other has taken since."""

    def rename(self, organisation: Organisation, name: str) -> None:
        """Renames an organisation, and keeps the name that it had as a former name.

        Conflict: it is unknown, or another of its kind has the name, whatever the case, accents
        and blanks.
        """


@attrs.frozen
class TrainedPerson:
    """A person with a training that follows a partnership. Stores return them by TRN."""

    trn: Trn
    period: UUID  # the public id of the ECT or mentor period that the training is part of
    delivery_partner: str | None  # of the training; None while it waits


class Partnerships(Protocol):
    """Who trains a school's ECTs, year by year."""

    def of_school(self, urn: Urn) -> Sequence[Partnership]:
        """Returns a school's partnerships, newest year first, then by lead provider.

        Those that have ended are left out.
        """

    def ended_of_school(self, urn: Urn) -> Sequence[Partnership]:
        """Returns a school's partnerships that have ended, in the same order."""

    def add(self, partnership: Partnership) -> None:
        """Adds a partnership, or takes up one that has ended, with this delivery partner.

        Raises Conflict when there is one already, or the two do not work together in that year.
        """

    def change(self, partnership: Partnership) -> None:
        """Gives the partnership of this school, provider and year this delivery partner.

        All people trained under it are trained by them. Conflict: there is no such partnership, or
        the two do not work together in that year.
        """

    def confirmed_otherwise(self, partnership: Partnership) -> Sequence[TrainedPerson]:
        """Returns who is trained under this school's partnership by another delivery partner.

        That is the partnership with this lead provider in this year, ended or not; trainings that
        have ended count, withdrawn ones do not. Changing its delivery partner concerns these.
        """

    def confirm_waiting(self, partnership: Partnership, today: date) -> Sequence[TrainedPerson]:
        """Gives the waiting trainings of this school, provider and year their delivery partner.

        ECTs and mentors alike are included; trainings that have ended are not. Returns whose they
        are, a person for each training confirmed.
        """

    def release(self, partnership: Partnership, today: date) -> Sequence[TrainedPerson]:
        """Takes the delivery partner from the partnership's trainings that have not ended.

        They wait for the lead provider again. Returns whose they are, a person for each training;
        withdrawn ones are left out.
        """
