"""A person with everything that decides what lead providers see of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

import attrs

from ect_registration.domain.lead_providers.records import Days, IdChange, Role
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, decided_by
from ect_registration.domain.people.mentor import MentorAtSchool, MentorTrainingHistory
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import Training, TrainingState
from ect_registration.domain.values import Trn


@attrs.frozen
class Trained:
    """A training, with the period at a school that it is part of."""

    training: Training
    at_school: EctAtSchool | MentorAtSchool

    @property
    def is_undone(self) -> bool:
        """Says whether it was withdrawn because its registration was a mistake."""
        return self.training.withdrawn and any(
            end.cause is Cause.UNDONE for end in self.training.ends
        )

    @property
    def days(self) -> Days:
        """Returns the first day of the training and its last, if any."""
        return Days(self.training.period.started_on, self.training.period.finished_on)

    def was_changed_to(self, other: Trained) -> bool:
        """Says whether it ended because its school changed it to the other training."""
        end = decided_by(self.training)
        return end is not None and end.is_of(Cause.CHANGED, other.training.id)

    def goes_on_from(self, other: Trained) -> bool:
        """Says whether this stands on the other's first day or after it.

        What was withdrawn keeps its first day, also when the start date is corrected later. So
        what took its place may have begun before it. Training with another lead provider that was
        never confirmed, and is withdrawn because the school changed it, counted until then.
        """
        if self.training.withdrawn:
            end = decided_by(self.training)
            changed = end is not None and end.cause is Cause.CHANGED
            another = self.training.lead_provider != other.training.lead_provider
            ended = not other.training.withdrawn and other.days.are_over(self.days.first)
            return changed and another and ended
        if other.training.withdrawn:
            return not self.days.are_over(other.days.first)
        return self.days.first >= other.days.first


@attrs.frozen
class Person:
    """A person as a participant: one for each record of a teacher, under an id that stays."""

    id: UUID
    teacher: Teacher
    ects: Sequence[EctAtSchool] = ()
    mentors: Sequence[MentorAtSchool] = ()
    training_history: Sequence[MentorTrainingHistory] = ()
    ids_of_mentors: Mapping[Trn, UUID] = attrs.Factory(dict)  # of those who mentor them
    mentors_ects_of: frozenset[str] = frozenset()  # the lead providers of the ECTs they mentor
    id_changes: tuple[IdChange, ...] = ()

    def trained(self, role: Role) -> Sequence[Trained]:
        """Returns every training in this role, oldest first, withdrawn ones included."""
        periods = self.ects if role is Role.ECT else self.mentors
        found = [Trained(training, each) for each in periods for training in each.trainings]
        return sorted(found, key=lambda each: each.training.period.started_on)

    def lead_providers(self) -> frozenset[str]:
        """Returns those who may see something of this person."""
        confirmed = {
            each.training.lead_provider
            for role in Role
            for each in self.trained(role)
            if each.training.state is TrainingState.CONFIRMED and each.training.lead_provider
        }
        return self.mentors_ects_of | confirmed

    def training_record_id(self, role: Role) -> UUID:
        """Returns the id of their training in this role: the same at any school, in any year."""
        return uuid5(self.id, role)


def confirmed_with(lead_provider: str, person: Person, role: Role) -> Sequence[Trained]:
    """Returns confirmed training with a lead provider, oldest first, withdrawn ones included."""
    return [
        each
        for each in person.trained(role)
        if each.training.lead_provider == lead_provider
        and each.training.state is TrainingState.CONFIRMED
    ]


def latest_with(lead_provider: str, person: Person, role: Role) -> Trained | None:
    """Returns the latest confirmed training with a lead provider; one undone only for want.

    One that was withdrawn before it began gives way to one that goes on from its first day.
    """
    theirs = confirmed_with(lead_provider, person, role)
    kept = [each for each in theirs if not each.is_undone] or theirs
    if not kept:
        return None
    latest = kept[-1]
    instead = [each for each in kept if latest.training.withdrawn and each.goes_on_from(latest)]
    return instead[-1] if instead else latest
