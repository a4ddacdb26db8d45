"""Records as one lead provider sees them, without what changes only because a day has passed.

Statuses that follow from days are told when a record is shown: see ``answers``. So two records
are equal when nothing has happened between them, whatever the day.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import attrs

from ect_registration.domain.people.ect import WorkingPattern


class Role(StrEnum):
    """The role in which a person is trained: ECT or mentor."""

    ECT = "ect"
    MENTOR = "mentor"


class WithdrawalReason(StrEnum):
    """Why a person is no longer trained by a lead provider, in the words of the contract."""

    MOVED_SCHOOL = "moved-school"
    MENTOR_NO_LONGER = "mentor-no-longer-being-mentor"
    SCHOOL_LED = "switched-to-school-led"
    CHANGED_LEAD_PROVIDER = "changed-lead-provider"
    OTHER = "other"


class WhyNotFundedMentor(StrEnum):
    """Why a mentor's training is not funded any more, in the words of the contract."""

    COMPLETED = "completed_declaration_received"
    EARLY_ROLL_OUT = "completed_during_early_roll_out"
    TIMED_OUT = "started_not_completed"


@attrs.frozen
class Days:
    """A first day and perhaps a last one, both inclusive."""

    first: date
    last: date | None = None

    def are_over(self, day: date) -> bool:
        """Says whether the last day has passed."""
        return self.last is not None and self.last < day

    def include(self, day: date) -> bool:
        """Says whether a day is one of these."""
        return self.first <= day and not self.are_over(day)


@attrs.frozen
class MentoredBy:
    """Who mentors an ECT on these days."""

    mentor: UUID
    days: Days


@attrs.frozen
class Withdrawal:
    """Why training with the lead provider ended, and when: on a day, or else at a moment."""

    reason: WithdrawalReason
    on: date | None = None
    at: datetime | None = None


@attrs.frozen(kw_only=True)
class Enrolment:
    """A person's latest training with the lead provider in one role."""

    role: Role
    training_record_id: UUID
    email: str
    school: str
    working_pattern: WorkingPattern | None
    cohort: int
    training: Days
    delivery_partner: UUID
    created_at: datetime
    mentors: tuple[MentoredBy, ...] = ()
    left_before_it_began: bool = False
    withdrawal: Withdrawal | None = None
    # The day after which a mentor mentors at no school, unless something changes.
    mentoring_until: date | None = None
    eligible_for_funding: bool | None = None
    induction_started_on: date | None = None
    induction_ended_on: date | None = None
    induction_period_ended_on: date | None = None
    funding_ended_on: date | None = None
    why_not_funded: WhyNotFundedMentor | None = None


@attrs.frozen
class IdChange:
    """A person was known under another id before, because two turned out to be one."""

    before: UUID
    after: UUID
    at: datetime


@attrs.frozen
class Participant:
    """A person that the lead provider trains, will train or has trained."""

    full_name: str
    trn: str
    enrolments: tuple[Enrolment, ...]
    id_changes: tuple[IdChange, ...] = ()


@attrs.frozen
class Place:
    """A school, who trains the person there, and the day of leaving or joining."""

    school: str
    lead_provider: str | None
    on: date | None


@attrs.frozen
class Transfer:
    """A person left a school where the lead provider trained them, perhaps for another."""

    training_record_id: UUID
    created_at: datetime
    leaving: Place
    joining: Place | None = None


@attrs.frozen
class Transfers:
    """The transfers of one person; none is left of one that was undone."""

    transfers: tuple[Transfer, ...]


@attrs.frozen
class UnfundedMentor:
    """A person who mentors one of the lead provider's ECTs and is not trained by it."""

    full_name: str
    email: str
    trn: str


@attrs.frozen
class SeenPartnership:
    """The lead provider's partnership with a school in a year."""

    cohort: int
    urn: str
    school: UUID
    delivery_partner: UUID
    delivery_partner_name: str
    trainings: tuple[Days, ...] = ()  # of all people trained under it, in order


@attrs.frozen
class SeenPartner:
    """A delivery partner that works with the lead provider in these academic years."""

    name: str
    cohorts: tuple[int, ...]


Record = Participant | Transfers | UnfundedMentor | SeenPartnership | SeenPartner


class Kind(StrEnum):
    """Kinds of record, as the contract names them."""

    PARTICIPANT = "participant"
    TRANSFER = "participant-transfer"
    UNFUNDED_MENTOR = "unfunded-mentor"
    PARTNERSHIP = "partnership"
    DELIVERY_PARTNER = "delivery-partner"


OF_PEOPLE = (Kind.PARTICIPANT, Kind.TRANSFER, Kind.UNFUNDED_MENTOR)


@attrs.frozen
class Seen:
    """A record that one lead provider sees, with when it first did and when it last changed."""

    lead_provider: str
    kind: Kind
    id: UUID
    record: Record
    created_at: datetime
    updated_at: datetime


class ProgrammeChoice(StrEnum):
    """How a school trains its ECTs of a year, as the contract names it."""

    PROVIDER_LED = "provider_led"
    SCHOOL_LED = "school_led"
    NOT_YET_KNOWN = "not_yet_known"


@attrs.frozen
class SeenSchool:
    """A school in one academic year, as one lead provider sees it."""

    id: UUID
    name: str
    urn: str
    cohort: int
    in_partnership: bool
    programme_choice: ProgrammeChoice
    expression_of_interest: bool
    created_at: datetime
    updated_at: datetime
