"""Ending what is open at a school that has closed, and taking that back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, End, TakenBack
from ect_registration.domain.people.mentor import MentorAtSchool, trainings_standing
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.schools import SCHOOL_OPENS_AND_CLOSES, check_has_closed
from ect_registration.domain.values import Urn
from ect_registration.ports.holds import Hold
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.beside import (
    extents_of_mentors,
    other_ect_periods,
    other_mentor_periods,
    standing_beside,
    with_email_if_free,
)
from ect_registration.use_cases.transactions import Ports, transact

P = TypeVar("P", EctAtSchool, MentorAtSchool)


def end_school(
    urn: Urn, last_day: date, user: str, ports: Ports, *, dry_run: bool = False
) -> int | Blocked:
    """Ends what is open at a closed school on a day, and returns the number of people.

    Blocked for a school that is unknown, or has not closed.
    """

    def work(uow: UnitOfWork) -> int | Blocked:
        uow.hold([Hold.EVERYTHING])
        school = uow.schools.find(urn)
        if school is None:
            return OWN_SCHOOL_ONLY.finds_invalid("school", "Give the URN of a school we know")
        decision = check_has_closed(school)
        if isinstance(decision, Blocked):
            return decision
        ended = end_what_is_open(urn, last_day, user, ports, uow)
        if not dry_run:
            uow.commit()
        return ended

    return transact(ports, work)


def end_what_is_open(urn: Urn, last_day: date, user: str, ports: Ports, uow: UnitOfWork) -> int:
    """Ends ECTs and mentors in the caller's unit of work, which holds everything."""
    end = End(Cause.SCHOOL_CLOSED, _id_of(urn), last_day, ports.clock.today())
    changes: list[Change] = []
    for ect in uow.ects.at_school(urn):
        ended = ect.ended(end)
        if ended != ect:
            uow.ects.change(ect, ended)
            changes.append(_line(What.SCHOOL_CLOSED, ect, ended, user, ports))
    for mentor in uow.mentors.at_school(urn):
        left = mentor.ended(end)
        if left != mentor:
            uow.mentors.change(mentor, left)
            changes.append(_line(What.SCHOOL_CLOSED, mentor, left, user, ports))
    uow.history.add(changes)
    return len(changes)


def take_closing_back(urn: Urn, user: str, ports: Ports, uow: UnitOfWork) -> int:
    """Takes back what ``end_what_is_open`` did, in a unit of work that holds everything.

    Mentors come back before the ECTs whom they mentor.
    """
    taken = TakenBack(Cause.SCHOOL_CLOSED, _id_of(urn), ports.clock.today())
    changes: list[Change] = []
    for mentor in _ended(uow.mentors.at_school(urn, withdrawn=True), taken):
        others = other_mentor_periods(mentor, uow)
        back = mentor.taken_back(
            taken, standing_beside(mentor, others), trainings_standing(others)
        )
        here = with_email_if_free(mentor, back, uow, taken.today, keep=True)
        uow.mentors.change(mentor, here)
        changes.append(_line(What.SCHOOL_CLOSING_TAKEN_BACK, mentor, here, user, ports))
    for ect in _ended(uow.ects.at_school(urn, withdrawn=True), taken):
        beside = [other.standing for other in other_ect_periods(ect, uow)]
        again = ect.taken_back(taken, beside, extents_of_mentors([ect], uow))
        there = with_email_if_free(ect, again, uow, taken.today, keep=True)
        uow.ects.change(ect, there)
        changes.append(_line(What.SCHOOL_CLOSING_TAKEN_BACK, ect, there, user, ports))
    uow.history.add(changes)
    return len(changes)


def _ended(periods: Iterable[P], taken: TakenBack) -> list[P]:
    return [each for each in periods if any(e.is_of(taken.cause, taken.by) for e in each.ends)]


def _id_of(urn: Urn) -> UUID:
    """Returns what causes call a school, which has no public id."""
    return UUID(int=int(urn.digits))


def _line(what: What, before: P, after: P, user: str, ports: Ports) -> Change:
    return Change(
        at=ports.clock.stamp(),
        actor=user,
        school=before.school,
        what=what,
        rules=(SCHOOL_OPENS_AND_CLOSES.id,),
        trn=before.teacher.trn,
        about=before.id,
        before={"finished_on": _day(before), "withdrawn": before.withdrawn},
        after={"finished_on": _day(after), "withdrawn": after.withdrawn},
    )


def _day(row: EctAtSchool | MentorAtSchool) -> str | None:
    return row.period.finished_on.isoformat() if row.period.finished_on else None
