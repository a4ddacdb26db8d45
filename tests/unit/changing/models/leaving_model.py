"""The catalogue's rule on leaving, and the one on removing mentors, as small models."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

import attrs

from ect_registration.domain.people.endings import Cause
from ect_registration.domain.values import Urn
from ect_registration.testing.memory.state import State
from unit.changing.models.facts import (
    DAY,
    comes_back_without_address,
    cut,
    four_months_after,
    others,
    without,
)
from unit.changing.rows import ALWAYS, Days, Seen, days_of, everything


@attrs.frozen
class LeavingModel:
    """An ECT or a mentor on one day, and the last day that a school gives, or takes back."""

    state: State
    row: Any
    today: date
    school: Urn  # of the user
    last_day: date | None

    @cached_property
    def _rows(self) -> Any:
        return self.state.ects if self.row.id in self.state.ects else self.state.mentors

    @cached_property
    def _limits(self) -> list[date]:
        """The last days that other things leave."""
        theirs = others(self._rows, self.row, self.state)
        if self._rows is self.state.mentors:
            theirs = [other for other in theirs if other.school == self.row.school]
        first = self.row.period.started_on
        next_ones = [days_of(other)[0] for other in theirs if days_of(other)[0] > first]
        ended = [end.last_day for end in self.row.ends if end.cause is not Cause.LEAVING]
        return [*(day - DAY for day in next_ones), *ended]

    @cached_property
    def is_refused(self) -> bool:
        """Some part of the rule is against it."""
        first, last = days_of(self.row)
        if self.row.withdrawn:
            return True
        reported = [end for end in self.row.ends if end.cause is Cause.LEAVING]
        late = any(
            end.last_day < end.recorded_on and (self.today - end.recorded_on).days <= 28
            for end in reported
        )
        if last < self.today and not late:
            return True
        if self.last_day is None:
            return bool(self._limits)
        latest = min([four_months_after(self.today), *self._limits])
        return not first <= self.last_day <= latest

    @cached_property
    def changes(self) -> bool:
        """It is another last day than before."""
        return (self.last_day or ALWAYS) != days_of(self.row)[1]

    @cached_property
    def expected(self) -> dict[Any, Seen]:
        """What stands of everybody afterwards."""
        seen = everything(self.state)
        if not self.changes:
            return seen
        until = self.last_day or ALWAYS
        whole = self._as_left(self.row, until)
        trainings = [
            (days, t.programme, t.lead_provider, t.delivery_partner, t.year)
            for t in self.row.trainings
            if (days := self._as_left(t, until))
        ]
        row = attrs.evolve(seen[self.row.id], days=whole, trainings=frozenset(trainings))
        if comes_back_without_address(self.row, whole, self.state, self.today):
            row = row.but(email=None)
        seen[self.row.id] = row
        for ect in self.state.ects.values():
            mentorships = frozenset(self._mentorships(ect, until))
            seen[ect.id] = attrs.evolve(seen[ect.id], mentorships=mentorships)
        return seen

    def _as_left(self, part: Any, until: date) -> Days | None:
        first, last = days_of(part)
        if not part.ends and not self.row.ends and last == days_of(self.row)[1]:
            return cut((first, ALWAYS), until)  # kept before causes were: they ended together
        return cut(without(part, self.row.id, Cause.LEAVING), until)

    def _mentorships(self, ect: Any, until: date) -> Iterator[tuple[Any, ...]]:
        for m in ect.mentorships:
            days = None if m.withdrawn else days_of(m)
            if self.row.id in {ect.id, m.mentor}:
                days = self._as_left(m, until)
            if days:
                yield days, m.mentor


def without_mentors(state: State, ect: Any, last_day: date) -> dict[Any, Seen]:
    """What stands of everybody when the school ends an ECT's mentorships on this day."""
    seen = everything(state)
    kept = [(cut(days, last_day), who) for days, who in seen[ect.id].mentorships]
    mentorships = frozenset(each for each in kept if each[0])
    seen[ect.id] = attrs.evolve(seen[ect.id], mentorships=mentorships)
    return seen
