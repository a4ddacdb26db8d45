"""The catalogue's section on changes of an ECT, as a small model: what each answer comes to.

It reads the records of a town, and asks no rule, gate or journey of the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.email import address_of
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.training import Programme
from ect_registration.domain.school import BodyKind, SchoolType
from ect_registration.domain.values import Urn
from ect_registration.testing.memory.state import State
from unit.changing.facts import (
    DAY,
    academic_year,
    comes_back_without_address,
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
from unit.changing.rows import ALWAYS, Seen, days_of, everything, of_ect

LED = Programme.PROVIDER_LED


@attrs.frozen
class EctModel:
    """One ECT on one day, and what a school answers to some questions about them."""

    state: State
    ect: EctAtSchool
    today: date
    school: Urn  # of the user
    given: Mapping[str, Any]  # by the name of the step; ``same-person`` beside ``name``

    @cached_property
    def now(self) -> Mapping[str, Any]:
        """What the record says."""
        standing = [t for t in self.ect.trainings if not t.withdrawn]
        latest = max(standing, key=lambda t: t.period.started_on, default=None)
        chosen = latest or self.ect.registration.choices
        corrected = self.ect.teacher.corrected_name
        return {
            "name": corrected and corrected.text,
            "email": address_of(self.ect.email),
            "working-pattern": self.ect.working_pattern,
            "start-date": self.ect.period.started_on,
            "appropriate-body": self.ect.appropriate_body,
            "programme": chosen.programme,
            "lead-provider": chosen.lead_provider,
        }

    @cached_property
    def changed(self) -> Mapping[str, Any]:
        """The answers that are not what the record says already."""
        steps = {step: given for step, given in self.given.items() if step != "same-person"}
        return {step: given for step, given in steps.items() if given != self.now[step]}

    def after(self, step: str) -> Any:
        """What the record would say."""
        return self.changed.get(step, self.now[step])

    @cached_property
    def registered_on(self) -> date:
        """The day of registration."""
        return self.ect.registration.registered_at.date()

    @cached_property
    def year(self) -> int:
        """The expected training start year."""
        if "start-date" not in self.changed:
            return self.ect.registration.expected_training_start_year.starts_in
        return academic_year(max(self.registered_on, self.after("start-date")))

    @cached_property
    def year_moves(self) -> bool:
        """It is another one."""
        return self.year != self.ect.registration.expected_training_start_year.starts_in

    @property
    def _lead_provider_is_open(self) -> bool:
        """It must be given anew."""
        if self.after("programme") is not LED:
            return False
        fits = not self.year_moves or works(self.state, self.now["lead-provider"], self.year)
        new_programme = "programme" in self.changed
        return new_programme or not fits

    @cached_property
    def lead_provider(self) -> str | None:
        """The one after the change."""
        if self.after("programme") is not LED:
            return None
        return self.given.get("lead-provider", self.now["lead-provider"])

    @cached_property
    def refusals(self) -> set[str]:
        """Every rule against these answers."""
        if self.school != self.ect.school:
            return {"own-school-only"}
        if self.ect.withdrawn or self.ect.completed or days_of(self.ect)[1] < self.today:
            return {"details-can-change"}
        found = {
            "name-same-person": self._is_another_person(),
            "email-in-use": self._is_in_use(),
            **self._against_the_start_date(),
            self._rule_on_bodies: not self._may_have_the_body(),
            **self._against_the_lead_provider(),
        }
        return {rule for rule, holds in found.items() if holds}

    def _is_another_person(self) -> bool:
        name = self.changed.get("name")
        another = name is not None and is_another_name(self.ect.teacher.trs_name, name)
        return another and self.given.get("same-person") is not True

    def _is_in_use(self) -> bool:
        address = self.changed.get("email")
        return address is not None and is_taken(address, self.ect, self.state, self.today)

    def _against_the_start_date(self) -> dict[str, bool]:
        if "start-date" not in self.changed:
            return {}
        day, last = self.changed["start-date"], days_of(self.ect)[1]
        year = academic_year(self.registered_on)
        in_range = date(year - 2, 9, 1) <= day <= date(year + 2, 8, 31)
        theirs = others(self.state.ects, self.ect, self.state)
        ended = [other for other in theirs if was_ended_by(other, self.ect)]
        overlaps = [days_of(other)[0] >= day for other in ended]
        overlaps += [
            days_of(other)[0] <= last and day <= days_of(other)[1]
            for other in theirs
            if other not in ended
        ]
        before = [days for other in ended if (days := without(other, self.ect.id))]
        ends_one = any(day <= last_day for _, last_day in before)
        opens = self.state.years.get(AcademicYear(self.year), False)
        return {
            "start-date-range": not in_range,
            "start-date-correction": day > last,
            "overlaps-previous": any(overlaps),
            "transfer-too-far-ahead": ends_one and day > four_months_after(self.today),
            "cannot-register-yet": self.year_moves and not opens,
        }

    @property
    def _rule_on_bodies(self) -> str:
        independent = self.state.schools[self.ect.school].type is SchoolType.INDEPENDENT
        return f"appropriate-body-{'independent' if independent else 'state-funded'}"

    def _may_have_the_body(self) -> bool:
        if "appropriate-body" not in self.changed:
            return True
        body = self.state.appropriate_bodies.get(self.changed["appropriate-body"])
        school = self.state.schools[self.ect.school]
        kinds = {BodyKind.TEACHING_SCHOOL_HUB}
        if school.type is SchoolType.INDEPENDENT and school.section_41:
            kinds.add(BodyKind.NATIONAL)
        day = max(self.today, self.after("start-date"))
        return body is not None and body.kind in kinds and (body.active_until or ALWAYS) >= day

    def _against_the_lead_provider(self) -> dict[str, bool]:
        named = self.given.get("lead-provider")
        bears_on_it = self._lead_provider_is_open or self.year_moves
        if named is None:
            return {"lead-provider-not-available": self._lead_provider_is_open}
        if self.after("programme") is not LED:
            in_vain = "lead-provider" in self.changed or "programme" in self.changed
            return {"training-programme": in_vain}
        years = [self.year] if self.year_moves else [self.year, academic_year(self.today)]
        decided = "lead-provider" in self.changed or bears_on_it
        fits = works(self.state, named, *years)
        return {"lead-provider-not-available": decided and not fits}

    # What it comes to

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
            years = (self.lead_provider, self._partner, AcademicYear(self.year))
            return {*moved, (latest[0], self.after("programme"), *years)} - {latest} | {
                (latest[0], self.after("programme"), *years)
            }
        chosen = (self.after("programme"), self.lead_provider)
        if self.year_moves or chosen == (self.now["programme"], self.now["lead-provider"]):
            return set(moved)
        begins = max(self.today, new)
        kept = set()
        for (first, last), programme, provider, partner, year in moved:
            if last < begins:
                kept.add(((first, last), programme, provider, partner, year))
            elif partner is not None and first < begins:
                kept.add(((first, begins - DAY), programme, provider, partner, year))
        until = days_of(self.ect)[1]
        return {*kept, ((begins, until), *chosen, self._partner, AcademicYear(self.year))}

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
