"""Programme choices, and the training that follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.people.bringing_back import Standing
from ect_registration.domain.people.endings import Cause, End, Extent, extent_of

TrainingId = NewType("TrainingId", UUID)


class Programme(StrEnum):
    """How an ECT is trained."""

    PROVIDER_LED = "provider_led"
    SCHOOL_LED = "school_led"


class TrainingState(StrEnum):
    """How sure a training is."""

    CONFIRMED = "confirmed"  # the school has a partnership for it
    EXPRESSION_OF_INTEREST = "expression_of_interest"  # it waits for the lead provider
    SCHOOL_LED = "school_led"


@attrs.frozen
class ProgrammeChoices:
    """What a school chose for an ECT. Absent parts come with records brought in from elsewhere."""

    appropriate_body: str | None
    programme: Programme | None
    lead_provider: str | None = None


@attrs.frozen
class Training:
    """One stretch of training of one ECT or mentor, inside their period at the school."""

    id: TrainingId
    period: Period
    programme: Programme
    year: AcademicYear
    lead_provider: str | None = None
    delivery_partner: str | None = None  # known once there is a partnership
    withdrawn: bool = False
    ends: tuple[End, ...] = ()

    def lasting(self, extent: Extent) -> Training:
        """Returns the training with another extent."""
        return attrs.evolve(
            self, period=extent.period, withdrawn=extent.withdrawn, ends=extent.ends
        )

    def ended(self, end: End) -> Training:
        """Returns the training ended by this cause, or withdrawn if no day is left."""
        return self.lasting(extent_of(self).ended(end))

    @property
    def standing(self) -> Standing:
        """Returns what the training does to one that comes back beside it."""
        return Standing(self.period, Cause.CHANGED, self.id)

    @property
    def chosen(self) -> tuple[Programme, AcademicYear, str | None, str | None]:
        """Returns all but the days: programme, year, lead provider and delivery partner."""
        return self.programme, self.year, self.lead_provider, self.delivery_partner

    def waits(self, today: date) -> bool:
        """Says whether the training is an expression of interest that has not ended."""
        interest = self.state is TrainingState.EXPRESSION_OF_INTEREST
        return interest and not self.withdrawn and self.period.is_open(today)

    @property
    def state(self) -> TrainingState:
        """Returns the state: school-led, or provider-led with or without a partnership."""
        if self.programme is Programme.SCHOOL_LED:
            return TrainingState.SCHOOL_LED
        if self.delivery_partner is None:
            return TrainingState.EXPRESSION_OF_INTEREST
        return TrainingState.CONFIRMED


def latest_standing(trainings: Iterable[Training]) -> Training | None:
    """Returns the training that begins last of those not withdrawn; None when there is none."""
    standing = (training for training in trainings if not training.withdrawn)
    return max(standing, key=lambda training: training.period.started_on, default=None)
