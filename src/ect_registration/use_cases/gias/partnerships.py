"""Partnerships that people are trained under once they have moved to another school."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.records.history import Change
from ect_registration.domain.school import Partnership
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.operating.partnerships import add_and_confirm
from ect_registration.use_cases.trained_people import (
    confirm_waiting,
    delivered_by_another,
    release,
)
from ect_registration.use_cases.transactions import Ports

Key = tuple[str, AcademicYear]  # of a partnership within its school


def keys_of(partnerships: Iterable[Partnership]) -> set[Key]:
    """Returns the lead provider and the year of each."""
    return {(each.lead_provider, each.year) for each in partnerships}


def keys_confirmed(periods: Iterable[EctAtSchool | MentorAtSchool]) -> set[Key]:
    """Returns the lead provider and the year of each training that a partnership confirmed."""
    return {
        (training.lead_provider or "", training.year)
        for period in periods
        for training in period.trainings
        if training.delivery_partner is not None
    }


def take_up_ended(
    old: Urn, new: Urn, concerned: Collection[Key], user: str, ports: Ports, uow: UnitOfWork
) -> Sequence[Partnership]:
    """Takes up each partnership of the new school that had ended, where the old one's goes on.

    It has the delivery partner of the old school from now on: a school has one partnership with a
    lead provider in a year. Returns what was taken up.
    """
    ended = keys_of(uow.partnerships.ended_of_school(new)) & set(concerned)
    taken_up = tuple(
        attrs.evolve(each, school=new)
        for each in uow.partnerships.of_school(old)
        if (each.lead_provider, each.year) in ended
    )
    for partnership in taken_up:
        add_and_confirm(partnership, user, ports, uow)
    return taken_up


def replaced_there(
    old: Urn, new: Urn, concerned: Collection[Key], uow: UnitOfWork
) -> Sequence[Partnership]:
    """Returns those of the old school for which the new one has another delivery partner."""
    there = _delivery_partners(new, uow)
    return tuple(
        each
        for each in _every(old, uow)
        if (key := (each.lead_provider, each.year)) in concerned
        and there.get(key, each.delivery_partner) != each.delivery_partner
    )


def trained_there_by_another(
    replaced: Iterable[Partnership], new: Urn, line: Change, uow: UnitOfWork
) -> Sequence[Change]:
    """Returns the history of people who have a delivery partner of the new school from now on.

    It is read before they move, and is of the new school; ``line`` is about the move.
    """
    there = _delivery_partners(new, uow)
    lines: list[Change] = []
    for each in replaced:
        by_another = attrs.evolve(each, delivery_partner=there[each.lead_provider, each.year])
        lines += delivered_by_another(by_another, line, uow)
    return [attrs.evolve(each, school=new) for each in lines]


def confirm_or_release(school: Urn, line: Change, today: date, uow: UnitOfWork) -> None:
    """Confirms what waits for a partnership of a school; one that has ended confirms nothing.

    It stands in the history of each person concerned; ``line`` is about the move.
    """
    for partnership in uow.partnerships.of_school(school):
        uow.history.add(confirm_waiting(partnership, line, today, uow).lines)
    for partnership in uow.partnerships.ended_of_school(school):
        uow.history.add(release(partnership, line, today, uow).lines)


def _delivery_partners(school: Urn, uow: UnitOfWork) -> Mapping[Key, str]:
    return {(p.lead_provider, p.year): p.delivery_partner for p in _every(school, uow)}


def _every(school: Urn, uow: UnitOfWork) -> Sequence[Partnership]:
    partnerships = uow.partnerships
    return [*partnerships.of_school(school), *partnerships.ended_of_school(school)]
