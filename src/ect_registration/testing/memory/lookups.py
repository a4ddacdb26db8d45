"""What operators look for, in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

import attrs

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.school import School
from ect_registration.domain.search.ect_search import SearchWords
from ect_registration.domain.text import folded
from ect_registration.ports.stored.lookups import FoundPeriod
from ect_registration.testing.memory.state import Work


@attrs.frozen
class MemoryLookups:
    """Goes through everything that there is."""

    _work: Work

    def people(self, words: SearchWords, address: str, most: int) -> Sequence[FoundPeriod]:
        """Returns the periods of people who are found."""
        state = self._work.state
        everybody: list[tuple[str, EctAtSchool | MentorAtSchool]] = [
            *(("ect", ect) for ect in state.ects.values()),
            *(("mentor", mentor) for mentor in state.mentors.values()),
        ]
        found = [
            (kind, each)
            for kind, each in everybody
            if self._has(each, words) or _writes_to(each, address)
        ]
        found.sort(key=lambda pair: (*_order(pair[1]), pair[0]))
        return [self._found(kind, each) for kind, each in found[:most]]

    def schools(self, words: SearchWords, most: int) -> Sequence[School]:
        """Returns the schools that are found."""
        found = [school for school in self._work.state.schools.values() if is_found(school, words)]
        return sorted(found, key=lambda school: (school.name, school.urn))[:most]

    def corrected(self) -> Sequence[Teacher]:
        """Returns the teachers with a corrected name."""
        teachers = self._work.state.teachers
        return [teachers[trn] for trn in sorted(teachers) if teachers[trn].corrected_name]

    def known_twice(self) -> Sequence[tuple[Teacher, Teacher]]:
        """Returns the merges of two teachers."""
        state = self._work.state
        return [
            (state.teachers[old], state.teachers[retained])
            for old, retained in sorted(state.merges)
            if old in state.teachers and retained in state.teachers and state.has_periods(old)
        ]

    def changes(self, since: datetime, what: Collection[What]) -> Sequence[Change]:
        """Returns the changes from then on."""
        return [
            change
            for change in self._work.state.history
            if change.at >= since and change.what in what
        ]

    def _has(self, period: EctAtSchool | MentorAtSchool, words: SearchWords) -> bool:
        teacher = period.teacher
        trns = self._work.state.one_person(teacher.trn)
        return bool(words.words) and any(
            words.are_in(attrs.evolve(teacher, trn=trn)) for trn in trns
        )

    def _found(self, kind: str, period: EctAtSchool | MentorAtSchool) -> FoundPeriod:
        school = self._work.state.schools[period.school]
        teacher = period.teacher
        return FoundPeriod(kind, period.id, teacher.trn, teacher.name, period.school, school.name)


def is_found(school: School, words: SearchWords) -> bool:
    """Says whether each word is in a school's name or its URN."""
    text = f"{folded(school.name)} {school.urn}"
    return bool(words.words) and all(word in text for word in words.words)


def _writes_to(period: EctAtSchool | MentorAtSchool, address: str) -> bool:
    return bool(address) and period.email is not None and address in period.email.key


def _order(period: EctAtSchool | MentorAtSchool) -> tuple[str, str, date]:
    return period.teacher.name, period.teacher.trn.digits, period.period.started_on
