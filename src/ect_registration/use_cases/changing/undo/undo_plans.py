"""Undoing the registration of an ECT or a mentor: it counts for nothing, and what it ended stands.

A plan says what becomes of every record that is concerned; a page shows it, a use case writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TypeVar, cast

import attrs

from ect_registration.domain.calendar import day_before
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.bringing_back import TakenBack
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.effects import Effect, effects_on_ect, effects_on_mentor
from ect_registration.domain.people.endings import Cause, End, extent_of, is_undone
from ect_registration.domain.people.mentor import MentorAtSchool, trainings_standing
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.school_year.undoing import (
    check_ect_registered_by_mistake,
    check_mentor_registered_by_mistake,
)
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.changing.beside import (
    extents_of_mentors,
    other_ect_periods,
    other_mentor_periods,
    standing_again,
    standing_beside,
)
from ect_registration.use_cases.changing.change_outcomes import EctPair, MentorPair
from ect_registration.use_cases.changing.records import own_ect, own_mentor_of
from ect_registration.use_cases.changing.registration_days import (
    ect_registered_on,
    mentor_registered_on,
)
from ect_registration.use_cases.changing.undo.undo_mentor_training import mentors_trained_for
from ect_registration.use_cases.transactions import Actor

Pair = EctPair | MentorPair
R = TypeVar("R", EctAtSchool, MentorAtSchool)


@attrs.frozen
class Undoing:
    """What undoing a registration comes to: each record before and after, as they are written."""

    id: EctId | MentorId
    pairs: tuple[Pair, ...]

    @property
    def undone(self) -> Pair:
        """Returns the registration that is undone, before and after."""
        return next(pair for pair in self.pairs if pair[0].id == self.id)

    @property
    def effects(self) -> Sequence[Effect]:
        """Returns what is withdrawn and what comes back, of the undone registration first."""
        others = [pair for pair in self.pairs if pair[0].id != self.id]
        return [effect for pair in (self.undone, *others) for effect in _effects_on(pair)]


def plan_for_ect(
    id: EctId, actor: Actor, today: date, uow: UnitOfWork, *, any_day: bool
) -> Undoing | Blocked:
    """Returns what undoing an ECT's registration comes to, or the rule against it.

    The undone registration comes first, so that what it ended finds room.
    """
    ect = own_ect(id, actor, uow)
    if isinstance(ect, Blocked):
        return ect
    if is_undone(ect):
        return Undoing(id, ((ect, ect),))
    registered_on = ect_registered_on(ect)
    decision = check_ect_registered_by_mistake(ect, registered_on, today, any_day=any_day)
    if isinstance(decision, Blocked):
        return decision
    others = other_ect_periods(ect, uow, withdrawn=True)
    taken = TakenBack(Cause.TRANSFER, ect.id, today)
    back = _in_turn(others, taken, partial(_ect_back, taken=taken, uow=uow))
    undone = (ect, ect.ended(_undone(ect, today)))
    return Undoing(id, (undone, *mentors_trained_for(ect, today, uow), *back))


def plan_for_mentor(
    id: MentorId, actor: Actor, today: date, uow: UnitOfWork, *, any_day: bool
) -> Undoing | Blocked:
    """Returns what undoing a mentor's registration comes to, or the rule against it.

    Mentorships go before the period that they lie inside, and come back after it.
    """
    mentor = own_mentor_of(id, actor, uow)
    if isinstance(mentor, Blocked):
        return mentor
    if is_undone(mentor):
        return Undoing(id, ((mentor, mentor),))
    registered_on = mentor_registered_on(mentor)
    decision = check_mentor_registered_by_mistake(mentor, registered_on, today, any_day=any_day)
    if isinstance(decision, Blocked):
        return decision
    others = other_mentor_periods(mentor, uow, withdrawn=True)
    taken = TakenBack(Cause.TRANSFER, mentor.id, today)
    back = _in_turn(others, taken, partial(_mentor_back, taken=taken, uow=uow))
    undone = (mentor, mentor.ended(_undone(mentor, today)))
    again: list[Pair] = []
    for both in back:
        again += [both, *_mentored_again(*both, taken, uow)]
    return Undoing(id, (*_without(*undone, today, uow), undone, *again))


def _effects_on(pair: Pair) -> Sequence[Effect]:
    before, after = pair
    if isinstance(before, EctAtSchool) and isinstance(after, EctAtSchool):
        return effects_on_ect(before, after)
    return effects_on_mentor(cast(MentorAtSchool, before), cast(MentorAtSchool, after))


def _undone(row: EctAtSchool | MentorAtSchool, today: date) -> End:
    return End(Cause.UNDONE, row.id, day_before(row.period.started_on), today)


def _was_ended(row: EctAtSchool | MentorAtSchool, taken: TakenBack) -> bool:
    """Says whether the registration ended a period, or training that would go on longer."""
    ended = [row, *row.trainings]
    return not is_undone(row) and any(
        extent_of(each).carries(taken.cause, taken.by) for each in ended
    )


def _in_turn(
    others: Collection[R], taken: TakenBack, brought_back: Callable[[R, Sequence[R]], R]
) -> list[tuple[R, R]]:
    """Returns each period that the cause had ended, as it is and as it comes back, earlier first.

    Where two would overlap, the later makes room: it comes back beside those before it.
    """
    ended = [each for each in others if _was_ended(each, taken)]
    standing = {each.id: each for each in others if not each.withdrawn}
    pairs = []
    for before in sorted(ended, key=lambda each: each.period.started_on):
        beside = [each for each in standing.values() if each.id != before.id]
        after = brought_back(before, beside)
        if not after.withdrawn:
            standing[after.id] = after
        pairs.append((before, after))
    return pairs


def _ect_back(
    other: EctAtSchool, beside: Sequence[EctAtSchool], taken: TakenBack, uow: UnitOfWork
) -> EctAtSchool:
    """Returns a period that a transfer ended, as it is without the transfer."""
    standing = [each.standing for each in beside]
    back = other.taken_back(taken, standing, extents_of_mentors([other], uow))
    return standing_again(other, back, uow, taken.today, keep=False)


def _mentor_back(
    other: MentorAtSchool, beside: Sequence[MentorAtSchool], taken: TakenBack, uow: UnitOfWork
) -> MentorAtSchool:
    """Returns a period that a transfer ended, as it is without the transfer."""
    back = other.taken_back(taken, standing_beside(other, beside), trainings_standing(beside))
    return standing_again(other, back, uow, taken.today, keep=False)


def _without(
    mentor: MentorAtSchool, after: MentorAtSchool, today: date, uow: UnitOfWork
) -> Iterator[EctPair]:
    """Yields the mentor's ECTs without them, with the mentors they had replaced restored."""
    taken = TakenBack(Cause.REPLACEMENT, mentor.id, today)
    ects = uow.mentors.mentored_by(mentor.id, withdrawn=True)
    mentors = extents_of_mentors(ects, uow, after)
    for ect in ects:
        without = ect.mentor_ended(mentor, _undone(mentor, today))
        back = without.mentorships_taken_back(taken, mentors)
        if back != ect:
            yield ect, back


def _mentored_again(
    before: MentorAtSchool, after: MentorAtSchool, taken: TakenBack, uow: UnitOfWork
) -> Iterator[EctPair]:
    """Yields the ECTs elsewhere whose mentor had left them for this school."""
    ects = uow.mentors.mentored_by(before.id, withdrawn=True)
    mentors = extents_of_mentors(ects, uow, after)
    for ect in ects:
        back = ect.mentorships_taken_back(taken, mentors)
        if back != ect:
            yield ect, back


def ect_rests_on(id: EctId, uow: UnitOfWork) -> Collection[Hold]:
    """Returns the person, their mentors, and what they may have again: schools and addresses."""
    ect = uow.ects.find(id)
    if ect is None:
        return ()
    others = other_ect_periods(ect, uow, withdrawn=True)
    mentors = uow.people.with_periods([m.mentor for m in ect.mentorships])
    schools = [Hold.school(other.school) for other in others]
    emails = [Hold.email(other.email) for other in others if other.email is not None]
    return [*schools, Hold.person(ect.teacher.trn), *map(Hold.person, mentors), *emails]


def mentor_rests_on(id: MentorId, uow: UnitOfWork) -> Collection[Hold]:
    """Returns the person, their ECTs, and what they may have again: schools and addresses."""
    mentor = uow.mentors.find(id)
    if mentor is None:
        return ()
    periods = [mentor, *other_mentor_periods(mentor, uow, withdrawn=True)]
    holds = {Hold.person(mentor.teacher.trn)}
    for period in periods:
        holds.add(Hold.school(period.school))
        mentored = uow.mentors.mentored_by(period.id, withdrawn=True)
        holds |= {Hold.person(ect.teacher.trn) for ect in mentored}
        if period.email is not None:
            holds.add(Hold.email(period.email))
    return holds
