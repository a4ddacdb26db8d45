"""An ECT who has been registered before, here or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ect_registration.domain.calendar import Period, day_after, day_before
from ect_registration.domain.decisions import Decision, OurDecision, Rule
from ect_registration.domain.ect import EctAtSchool
from ect_registration.domain.values import Urn

REGISTERED_BEFORE = Rule(
    id="registered-before",
    says="An ECT registered before at another school may be registered; the school is shown the "
    "latest period there.",
    source=OurDecision("schools change; the policy has still to define what happens"),
    enforced_by=("ect_registration.domain.rules.previous_school.latest_elsewhere",),
)

OVERLAPS_PREVIOUS = Rule(
    id="overlaps-previous",
    says="A new period starts after the last day of every finished ECT period of the person and "
    "after the first day of every open one.",
    source=OurDecision("one person cannot be trained as an ECT at two schools on one day"),
    enforced_by=(
        "ect_registration.domain.rules.previous_school.check_overlaps_previous",
        "database: no two overlapping ECT periods of a teacher",
    ),
    tells="This teacher was registered as an ECT at that time already. "
    "The earliest start date you can give is {earliest}",
)

TRANSFER_ENDS_PREVIOUS = Rule(
    id="transfer-ends-previous",
    says="Registering an ECT who is open at another school ends that period the day before, with "
    "its training and mentorship; nothing is deleted.",
    source=OurDecision("the new school knows best that the teacher has moved"),
    enforced_by=("ect_registration.domain.rules.previous_school.ended_by_transfer",),
)


def latest_elsewhere(periods: Iterable[EctAtSchool], school: Urn) -> EctAtSchool | None:
    """The latest period at another school, if there is one."""
    elsewhere = [ect for ect in periods if ect.school != school]
    return max(elsewhere, key=lambda ect: ect.period.started_on, default=None)


def check_registered_before(periods: Iterable[EctAtSchool], school: Urn) -> Decision:
    """Never refuses; it says which school."""
    latest = latest_elsewhere(periods, school)
    return REGISTERED_BEFORE.allows(school=str(latest.school) if latest else None)


def check_overlaps_previous(
    periods: Iterable[EctAtSchool], start_date: date, today: date
) -> Decision:
    """Every period of the person counts, at any school, this one included."""
    free = [_first_free_day(ect.period, today) for ect in periods]
    earliest = max(free, default=None)
    if earliest is not None and start_date < earliest:
        return OVERLAPS_PREVIOUS.refuses(field="start_date", earliest=earliest.isoformat())
    return OVERLAPS_PREVIOUS.allows(periods=len(free))


def _first_free_day(period: Period, today: date) -> date:
    if period.finished_on is not None and period.is_finished(today):
        return day_after(period.finished_on)
    return day_after(period.started_on)


def ended_by_transfer(
    periods: Iterable[EctAtSchool], start_date: date, today: date
) -> Sequence[tuple[EctAtSchool, EctAtSchool]]:
    """Each open period that a start here cuts short, as it was and as it becomes."""
    last_day = day_before(start_date)
    cut = []
    for ect in periods:
        period = ect.period.cut_after(last_day) if ect.period.is_open(today) else ect.period
        if period is not None and period != ect.period:
            cut.append((ect, ect.ending(period)))
    return cut


def check_transfer_ends_previous(
    periods: Iterable[EctAtSchool], start_date: date, today: date
) -> Decision:
    """Never refuses; it says how many periods will end, and when."""
    ended = ended_by_transfer(periods, start_date, today)
    last_day = day_before(start_date).isoformat() if ended else None
    return TRANSFER_ENDS_PREVIOUS.allows(periods=len(ended), last_day=last_day)
