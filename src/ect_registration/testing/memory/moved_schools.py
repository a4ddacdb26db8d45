"""Moving the records of a school to its successor, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

import attrs

from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.training import Training
from ect_registration.domain.school import School, SchoolRecords, Succession
from ect_registration.testing.memory.guarantees import check_mentor
from ect_registration.testing.memory.state import State

P = TypeVar("P", EctAtSchool, MentorAtSchool)


def records_of(state: State, school: School) -> SchoolRecords:
    """Returns how many records a school has."""

    def here(periods: Iterable[P]) -> list[P]:
        return [each for each in periods if each.school == school.urn]

    ects, mentors = here(state.ects.values()), here(state.mentors.values())
    standing = [each.period for each in ects if not each.withdrawn]
    standing += [each.period for each in mentors if not each.withdrawn]
    return SchoolRecords(
        len(ects),
        len(mentors),
        sum(each.school == school.urn for each in state.partnerships.values()),
        sum(each.school == school.urn for each in state.journeys.values()),
        sum(_goes_on(period, school.closed_on) for period in standing),
    )


def _goes_on(period: Period, closed_on: date | None) -> bool:
    if period.finished_on is None or closed_on is None:
        return True
    return period.finished_on > closed_on


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
