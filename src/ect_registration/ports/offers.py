"""Schools, and what there is for them to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.ect import Registration
from ect_registration.domain.school import (
    AppropriateBody,
    DeliveryPartner,
    LeadProvider,
    Offer,
    Organisation,
    OrganisationKind,
    Partnership,
    School,
    TrainingYear,
)
from ect_registration.domain.values import Urn


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
        """By name, whatever its case, accents and blanks; a new one is given an id."""

    def save_lead_provider(self, provider: LeadProvider) -> None:
        """By name, as a body; its years become the given ones."""

    def save_delivery_partner(self, partner: DeliveryPartner) -> None:
        """By name, as a body; its pairings become the given ones.

        Conflict: an unknown lead provider.
        """


class Organisations(Protocol):
    """Appropriate bodies, lead providers and delivery partners under ids that stay.

    Everything that is kept speaks of them by id: under a new name they are found in all of it.
    """

    def of_kind(self, kind: OrganisationKind) -> Sequence[Organisation]:
        """All of them, by name, with the former names that no other has had since."""

    def rename(self, organisation: Organisation, name: str) -> None:
        """The name that it had becomes a former one of its own.

        Conflict: it is unknown, or another of its kind has the name, whatever the case, accents
        and blanks.
        """


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
