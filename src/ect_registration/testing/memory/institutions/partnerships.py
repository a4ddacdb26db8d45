"""Partnerships in memory, and the trainings that they confirm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

import attrs

from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import Training
from ect_registration.domain.school import Pairing, Partnership
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.stored.holds import Hold
from ect_registration.ports.stored.offers import TrainedPerson
from ect_registration.testing.memory.guarantees import must_be_known
from ect_registration.testing.memory.state import State, Work

K = TypeVar("K", EctId, MentorId)
P = TypeVar("P", EctAtSchool, MentorAtSchool)

AtSchool = EctAtSchool | MentorAtSchool


@attrs.frozen
class MemoryPartnerships:
    """One for a school, a lead provider and a year."""

    _work: Work

    def of_school(self, urn: Urn) -> Sequence[Partnership]:
        """Returns a school's partnerships, newest year first, then by lead provider."""
        state = self._work.state
        active = set(state.partnerships.values()) - state.ended_partnerships
        return _in_order(p for p in active if p.school == urn)

    def ended_of_school(self, urn: Urn) -> Sequence[Partnership]:
        """Returns a school's partnerships that have ended, in the same order."""
        return _in_order(p for p in self._work.state.ended_partnerships if p.school == urn)

    def add(self, partnership: Partnership) -> None:
        """Adds a partnership, or takes up one that has ended.

        Any pairing that was ever saved is enough for the store.
        """
        key = (partnership.school, partnership.lead_provider, partnership.year)
        with self._work.writing(Hold.school(partnership.school)) as state:
            known = state.partnerships.get(key)
            if known is not None and known not in state.ended_partnerships:
                raise Conflict("one partnership for a school, a lead provider and a year")
            keep_partnership(state, partnership, active=True)

    def change(self, partnership: Partnership) -> None:
        """Gives a partnership, and all training under it, another delivery partner."""
        key = (partnership.school, partnership.lead_provider, partnership.year)
        with self._work.writing(Hold.school(partnership.school)) as state:
            known = state.partnerships.get(key)
            if known is None or known in state.ended_partnerships:
                raise Conflict("there is no such partnership")
            keep_partnership(state, partnership, active=True)

    def confirmed_otherwise(self, partnership: Partnership) -> Sequence[TrainedPerson]:
        """Returns who is trained under this partnership by another delivery partner."""

        def by_another(training: Training) -> bool:
            partner = training.delivery_partner
            elsewhere = partner is not None and partner != partnership.delivery_partner
            return elsewhere and not training.withdrawn and _is_for(training, partnership)

        return _trained(_trainings_at(self._work.state, partnership.school), by_another)

    def confirm_waiting(self, partnership: Partnership, today: date) -> Sequence[TrainedPerson]:
        """Confirms waiting trainings that have not ended, and returns whose they are."""

        def waits(training: Training) -> bool:
            return _is_for(training, partnership) and training.waits(today)

        with self._work.writing(Hold.school(partnership.school)) as state:
            people = _give(state, partnership.school, waits, partnership.delivery_partner)
            if people:
                must_be_known("partnership", partnership, state.partnerships.values())
            return people

    def release(self, partnership: Partnership, today: date) -> Sequence[TrainedPerson]:
        """Makes trainings that have not ended wait again, and returns whose they are."""

        def goes_on(training: Training) -> bool:
            confirmed = training.delivery_partner is not None and not training.withdrawn
            is_open = training.period.is_open(today)
            return confirmed and is_open and _is_for(training, partnership)

        with self._work.writing(Hold.school(partnership.school)) as state:
            return _give(state, partnership.school, goes_on, None)


def _in_order(partnerships: Iterable[Partnership]) -> Sequence[Partnership]:
    return sorted(partnerships, key=lambda p: (-p.year.starts_in, p.lead_provider))


def keep_partnership(state: State, partnership: Partnership, *, active: bool) -> None:
    """Saves a partnership; the trainings that it confirmed follow its delivery partner."""

    def following(training: Training) -> Training:
        if not _is_for(training, partnership) or training.delivery_partner is None:
            return training
        return attrs.evolve(training, delivery_partner=partnership.delivery_partner)

    must_be_known("school", partnership.school, state.schools)
    pairing = Pairing(partnership.lead_provider, partnership.delivery_partner, partnership.year)
    must_be_known("pairing", pairing, state.pairings)
    key = (partnership.school, partnership.lead_provider, partnership.year)
    state.ended_partnerships.discard(state.partnerships.get(key, partnership))
    state.partnerships[key] = partnership
    if not active:
        state.ended_partnerships.add(partnership)
    _change_trainings(state, partnership.school, following)


def _is_for(training: Training, partnership: Partnership) -> bool:
    wanted = (partnership.lead_provider, partnership.year)
    return (training.lead_provider, training.year) == wanted


def _trainings_at(state: State, school: Urn) -> Iterator[tuple[AtSchool, Training]]:
    periods: list[AtSchool] = [*state.ects.values(), *state.mentors.values()]
    for period in periods:
        if period.school == school:
            for training in period.trainings:
                yield period, training


def _trained(
    trainings: Iterable[tuple[AtSchool, Training]], concerned: Callable[[Training], bool]
) -> Sequence[TrainedPerson]:
    """Returns whose trainings these are, for each of those concerned."""
    people = [
        TrainedPerson(period.teacher.trn, period.id, training.delivery_partner)
        for period, training in trainings
        if concerned(training)
    ]
    return sorted(people, key=lambda each: (each.trn, each.period))


def _give(
    state: State, school: Urn, concerned: Callable[[Training], bool], partner: str | None
) -> Sequence[TrainedPerson]:
    """Gives trainings at a school a delivery partner, or takes it away; returns whose they are."""
    people = _trained(_trainings_at(state, school), concerned)

    def given(training: Training) -> Training:
        if not concerned(training):
            return training
        return attrs.evolve(training, delivery_partner=partner)

    _change_trainings(state, school, given)
    return [attrs.evolve(each, delivery_partner=partner) for each in people]


def _change_trainings(state: State, school: Urn, change: Callable[[Training], Training]) -> None:
    """Changes the trainings of all people at a school."""
    _change_in(state.ects, school, change)
    _change_in(state.mentors, school, change)


def _change_in(periods: dict[K, P], school: Urn, change: Callable[[Training], Training]) -> None:
    for id, period in periods.items():
        if period.school == school:
            trainings = tuple(map(change, period.trainings))
            periods[id] = attrs.evolve(period, trainings=trainings)
