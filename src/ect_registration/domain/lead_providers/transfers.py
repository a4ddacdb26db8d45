"""What a lead provider sees of people who leave a school where it trained them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import attrs

from ect_registration.domain.calendar import day_after
from ect_registration.domain.lead_providers.person import Person
from ect_registration.domain.lead_providers.records import Place, Role, Transfer, Transfers
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.training import TrainingState, latest_standing

AtSchool = EctAtSchool | MentorAtSchool


def transfers_of(
    person: Person, lead_provider: str, before: Transfers | None, now: datetime
) -> Transfers | None:
    """Returns who left one of the lead provider's schools, and where to, oldest first.

    The school they join is shown only by its URN, the day and its lead provider.
    Transfers that were undone leave an empty list. None: there never was one.
    """
    known = list(before.transfers) if before is not None else []
    found = tuple(
        _first_seen(transfer, known)
        for role in Role
        for leaving, joining in _changes_of_school(person, role)
        if (transfer := _transfer(leaving, joining, role, person, lead_provider, now))
    )
    return Transfers(found) if found or before is not None else None


def _changes_of_school(person: Person, role: Role) -> Sequence[tuple[AtSchool, AtSchool | None]]:
    """Returns each school that the person left, with the one where they go on, if any."""
    periods: Sequence[AtSchool] = person.ects if role is Role.ECT else person.mentors
    standing = sorted(
        (each for each in periods if not each.withdrawn), key=lambda each: each.period.started_on
    )
    moves: list[tuple[AtSchool, AtSchool | None]] = []
    for left in standing:
        if left.period.finished_on is not None:
            others = [each for each in standing if each.id != left.id]
            joined = _goes_on_at(left.period.finished_on, others)
            if joined is None or joined.school != left.school:
                moves.append((left, joined))
    return moves


def _goes_on_at(last_day: date, others: Sequence[AtSchool]) -> AtSchool | None:
    """Returns the next period that begins by the time a school is left, or later.

    Without one it is the latest of those that had begun before, and go on: a mentor may be at
    several schools.
    """
    joined = [each for each in others if each.period.started_on >= last_day]
    kept = [each for each in others if each.period.is_open(day_after(last_day))]
    return joined[0] if joined else next(reversed(kept), None)


def _transfer(
    leaving: AtSchool,
    joining: AtSchool | None,
    role: Role,
    person: Person,
    lead_provider: str,
    now: datetime,
) -> Transfer | None:
    last = latest_standing(leaving.trainings)
    trained_here = (
        last is not None
        and last.lead_provider == lead_provider
        and last.state is TrainingState.CONFIRMED
    )
    if not trained_here:
        return None
    left = Place(leaving.school.digits, lead_provider, leaving.period.finished_on)
    joined = _joined(joining) if joining is not None else None
    return Transfer(person.training_record_id(role), now, left, joined)


def _joined(joining: AtSchool) -> Place:
    return Place(joining.school.digits, _lead_provider_at(joining), joining.period.started_on)


def _first_seen(transfer: Transfer, known: list[Transfer]) -> Transfer:
    """Returns the transfer with the moment when it was first seen; takes it from those known.

    A person may leave a school twice: each time is a transfer of its own, in order.
    """
    for number, each in enumerate(known):
        if (each.training_record_id, each.leaving.school) == (
            transfer.training_record_id,
            transfer.leaving.school,
        ):
            return attrs.evolve(transfer, created_at=known.pop(number).created_at)
    return transfer


def _lead_provider_at(at_school: AtSchool) -> str | None:
    training = latest_standing(at_school.trainings)
    return training.lead_provider if training is not None else None
