"""Mentor periods, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

import attrs

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import (
    KnownMentor,
    MentorAtSchool,
    MentorPast,
    MentorTrainingHistory,
)
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.search.mentor_search import (
    Mentored,
    MentorsFound,
    MentorsWanted,
    mentor_status_of,
)
from ect_registration.domain.text import folded
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.guarantees import check_mentor, must_be_known
from ect_registration.testing.memory.needed_holds import needed_to_add, needed_to_change
from ect_registration.testing.memory.registered.parts import (
    differing,
    differing_email,
    differing_parts,
    take_new_ids,
)
from ect_registration.testing.memory.registered.teachers import MemoryTeachers
from ect_registration.testing.memory.state import State, Work


@attrs.frozen
class MemoryMentors:
    """Mentor periods by id."""

    _work: Work

    def of_people(
        self, trns: Collection[Trn], *, withdrawn: bool = False
    ) -> Sequence[MentorAtSchool]:
        """Returns the periods oldest first; equal first days stay in the order of writing."""
        theirs = (m for m in self._counting(withdrawn) if m.teacher.trn in trns)
        return sorted(theirs, key=lambda mentor: mentor.period.started_on)

    def at_school(self, urn: Urn, *, withdrawn: bool = False) -> Sequence[MentorAtSchool]:
        """Returns the school's mentor periods by name, then oldest first."""
        here = (m for m in self._counting(withdrawn) if m.school == urn)
        return sorted(here, key=lambda mentor: (mentor.teacher.name, mentor.period.started_on))

    def find(self, id: MentorId) -> MentorAtSchool | None:
        """Returns a mentor period; None when there is no such period."""
        return self._work.state.mentors.get(id)

    def with_ids(self, ids: Collection[MentorId]) -> Sequence[MentorAtSchool]:
        """Returns the periods oldest first; equal first days stay in the order of writing."""
        these = (m for m in self._work.state.mentors.values() if m.id in ids)
        return sorted(these, key=lambda mentor: mentor.period.started_on)

    def known_as(self, trns: Collection[Trn]) -> KnownMentor:
        """Returns the teachers with all of their past together."""
        teachers = MemoryTeachers(self._work).known_as(trns)
        periods = self.of_people([teacher.trn for teacher in teachers])
        past = MentorPast(periods, self.training_history(trns))
        return KnownMentor(teachers, past, self._work.state.names_of_schools(periods))

    def past_of_person_with(self, id: MentorId) -> MentorPast:
        """Returns the periods of the person with their training before.

        Periods with equal first days stay in the order of writing.
        """
        state = self._work.state
        mentor = state.mentors.get(id)
        periods = self.of_people(state.one_person(mentor.teacher.trn)) if mentor else ()
        return MentorPast(periods, self.training_history({m.teacher.trn for m in periods}))

    def pasts_of_people(self, trns: Collection[Trn]) -> Mapping[Trn, MentorPast]:
        """Returns the pasts by every TRN under which a person has mentored."""
        state = self._work.state
        theirs = frozenset[Trn]().union(*(state.one_person(trn) for trn in trns))
        return {m.teacher.trn: self.past_of_person_with(m.id) for m in self.of_people(theirs)}

    def look(self, wanted: MentorsWanted, skip: int, most: int) -> MentorsFound:
        """Returns mentors who have not left first, then by name."""
        here = [m for m in self.at_school(wanted.school) if wanted.words.are_in(m.teacher)]
        here.sort(key=lambda m: (m.period.is_finished(wanted.today), folded(m.teacher.name)))
        mentored = self.mentored_by_any([m.id for m in here])
        statuses = [mentor_status_of(m, mentored, wanted.today) for m in here]
        found = [m for m, s in zip(here, statuses, strict=True) if wanted.status in {None, s}]
        skip = min(skip, max(0, len(found) - 1) // most * most)
        return MentorsFound(Counter(statuses), found[skip : skip + most])

    def mentored_by_any(self, ids: Collection[MentorId]) -> Sequence[Mentored]:
        """Returns the ECTs of these mentors, by first day of the mentorship."""
        found = [
            Mentored(mentorship.mentor, ect.id, ect.teacher, mentorship.period)
            for ect in self._work.state.ects.values()
            for mentorship in ect.mentorships
            if mentorship.mentor in ids and not mentorship.withdrawn
        ]
        return sorted(found, key=lambda each: each.period.started_on)

    def training_history(self, trns: Collection[Trn]) -> Sequence[MentorTrainingHistory]:
        """Returns training histories in order of TRN."""
        state = self._work.state
        theirs = frozenset[Trn]().union(*(state.one_person(trn) for trn in trns))
        known = state.training_history
        return [known[trn] for trn in sorted(theirs) if trn in known]

    def save_training_history(self, history: MentorTrainingHistory) -> None:
        """Adds a training history, or sets it to what is given."""
        with self._work.writing(Hold.person(history.trn)) as state:
            state.training_history[history.trn] = history

    def _counting(self, withdrawn: bool) -> Iterator[MentorAtSchool]:
        """Yields the periods, withdrawn ones only when they are asked for."""
        mentors = self._work.state.mentors.values()
        return (m for m in mentors if withdrawn or not m.withdrawn)

    def mentored_by(self, id: MentorId, *, withdrawn: bool = False) -> Sequence[EctAtSchool]:
        """Returns the mentor's ECTs; withdrawn mentorships count only when asked for."""
        theirs = (
            ect
            for ect in self._work.state.ects.values()
            if any(m.mentor == id and (withdrawn or not m.withdrawn) for m in ect.mentorships)
        )
        return sorted(theirs, key=lambda ect: ect.period.started_on)

    def add(self, mentor: MentorAtSchool) -> None:
        """Adds a mentor period, after its teacher was saved and its email claimed."""
        with self._work.writing(*needed_to_add(mentor)) as state:
            if mentor.id in state.mentors:
                raise Conflict("the id of another mentor period")
            _put(state, mentor)

    def change(self, before: MentorAtSchool, after: MentorAtSchool) -> None:
        """Writes only what differs between the two; the rest may have changed meanwhile."""
        with self._work.writing(*needed_to_change(before, after)) as state:
            must_be_known("mentor period", before.id, state.mentors)
            stored = state.mentors[before.id]
            changed = attrs.evolve(
                stored,
                email=differing_email(stored.email, before.email, after.email),
                period=differing(stored.period, before.period, after.period),
                withdrawn=differing(stored.withdrawn, before.withdrawn, after.withdrawn),
                ends=differing(stored.ends, before.ends, after.ends),
                registered_at=differing(
                    stored.registered_at, before.registered_at, after.registered_at
                ),
                trainings=differing_parts(stored.trainings, before.trainings, after.trainings),
            )
            _put(state, changed)


def _put(state: State, mentor: MentorAtSchool) -> None:
    """Stores a period. Raises Conflict if it breaks a promise of the store."""
    stored = state.mentors.get(mentor.id)
    take_new_ids(stored.trainings if stored else (), mentor.trainings, state.training_ids)
    state.mentors[mentor.id] = mentor
    check_mentor(state, mentor)
    state.mentors[mentor.id] = attrs.evolve(mentor, teacher=state.teachers[mentor.teacher.trn])
