"""What follows from the day on which a record is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

import attrs

from ect_registration.domain.lead_providers.records import (
    Days,
    Enrolment,
    Participant,
    Record,
    Role,
    SeenPartnership,
    Transfer,
    WhyNotFundedMentor,
    Withdrawal,
    WithdrawalReason,
)


class TrainingStatus(StrEnum):
    """The status of a person's training with the lead provider."""

    ACTIVE = "active"
    DEFERRED = "deferred"  # belongs to finance: no record has it
    WITHDRAWN = "withdrawn"


class ParticipantStatus(StrEnum):
    """Where a person is in their training."""

    JOINING = "joining"
    ACTIVE = "active"
    LEAVING = "leaving"
    LEFT = "left"


class TransferType(StrEnum):
    """What a person who left a school found at the next one."""

    NEW_SCHOOL = "new_school"
    NEW_PROVIDER = "new_provider"
    UNKNOWN = "unknown"  # there is no next one yet


def withdrawal_on(enrolment: Enrolment, day: date) -> Withdrawal | None:
    """Returns why training is over on a day, or None while it is not."""
    if enrolment.withdrawal is not None:
        return enrolment.withdrawal
    until = enrolment.mentoring_until
    if until is not None and until < day:
        last_day = enrolment.training.last or until
        return Withdrawal(WithdrawalReason.MENTOR_NO_LONGER, on=last_day)
    return None


def training_status(enrolment: Enrolment, day: date) -> TrainingStatus:
    """Returns whether the person is withdrawn on a day; who left or completed is not."""
    withdrawn = withdrawal_on(enrolment, day) is not None
    return TrainingStatus.WITHDRAWN if withdrawn else TrainingStatus.ACTIVE


def participant_status(enrolment: Enrolment, day: date) -> ParticipantStatus:
    """Returns where a person is, by the days of their training."""
    days = enrolment.training
    if enrolment.left_before_it_began or days.are_over(day):
        return ParticipantStatus.LEFT
    if day < days.first:
        return ParticipantStatus.JOINING
    return ParticipantStatus.ACTIVE if days.last is None else ParticipantStatus.LEAVING


def mentor_on(enrolment: Enrolment, day: date) -> UUID | None:
    """Returns the mentor of the ECT on a day, or the next one to come, or None."""
    present = [each for each in enrolment.mentors if each.days.include(day)]
    to_come = [each for each in enrolment.mentors if each.days.first > day]
    return next((each.mentor for each in (*present, *to_come)), None)


def eligible_for_funding(enrolment: Enrolment, day: date) -> bool | None:
    """Returns whether the training is funded on a day; None while it is not known."""
    if enrolment.role is Role.ECT:
        return enrolment.eligible_for_funding
    if enrolment.why_not_funded is WhyNotFundedMentor.EARLY_ROLL_OUT:
        return False
    return enrolment.funding_ended_on is None or day < enrolment.funding_ended_on


AUTUMN, WINTER = range(6, 11), (11, 12, 1, 2)


def schedule_of(first_day: date) -> str:
    """Returns the schedule that training follows from its first day on."""
    if first_day.month in AUTUMN:
        term = "september"
    else:
        term = "january" if first_day.month in WINTER else "april"
    return f"ecf-standard-{term}"


def transfer_type(transfer: Transfer) -> TransferType:
    """Returns whether the lead provider stayed the same, as far as there is a next school."""
    if transfer.joining is None:
        return TransferType.UNKNOWN
    same = transfer.joining.lead_provider == transfer.leaving.lead_provider
    return TransferType.NEW_SCHOOL if same else TransferType.NEW_PROVIDER


def is_complete(transfer: Transfer, day: date) -> bool:
    """Says whether the days of leaving and joining have both come."""
    joining = transfer.joining
    days = (transfer.leaving.on, joining.on if joining is not None else None)
    return all(each is not None and each <= day for each in days)


def in_training(trainings: Iterable[Days], day: date) -> int:
    """Returns how many of these trainings go on, on a day."""
    return sum(each.include(day) for each in trainings)


def on_a_day(record: Record, day: date) -> tuple[object, ...]:
    """Returns what an answer of a day shows of a record, to compare with another record.

    Days to come of which the answer says nothing yet are left out.
    """
    match record:
        case Participant(enrolments=enrolments):
            told = tuple(_told(each, day) for each in enrolments)
            return attrs.evolve(record, enrolments=()), told
        case SeenPartnership(trainings=trainings):
            return attrs.evolve(record, trainings=()), in_training(trainings, day)
        case _:
            return (record,)


def _told(enrolment: Enrolment, day: date) -> tuple[object, ...]:
    """Returns the enrolment without its days, and what follows from them."""
    without_days = attrs.evolve(
        enrolment,
        training=Days(date.min),
        mentors=(),
        left_before_it_began=False,
        withdrawal=None,
        mentoring_until=None,
    )
    return (
        without_days,
        mentor_on(enrolment, day),
        withdrawal_on(enrolment, day),
        participant_status(enrolment, day),
        schedule_of(enrolment.training.first),
    )
