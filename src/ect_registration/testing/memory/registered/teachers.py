"""Teachers and the TRNs they are known under, in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs

from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.guarantees import (
    check_ect,
    check_mentor,
    must_have_a_name,
)
from ect_registration.testing.memory.state import State, Work


@attrs.frozen
class MemoryTeachers:
    """Teachers by TRN."""

    _work: Work

    def known_as(self, trns: Collection[Trn]) -> Sequence[Teacher]:
        """Returns the people under all of their TRNs, in order of TRN."""
        state = self._work.state
        theirs = frozenset[Trn]().union(*(state.one_person(trn) for trn in trns))
        return [state.teachers[trn] for trn in sorted(theirs) if trn in state.teachers]

    def save(self, teacher: Teacher) -> None:
        """Adds a teacher, or sets the names; facts that are not given stay."""
        must_have_a_name(teacher)
        with self._work.writing(Hold.person(teacher.trn)) as state:
            before = state.teachers.get(teacher.trn)
            if before is not None:
                teacher = attrs.evolve(teacher, facts=teacher.facts or before.facts)
                _rename(state, teacher.trn, teacher)
            state.teachers[teacher.trn] = teacher

    def merge(self, old: Trn, retained: Trn) -> None:
        """Keeps the old TRN as an alias; a teacher known only by it gets the retained one."""
        with self._work.writing(Hold.person(old), Hold.person(retained)) as state:
            state.keep_alias(old, retained)
            if old in state.teachers and retained not in state.teachers:
                teacher = attrs.evolve(state.teachers.pop(old), trn=retained)
                state.teachers[retained] = teacher
                if old in state.trs_lookups:
                    state.trs_lookups[retained] = state.trs_lookups.pop(old)
                if old in state.seen.people:
                    state.seen.people[retained] = state.seen.people.pop(old)
                _rename(state, old, teacher)

    def move_periods(self, old: Trn, retained: Trn) -> None:
        """Moves everything to the retained TRN, if that breaks no promise of the store."""
        with self._work.writing(Hold.person(old), Hold.person(retained)) as state:
            _rename(state, old, state.teachers[retained])
            for ect in state.ects.values():
                if retained in {ect.teacher.trn, *(m.mentor_teacher.trn for m in ect.mentorships)}:
                    check_ect(state, ect)
            for mentor in state.mentors.values():
                if mentor.teacher.trn == retained:
                    check_mentor(state, mentor)


def _rename(state: State, known_as: Trn, teacher: Teacher) -> None:
    """Changes the teacher in all periods, mentorships and claims of this TRN."""
    for ect_id, ect in state.ects.items():
        mentorships = tuple(_renamed(m, known_as, teacher) for m in ect.mentorships)
        whose = teacher if ect.teacher.trn == known_as else ect.teacher
        state.ects[ect_id] = attrs.evolve(ect, teacher=whose, mentorships=mentorships)
    for mentor_id, mentor in state.mentors.items():
        if mentor.teacher.trn == known_as:
            state.mentors[mentor_id] = attrs.evolve(mentor, teacher=teacher)
    for email, holder in state.claims.items():
        if holder == known_as:
            state.claims[email] = teacher.trn


def _renamed(mentorship: Mentorship, known_as: Trn, teacher: Teacher) -> Mentorship:
    if mentorship.mentor_teacher.trn != known_as:
        return mentorship
    return attrs.evolve(mentorship, mentor_teacher=teacher)
