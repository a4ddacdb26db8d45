"""Moving the records of a school to its successor, in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.training import Training
from ect_registration.domain.school import School, SchoolRecords, Succession
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Conflict
from ect_registration.testing.memory.guarantees import check_mentor
from ect_registration.testing.memory.state import State

P = TypeVar("P", EctAtSchool, MentorAtSchool)


def records_of(state: State, school: School, today: date) -> SchoolRecords:
    """Returns how many records a school has."""

    def here(periods: Iterable[P]) -> list[P]:
        return [each for each in periods if each.school == school.urn]

    ects, mentors = here(state.ects.values()), here(state.mentors.values())
    standing = [each.period for each in ects if not each.withdrawn]
    standing += [each.period for each in mentors if not each.withdrawn]
    return SchoolRecords(
        len(ects),
        len(mentors),
        sum(
            each.school == school.urn and each not in state.ended_partnerships
            for each in state.partnerships.values()
        ),
        sum(each.school == school.urn for each in state.journeys.values()),
        sum(_goes_on(period, school.closed_on, today) for period in standing),
    )


def _goes_on(period: Period, closed_on: date | None, today: date) -> bool:
    if period.finished_on is None:
        return True
    return period.is_open(today) and (closed_on is None or period.finished_on > closed_on)


def move_records(state: State, succession: Succession) -> None:
    """Moves everything, as a database would in one transaction."""
    of_successor = {
        (p.lead_provider, p.year): p
        for p in state.partnerships.values()
        if p.school == succession.successor
    }

    def moved(training: Training) -> Training:
        there = of_successor.get((training.lead_provider or "", training.year))
        if there is None or training.delivery_partner is None:
            return training
        return attrs.evolve(training, delivery_partner=there.delivery_partner)

    _move_partnerships(state, succession, set(of_successor))
    state.ects = {id: _moved(each, succession, moved) for id, each in state.ects.items()}
    state.mentors = {id: _moved(each, succession, moved) for id, each in state.mentors.items()}
    state.journeys = {
        id: attrs.evolve(each, school=succession.successor)
        if each.school == succession.school
        else each
        for id, each in state.journeys.items()
    }
    state.successions[succession.school] = succession
    for mentor in state.mentors.values():
        if mentor.school == succession.successor:
            check_mentor(state, mentor)


def move_periods(state: State, ids: Collection[UUID], old: Urn, new: Urn) -> None:
    """Moves some ECTs and mentors, with copies of the partnerships by which they are trained."""
    ects = [each for each in state.ects.values() if each.school == old]
    mentors = [each for each in state.mentors.values() if each.school == old and each.id in ids]
    for ect in ects:
        if any((ect.id in ids) != (each.mentor in ids) for each in ect.mentorships):
            raise Conflict("mentorships: ECT and mentor are at one school")
    going = [each for each in ects if each.id in ids]
    trainings = [training for ect in going for training in ect.trainings]
    trainings += [training for mentor in mentors for training in mentor.trainings]
    _copy_partnerships(state, trainings, old, new)

    def moved(training: Training) -> Training:
        if training.delivery_partner is None or training.lead_provider is None:
            return training
        there = state.partnerships[new, training.lead_provider, training.year]
        return attrs.evolve(training, delivery_partner=there.delivery_partner)

    step = Succession(old, new, date.min)
    state.ects.update({each.id: _moved(each, step, moved) for each in going})
    state.mentors.update({each.id: _moved(each, step, moved) for each in mentors})
    for mentor in mentors:
        check_mentor(state, state.mentors[mentor.id])


def _copy_partnerships(state: State, trainings: Iterable[Training], old: Urn, new: Urn) -> None:
    for training in trainings:
        key = (training.lead_provider or "", training.year)
        own = state.partnerships.get((old, *key))
        if training.delivery_partner is None or own is None or (new, *key) in state.partnerships:
            continue
        copied = attrs.evolve(own, school=new)
        state.partnerships[new, own.lead_provider, own.year] = copied
        if own in state.ended_partnerships:
            state.ended_partnerships.add(copied)


def _moved(period: P, succession: Succession, change: Callable[[Training], Training]) -> P:
    if period.school != succession.school:
        return period
    trainings = tuple(map(change, period.trainings))
    return attrs.evolve(period, school=succession.successor, trainings=trainings)


def _move_partnerships(
    state: State, succession: Succession, taken: set[tuple[str, AcademicYear]]
) -> None:
    """Moves partnerships; one that the successor has of its own stays behind, and ends."""
    for key, partnership in list(state.partnerships.items()):
        if partnership.school != succession.school:
            continue
        if key[1:] in taken:
            state.ended_partnerships.add(partnership)
            continue
        moved = attrs.evolve(partnership, school=succession.successor)
        del state.partnerships[key]
        state.partnerships[moved.school, moved.lead_provider, moved.year] = moved
        if partnership in state.ended_partnerships:
            state.ended_partnerships.remove(partnership)
            state.ended_partnerships.add(moved)
