"""What is known of the town, read from its records alone: no rule of the service is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ect_registration.domain.people.endings import Cause
from ect_registration.domain.values import Trn
from ect_registration.testing.memory.state import State
from unit.changing.rows import ALWAYS, Days, days_of

DAY = timedelta(1)


def academic_year(day: date) -> int:
    """From 1 September to 31 August, named by its first year."""
    return day.year if day >= date(day.year, 9, 1) else day.year - 1


def four_months_after(day: date) -> date:
    """The same day of the month, or its last day."""
    year, month = (day.year, day.month + 4) if day.month <= 8 else (day.year + 1, day.month - 8)
    while True:
        try:
            return date(year, month, day.day)
        except ValueError:
            day -= DAY


def one_person(state: State, trn: Trn) -> set[Trn]:
    """Every TRN of theirs: the towns hold one merge at most."""
    merged = [set(pair) for pair in state.merges if trn in pair]
    return set().union({trn}, *merged)


def others(rows: Any, row: Any, state: State) -> list[Any]:
    """The person's other periods that stand, in this role."""
    person = one_person(state, row.teacher.trn)
    return [
        other
        for other in rows.values()
        if other.teacher.trn in person and other.id != row.id and not other.withdrawn
    ]


def is_taken(address: str, row: Any, state: State, today: date) -> bool:
    """Somebody else uses it, in any role and school."""
    return any(
        other.email is not None
        and other.email.address.casefold() == address.casefold()
        and not other.withdrawn
        and days_of(other)[1] >= today
        and other.teacher.trn not in one_person(state, row.teacher.trn)
        for other in (*state.ects.values(), *state.mentors.values())
    )


def is_another_name(trs_name: str, corrected: str) -> bool:
    """Neither the first word nor the last is the same."""
    then, now = (re.split(r"[\s-]+", name.casefold()) for name in (trs_name, corrected))
    return then[0] != now[0] and then[-1] != now[-1]


def works(state: State, lead_provider: str | None, *years: int) -> bool:
    """The lead provider works in each of these years."""
    known = state.lead_providers.get(lead_provider or "")
    return known is not None and {year.starts_in for year in known.years}.issuperset(years)


def partner_of(state: State, school: Any, lead_provider: str | None, year: int) -> str | None:
    """The delivery partner of the school's partnership."""
    for partnership in state.partnerships.values():
        key = (partnership.school, partnership.lead_provider, partnership.year.starts_in)
        if key == (school, lead_provider, year):
            return partnership.delivery_partner
    return None


def was_ended_by(other: Any, row: Any) -> bool:
    """This registration ended the other period, which had perhaps a last day before."""
    return any((end.cause, end.by) == (Cause.TRANSFER, row.id) for end in other.ends)


def without(part: Any, by: Any, cause: Cause = Cause.TRANSFER) -> Days | None:
    """The days of a row if this had not ended it; None if it stands not at all."""
    first, _ = days_of(part)
    ended = [end for end in part.ends if (end.cause, end.by) == (cause, by)]
    if not ended:
        return None if part.withdrawn else days_of(part)
    kept = [end.last_day for end in part.ends if end not in ended]
    last = min([part.ends[0].before or ALWAYS, *kept])
    return None if last < first else (first, last)


def cut(days: Days | None, last_day: date) -> Days | None:
    """Ended by that day at the latest."""
    if days is None or days[0] > last_day:
        return None
    return days[0], min(days[1], last_day)


def comes_back_without_address(other: Any, days: Days | None, state: State, today: date) -> bool:
    """A period that was over goes on, and somebody else has its address by now."""
    goes_on = days is not None and days_of(other)[1] < today <= days[1]
    return goes_on and other.email and is_taken(other.email.address, other, state, today)


def moved_along(other: Any, row: Any, first_day: date, state: State) -> Iterator[Any]:
    """Days of a period that this registration ended, and of its parts, each with what it is."""
    whole = cut(without(other, row.id), first_day - DAY)
    yield None, whole
    for part in (*other.trainings, *getattr(other, "mentorships", ())):
        last = whole[1] if whole else date.min
        if hasattr(part, "mentor"):
            last = min(last, days_of(state.mentors[part.mentor])[1])
        yield part, cut(without(part, row.id), last)
