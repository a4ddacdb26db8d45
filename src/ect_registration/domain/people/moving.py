"""A first day that is corrected, and what moves along with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.people.bringing_back import TakenBack
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, End, Extent, extent_of
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId, Mentorship, MentorshipId
from ect_registration.domain.people.training import Training

P = TypeVar("P", Training, Mentorship)


def moved_ect(
    ect: EctAtSchool, first_day: date, mentors_begin: Mapping[MentorId, date], today: date
) -> EctAtSchool:
    """Returns the ECT with another first day, and with the parts that move along.

    ``mentors_begin`` holds the first days of mentors: no mentorship begins before them.
    """
    old = ect.period.started_on
    return attrs.evolve(
        ect,
        period=Period(first_day, ect.period.finished_on),
        trainings=tuple(
            t.lasting(_moved(t, old, first_day, first_day, ect.id, today)) for t in ect.trainings
        ),
        mentorships=tuple(
            m.lasting(_moved(m, old, first_day, _not_before(m, mentors_begin), ect.id, today))
            for m in ect.mentorships
        ),
    )


def moved_mentorships(
    ect: EctAtSchool,
    mentor: MentorAtSchool,
    first_day: date,
    today: date,
    mentors: Mapping[MentorId, Extent],
) -> EctAtSchool:
    """Returns the ECT of a mentor whose first day is corrected; ``mentor`` is as before.

    A mentor they replaced is replaced from the corrected day on. ``mentors`` holds the first and
    last days of the ECT's mentors.
    """
    old = mentor.period.started_on
    begins = {mentor.id: ect.period.started_on}
    moved = attrs.evolve(
        ect,
        mentorships=tuple(
            m.lasting(_moved(m, old, first_day, _not_before(m, begins), mentor.id, today))
            if m.mentor == mentor.id
            else m
            for m in ect.mentorships
        ),
    )
    if moved == ect:
        return ect
    taken = TakenBack(Cause.REPLACEMENT, mentor.id, today)
    replaced = {each.id for each in ect.mentorships if taken.concerns(each)}
    return _replaced(moved.mentorships_taken_back(taken, mentors), replaced, mentor.id, today)


def _replaced(
    ect: EctAtSchool, replaced: Collection[MentorshipId], by: MentorId, today: date
) -> EctAtSchool:
    """Returns the ECT whose other mentorships end the day before one of this mentor begins.

    Those that were ``replaced`` before the change still are, also where others ended them sooner.
    """
    mentorships = ect.mentorships
    for mine in (m for m in mentorships if m.mentor == by and not m.withdrawn):
        end = End(Cause.REPLACEMENT, by, day_before(mine.period.started_on), today)
        mentorships = tuple(
            m.ended(end)
            if m.mentor != by and (m.id in replaced or m.period.overlaps(mine.period))
            else m
            for m in mentorships
        )
    return attrs.evolve(ect, mentorships=mentorships)


def moved_mentor(mentor: MentorAtSchool, first_day: date, today: date) -> MentorAtSchool:
    """Returns the mentor with another first day, and with training that moves along."""
    old = mentor.period.started_on
    return attrs.evolve(
        mentor,
        period=Period(first_day, mentor.period.finished_on),
        trainings=tuple(
            t.lasting(_moved(t, old, first_day, first_day, mentor.id, today))
            for t in mentor.trainings
        ),
    )


def _not_before(mentorship: Mentorship, others_begin: Mapping[MentorId, date]) -> date:
    """Returns the first day that the other person and the day of assigning leave."""
    assigned_on = mentorship.assigned_on or mentorship.period.started_on
    return max(assigned_on, others_begin.get(mentorship.mentor, assigned_on))


def _moved(part: P, old: date, new: date, earliest: date, by: UUID, today: date) -> Extent:
    """Returns the extent of a part when the whole begins on ``new`` instead of ``old``.

    A part from the old first day moves along, but not before ``earliest``; any other begins no
    sooner than the whole. One with no day left is withdrawn.
    """
    extent, first = extent_of(part), part.period.started_on
    if extent.withdrawn:
        return extent
    begins = max(new, earliest) if first == old else max(new, first)
    last_day = extent.period.finished_on
    if last_day is not None and last_day < begins:
        return extent.ended(End(Cause.CHANGED, by, day_before(first), today))
    return attrs.evolve(extent, period=Period(begins, last_day))
