"""Schools, and the organisations they choose from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.values import Urn

OrganisationId = NewType("OrganisationId", UUID)


LONGEST_TITLE = 200  # characters of the name of a school or an organisation
LONGEST_MESSAGE = 1000  # characters of what operators tell schools
LONGEST_CODE = 20  # characters of a code that another service gives a school or an area

# The Office for National Statistics' codes of the regions of England, by the names in Get
# information about schools.
REGION_CODES: Mapping[str, str] = {
    "North East": "E12000001",
    "North West": "E12000002",
    "Yorkshire and the Humber": "E12000003",
    "East Midlands": "E12000004",
    "West Midlands": "E12000005",
    "East of England": "E12000006",
    "London": "E12000007",
    "South East": "E12000008",
    "South West": "E12000009",
}


class SchoolType(StrEnum):
    """Who pays for a school, as far as registering goes by it."""

    STATE_FUNDED = "state_funded"
    INDEPENDENT = "independent"
    NOT_ELIGIBLE = "not_eligible"  # such as a British school overseas or an online provider


class SchoolStatus(StrEnum):
    """The status of a school, as one of the four in Get information about schools."""

    OPEN = "open"
    PROPOSED_TO_OPEN = "proposed_to_open"
    PROPOSED_TO_CLOSE = "proposed_to_close"
    CLOSED = "closed"


@attrs.frozen
class School:
    """A school as Get information about schools describes it."""

    urn: Urn
    name: str
    type: SchoolType = SchoolType.STATE_FUNDED
    section_41: bool = False
    status: SchoolStatus = SchoolStatus.OPEN
    in_england: bool = True
    opened_on: date | None = None
    closed_on: date | None = None
    local_authority: str | None = None
    region: str | None = None
    phase: str | None = None
    la_code: str | None = None  # the local authority's number in DfE's services, such as 201
    new_la_code: str | None = None  # its code in national statistics, such as E09000001
    ukprn: str | None = None  # the school's number in the UK Register of Learning Providers

    @property
    def region_code(self) -> str | None:
        """Returns the region's code in national statistics; None outside of the nine regions."""
        return REGION_CODES.get(self.region or "")


@attrs.frozen
class SchoolRecords:
    """How many records a school has; withdrawn ones count, as they are kept.

    Partnerships that have ended do not: one may stay behind when schools merge.
    """

    ects: int = 0
    mentors: int = 0
    partnerships: int = 0
    drafts: int = 0
    going_on: int = 0  # open periods that go on after the school's closing day

    @property
    def any(self) -> bool:
        """Says whether there is anything that a successor would take over."""
        return bool(self.ects or self.mentors or self.partnerships or self.drafts)


@attrs.frozen
class Succession:
    """A school that another has taken the place of, records and all, since a day."""

    school: Urn
    successor: Urn
    moved_on: date


@attrs.frozen
class ClosedDays:
    """Days on which no school can register, from one to another, both inclusive."""

    first_day: date
    last_day: date
    message: str | None = None
    active: bool = True


class OrganisationKind(StrEnum):
    """What an organisation that schools work with is to them."""

    APPROPRIATE_BODY = "appropriate_body"
    LEAD_PROVIDER = "lead_provider"
    DELIVERY_PARTNER = "delivery_partner"


@attrs.frozen
class Organisation:
    """An appropriate body, a lead provider or a delivery partner: its id stays, its name may not.

    Everything else speaks of an organisation by its present name.
    """

    id: OrganisationId
    kind: OrganisationKind
    name: str
    former_names: tuple[str, ...] = ()  # sorted; those that no other has had since


class BodyKind(StrEnum):
    """What an appropriate body is."""

    TEACHING_SCHOOL_HUB = "teaching_school_hub"
    NATIONAL = "national"
    LOCAL_AUTHORITY = "local_authority"


@attrs.frozen
class AppropriateBody:
    """Assures the quality of induction, and decides whether an ECT passes it."""

    name: str
    kind: BodyKind
    active_from: date | None = None
    active_until: date | None = None

    def is_active(self, day: date) -> bool:
        """Says whether the body is active on a day. Its first and last day are inclusive."""
        return (self.active_from is None or self.active_from <= day) and (
            self.active_until is None or day <= self.active_until
        )


@attrs.frozen
class LeadProvider:
    """Sets up provider-led training, in some academic years."""

    name: str
    years: frozenset[AcademicYear] = frozenset()


@attrs.frozen
class ProviderYear:
    """An academic year in which a lead provider works, or once was to work."""

    lead_provider: str
    year: AcademicYear


@attrs.frozen(order=True)
class Pairing:
    """A delivery partner that works with a lead provider in one academic year."""

    lead_provider: str
    delivery_partner: str
    year: AcademicYear


@attrs.frozen
class DeliveryPartner:
    """Delivers training for lead providers."""

    name: str
    works_with: frozenset[Pairing] = frozenset()


@attrs.frozen
class Partnership:
    """Who trains this school's ECTs in one academic year."""

    school: Urn
    lead_provider: str
    delivery_partner: str
    year: AcademicYear


@attrs.frozen
class TrainingYear:
    """What there is to choose from in one academic year."""

    year: AcademicYear
    open_for_registration: bool = False
    lead_providers: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()  # lead provider, delivery partner
    # Every lead provider we know, so that "not this year" is told apart from "never heard of".
    all_lead_providers: frozenset[str] = frozenset()
    # What they were called before, each with what that lead provider is called now.
    former_lead_providers: frozenset[tuple[str, str]] = frozenset()


@attrs.frozen
class Offer:
    """What one school may find to choose from in one academic year; rules say what it may take."""

    year: TrainingYear
    bodies: tuple[AppropriateBody, ...] = ()  # all of them, by name
    partnerships: tuple[Partnership, ...] = ()  # of any year, newest first, then by lead provider
    former_bodies: frozenset[tuple[str, str]] = frozenset()  # former name, present name
    closed_days: frozenset[ClosedDays] = frozenset()  # active ones, past ones among them
