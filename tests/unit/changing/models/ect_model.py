"""The catalogue's section on changes of an ECT, as a small model: what each answer comes to.

It reads the records of a town, and asks no rule, gate or journey of the service.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.ect import EctAtSchool
from unit.changing.models.ect_answers import LED, EctAnswers
from unit.changing.models.facts import (
    DAY,
    academic_year,
    comes_back_without_address,
    moved_along,
    one_person,
    others,
    partner_of,
    was_ended_by,
    works,
)
from unit.changing.rows import ALWAYS, Seen, days_of, everything, of_ect


@attrs.frozen
class EctModel(EctAnswers):
    """What the answers come to."""

    @property
    def _partner(self) -> str | None:
        return partner_of(self.state, self.ect.school, self.lead_provider, self.year)

    def _moved(self, first: date, earliest: date) -> date:
        old, new = self.now["start-date"], self.after("start-date")
        if new == old:
            return first
        return max(new, earliest) if first == old else max(new, first)

    def _trainings(self) -> set[tuple[Any, ...]]:
        new = self.after("start-date")
        moved = []
        for (first, last), *how in of_ect(self.ect).trainings:
            begins = self._moved(first, new)
            if begins <= last:
                moved.append(((begins, last), *how))
        if self.year_moves and moved:
            latest = max(moved, key=lambda row: row[0][0])
            moved.remove(latest)
            moved.append(self._in_another_year(latest))
        if not self.retrains:
            return set(moved)
        chosen = (self.after("programme"), self.lead_provider)
        begins = max(self.today, new)
        kept = set()
        for (first, last), programme, provider, partner, year in moved:
            if last < begins:
                kept.add(((first, last), programme, provider, partner, year))
            elif partner is not None and first < begins:
                kept.add(((first, begins - DAY), programme, provider, partner, year))
        until = days_of(self.ect)[1]
        return {*kept, ((begins, until), *chosen, self._partner, AcademicYear(self.year))}

    def _in_another_year(self, training: tuple[Any, ...]) -> tuple[Any, ...]:
        days, programme, provider, *_ = training
        if self.lead_provider_replaced:
            provider = self.lead_provider
        partner = partner_of(self.state, self.ect.school, provider, self.year)
        return (days, programme, provider, partner, AcademicYear(self.year))

    def _mentorships(self) -> set[tuple[Any, ...]]:
        moved = set()
        for m in self.ect.mentorships:
            first, last = days_of(m)
            mentor = self.state.mentors[m.mentor].period.started_on
            begins = self._moved(
                first, max(self.after("start-date"), mentor, m.assigned_on or first)
            )
            if not m.withdrawn and begins <= last:
                moved.add(((begins, last), m.mentor))
        return moved

    @cached_property
    def expected(self) -> dict[Any, Seen]:
        """What stands of everybody afterwards."""
        seen = everything(self.state)
        if not self.changed:
            return seen
        for id, row in seen.items():
            people = one_person(self.state, self.ect.teacher.trn)
            records = {**self.state.ects, **self.state.mentors}
            if records[id].teacher.trn in people:
                seen[id] = row.but(name=self.after("name"))
        theirs = seen[self.ect.id].but(
            email=self.after("email"),
            pattern=self.after("working-pattern"),
            body=self.after("appropriate-body"),
            year=AcademicYear(self.year),
        )
        seen[self.ect.id] = attrs.evolve(
            theirs,
            days=(self.after("start-date"), days_of(self.ect)[1]),
            trainings=frozenset(self._trainings()),
            mentorships=frozenset(self._mentorships()),
        )
        if "start-date" in self.changed:
            for other in others(self.state.ects, self.ect, self.state):
                if was_ended_by(other, self.ect):
                    seen[other.id] = self._elsewhere(other, seen[other.id])
        self._train_the_mentor(seen)
        return seen

    def _elsewhere(self, other: EctAtSchool, row: Seen) -> Seen:
        (_, whole), *parts = moved_along(other, self.ect, self.after("start-date"), self.state)
        if comes_back_without_address(other, whole, self.state, self.today):
            row = row.but(email=None)
        trainings, mentorships = set(), set()
        for part, days in parts:
            if days is not None and hasattr(part, "mentor"):
                mentorships.add((days, part.mentor))
            elif days is not None:
                how = (part.programme, part.lead_provider, part.delivery_partner, part.year)
                trainings.add((days, *how))
        return attrs.evolve(
            row,
            days=whole,
            trainings=frozenset(trainings),
            mentorships=frozenset(mentorships),
        )

    def _train_the_mentor(self, seen: dict[Any, Seen]) -> None:
        if self.after("programme") is not LED or self.now["programme"] is LED:
            return
        open_ones = [row for row in seen[self.ect.id].mentorships if row[0][1] >= self.today]
        if not open_ones:
            return
        (first, _), mentor = min(open_ones)
        begins = max(self.today, first)
        person = self.state.mentors[mentor]
        trns = one_person(self.state, person.teacher.trn)
        history = [each for trn, each in self.state.training_history.items() if trn in trns]
        out = any(
            each.early_roll_out
            or (each.completed_on or ALWAYS) <= self.today
            or (each.timed_out_on or ALWAYS) <= self.today
            for each in history
        )
        periods = [*others(self.state.mentors, person, self.state), person]
        trained = any(row[0][1] >= begins for each in periods for row in seen[each.id].trainings)
        year = max(self.year, academic_year(begins))
        if not out and not trained and works(self.state, self.lead_provider, year):
            partner = partner_of(self.state, self.ect.school, self.lead_provider, year)
            new = (
                (begins, days_of(person)[1]),
                LED,
                self.lead_provider,
                partner,
                AcademicYear(year),
            )
            seen[mentor] = attrs.evolve(seen[mentor], trainings=seen[mentor].trainings | {new})
