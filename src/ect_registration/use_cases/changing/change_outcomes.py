"""What a change comes to: records before and after, and which details differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import Evidence
from ect_registration.domain.email import address_of
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.effects import Effect, effects_on_ect, effects_on_mentor
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import TrainingState, latest_standing
from ect_registration.domain.rules.mentors.mentor_training import TrainingThen

# Each before and after.
EctPair = tuple[EctAtSchool, EctAtSchool]
MentorPair = tuple[MentorAtSchool, MentorAtSchool]


@attrs.frozen
class EctChange:
    """An ECT whose details change, with the records that move along."""

    before: EctAtSchool
    ect: EctAtSchool
    elsewhere: tuple[EctPair, ...] = ()  # periods that this registration ended
    mentors: tuple[MentorPair, ...] = ()  # whose funded training begins
    mentor_training: TrainingThen | None = None  # where a change to provider-led brings it up
    same_person: bool = False  # the school confirmed it of a name that is quite another

    @property
    def changed(self) -> Sequence[str]:
        """Returns the keys whose value differs, in the order of documents."""
        then, now = _details(self.before), _details(self.ect)
        return [key for key, value in now.items() if value != then[key]]

    @property
    def in_history(self) -> tuple[Evidence, Evidence]:
        """Returns the details that differ, before and after, as history keeps them."""
        return _differing(_with_year(self.before), _with_year(self.ect), self.same_person)

    @property
    def expected_years(self) -> tuple[AcademicYear, AcademicYear] | None:
        """Returns the expected training start year before and after; None when it stays."""
        then, now = (
            each.registration.expected_training_start_year for each in (self.before, self.ect)
        )
        return None if then == now else (then, now)

    @property
    def training_states(self) -> tuple[TrainingState, TrainingState] | None:
        """Returns how sure a training is before and after; None when it is new, or as sure."""
        then, now = self.before.training, self.ect.training
        if then is None or now is None or then.id != now.id or then.state is now.state:
            return None
        return then.state, now.state

    @property
    def delivery_partners(self) -> tuple[str | None, str | None] | None:
        """Returns the delivery partner before and after; None when it stays, or none is needed."""
        then, now = self.before.training, self.ect.training
        if now is None or now.lead_provider is None:
            return None
        before = then.delivery_partner if then else None
        return None if before == now.delivery_partner else (before, now.delivery_partner)

    @property
    def effects(self) -> Sequence[Effect]:
        """Returns what begins, ends or moves, of the ECT first."""
        others = [each for pair in self.elsewhere for each in effects_on_ect(*pair)]
        trained = [each for pair in self.mentors for each in effects_on_mentor(*pair)]
        return [*effects_on_ect(self.before, self.ect), *trained, *others]

    @property
    def as_shown(self) -> tuple[object, ...]:
        """Returns what a check page shows, without ids, to be compared with what is saved."""
        return (
            tuple(_details(self.ect).items()),
            tuple(self.effects),
            self.expected_years,
            self.delivery_partners,
            self.training_states,
            self.mentor_training,
        )


@attrs.frozen
class MentorChange:
    """A mentor whose details change, with the records that move along."""

    before: MentorAtSchool
    mentor: MentorAtSchool
    ects: tuple[EctPair, ...] = ()  # whose mentorships move
    elsewhere: tuple[MentorPair, ...] = ()  # periods that this registration ended
    mentored_elsewhere: tuple[EctPair, ...] = ()  # whose mentorships ended with these
    same_person: bool = False  # the school confirmed it of a name that is quite another

    @property
    def changed(self) -> Sequence[str]:
        """Returns the keys whose value differs, in the order of documents."""
        then, now = _mentor_details(self.before), _mentor_details(self.mentor)
        return [key for key, value in now.items() if value != then[key]]

    @property
    def in_history(self) -> tuple[Evidence, Evidence]:
        """Returns the details that differ, before and after, as history keeps them."""
        before, after = _mentor_details(self.before), _mentor_details(self.mentor)
        return _differing(before, after, self.same_person)

    @property
    def effects(self) -> Sequence[Effect]:
        """Returns what begins, ends or moves, of the mentor first."""
        others = [each for pair in self.elsewhere for each in effects_on_mentor(*pair)]
        mentored = [each for pair in self.ects for each in effects_on_ect(*pair)]
        there = [each for pair in self.mentored_elsewhere for each in effects_on_ect(*pair)]
        return [*effects_on_mentor(self.before, self.mentor), *mentored, *others, *there]

    @property
    def as_shown(self) -> tuple[object, ...]:
        """Returns what a check page shows, without ids, to be compared with what is saved."""
        return (tuple(_mentor_details(self.mentor).items()), tuple(self.effects))


def _name(teacher: Teacher) -> str | None:
    return None if teacher.corrected_name is None else teacher.corrected_name.text


def _details(ect: EctAtSchool) -> dict[str, object]:
    return {
        "corrected_name": _name(ect.teacher),
        "email": address_of(ect.email),
        "working_pattern": ect.working_pattern,
        "start_date": ect.period.started_on,
        "appropriate_body": ect.appropriate_body,
        "programme": ect.programme,
        "lead_provider": ect.lead_provider,
    }


def _with_year(ect: EctAtSchool) -> dict[str, object]:
    """Returns the details, and the year, which a start date may move and no document gives."""
    year = ect.registration.expected_training_start_year
    return {**_details(ect), "expected_training_start_year": year.starts_in}


def _mentor_details(mentor: MentorAtSchool) -> dict[str, object]:
    training = latest_standing(mentor.trainings)
    return {
        "corrected_name": _name(mentor.teacher),
        "email": address_of(mentor.email),
        "start_date": mentor.period.started_on,
        "lead_provider": None if training is None else training.lead_provider,
    }


def _differing(
    before: Mapping[str, object], after: Mapping[str, object], same_person: bool
) -> tuple[Evidence, Evidence]:
    changed = [key for key, value in after.items() if value != before[key]]
    old, new = ({key: _plain(each[key]) for key in changed} for each in (before, after))
    return old, {**new, "same_person": True} if same_person else new


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
