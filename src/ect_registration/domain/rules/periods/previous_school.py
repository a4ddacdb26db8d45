"""An ECT who has been registered before, here or elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from ect_registration.domain.calendar import Period, day_after, day_before
from ect_registration.domain.decisions import Allowed, Decision, OurDecision, Rule
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import NOBODY, Cause, End
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.rules.periods.leaving import may_come_back
from ect_registration.domain.rules.periods.transfer import (
    check_transfer_too_far_ahead,
    possible_starts,
)
from ect_registration.domain.rules.registering.start_date import check_start_date_range
from ect_registration.domain.values import Urn

P = TypeVar("P", EctAtSchool, MentorAtSchool)

REGISTERED_BEFORE = Rule(
    id="registered-before",
    says="An ECT registered before at another school may be registered; the school is shown the "
    "latest period there.",
    source=OurDecision("schools change; the policy has still to define what happens"),
    enforced_by=("ect_registration.domain.rules.periods.previous_school.latest_elsewhere",),
)

OVERLAPS_PREVIOUS = Rule(
    id="overlaps-previous",
    says="A new period starts after the last day of every finished ECT period of the person and "
    "after the first day of every open one.",
    source=OurDecision("one person cannot be trained as an ECT at two schools on one day"),
    enforced_by=(
        "ect_registration.domain.rules.periods.previous_school.check_overlaps_previous",
        "database: no two overlapping ECT periods of a teacher",
    ),
    tells="This teacher was already registered as an ECT at that time. "
    "The earliest start date you can give is {earliest}",
)

TRANSFER_ENDS_PREVIOUS = Rule(
    id="transfer-ends-previous",
    says="Registering an ECT who is open at another school ends that period the day before, with "
    "its training and mentorship; nothing is deleted.",
    source=OurDecision("the new school knows best that the teacher has moved"),
    enforced_by=("ect_registration.domain.rules.periods.previous_school.ended_by_transfer",),
)


NO_START_DATE = (
    "There is no start date that you can give: this teacher is registered as an ECT at another "
    "school for that time. Contact support for this service to have it put right"
)


def latest_elsewhere(periods: Iterable[EctAtSchool], school: Urn) -> EctAtSchool | None:
    """Returns the latest period at another school, if there is one."""
    elsewhere = [ect for ect in periods if ect.school != school]
    return max(elsewhere, key=lambda ect: ect.period.started_on, default=None)


def check_registered_before(periods: Iterable[EctAtSchool], school: Urn) -> Allowed:
    """Returns an allowed decision with the latest other school as evidence."""
    latest = latest_elsewhere(periods, school)
    return REGISTERED_BEFORE.allows(school=str(latest.school) if latest else None)


def check_overlaps_previous(
    periods: Iterable[EctAtSchool], start_date: date, today: date
) -> Decision:
    """Decides on every period of the person, at any school, this one included.

    Where no start date would satisfy ``transfer-too-far-ahead`` as well, none is named.
    """
    theirs = tuple(periods)
    possible = possible_ect_starts(theirs, today)
    if possible is None:
        return OVERLAPS_PREVIOUS.refuses(NO_START_DATE, field="start_date", earliest=None)
    if any(start_date < _first_free_day(ect.period, today) for ect in theirs):
        return OVERLAPS_PREVIOUS.refuses(field="start_date", earliest=possible[0].isoformat())
    return OVERLAPS_PREVIOUS.allows(periods=len(theirs))


def possible_ect_starts(periods: Collection[EctAtSchool], today: date) -> tuple[date, date] | None:
    """Returns the first and the last start date that every rule lets on; None when none would."""
    free_from = [_first_free_day(ect.period, today) for ect in periods]
    return possible_starts(free_from, _open_periods(periods, today), today)


def check_ect_start_date_range(
    periods: Collection[EctAtSchool], start_date: date, today: date
) -> Decision:
    """Decides on the range of every start, and names the days that would do for this person."""
    return check_start_date_range(start_date, today, possible_ect_starts(periods, today))


def check_ect_transfer_too_far_ahead(
    periods: Iterable[EctAtSchool], start_date: date, today: date
) -> Decision:
    """Decides on every open period: one at the school itself is refused by an earlier rule."""
    return check_transfer_too_far_ahead(_open_periods(periods, today), start_date, today)


def _open_periods(periods: Iterable[EctAtSchool], today: date) -> Sequence[Period]:
    return [ect.period for ect in periods if ect.period.is_open(today)]


def _first_free_day(period: Period, today: date) -> date:
    if period.finished_on is not None and period.is_finished(today):
        return day_after(period.finished_on)
    return day_after(period.started_on)


def cut_by_transfer(
    periods: Iterable[EctAtSchool], start_date: date, today: date
) -> Sequence[EctAtSchool]:
    """Returns each open period that a start on this day cuts short."""
    ended = ended_by_transfer(periods, start_date, today)
    return [before for before, after in ended if after.period != before.period]


def ended_by_transfer(
    periods: Iterable[EctAtSchool], start_date: date, today: date, by: UUID = NOBODY
) -> Sequence[tuple[EctAtSchool, EctAtSchool]]:
    """Returns each period that ends the day before a start here, before and after.

    One that ended sooner keeps its days, and this end in case it should come back. ``by`` is the
    id of the period that starts.
    """
    return ended_elsewhere(periods, End(Cause.TRANSFER, by, day_before(start_date), today), today)


def ended_elsewhere(periods: Iterable[P], end: End, today: date) -> Sequence[tuple[P, P]]:
    """Returns each period that a registration elsewhere ends, before and after.

    One that is over keeps its days: what cannot be cut is for other rules to refuse.
    """
    both = [(each, each.ended(end)) for each in periods if may_come_back(each, today)]
    return [
        (before, after)
        for before, after in both
        if after != before
        and not after.withdrawn
        and (before.period.is_open(today) or before.period == after.period)
    ]


def check_transfer_ends_previous(
    periods: Iterable[EctAtSchool], start_date: date, today: date
) -> Allowed:
    """Returns an allowed decision with the number of periods that end, and their last day."""
    ended = cut_by_transfer(periods, start_date, today)
    last_day = day_before(start_date).isoformat() if ended else None
    return TRANSFER_ENDS_PREVIOUS.allows(periods=len(ended), last_day=last_day)
