"""ECT periods, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date

import attrs

from ect_registration.domain.people.ect import EctAtSchool, EctId, KnownEct, Registration
from ect_registration.domain.search.ect_needs import EctsInNeed, Need, needs_of
from ect_registration.domain.search.ect_search import (
    IN_PROGRESS,
    EctsFound,
    EctsWanted,
    ShownStatus,
    shown_status_of,
)
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.errors import Conflict
from ect_registration.testing.memory.guarantees import check_ect, must_be_known
from ect_registration.testing.memory.needed_holds import needed_to_add, needed_to_change_ect
from ect_registration.testing.memory.registered.parts import (
    differing,
    differing_email,
    differing_parts,
    take_new_ids,
)
from ect_registration.testing.memory.registered.teachers import MemoryTeachers
from ect_registration.testing.memory.state import State, Work


@attrs.frozen
class MemoryEcts:
    """ECT periods by id."""

    _work: Work

    def of_people(
        self, trns: Collection[Trn], *, withdrawn: bool = False
    ) -> Sequence[EctAtSchool]:
        """Returns the periods oldest first; equal first days stay in the order of writing."""
        theirs = (ect for ect in self._counting(withdrawn) if ect.teacher.trn in trns)
        return sorted(theirs, key=lambda ect: ect.period.started_on)

    def known_as(self, trns: Collection[Trn]) -> KnownEct:
        """Returns the teachers with their ECT periods."""
        teachers = MemoryTeachers(self._work).known_as(trns)
        periods = self.of_people([teacher.trn for teacher in teachers])
        return KnownEct(teachers, periods, self._work.state.names_of_schools(periods))

    def at_school(self, urn: Urn, *, withdrawn: bool = False) -> Sequence[EctAtSchool]:
        """Returns the school's ECTs, latest registration first, then latest written first."""
        here = [ect for ect in self._counting(withdrawn) if ect.school == urn]
        return sorted(here, key=lambda ect: ect.registration.registered_at)[::-1]

    def look(self, wanted: EctsWanted, skip: int, most: int) -> EctsFound:
        """Returns ECTs with mentor required first, else as ``at_school``."""
        found = [
            (shown_status_of(ect, wanted.today), ect)
            for ect in self.at_school(wanted.school)
            if wanted.words.are_in(ect.teacher)
        ]
        kept = [
            pair
            for pair in found
            if wanted.status in {None, pair[0]}
            and (pair[0] in IN_PROGRESS or not wanted.in_progress)
        ]
        in_order = sorted(kept, key=lambda pair: pair[0] is not ShownStatus.MENTOR_REQUIRED)
        return EctsFound(
            counts=Counter(status for status, _ in found),
            ects=[ect for _, ect in in_order[skip : skip + most]],
            in_need=self._in_need(wanted.school, wanted.today, wanted.most_in_need),
        )

    def _in_need(self, urn: Urn, today: date, most: int) -> EctsInNeed:
        """Returns the ECTs with each need by first day; equal days stay in order of writing."""
        if not most:
            return EctsInNeed()
        here = [ect for ect in self._counting(False) if ect.school == urn]
        here.sort(key=lambda ect: ect.period.started_on)
        found = {need: [e for e in here if need in needs_of(e, today)] for need in Need}
        return EctsInNeed(
            {need: len(ects) for need, ects in found.items() if ects},
            {need: ects[:most] for need, ects in found.items() if ects},
        )

    def find(self, id: EctId) -> EctAtSchool | None:
        """Returns an ECT period; None when there is no such period."""
        return self._work.state.ects.get(id)

    def find_with_trns(self, id: EctId) -> tuple[EctAtSchool, frozenset[Trn]] | None:
        """Returns an ECT period with every TRN of its person; None when there is none."""
        ect = self.find(id)
        return (ect, self._work.state.one_person(ect.teacher.trn)) if ect else None

    def _counting(self, withdrawn: bool) -> Iterator[EctAtSchool]:
        """Yields the periods, withdrawn ones only when they are asked for."""
        ects = self._work.state.ects.values()
        return (ect for ect in ects if withdrawn or not ect.withdrawn)

    def add(self, ect: EctAtSchool) -> None:
        """Adds an ECT period, after its teacher was saved and its email claimed."""
        with self._work.writing(*needed_to_add(ect)) as state:
            if ect.id in state.ects:
                raise Conflict("the id of another ECT period")
            _put(state, ect)

    def change(self, before: EctAtSchool, after: EctAtSchool) -> None:
        """Writes only what differs between the two; the rest may have changed meanwhile."""
        with self._work.writing(*needed_to_change_ect(before, after)) as state:
            must_be_known("ECT period", before.id, state.ects)
            stored = state.ects[before.id]
            changed = attrs.evolve(
                stored,
                email=differing_email(stored.email, before.email, after.email),
                period=differing(stored.period, before.period, after.period),
                withdrawn=differing(stored.withdrawn, before.withdrawn, after.withdrawn),
                ends=differing(stored.ends, before.ends, after.ends),
                completed=differing(stored.completed, before.completed, after.completed),
                completion=differing(stored.completion, before.completion, after.completion),
                working_pattern=differing(
                    stored.working_pattern, before.working_pattern, after.working_pattern
                ),
                changed_body=differing(
                    stored.changed_body, before.changed_body, after.changed_body
                ),
                registration=_with_year(stored, before, after),
                trainings=differing_parts(stored.trainings, before.trainings, after.trainings),
                mentorships=differing_parts(
                    stored.mentorships, before.mentorships, after.mentorships
                ),
            )
            _put(state, changed)


def _with_year(stored: EctAtSchool, before: EctAtSchool, after: EctAtSchool) -> Registration:
    """Returns the registration, of which only the expected year may change."""
    then, now = (each.registration.expected_training_start_year for each in (before, after))
    year = differing(stored.registration.expected_training_start_year, then, now)
    return attrs.evolve(stored.registration, expected_training_start_year=year)


def _put(state: State, ect: EctAtSchool) -> None:
    """Stores a period. Raises Conflict if it breaks a promise of the store."""
    stored = state.ects.get(ect.id)
    take_new_ids(stored.trainings if stored else (), ect.trainings, state.training_ids)
    take_new_ids(stored.mentorships if stored else (), ect.mentorships, state.mentorship_ids)
    state.ects[ect.id] = ect
    check_ect(state, ect)
    state.ects[ect.id] = attrs.evolve(
        ect,
        teacher=state.teachers[ect.teacher.trn],
        mentorships=tuple(
            attrs.evolve(mentorship, mentor_teacher=state.mentors[mentorship.mentor].teacher)
            for mentorship in ect.mentorships
        ),
    )
