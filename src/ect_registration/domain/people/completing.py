"""An ECT period that TRS marks completed, and one whose induction it opens again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from ect_registration.domain.calendar import day_before
from ect_registration.domain.people.bringing_back import Standing, TakenBack
from ect_registration.domain.people.completion import Completion, Outcome
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, End, Extent, adopted
from ect_registration.domain.people.mentorship import MentorId


def completed(ect: EctAtSchool, outcome: Outcome, day: date | None, today: date) -> EctAtSchool:
    """Returns an open ECT period marked completed; its training and mentorships end.

    They end on the day of the outcome, but not before yesterday: what was, was. A period that has
    not begun is withdrawn. One marked before only gets another outcome.
    """
    if ect.completion is not None:
        said = attrs.evolve(ect.completion, outcome=outcome, day=day)
        return attrs.evolve(ect, completion=said)
    completion = Completion(outcome, day, marked_before=ect.completed)
    if ect.period.started_on > today:
        never = End(Cause.COMPLETED, ect.id, day_before(ect.period.started_on), today)
        return attrs.evolve(ect.ended(never), completion=completion)
    yesterday = day_before(today)
    end = End(Cause.COMPLETED, ect.id, max(day or yesterday, yesterday), today)
    return attrs.evolve(
        ect,
        completed=True,
        completion=completion,
        trainings=tuple(t.lasting(adopted(t, ect).ended(end)) for t in ect.trainings),
        mentorships=tuple(m.lasting(adopted(m, ect).ended(end)) for m in ect.mentorships),
    )


def reopened(
    ect: EctAtSchool,
    today: date,
    beside: Iterable[Standing],
    mentors: Mapping[MentorId, Extent],
) -> EctAtSchool:
    """Returns an ECT period without the mark that TRS set; what ended with it comes back.

    Only so far as nothing else stands there by now; a mark that was brought in stays.
    """
    if ect.completion is None:
        return ect
    unmarked = attrs.evolve(
        ect, completed=ect.completed and ect.completion.marked_before, completion=None
    )
    return unmarked.taken_back(TakenBack(Cause.COMPLETED, ect.id, today), beside, mentors)
