"""The catalogue's section on changes of an ECT, as a small model: what each answer may be.

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
from unit.changing.models.answers import Answers
from unit.changing.models.facts import (
    academic_year,
    four_months_after,
    is_another_name,
    is_taken,
    others,
    was_ended_by,
    without,
    works,
)
from unit.changing.rows import ALWAYS, days_of

LED = Programme.PROVIDER_LED


@attrs.frozen
class EctAnswers(Answers):
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
        """It must be given."""
        if self.after("programme") is not LED:
            return False
        return "programme" in self.changed or self._lead_provider_falls_away

    @property
    def _lead_provider_falls_away(self) -> bool:
        """The lead provider of now does not work in the year to which the start moves."""
        led, now = self.now["programme"] is LED, self.now["lead-provider"]
        return self.year_moves and led and not works(self.state, now, self.year)

    @property
    def lead_provider_replaced(self) -> bool:
        """Another lead provider has the place of one that falls away, from the first day."""
        return self._lead_provider_falls_away and self.after("programme") is LED

    @property
    def retrains(self) -> bool:
        """Training is another one from today."""
        if self.lead_provider_replaced:
            return False
        chosen = (self.after("programme"), self.lead_provider)
        return chosen != (self.now["programme"], self.now["lead-provider"])

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
        named = self.given.get("appropriate-body")
        if named in {None, self.now["appropriate-body"]}:
            return not self._the_body_falls_away()
        body = self.state.appropriate_bodies.get(named)
        school = self.state.schools[self.ect.school]
        kinds = {BodyKind.TEACHING_SCHOOL_HUB}
        if school.type is SchoolType.INDEPENDENT and school.section_41:
            kinds.add(BodyKind.NATIONAL)
        day = max(self.today, self.after("start-date"))
        return body is not None and body.kind in kinds and (body.active_until or ALWAYS) >= day

    def _the_body_falls_away(self) -> bool:
        """The corrected first day is one for which it could not have been chosen."""
        body = self.state.appropriate_bodies.get(self.now["appropriate-body"])
        if body is None or body.active_until is None:
            return False
        then, now = (
            max(self.registered_on, day)
            for day in (self.ect.period.started_on, self.after("start-date"))
        )
        return then <= body.active_until < now

    def _against_the_lead_provider(self) -> dict[str, bool]:
        named = self.given.get("lead-provider")
        bears_on_it = self._lead_provider_is_open or self.year_moves
        if named is None:
            return {"lead-provider-not-available": self._lead_provider_is_open}
        if self.after("programme") is not LED:
            in_vain = "lead-provider" in self.changed or "programme" in self.changed
            return {"training-programme": in_vain}
        corrected = self.year_moves and not self.retrains
        years = [self.year] if corrected else [self.year, academic_year(self.today)]
        decided = "lead-provider" in self.changed or bears_on_it
        fits = works(self.state, named, *years)
        return {"lead-provider-not-available": decided and not fits}
