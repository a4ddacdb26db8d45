"""What a school should do about its ECTs, found from the records alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

import attrs

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.training import Training, TrainingState
from ect_registration.domain.rules.periods.status import (
    AtSchool,
    Status,
    at_school,
    days_without_mentor,
    status_of,
)


class Need(StrEnum):
    """One thing that a school should do about an ECT, most urgent first."""

    MENTOR = "mentor"
    MENTOR_FOR_SOME_DAYS = "mentor_for_some_days"
    EMAIL = "email"
    CONFIRMATION = "confirmation"  # by the lead provider, whose training has begun


def needs_of(ect: EctAtSchool, today: date) -> frozenset[Need]:
    """Returns what an ECT in progress needs; one who left or completed needs nothing."""
    if at_school(ect, today) is not AtSchool.IN_PROGRESS:
        return frozenset()
    needs = {
        Need.MENTOR: status_of(ect, today) is Status.MENTOR_REQUIRED,
        Need.MENTOR_FOR_SOME_DAYS: status_of(ect, today) is Status.REGISTERED
        and bool(days_without_mentor(ect, today)),
        Need.EMAIL: ect.email is None,
        Need.CONFIRMATION: ect.training is not None and _is_late(ect.training, today),
    }
    return frozenset(need for need, holds in needs.items() if holds)


def _is_late(training: Training, today: date) -> bool:
    """Says whether a training has begun that no lead provider has confirmed."""
    waits = training.state is TrainingState.EXPRESSION_OF_INTEREST
    return waits and training.period.started_on <= today and training.period.is_open(today)


@attrs.frozen
class EctsInNeed:
    """How many ECTs have each need, and the first of them by their first day at the school."""

    counts: Mapping[Need, int] = attrs.Factory(dict)  # never zero
    ects: Mapping[Need, Sequence[EctAtSchool]] = attrs.Factory(dict)
