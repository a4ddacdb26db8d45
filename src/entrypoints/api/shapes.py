"""The shapes of answers. Answers are made of these classes, and so is the OpenAPI document."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import attrs

from ect_registration.domain.lead_providers.records import (
    ProgrammeChoice,
    Role,
    WhyNotFundedMentor,
    WithdrawalReason,
)
from ect_registration.domain.lead_providers.statuses import (
    ParticipantStatus,
    TrainingStatus,
    TransferType,
)
from ect_registration.domain.people.ect import WorkingPattern

# The contract has no null there: what is not known is left out.
LEFT_OUT: Any = attrs.field(default=None, metadata={"left_out": True})


class TransferStatus(StrEnum):
    """The status of a transfer: complete when both its days have come."""

    INCOMPLETE = "incomplete"
    COMPLETE = "complete"


@attrs.frozen
class WithdrawalShape:
    """Why and when training with this lead provider ended."""

    reason: WithdrawalReason
    date: datetime


@attrs.frozen
class DeferralShape:
    """Why and when training was put off. It belongs to finance: there is none here."""

    reason: str
    date: datetime


@attrs.frozen(kw_only=True)
class EnrolmentShape:
    """A person's latest training with this lead provider in one role."""

    training_record_id: UUID
    email: str
    mentor_id: UUID | None
    school_urn: str
    participant_type: Role
    working_pattern: WorkingPattern | None
    cohort: str
    training_status: TrainingStatus
    participant_status: ParticipantStatus
    eligible_for_funding: bool | None
    pupil_premium_uplift: bool = False
    sparsity_uplift: bool = False
    schedule_identifier: str
    delivery_partner_id: UUID
    withdrawal: WithdrawalShape | None
    deferral: DeferralShape | None = None
    created_at: datetime
    induction_end_date: date | None
    most_recent_induction_period_end_date: date | None
    overall_induction_start_date: date | None
    mentor_funding_end_date: date | None
    cohort_changed_after_payments_frozen: bool = False
    mentor_ineligible_for_funding_reason: WhyNotFundedMentor | None


@attrs.frozen
class IdChangeShape:
    """The id under which a person was known before."""

    from_participant_id: UUID
    to_participant_id: UUID
    changed_at: datetime


@attrs.frozen
class ParticipantShape:
    """A person that the lead provider trains, will train or has trained."""

    full_name: str
    teacher_reference_number: str | None
    ecf_enrolments: tuple[EnrolmentShape, ...]
    participant_id_changes: tuple[IdChangeShape, ...]
    updated_at: datetime


@attrs.frozen
class PlaceShape:
    """A school that is left or joined."""

    school_urn: str
    provider: str | None = LEFT_OUT
    date: date | None = LEFT_OUT


@attrs.frozen
class TransferShape:
    """One move from a school, perhaps to another."""

    training_record_id: UUID
    transfer_type: TransferType
    status: TransferStatus
    created_at: date
    leaving: PlaceShape
    joining: PlaceShape | None


@attrs.frozen
class TransfersShape:
    """The moves of one person from schools where this lead provider trained them."""

    transfers: tuple[TransferShape, ...]
    updated_at: datetime


@attrs.frozen
class UnfundedMentorShape:
    """A mentor of one of the lead provider's ECTs that it does not train."""

    full_name: str
    email: str
    teacher_reference_number: str | None
    created_at: datetime
    updated_at: datetime


@attrs.frozen(kw_only=True)
class PartnershipShape:
    """The lead provider's partnership with a school in an academic year."""

    cohort: str
    urn: str
    school_id: UUID
    delivery_partner_id: UUID
    delivery_partner_name: str
    induction_tutor_name: str | None = None
    induction_tutor_email: str | None = None
    participants_currently_training: int
    updated_at: datetime
    created_at: datetime


@attrs.frozen(kw_only=True)
class SchoolShape:
    """A school in one academic year."""

    name: str
    urn: str
    cohort: str
    in_partnership: bool
    induction_programme_choice: ProgrammeChoice
    expression_of_interest: bool
    induction_tutor_name: str | None = None
    induction_tutor_email: str | None = None
    created_at: datetime
    updated_at: datetime


@attrs.frozen
class DeliveryPartnerShape:
    """A delivery partner that works with the lead provider, and in which academic years."""

    name: str
    cohort: tuple[str, ...]
    created_at: datetime
    updated_at: datetime


@attrs.frozen
class NewPartnership:
    """What is reported of a partnership."""

    cohort: str
    school_id: str
    delivery_partner_id: str


@attrs.frozen
class ChangedPartnership:
    """What is changed of a partnership."""

    delivery_partner_id: str


@attrs.frozen
class Trouble:
    """What is wrong, and what to do about it."""

    title: str
    detail: str


@attrs.frozen
class Errors:
    """What is wrong with a request."""

    errors: tuple[Trouble, ...]


@attrs.frozen
class NoAccess:
    """Why a request is not let in."""

    error: str
