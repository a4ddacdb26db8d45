"""Reads the records that limit a changed last day, and writes them in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar

import attrs

from ect_registration.domain.people.bringing_back import Standing
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.endings import Extent, extent_of_whole
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import Training
from ect_registration.domain.values import Trn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.changing.change_outcomes import EctPair

Id = TypeVar("Id", EctId, MentorId)

Changed = Sequence[EctPair]


def rests_on(
    find: Callable[[Id], EctAtSchool | MentorAtSchool | None], id: Id, uow: UnitOfWork
) -> Collection[Hold]:
    """Returns a record's school and person, the address that it may have again, and its ECTs."""
    somebody = find(id)
    if somebody is None:
        return ()
    holds = [Hold.school(somebody.school), Hold.person(somebody.teacher.trn)]
    if somebody.email is not None:
        holds.append(Hold.email(somebody.email))
    if isinstance(somebody, MentorAtSchool):
        mentored = uow.mentors.mentored_by(somebody.id, withdrawn=True)
        holds += [Hold.person(ect.teacher.trn) for ect in mentored]
    return holds


def trns_of(trn: Trn, uow: UnitOfWork) -> Collection[Trn]:
    """Returns every TRN under which the person is known."""
    return frozenset(teacher.trn for teacher in uow.teachers.known_as([trn]))


def other_ect_periods(
    ect: EctAtSchool, uow: UnitOfWork, *, withdrawn: bool = False
) -> Sequence[EctAtSchool]:
    """Returns the person's other ECT periods that stand, at any school, oldest first.

    ``withdrawn`` asks for those that were withdrawn, too.
    """
    theirs = uow.ects.of_people(trns_of(ect.teacher.trn, uow), withdrawn=withdrawn)
    return [other for other in theirs if other.id != ect.id]


def other_mentor_periods(
    mentor: MentorAtSchool, uow: UnitOfWork, *, withdrawn: bool = False
) -> Sequence[MentorAtSchool]:
    """Returns the person's other mentor periods that stand, at any school, oldest first.

    ``withdrawn`` asks for those that were withdrawn, too.
    """
    theirs = uow.mentors.of_people(trns_of(mentor.teacher.trn, uow), withdrawn=withdrawn)
    return [other for other in theirs if other.id != mentor.id]


def standing_beside(mentor: MentorAtSchool, others: Sequence[MentorAtSchool]) -> list[Standing]:
    """Returns the person's other periods at this school, which a changed one must not overlap."""
    return [other.standing for other in others if other.school == mentor.school]


def next_start(
    row: EctAtSchool | MentorAtSchool, others: Sequence[EctAtSchool | MentorAtSchool]
) -> date | None:
    """Returns the first day of the next of the other periods; None when there is none."""
    starts = (other.period.started_on for other in others)
    return min((day for day in starts if day > row.period.started_on), default=None)


def extents_of_mentors(
    ects: Sequence[EctAtSchool], uow: UnitOfWork, known: MentorAtSchool | None = None
) -> Mapping[MentorId, Extent]:
    """Returns from when until when the mentors of these ECTs are here.

    ``known`` is one of them, as it will be.
    """
    found = {} if known is None else {known.id: extent_of_whole(known)}
    others = {m.mentor for ect in ects for m in ect.mentorships} - found.keys()
    return found | {each.id: extent_of_whole(each) for each in uow.mentors.with_ids(others)}


P = TypeVar("P", EctAtSchool, MentorAtSchool)


def standing_again(before: P, after: P, uow: UnitOfWork, today: date, *, keep: bool) -> P:
    """Returns a period that goes on again, with what may have changed meanwhile decided again.

    Its email stays with another person who has it by now. Training that goes on again is confirmed
    by the partnership that the school has by now, or an expression of interest. ``keep`` says
    whether the address is claimed, too.
    """
    if after.withdrawn or not after.period.is_open(today):
        return after
    after = _with_partners_of_now(before, after, uow, today)
    if after.email is None or (not before.withdrawn and before.period.is_open(today)):
        return after
    person = trns_of(after.teacher.trn, uow)
    if not set(uow.emails.holders(after.email, today)) <= set(person):
        return attrs.evolve(after, email=None)
    if keep:
        uow.emails.claim(after.email, after.teacher.trn, today)
    return after


def _with_partners_of_now(before: P, after: P, uow: UnitOfWork, today: date) -> P:
    """Returns a period whose trainings that go on again have the delivery partner of now."""
    went_on = {training.id for training in before.trainings if _goes_on(training, today)}
    again = {
        training.id: training.lead_provider
        for training in after.trainings
        if _goes_on(training, today) and training.id not in went_on and training.lead_provider
    }
    if not again:
        return after
    partnerships = uow.partnerships.of_school(after.school)
    partners = {(each.lead_provider, each.year): each.delivery_partner for each in partnerships}
    trainings = tuple(
        attrs.evolve(each, delivery_partner=partners.get((again[each.id], each.year)))
        if each.id in again
        else each
        for each in after.trainings
    )
    return attrs.evolve(after, trainings=trainings)


def _goes_on(training: Training, today: date) -> bool:
    return not training.withdrawn and training.period.is_open(today)


def write_mentor_and_ects(
    before: MentorAtSchool, after: MentorAtSchool, ects: Changed, uow: UnitOfWork
) -> None:
    """Writes a mentor and their mentorships, which lie inside the mentor's period at every moment.

    What grows is written after the period it lies inside, and what shrinks before it.
    """
    was, becomes = extent_of_whole(before), extent_of_whole(after)
    grows = not becomes.withdrawn and (was.withdrawn or not before.period.contains(after.period))
    if grows:
        uow.mentors.change(before, after)
    for ect, moved in ects:
        uow.ects.change(ect, moved)
    if not grows:
        uow.mentors.change(before, after)
