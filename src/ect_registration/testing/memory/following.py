"""Lookups in TRS that no school asked for, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import attrs

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.policy import COMPLETION_FOLLOWED
from ect_registration.domain.records.trs_lookup import TrsLookup
from ect_registration.domain.rules.school_year.following import Concern
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.following import Concerned
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.state import Work


@attrs.frozen
class MemoryTrsLookups:
    """The latest lookup of each teacher."""

    _work: Work

    def never_asked(self, today: date, after: Trn | None, most: int) -> Sequence[Trn]:
        """Returns those without a lookup, by TRN."""
        kept = self._work.state.trs_lookups
        never = (trn for trn in self._waiting(today) if trn not in kept)
        return [trn for trn in never if after is None or trn > after][:most]

    def asked_before(self, moment: datetime, today: date, most: int) -> Sequence[Trn]:
        """Returns those with an earlier lookup, longest ago first."""
        kept = self._work.state.trs_lookups
        before = [t for t in self._waiting(today) if t in kept and kept[t][0] < moment]
        return sorted(before, key=lambda trn: kept[trn][0])[:most]

    def waiting(self, moment: datetime, today: date) -> int:
        """Returns the number of both."""
        kept = self._work.state.trs_lookups
        return sum(t not in kept or kept[t][0] < moment for t in self._waiting(today))

    def last(self, trn: Trn) -> TrsLookup | None:
        """Returns the latest lookup."""
        kept = self._work.state.trs_lookups.get(trn)
        return kept and TrsLookup(trn, *kept)

    def note(self, trn: Trn, asked_at: datetime, concern: Concern | None) -> None:
        """Keeps a lookup of a teacher who is known."""
        with self._work.writing(Hold.person(trn)) as state:
            if trn in state.teachers:
                state.trs_lookups[trn] = (asked_at, concern)

    def concerns(self, today: date) -> Sequence[Concerned]:
        """Returns those whose latest lookup has a concern."""
        state = self._work.state
        found = ((trn, state.trs_lookups.get(trn)) for trn in self._waiting(today))
        return [
            Concerned(state.teachers[trn], kept[1], kept[0])
            for trn, kept in found
            if kept is not None and kept[1] is not None
        ]

    def _waiting(self, today: date) -> Sequence[Trn]:
        """Returns the TRNs of people with a period that is open, or has an outcome of TRS."""
        state, a_year_ago = self._work.state, today - COMPLETION_FOLLOWED.value
        periods: list[EctAtSchool | MentorAtSchool] = [
            *state.ects.values(),
            *state.mentors.values(),
        ]
        here = [each for each in periods if not each.withdrawn and each.period.is_open(today)]
        completed = [
            ect for ect in state.ects.values() if ect.completion and ect.period.is_open(a_year_ago)
        ]
        return sorted({each.teacher.trn for each in (*here, *completed)})
