"""When an ECT or a mentor leaves: reporting, correcting and withdrawing the last day."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from ect_registration.domain.calendar import day_before
from ect_registration.domain.decisions import Decision, OurDecision, Rule
from ect_registration.domain.people.endings import Cause, End, Whole, extent_of_whole, is_undone
from ect_registration.domain.policy import DAYS_TO_CORRECT, MONTHS_AHEAD, latest_ending

LEAVING = Rule(
    id="leaving",
    says=f"A school reports an ECT or a mentor leaving on a day up to {MONTHS_AHEAD} ahead, and "
    f"may correct or withdraw it until it has passed, or for {DAYS_TO_CORRECT} after it was "
    "reported if it lay in the past.",
    source=MONTHS_AHEAD.source,
    enforced_by=("ect_registration.domain.rules.periods.leaving.check_leaving",),
    tells="Enter a last day from {earliest} to {latest}",
)

ENDS_KEEP_THEIR_CAUSE = Rule(
    id="ends-keep-their-cause",
    says="Every end of a period, training or mentorship keeps its cause and the last day before; "
    "taking a cause back restores exactly what it had ended.",
    source=OurDecision("a mistake must not cost what was right before it"),
    enforced_by=(
        "ect_registration.domain.people.bringing_back.brought_back",
        "database: mentorship lies inside both periods",
    ),
)

TOO_LATE = "The last day has passed, so it can no longer be changed"
READ_ONLY = "This registration was undone, so it can no longer be changed"
WITHDRAWN = "This record no longer counts, so it cannot be changed"
REGISTERED_SINCE = (
    "They have been registered elsewhere from {next_start}, so you cannot withdraw the last day. "
    "If that is wrong, contact support for this service"
)
ENDED_OTHERWISE = (
    "Their time at your school ended for another reason than leaving, such as a registration at "
    "another school, so you cannot withdraw the last day. If that is wrong, contact support for "
    "this service"
)


def reported_end(whole: Whole) -> End | None:
    """Returns the last day that the school reported; None when there is none."""
    ends = extent_of_whole(whole).ends
    return next((end for end in reversed(ends) if end.cause is Cause.LEAVING), None)


def may_still_change(end: End, today: date) -> bool:
    """Says whether a last day that has passed was reported so late that it may be corrected."""
    late = end.last_day < end.recorded_on
    return late and today <= end.recorded_on + timedelta(days=DAYS_TO_CORRECT.value)


def last_day_can_change(whole: Whole, today: date) -> bool:
    """Says whether a last day can still be reported, corrected or withdrawn."""
    if whole.withdrawn:
        return False
    reported = reported_end(whole)
    is_late = reported is not None and may_still_change(reported, today)
    return whole.period.is_open(today) or is_late


def may_come_back(whole: Whole, today: date) -> bool:
    """Says whether a period is open, or may be again because what ended it may be taken back.

    A school has as long for that as for correcting it, and for undoing what began the day after.
    One that closed may open again any time.
    """
    since = today - timedelta(days=DAYS_TO_CORRECT.value + 1)
    return whole.period.is_open(today) or any(
        end.cause is Cause.SCHOOL_CLOSED or max(end.last_day, end.recorded_on) >= since
        for end in extent_of_whole(whole).ends
    )


def reported_on(whole: Whole, last_day: date | None, today: date) -> date:
    """Returns the day on which a last day counts as reported.

    Correcting a last day that was reported late does not begin another time to correct it.
    """
    before = reported_end(whole)
    if before is None or last_day is None or before.last_day >= before.recorded_on:
        return today
    return before.recorded_on if last_day < before.recorded_on else today


def check_leaving(
    whole: Whole,
    last_day: date | None,
    today: date,
    next_start: date | None = None,
    *,
    any_day: bool = False,
) -> Decision:
    """Decides on a last day, or on its withdrawal when ``last_day`` is None.

    ``next_start`` is the first day of the person's next period. ``any_day`` lifts the limits that
    lie in today's date, for operators.
    """
    if whole.withdrawn:
        return LEAVING.refuses(READ_ONLY if is_undone(whole) else WITHDRAWN)
    if not any_day and not last_day_can_change(whole, today):
        return LEAVING.refuses(TOO_LATE)
    if last_day is None:
        return _check_withdrawing(whole, next_start)
    otherwise = [e.last_day for e in whole.ends if e.cause is not Cause.LEAVING]
    limits = [*otherwise, *([] if next_start is None else [day_before(next_start)])]
    latest = min([*limits, *([] if any_day else [latest_ending(today)])], default=None)
    earliest = whole.period.started_on
    if last_day < earliest or (latest is not None and last_day > latest):
        named = latest_ending(today) if latest is None else latest
        return LEAVING.finds_invalid(
            "last_day", earliest=earliest.isoformat(), latest=named.isoformat()
        )
    return LEAVING.allows()


def _check_withdrawing(whole: Whole, next_start: date | None) -> Decision:
    """Refuses where another cause had ended the period before its school reported a last day."""
    ends = extent_of_whole(whole).ends
    otherwise = itertools.takewhile(lambda end: end.cause is not Cause.LEAVING, ends)
    if next_start is not None:
        return LEAVING.refuses(REGISTERED_SINCE, next_start=next_start.isoformat())
    if any(otherwise):
        return LEAVING.refuses(ENDED_OTHERWISE)
    return LEAVING.allows()
