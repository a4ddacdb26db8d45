from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import a_mentor, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Allowed
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.retraining import retrained
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.periods.previous_school import OVERLAPS_PREVIOUS
from ect_registration.domain.rules.registering.programme import bodies_on_offer
from ect_registration.domain.rules.school_year.changing import (
    DETAILS_CAN_CHANGE,
    START_DATE_CORRECTION,
    before_it_was_ended,
    check_corrected_overlap,
    check_details_can_change,
    check_not_after_last_day,
    ended_by,
    keeps_end_of,
    works_in_both,
)
from unit.use_cases.town import BODIES, CLOSING_HUB, CLOSING_ON, SCHOOLS

TODAY, DAY = date(2025, 9, 10), timedelta(1)
A_YEAR_AGO, FIRST, EASTER = date(2024, 9, 1), date(2025, 9, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("row", "allowed"),
    [
        pytest.param(an_ect(), True, id="an ECT in progress"),
        pytest.param(an_ect(period=Period(EASTER)), True, id="an ECT who begins later"),
        pytest.param(an_ect(completed=True), False, id="a completed ECT"),
        pytest.param(an_ect(period=Period(FIRST, TODAY)), True, id="an ECT on the last day"),
        pytest.param(an_ect(period=Period(FIRST, TODAY - DAY)), False, id="an ECT who left"),
        pytest.param(an_ect(withdrawn=True), False, id="an undone ECT"),
        pytest.param(a_mentor(), True, id="a mentor"),
        pytest.param(a_mentor(period=Period(FIRST, TODAY - DAY)), False, id="who left"),
        pytest.param(a_mentor(withdrawn=True), False, id="an undone mentor"),
    ],
)
def test_details_can_change_while_they_are_here(row, allowed):
    """Whoever left is read only, and so is a completed ECT."""
    decision = check_details_can_change(row, TODAY)

    assert decision == (DETAILS_CAN_CHANGE.allows() if allowed else DETAILS_CAN_CHANGE.refuses())


@pytest.mark.parametrize(
    ("last_day", "allowed"), [(None, True), (EASTER, True), (EASTER - DAY, False)]
)
def test_start_date_correction_is_not_after_the_last_day(last_day, allowed):
    """The last day itself will do."""
    decision = check_not_after_last_day(Period(FIRST, last_day), EASTER)

    assert decision == (
        START_DATE_CORRECTION.allows()
        if allowed
        else START_DATE_CORRECTION.finds_invalid("start_date", latest=last_day.isoformat())
    )


@pytest.mark.parametrize(
    ("other", "start_date", "earliest"),
    [
        pytest.param(Period(A_YEAR_AGO, FIRST - DAY), FIRST, None, id="the day after"),
        pytest.param(Period(A_YEAR_AGO, FIRST), FIRST, FIRST + DAY, id="on the last day"),
        pytest.param(Period(EASTER, None), FIRST, None, id="a later period"),
        pytest.param(Period(A_YEAR_AGO, None), FIRST, FIRST + DAY, id="an open one"),
    ],
)
def test_start_date_correction_overlaps_no_other_period(other, start_date, earliest):
    """One that this registration did not end stays as it is."""
    row = an_ect(period=Period(FIRST, EASTER - DAY))
    decision = check_corrected_overlap(row, [an_ect(period=other)], start_date)

    assert decision == (
        OVERLAPS_PREVIOUS.allows(periods=1)
        if earliest is None
        else OVERLAPS_PREVIOUS.refuses(field="start_date", earliest=earliest.isoformat())
    )


def test_start_date_correction_moves_what_the_registration_ended():
    """It must only have begun before; its days before that are known."""
    row = an_ect(period=Period(FIRST))
    other = an_ect(period=Period(A_YEAR_AGO)).ended(
        End(Cause.TRANSFER, row.id, FIRST - DAY, TODAY)
    )

    assert ended_by(row, other)
    assert not ended_by(other, row)
    assert list(before_it_was_ended(row, [other, an_ect()])) == [Period(A_YEAR_AGO)]
    assert isinstance(check_corrected_overlap(row, [other], A_YEAR_AGO + DAY), Allowed)
    assert check_corrected_overlap(row, [other], A_YEAR_AGO).because == {"earliest": "2024-09-02"}


REGISTERED = an_ect(period=Period(FIRST))


@pytest.mark.parametrize(
    ("ends", "keeps"),
    [
        pytest.param([], False, id="nothing ended it"),
        pytest.param([End(Cause.TRANSFER, REGISTERED.id, FIRST - DAY, TODAY)], True, id="it did"),
        pytest.param(
            [
                End(Cause.SCHOOL_CLOSED, uuid4(), A_YEAR_AGO, TODAY),
                End(Cause.TRANSFER, REGISTERED.id, FIRST - DAY, TODAY),
            ],
            True,
            id="another cause did sooner, and may be taken back",
        ),
        pytest.param(
            [End(Cause.TRANSFER, uuid4(), FIRST - DAY, TODAY)], False, id="another registration"
        ),
        pytest.param(
            [End(Cause.CHANGED, REGISTERED.id, FIRST - DAY, TODAY)], False, id="another cause"
        ),
    ],
)
def test_start_date_correction_moves_also_an_end_that_came_too_late(
    ends: list[End], keeps: bool
) -> None:
    """Whatever ended the other period sooner may be taken back: then that end counts."""
    other = an_ect(period=Period(A_YEAR_AGO))
    for end in ends:
        other = other.ended(end)

    assert keeps_end_of(REGISTERED, other) is keeps


def test_lead_provider_change_offers_those_who_work_in_both_years():
    """The training's and the current one."""
    assert works_in_both({"a", "b"}, {"b", "c"}) == {"b"}


@pytest.mark.parametrize(
    ("training", "withdrawn", "ends"),
    [
        pytest.param(
            a_training(delivery_partner="Partner"), False, TODAY - DAY, id="confirmed and begun"
        ),
        pytest.param(
            a_training(delivery_partner="Partner", period=Period(TODAY)), True, None, id="to begin"
        ),
        pytest.param(a_training(), True, None, id="an interest"),
        pytest.param(
            a_training(programme=Programme.SCHOOL_LED, lead_provider=None),
            True,
            None,
            id="school-led",
        ),
        pytest.param(a_training(period=Period(FIRST, FIRST)), False, FIRST, id="over before"),
        pytest.param(a_training(withdrawn=True), True, None, id="withdrawn before"),
    ],
)
def test_programme_change_ends_what_is_confirmed_and_withdraws_the_rest(training, withdrawn, ends):
    """From the first day of the new training on."""
    new = a_training(period=Period(TODAY))
    ect = an_ect(trainings=(training,))
    old, added = retrained(ect, new, TODAY)

    assert (old.withdrawn, old.period.finished_on) == (withdrawn, ends)
    assert added == new


def test_programme_change_goes_no_further_than_the_period():
    """A new training ends when the ECT leaves, and for that reason."""
    ect = an_ect(period=Period(FIRST, EASTER))
    [new] = retrained(ect, a_training(period=Period(TODAY)), TODAY)

    assert (new.period, new.ends[0].cause) == (Period(TODAY, EASTER), Cause.LEAVING)


@pytest.mark.parametrize("first_day", [CLOSING_ON, CLOSING_ON + DAY])
def test_appropriate_body_change_is_on_the_list_of_the_later_day(first_day):
    """Of today and the first day."""
    offered = bodies_on_offer(attrs.evolve(SCHOOLS[0]), BODIES, TODAY, first_day)

    assert (CLOSING_HUB in offered) is (first_day == CLOSING_ON)
