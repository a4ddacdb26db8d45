"""Starting at a school while still being open at another one, which that start ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from ect_registration.domain.calendar import Period, day_after
from ect_registration.domain.decisions import Decision, OurDecision, Rule
from ect_registration.domain.policy import MONTHS_AHEAD, latest_ending
from ect_registration.domain.rules.registering.start_date import range_of_start_dates

TRANSFER_TOO_FAR_AHEAD = Rule(
    id="transfer-too-far-ahead",
    says="While the person is open at another school without a last day before the new start, "
    f"the start date is at most {MONTHS_AHEAD} ahead.",
    source=OurDecision("the start ends another school's record, as reporting a leaver would"),
    enforced_by=("ect_registration.domain.rules.periods.transfer.check_transfer_too_far_ahead",),
    tells="Enter a start date on or before {latest}. This person is still registered at another "
    "school, and that registration ends when they start at your school",
)

# The other school's last day is known, and that many months ahead is too early for another reason.
AFTER_THE_LAST_DAY = (
    "Enter a start date from {earliest}: this person is registered at another school until then"
)


def possible_starts(
    free_from: Iterable[date], elsewhere: Collection[Period], today: date
) -> tuple[date, date] | None:
    """Returns the first and the last day on which the person may start; None when there is none.

    ``free_from`` holds the first day that each earlier period leaves free, ``elsewhere`` the open
    periods that a start on any of their days would end.
    """
    first, last = range_of_start_dates(today)
    first = max([first, *free_from])
    spans = [(first, min(last, latest_ending(today)) if elsewhere else last)]
    after = _after_all_last_days(elsewhere)
    if after is not None:
        spans.append((max(first, after), last))
    possible = [(begins, ends) for begins, ends in spans if begins <= ends]
    if not possible:
        return None
    return min(begins for begins, _ in possible), max(ends for _, ends in possible)


def _after_all_last_days(elsewhere: Collection[Period]) -> date | None:
    """Returns the first day on which none of the periods is left; None when one has no end."""
    last_days = [period.finished_on for period in elsewhere]
    known = [day for day in last_days if day is not None]
    return day_after(max(known)) if known and len(known) == len(last_days) else None


def check_transfer_too_far_ahead(
    elsewhere: Collection[Period], start_date: date, today: date
) -> Decision:
    """Decides on the open periods at other schools that begin before the start.

    A start after the last day of every one of them ends nothing, so it may lie further ahead.
    """
    latest, after = latest_ending(today), _after_all_last_days(elsewhere)
    ends_another = bool(elsewhere) and (after is None or start_date < after)
    if not ends_another or start_date <= latest:
        return TRANSFER_TOO_FAR_AHEAD.allows(ends_another=ends_another)
    if after is not None and any(latest <= period.started_on for period in elsewhere):
        return TRANSFER_TOO_FAR_AHEAD.finds_invalid(
            "start_date", AFTER_THE_LAST_DAY, earliest=after.isoformat()
        )
    return TRANSFER_TOO_FAR_AHEAD.finds_invalid("start_date", latest=latest.isoformat())
