"""Ends what is open at a school that has closed, and takes that back."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.closing import Closing, closing_of
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.effects import effects_on_ect, effects_on_mentor
from ect_registration.domain.people.endings import extent_of_whole
from ect_registration.domain.people.mentor import MentorAtSchool, trainings_standing
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.operating.schools import (
    SCHOOL_OPENS_AND_CLOSES,
    check_has_closed,
    check_last_day_of_school,
)
from ect_registration.domain.values import Urn
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
from ect_registration.use_cases.changing.records import mentorships_moved, with_email_lost
from ect_registration.use_cases.registering.write_ect import last_day_of
from ect_registration.use_cases.transactions import Ports, transact

P = TypeVar("P", EctAtSchool, MentorAtSchool)
Mentors = dict[MentorId, MentorPair]


def end_school(
    urn: Urn, last_day: date, user: str, ports: Ports, *, dry_run: bool = False
) -> int | Blocked:
    """Ends what is open at a closed school on a day, and returns the number of people changed.

    Another day than before corrects it. Blocked for a school that is unknown or has not closed,
    and for a day after today or before the school opened.
    """

    def work(uow: UnitOfWork) -> int | Blocked:
        uow.hold([Hold.EVERYTHING])
        school, today = uow.schools.find(urn), ports.clock.today()
        if school is None:
            return OWN_SCHOOL_ONLY.finds_invalid("school", "Give the URN of a school we know")
        decisions = check_has_closed(school), check_last_day_of_school(school, last_day, today)
        for decision in decisions:
            if isinstance(decision, Blocked):
                return decision
        changes = _end_what_is_open(Closing(urn, last_day, today), user, ports, uow)
        uow.history.add(changes)
        if not dry_run:
            uow.commit()
        return len({change.trn for change in changes})

    return transact(ports, work)


def ended_on(urn: Urn, day: date, uow: UnitOfWork) -> bool:
    """Says whether a period at a school ended on this day because the school closed."""
    closing = Closing(urn, day, day, instead_of=day)
    here: list[EctAtSchool | MentorAtSchool] = [*uow.ects.at_school(urn, withdrawn=True)]
    here += uow.mentors.at_school(urn, withdrawn=True)
    return any(map(closing.ended_instead, here))


def correct_closing(
    urn: Urn, wrong: date, right: date, user: str, ports: Ports, uow: UnitOfWork
) -> None:
    """Ends on the right day what ended on a wrong one, in a unit of work that holds everything."""
    closing = Closing(urn, right, ports.clock.today(), instead_of=wrong)
    uow.history.add(_end_what_is_open(closing, user, ports, uow))


def _end_what_is_open(closing: Closing, user: str, ports: Ports, uow: UnitOfWork) -> list[Change]:
    """Writes everyone as the closing leaves them, and returns the history of that.

    Mentorships lie inside the periods of mentors at every moment: a mentor's period that grows is
    written before the ECTs, and one that shrinks after them.
    """
    mentors = _mentors_who_change(closing, uow)
    growing = [pair for pair in mentors.values() if _grows(*pair)]
    for pair in growing:
        uow.mentors.change(*pair)
    ects = list(_change_ects(closing, mentors, uow))
    for pair in mentors.values():
        if pair not in growing:
            uow.mentors.change(*pair)
    lines = [
        _line(What.SCHOOL_CLOSED, *pair, user, ports)
        for pair in mentors.values()
        if effects_on_mentor(*pair)
    ]
    for ect, ended in ects:
        lines += _lines_of_ect(What.SCHOOL_CLOSED, ect, ended, user, ports)
    return lines


def _mentors_who_change(closing: Closing, uow: UnitOfWork) -> Mentors:
    changing: Mentors = {}
    for mentor in uow.mentors.at_school(closing.school, withdrawn=True):
        others = other_mentor_periods(mentor, uow)
        left = closing.of_mentor(
            mentor, standing_beside(mentor, others), trainings_standing(others)
        )
        here = standing_again(mentor, left, uow, closing.today, keep=True)
        if here != mentor:
            changing[mentor.id] = (mentor, here)
    return changing


def _change_ects(closing: Closing, mentors: Mentors, uow: UnitOfWork) -> Iterator[EctPair]:
    """Writes the ECTs who end or whose mentorships do; yields each before and after."""
    everybody = uow.ects.at_school(closing.school, withdrawn=True)
    becoming = {id: extent_of_whole(after) for id, (_, after) in mentors.items()}
    extents = {**extents_of_mentors(everybody, uow), **becoming}
    for ect in everybody:
        beside = [other.standing for other in other_ect_periods(ect, uow)]
        ended = closing.of_ect(ect, beside, extents)
        if any(mentorship.mentor in mentors for mentorship in ect.mentorships):
            ended = ended.mentorships_taken_back(closing.taken, extents)
        there = standing_again(ect, ended, uow, closing.today, keep=True)
        if there != ect:
            uow.ects.change(ect, there)
            yield ect, there


def _grows(before: MentorAtSchool, after: MentorAtSchool) -> bool:
    return not after.withdrawn and (before.withdrawn or not before.period.contains(after.period))


def take_closing_back(
    urn: Urn, user: str, ports: Ports, uow: UnitOfWork, only: Container[UUID] | None = None
) -> int:
    """Takes back what ``end_school`` did, in a unit of work that holds everything.

    Mentors come back before the ECTs they mentor. With ``only``, the records with these ids come
    back: no ECT without their mentors.
    """
    taken = closing_of(urn, ports.clock.today())
    changes: list[Change] = []
    for mentor in uow.mentors.at_school(urn, withdrawn=True):
        if not (taken.concerns(mentor) and (only is None or mentor.id in only)):
            continue
        others = other_mentor_periods(mentor, uow)
        back = mentor.taken_back(
            taken, standing_beside(mentor, others), trainings_standing(others)
        )
        here = standing_again(mentor, back, uow, taken.today, keep=True)
        uow.mentors.change(mentor, here)
        changes.append(_line(What.SCHOOL_CLOSING_TAKEN_BACK, mentor, here, user, ports))
    ects = uow.ects.at_school(urn, withdrawn=True)
    extents = extents_of_mentors(ects, uow)
    for ect in ects:
        concerned = taken.concerns(ect) or any(map(taken.concerns, ect.mentorships))
        if not (concerned and (only is None or ect.id in only)):
            continue
        beside = [other.standing for other in other_ect_periods(ect, uow)]
        again = ect.taken_back(taken, beside, extents)
        there = standing_again(ect, again, uow, taken.today, keep=True)
        uow.ects.change(ect, there)
        changes += _lines_of_ect(What.SCHOOL_CLOSING_TAKEN_BACK, ect, there, user, ports)
    uow.history.add(changes)
    return len(changes)


def _lines_of_ect(
    what: What, before: EctAtSchool, after: EctAtSchool, user: str, ports: Ports
) -> Sequence[Change]:
    """Returns the history of an ECT's period, or of the mentorships if only they have moved."""
    line = _line(what, before, after, user, ports)
    if (before.period, before.withdrawn) == (after.period, after.withdrawn):
        moved = list(mentorships_moved(line, before, after))
        return moved or [line] * bool(effects_on_ect(before, after))
    return [line]


def _line(what: What, before: P, after: P, user: str, ports: Ports) -> Change:
    line = Change(
        at=ports.clock.stamp(),
        actor=user,
        school=before.school,
        what=what,
        rules=(SCHOOL_OPENS_AND_CLOSES.id,),
        trn=before.teacher.trn,
        about=before.id,
        before={"finished_on": last_day_of(before.period), "withdrawn": before.withdrawn},
        after={"finished_on": last_day_of(after.period), "withdrawn": after.withdrawn},
    )
    return with_email_lost(line, before, after)
