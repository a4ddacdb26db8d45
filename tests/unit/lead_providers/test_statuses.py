"""What follows from the day on which a lead provider is shown a record."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import attrs
import pytest

from builders import LEAD_PROVIDER, TERM_STARTS, TODAY
from ect_registration.domain.lead_providers.records import (
    Days,
    MentoredBy,
    Participant,
    Place,
    Role,
    Transfer,
    WhyNotFundedMentor,
    Withdrawal,
    WithdrawalReason,
)
from ect_registration.domain.lead_providers.statuses import (
    ParticipantStatus,
    TrainingStatus,
    TransferType,
    eligible_for_funding,
    in_training,
    is_complete,
    mentor_on,
    on_a_day,
    participant_status,
    schedule_of,
    training_status,
    transfer_type,
    withdrawal_on,
)
from unit.lead_providers.people import NOW, OTHER_PROVIDER, an_enrolment

YESTERDAY, TOMORROW = date(2025, 9, 9), date(2025, 9, 11)


@pytest.mark.parametrize(
    ("days", "status"),
    [
        (Days(TOMORROW), ParticipantStatus.JOINING),
        (Days(TODAY), ParticipantStatus.ACTIVE),
        (Days(TERM_STARTS), ParticipantStatus.ACTIVE),
        (Days(TERM_STARTS, TODAY), ParticipantStatus.LEAVING),
        (Days(TERM_STARTS, TOMORROW), ParticipantStatus.LEAVING),
        (Days(TERM_STARTS, YESTERDAY), ParticipantStatus.LEFT),
    ],
)
def test_where_a_person_is_follows_from_the_days_of_their_training(
    days: Days, status: ParticipantStatus
) -> None:
    """They join before the first day, leave with a last day to come, and have left after it."""
    assert participant_status(an_enrolment(training=days), TODAY) is status


def test_training_that_was_withdrawn_before_it_began_is_left() -> None:
    """There is no first day to come any more."""
    enrolment = an_enrolment(training=Days(TOMORROW), left_before_it_began=True)

    assert participant_status(enrolment, TODAY) is ParticipantStatus.LEFT


@pytest.mark.parametrize(
    ("until", "status"),
    [
        (None, TrainingStatus.ACTIVE),
        (TODAY, TrainingStatus.ACTIVE),
        (YESTERDAY, TrainingStatus.WITHDRAWN),
    ],
)
def test_a_mentor_is_withdrawn_when_mentoring_is_over(
    until: date | None, status: TrainingStatus
) -> None:
    """The day after the last one, with that day as the date."""
    enrolment = an_enrolment(role=Role.MENTOR, mentoring_until=until)

    assert training_status(enrolment, TODAY) is status
    if status is TrainingStatus.WITHDRAWN:
        expected = Withdrawal(WithdrawalReason.MENTOR_NO_LONGER, on=until)
        assert withdrawal_on(enrolment, TODAY) == expected


def test_a_mentor_is_withdrawn_on_the_last_day_of_the_training() -> None:
    """They may have mentored at another school for longer."""
    days = Days(TERM_STARTS, date(2025, 9, 5))
    enrolment = an_enrolment(role=Role.MENTOR, training=days, mentoring_until=YESTERDAY)

    expected = Withdrawal(WithdrawalReason.MENTOR_NO_LONGER, on=days.last)
    assert withdrawal_on(enrolment, TODAY) == expected


def test_a_withdrawal_that_is_known_holds_on_every_day() -> None:
    """It does not wait for its date."""
    withdrawal = Withdrawal(WithdrawalReason.CHANGED_LEAD_PROVIDER, on=TOMORROW)

    assert withdrawal_on(an_enrolment(withdrawal=withdrawal), TODAY) == withdrawal


@pytest.mark.parametrize(
    ("mentors", "mentor"),
    [
        ((), None),
        (((1, Days(TERM_STARTS)),), 1),
        (((1, Days(TERM_STARTS, YESTERDAY)),), None),
        (((1, Days(TERM_STARTS, TODAY)), (2, Days(TOMORROW))), 1),
        (((1, Days(TERM_STARTS, YESTERDAY)), (2, Days(TOMORROW))), 2),
    ],
)
def test_the_mentor_is_that_of_the_day_or_the_next_one(
    mentors: tuple[tuple[int, Days], ...], mentor: int | None
) -> None:
    """Somebody who mentored the ECT before is no longer named."""
    enrolment = an_enrolment(mentors=tuple(MentoredBy(UUID(int=n), days) for n, days in mentors))

    assert mentor_on(enrolment, TODAY) == (None if mentor is None else UUID(int=mentor))


@pytest.mark.parametrize(
    ("changes", "eligible"),
    [
        ({"eligible_for_funding": None}, None),
        ({"eligible_for_funding": True}, True),
        ({"role": Role.MENTOR}, True),
        ({"role": Role.MENTOR, "funding_ended_on": TODAY}, False),
        ({"role": Role.MENTOR, "funding_ended_on": TOMORROW}, True),
        ({"role": Role.MENTOR, "why_not_funded": WhyNotFundedMentor.EARLY_ROLL_OUT}, False),
    ],
)
def test_funding_of_mentors_ends_with_their_training_before(
    changes: dict[str, object], eligible: object
) -> None:
    """ECTs are as the Teaching Record System says; a mentor's training is funded until then."""
    assert eligible_for_funding(an_enrolment(**changes), TODAY) is eligible


@pytest.mark.parametrize(
    ("month", "term"),
    [*((m, "september") for m in range(6, 11)), *((m, "january") for m in (11, 12, 1, 2)),
     *((m, "april") for m in (3, 4, 5))],
)  # fmt: skip
def test_the_schedule_follows_from_the_month_in_which_training_begins(
    month: int, term: str
) -> None:
    """Each month belongs to one of three terms."""
    assert schedule_of(date(2025, month, 15)) == f"ecf-standard-{term}"


def _transfer(joining: Place | None) -> Transfer:
    leaving = Place("100001", LEAD_PROVIDER, TODAY)
    return Transfer(UUID(int=3), NOW, leaving, joining)


@pytest.mark.parametrize(
    ("joining", "type", "complete"),
    [
        (None, TransferType.UNKNOWN, False),
        (Place("100002", LEAD_PROVIDER, TODAY), TransferType.NEW_SCHOOL, True),
        (Place("100002", OTHER_PROVIDER, TODAY), TransferType.NEW_PROVIDER, True),
        (Place("100002", None, TOMORROW), TransferType.NEW_PROVIDER, False),
    ],
)
def test_a_transfer_is_complete_when_both_days_have_come(
    joining: Place | None, type: TransferType, *, complete: bool
) -> None:
    """Its type says whether the lead provider stayed the same."""
    transfer = _transfer(joining)

    assert (transfer_type(transfer), is_complete(transfer, TODAY)) == (type, complete)


def test_only_training_that_goes_on_is_counted() -> None:
    """Training that is over or has not begun is not."""
    days = (Days(TERM_STARTS), Days(TODAY, TODAY), Days(TOMORROW), Days(TERM_STARTS, YESTERDAY))

    assert in_training(days, TODAY) == 2


def test_days_to_come_of_which_an_answer_says_nothing_make_no_difference() -> None:
    """A mentor who goes on a day to come is still there; a person who leaves is leaving."""
    mentored = an_enrolment(mentors=(MentoredBy(UUID(int=7), Days(YESTERDAY)),))
    for_now = attrs.evolve(mentored, mentors=(MentoredBy(UUID(int=7), Days(YESTERDAY, TOMORROW)),))
    first, second = (Participant("Asha Bell", "1000001", (each,)) for each in (mentored, for_now))
    after = date(2025, 9, 12)

    assert on_a_day(first, TODAY) == on_a_day(second, TODAY)
    assert on_a_day(first, after) != on_a_day(second, after)
    leaving = attrs.evolve(mentored, training=attrs.evolve(mentored.training, last=TOMORROW))
    third = Participant("Asha Bell", "1000001", (leaving,))
    assert on_a_day(first, TODAY) != on_a_day(third, TODAY)
    renamed = attrs.evolve(first, full_name="Asha Bells")
    assert on_a_day(first, TODAY) != on_a_day(renamed, TODAY)
