"""The catalogue's section on changes of a mentor, as a small model: what each answer comes to.

It reads the records of a town, and asks no rule, gate or journey of the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

import attrs

from ect_registration.domain.email import address_of
from ect_registration.domain.people.endings import Cause
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.training import Training
from ect_registration.domain.values import Urn
from ect_registration.testing.memory.state import State
from unit.changing.models.answers import Answers
from unit.changing.models.facts import (
    DAY,
    academic_year,
    comes_back_without_address,
    cut,
    four_months_after,
    is_another_name,
    is_taken,
    moved_along,
    one_person,
    others,
    partner_of,
    was_ended_by,
    without,
    works,
)
from unit.changing.rows import Seen, days_of, everything


@attrs.frozen
class MentorModel(Answers):
    """One mentor on one day, and what a school answers to some questions about them."""

    state: State
    mentor: MentorAtSchool
    today: date
    school: Urn  # of the user
    given: Mapping[str, Any]  # by the name of the step; ``same-person`` beside ``name``

    @cached_property
    def training(self) -> Training | None:
        """The one that has not ended."""
        standing = [t for t in self.mentor.trainings if not t.withdrawn]
        open_ones = [t for t in standing if days_of(t)[1] >= self.today]
        return max(open_ones, key=lambda t: t.period.started_on, default=None)

    @cached_property
    def now(self) -> Mapping[str, Any]:
        """What the record says."""
        corrected = self.mentor.teacher.corrected_name
        return {
            "name": corrected and corrected.text,
            "email": address_of(self.mentor.email),
            "start-date": self.mentor.period.started_on,
            "lead-provider": self.training and self.training.lead_provider,
        }

    @cached_property
    def _ended(self) -> list[Any]:
        theirs = others(self.state.mentors, self.mentor, self.state)
        return [other for other in theirs if was_ended_by(other, self.mentor)]

    @cached_property
    def refusals(self) -> set[str]:
        """Every rule against these answers."""
        if self.school != self.mentor.school:
            return {"own-school-only"}
        if self.mentor.withdrawn or days_of(self.mentor)[1] < self.today:
            return {"details-can-change"}
        name, address = self.changed.get("name"), self.changed.get("email")
        another = name is not None and is_another_name(self.mentor.teacher.trs_name, name)
        found = {
            "name-same-person": another and self.given.get("same-person") is not True,
            "email-in-use": address is not None
            and is_taken(address, self.mentor, self.state, self.today),
            **self._against_the_start_date(),
            **self._against_the_lead_provider(),
        }
        return {rule for rule, holds in found.items() if holds}

    def _against_the_start_date(self) -> dict[str, bool]:
        if "start-date" not in self.changed:
            return {}
        day, last = self.changed["start-date"], days_of(self.mentor)[1]
        at = self.mentor.registered_at
        year = academic_year(at.date() if at else self.now["start-date"])
        here = [
            other
            for other in others(self.state.mentors, self.mentor, self.state)
            if other.school == self.mentor.school
        ]
        overlaps = [days_of(other)[0] >= day for other in self._ended]
        overlaps += [
            days_of(other)[0] <= last and day <= days_of(other)[1]
            for other in here
            if other not in self._ended
        ]
        before = [days for other in self._ended if (days := without(other, self.mentor.id))]
        ends_one = any(day <= last_day for _, last_day in before)
        return {
            "mentor-start-date": not date(year - 2, 9, 1) <= day <= date(year + 2, 8, 31),
            "start-date-correction": day > last,
            "overlaps-previous": any(overlaps),
            "transfer-too-far-ahead": ends_one and day > four_months_after(self.today),
        }

    def _against_the_lead_provider(self) -> dict[str, bool]:
        if "lead-provider" not in self.changed:
            return {}
        if self.training is None:
            return {"mentor-lead-provider": True}
        years = (self.training.year.starts_in, academic_year(self.today))
        fits = works(self.state, self.changed["lead-provider"], *years)
        return {"lead-provider-not-available": not fits}

    # What it comes to

    def _moved(self, first: date, earliest: date) -> date:
        old, new = self.now["start-date"], self.after("start-date")
        if new == old:
            return first
        return max(new, earliest) if first == old else max(new, first)

    def _trainings(self, row: Seen) -> frozenset[tuple[Any, ...]]:
        moved = []
        for (first, last), *how in row.trainings:
            begins = self._moved(first, self.after("start-date"))
            if begins <= last:
                moved.append(((begins, last), *how))
        if self.training is None or "lead-provider" not in self.changed:
            return frozenset(moved)
        provider, year = self.changed["lead-provider"], self.training.year
        partner = partner_of(self.state, self.mentor.school, provider, year.starts_in)
        first = self._moved(self.training.period.started_on, self.after("start-date"))
        if first > days_of(self.training)[1]:
            return frozenset(moved)  # no day of it is left
        begins = max(self.today, first)
        kept = [each for each in moved if each[0][1] < begins]
        kept += [
            ((each[0][0], begins - DAY), *each[1:])
            for each in moved
            if each[0][1] >= begins > each[0][0] and each[3] is not None
        ]
        until = days_of(self.mentor)[1]
        new = ((begins, until), self.training.programme, provider, partner, year)
        return frozenset([*kept, new])

    def _mentorships(self, ect: Any) -> frozenset[tuple[Any, ...]]:
        """Of an ECT, with those of this mentor moved along, and whom they have replaced."""
        mine, theirs = [], []
        for m in ect.mentorships:
            first, last = days_of(m)
            if m.mentor == self.mentor.id:
                not_before = (self.after("start-date"), ect.period.started_on)
                first = self._moved(first, max(*not_before, m.assigned_on or first))
                mine += [] if m.withdrawn or first > last else [((first, last), m.mentor)]
            else:
                theirs.append((without(m, self.mentor.id, Cause.REPLACEMENT), m.mentor))
        for (first, last), _ in mine:
            theirs = [
                (cut(days, first - DAY) if days and days[0] <= last else days, who)
                for days, who in theirs
            ]
        return frozenset([*mine, *(each for each in theirs if each[0])])

    @cached_property
    def expected(self) -> dict[Any, Seen]:
        """What stands of everybody afterwards."""
        seen = everything(self.state)
        if not self.changed:
            return seen
        people = one_person(self.state, self.mentor.teacher.trn)
        records = {**self.state.ects, **self.state.mentors}
        for id, row in seen.items():
            if records[id].teacher.trn in people:
                seen[id] = row.but(name=self.after("name"))
        theirs = seen[self.mentor.id].but(email=self.after("email"))
        seen[self.mentor.id] = attrs.evolve(
            theirs,
            days=(self.after("start-date"), days_of(self.mentor)[1]),
            trainings=self._trainings(theirs),
        )
        if "start-date" in self.changed:
            for ect in self.state.ects.values():
                if any(m.mentor == self.mentor.id for m in ect.mentorships):
                    row = seen[ect.id]
                    seen[ect.id] = attrs.evolve(row, mentorships=self._mentorships(ect))
            for other in self._ended:
                self._elsewhere(other, seen)
        return seen

    def _elsewhere(self, other: MentorAtSchool, seen: dict[Any, Seen]) -> None:
        """A period that this registration ended, its training, and the mentorships there."""
        first_day, row = self.after("start-date"), seen[other.id]
        (_, whole), *parts = moved_along(other, self.mentor, first_day, self.state)
        if comes_back_without_address(other, whole, self.state, self.today):
            row = row.but(email=None)
        trainings = [
            (days, t.programme, t.lead_provider, t.delivery_partner, t.year)
            for t, days in parts
            if days
        ]
        seen[other.id] = attrs.evolve(row, days=whole, trainings=frozenset(trainings))
        for ect in self.state.ects.values():
            if any(m.mentor == other.id for m in ect.mentorships):
                mentorships = frozenset(self._mentored_there(ect, other, whole))
                seen[ect.id] = attrs.evolve(seen[ect.id], mentorships=mentorships)

    def _mentored_there(self, ect: Any, other: MentorAtSchool, whole: Any) -> Any:
        """Mentorships of an ECT there: those that the transfer ended go on until the new end."""
        next_ones = [
            days_of(m)[0] for m in ect.mentorships if m.mentor != other.id and not m.withdrawn
        ]
        for m in ect.mentorships:
            days = days_of(m) if not m.withdrawn else None
            if m.mentor == other.id:
                days = without(m, self.mentor.id)
                if days and whole:
                    later = [day - DAY for day in next_ones if day > days[0]]
                    until = min([days[1], whole[1], days_of(ect)[1], *later])
                    days = (days[0], until) if days[0] <= until else None
                elif not whole:
                    days = None
            if days:
                yield days, m.mentor
