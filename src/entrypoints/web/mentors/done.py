"""The message after assigning several ECTs. It has no names, because a cookie carries it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ect_registration.domain.people.training import Training
from ect_registration.use_cases.registering.outcomes import Assigned
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.ects.wording import days_of_gap
from entrypoints.web.mentors.wording import details_go_to


def what_was_done(assigned: Sequence[Assigned], chosen: int, today: date) -> str:
    """Returns the message: how many ECTs, the days, the mentors replaced, and who trains.

    Some of those ``chosen`` may have been assigned before, by the same answer.
    """
    many = "1 ECT" if chosen == 1 else f"{chosen} ECTs"
    days = f"{_from(assigned, chosen, today)}{_without_mentor(assigned, chosen)}"
    said = f"You have assigned this mentor to {many}{days}"
    begun = [training for each in assigned if (training := _training_from_then_on(each))]
    if not begun or begun[0].lead_provider is None:
        return said
    return f"{said}. {details_go_to(begun[0].lead_provider, begun[0].delivery_partner)}"


def _from(assigned: Sequence[Assigned], chosen: int, today: date) -> str:
    days = Counter(sorted(day for day in map(_first_day, assigned) if day > today))
    if not days:
        return ""
    if list(days.values()) == [chosen]:
        return f" from {long_date(next(iter(days)))}"
    (first, many), *others = days.items()
    each = [f"{many} of them from {long_date(first)}"]
    each += [f"{many} from {long_date(day)}" for day, many in others]
    return f", {' and '.join(each)}"


def _without_mentor(assigned: Sequence[Assigned], chosen: int) -> str:
    """Returns the days without a mentor, if every ECT has the same, or how many ECTs have some."""
    gaps = [each.preview.without_mentor for each in assigned if each.preview is not None]
    lacking = [gap for gap in gaps if gap]
    if not lacking:
        return ""
    if len(lacking) == chosen and len(set(lacking)) == 1:
        return f". No mentor {' and '.join(map(days_of_gap, lacking[0]))}"
    has = "has" if len(lacking) == 1 else "have"
    return f". {len(lacking)} of them {has} no mentor on some days, which the ECTs page shows"


def _first_day(assigned: Assigned) -> date:
    """Returns the first day of the new mentorship."""
    mentor = assigned.mentor.id
    return [m.period for m in assigned.ect.mentorships if m.mentor == mentor][-1].started_on


def _training_from_then_on(assigned: Assigned) -> Training | None:
    """Returns the training that began with this ECT; None without one."""
    if assigned.told is None:
        return None
    first_day = _first_day(assigned)
    begun = [each for each in assigned.mentor.trainings if each.period.started_on == first_day]
    return begun[-1] if begun else None
