"""What a school may change of an ECT or a mentor after registering them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from ect_registration.domain.calendar import Period, day_after
from ect_registration.domain.decisions import Decision, OurDecision, Rule
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, extent_of_whole
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.rules.periods.previous_school import OVERLAPS_PREVIOUS
from ect_registration.domain.rules.periods.status import AtSchool, at_school

DETAILS_CAN_CHANGE = Rule(
    id="details-can-change",
    says="A school changes an ECT's name, email, working pattern, start date, appropriate body, "
    "programme and lead provider, and a mentor's name, email, start date and lead provider, "
    "while they are there; all of a change is saved, or nothing.",
    source=OurDecision("details change during a year, and what stands here is passed on"),
    enforced_by=(
        "ect_registration.domain.rules.school_year.changing.check_details_can_change",
        "ect_registration.journeys.change_ect.CHANGE_ECT",
        "ect_registration.journeys.change_mentor.CHANGE_MENTOR",
    ),
    tells="This record can no longer be changed, as they are no longer in progress at your school",
)

START_DATE_CORRECTION = Rule(
    id="start-date-correction",
    says="A corrected start date is within the range as of the registration day, overlaps no "
    "other period and is not after the last day; what the registration ended moves along, and "
    "the expected training start year is decided again.",
    source=OurDecision("a correction is judged as the registration would have been"),
    enforced_by=(
        "ect_registration.domain.rules.school_year.changing.check_not_after_last_day",
        "ect_registration.domain.rules.school_year.changing.check_corrected_overlap",
        "ect_registration.domain.people.moving.moved_ect",
    ),
    tells="Enter a start date on or before {latest}, their last day at your school",
)

PROGRAMME_CHANGE = Rule(
    id="programme-change",
    says="A changed programme holds from today, or from the first day if that is later: training "
    "that is confirmed and has begun ends the day before, and any other is withdrawn.",
    source=OurDecision("what took place stays on record; what was only planned does not"),
    enforced_by=("ect_registration.domain.people.retraining.retrained",),
)

LEAD_PROVIDER_CHANGE = Rule(
    id="lead-provider-change",
    says="A changed lead provider holds as a changed programme does, and works both in the "
    "training's year and in the current one.",
    source=OurDecision("a provider that has stopped cannot take anybody on"),
    enforced_by=(
        "ect_registration.domain.rules.school_year.changing.works_in_both",
        "ect_registration.domain.people.retraining.retrained",
    ),
)

APPROPRIATE_BODY_CHANGE = Rule(
    id="appropriate-body-change",
    says="A changed appropriate body is one that the school may choose on the later of today and "
    "the first day; it is asked for when a corrected first day is one for which the school could "
    "not have chosen it.",
    source=OurDecision("induction goes on with a body that is active"),
    enforced_by=("ect_registration.domain.rules.registering.programme.bodies_on_offer",),
)

NO_TRAINING = "This mentor has no training, so there is no lead provider to change"


def check_details_can_change(row: EctAtSchool | MentorAtSchool, today: date) -> Decision:
    """Refuses a change of a person who left, of a completed ECT or of an undone registration."""
    if isinstance(row, EctAtSchool):
        here = at_school(row, today) is AtSchool.IN_PROGRESS
    else:
        here = not row.withdrawn and row.period.is_open(today)
    return DETAILS_CAN_CHANGE.allows() if here else DETAILS_CAN_CHANGE.refuses()


def check_not_after_last_day(period: Period, start_date: date) -> Decision:
    """Decides on the period's own last day."""
    last_day = period.finished_on
    if last_day is not None and start_date > last_day:
        return START_DATE_CORRECTION.finds_invalid("start_date", latest=last_day.isoformat())
    return START_DATE_CORRECTION.allows()


def ended_by(row: EctAtSchool | MentorAtSchool, other: EctAtSchool | MentorAtSchool) -> bool:
    """Says whether the registration of ``row`` ended the other period, which was longer before."""
    ends = extent_of_whole(other).ends
    return any(end.is_of(Cause.TRANSFER, row.id) and end.shortened for end in ends)


def keeps_end_of(row: EctAtSchool | MentorAtSchool, other: EctAtSchool | MentorAtSchool) -> bool:
    """Says whether the registration of ``row`` ends the other period, unless another cause did."""
    return extent_of_whole(other).carries(Cause.TRANSFER, row.id)


def before_it_was_ended(
    row: EctAtSchool | MentorAtSchool, others: Iterable[EctAtSchool | MentorAtSchool]
) -> Sequence[Period]:
    """Returns the periods that the registration of ``row`` ended, with their days before that."""
    return [
        extent_of_whole(other).without(Cause.TRANSFER, row.id).period
        for other in others
        if ended_by(row, other)
    ]


def check_corrected_overlap(
    row: EctAtSchool | MentorAtSchool,
    others: Iterable[EctAtSchool | MentorAtSchool],
    start_date: date,
) -> Decision:
    """Refuses a start that would overlap another period of the person.

    One that this registration ended moves its end along, so it must only have begun before.
    """
    period = Period(start_date, row.period.finished_on)
    free_from = [_free_from(row, other, period) for other in others]
    late = [day for day in free_from if day is not None and day > start_date]
    if late:
        return OVERLAPS_PREVIOUS.refuses(field="start_date", earliest=max(late).isoformat())
    return OVERLAPS_PREVIOUS.allows(periods=len(free_from))


def _free_from(
    row: EctAtSchool | MentorAtSchool, other: EctAtSchool | MentorAtSchool, period: Period
) -> date | None:
    """Returns the first day on which this period may begin beside the other; None for any."""
    if ended_by(row, other):
        return day_after(other.period.started_on)
    if not other.period.overlaps(period):
        return None
    return day_after(other.period.finished_on or row.period.started_on)


def works_in_both(chosen_year: Collection[str], current_year: Collection[str]) -> frozenset[str]:
    """Returns the lead providers that work in the training's year and in the current one."""
    return frozenset(chosen_year) & frozenset(current_year)
