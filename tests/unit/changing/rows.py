"""Records as plain values, to compare what stands with what should.

Rows that are withdrawn count for nothing, and neither ids of new rows nor their order matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import attrs

from ect_registration.domain.email import address_of
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.testing.memory.state import State

ALWAYS = date.max

Days = tuple[date, date]  # the last day is ALWAYS where there is none


@attrs.frozen
class Seen:
    """What stands of one period at a school. Without days it is withdrawn."""

    days: Days | None
    details: Mapping[str, Any]
    trainings: frozenset[tuple[Any, ...]] = frozenset()  # days, programme, provider, partner, year
    mentorships: frozenset[tuple[Any, ...]] = frozenset()  # days, mentor

    def but(self, **details: object) -> Seen:
        """The same with other details."""
        return attrs.evolve(self, details={**self.details, **details})


def days_of(row: Any) -> Days:
    """The first day and the last."""
    return row.period.started_on, row.period.finished_on or ALWAYS


def trainings_of(row: Any) -> frozenset[tuple[Any, ...]]:
    """Those that stand."""
    return frozenset(
        (days_of(t), t.programme, t.lead_provider, t.delivery_partner, t.year)
        for t in row.trainings
        if not t.withdrawn
    )


def _seen(row: Any, details: Mapping[str, Any], mentorships: Iterable[Any] = ()) -> Seen:
    return Seen(
        days=None if row.withdrawn else days_of(row),
        details={
            "name": row.teacher.corrected_name and row.teacher.corrected_name.text,
            "email": address_of(row.email),
            **details,
        },
        trainings=trainings_of(row),
        mentorships=frozenset((days_of(m), m.mentor) for m in mentorships if not m.withdrawn),
    )


def of_ect(ect: EctAtSchool) -> Seen:
    """What stands of an ECT."""
    details = {
        "pattern": ect.working_pattern,
        "body": ect.appropriate_body,
        "year": ect.registration.expected_training_start_year,
    }
    return _seen(ect, details, ect.mentorships)


def of_mentor(mentor: MentorAtSchool) -> Seen:
    """What stands of a mentor."""
    return _seen(mentor, {})


def everything(state: State) -> dict[Any, Seen]:
    """What stands of everybody, by the id of the period."""
    ects = {ect.id: of_ect(ect) for ect in state.ects.values()}
    return {**ects, **{mentor.id: of_mentor(mentor) for mentor in state.mentors.values()}}
