"""A case: what a school answered, and the facts to decide it on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.people.ect import EctAtSchool, Registration
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.rules.check_answers import Preview
from ect_registration.domain.rules.periods.previous_school import cut_by_transfer, latest_elsewhere
from ect_registration.domain.rules.registering.programme import bodies_on_offer, partnership_with
from ect_registration.domain.rules.registering.reuse import (
    ReusableChoices,
    Reuse,
    reusable_choices,
)
from ect_registration.domain.rules.registering.start_date import expected_training_start_year
from ect_registration.domain.school import (
    AppropriateBody,
    ClosedDays,
    Partnership,
    School,
    TrainingYear,
)
from ect_registration.domain.values import Trn, Urn
from ect_registration.journeys.answers import given
from ect_registration.journeys.person_case import PersonCase


@attrs.frozen
class EctCase(PersonCase):
    """One ECT to be registered at one school on one day."""

    draft: EctDraft
    today: date
    school: School
    latest_registration: Registration | None = None
    known: tuple[Teacher, ...] = ()
    periods: tuple[EctAtSchool, ...] = ()
    schools: Mapping[Urn, str] = attrs.Factory(dict)  # what the schools of these are called
    email_holders: tuple[Trn, ...] = ()
    bodies: tuple[AppropriateBody, ...] = ()
    training_year: TrainingYear | None = None
    partnerships: tuple[Partnership, ...] = ()
    closed_days: frozenset[ClosedDays] = frozenset()
    former_bodies: frozenset[tuple[str, str]] = frozenset()  # former name, present name

    def forgetting(self, names: Collection[str]) -> EctCase:
        """Returns the case without these answers."""
        return attrs.evolve(self, draft=self.draft.forgetting(names)) if names else self

    @property
    def start_date(self) -> date:
        """Returns the first day at the school, once given."""
        return given(self.draft.start_date)

    @property
    def programme(self) -> Programme:
        """Returns the programme that will be saved, once chosen."""
        return given(self.choices.programme)

    @cached_property
    def previous_elsewhere(self) -> EctAtSchool | None:
        """Returns the latest period at another school."""
        return latest_elsewhere(self.periods, self.school.urn)

    @cached_property
    def expected_year(self) -> AcademicYear:
        """Returns the expected training start year."""
        return expected_training_start_year(self.today, self.start_date)

    @property
    def year(self) -> TrainingYear:
        """Returns what there is to choose from in the expected training start year."""
        return given(self.training_year)

    @cached_property
    def bodies_on_offer(self) -> tuple[str, ...]:
        """Names of the appropriate bodies that this school may choose."""
        return bodies_on_offer(self.school, self.bodies, self.today, self.start_date)

    @cached_property
    def reuse(self) -> Reuse:
        """Returns whether previous choices are offered, and which."""
        return reusable_choices(
            self.latest_registration, self.bodies_on_offer, self.year, self.partnerships
        )

    @cached_property
    def reused(self) -> ReusableChoices | None:
        """Returns the previous choices, if the school said yes to them and they are offered."""
        wanted = self.draft.reuse is not None and self.draft.reuse.wanted
        return self.reuse.offered if wanted else None

    @cached_property
    def choices(self) -> ProgrammeChoices:
        """Returns what will be saved: the reused choices, or those given one by one."""
        if self.reused is not None:
            return self.reused.choices
        draft = self.draft
        lead_provider = draft.lead_provider if draft.programme is Programme.PROVIDER_LED else None
        return ProgrammeChoices(draft.appropriate_body, draft.programme, lead_provider)

    @cached_property
    def delivery_partner(self) -> str | None:
        """Returns the delivery partner that a partnership gives; the school is never asked."""
        if self.reused is not None:
            return self.reused.delivery_partner
        if self.choices.lead_provider is None:
            return None
        found = partnership_with(self.partnerships, self.choices.lead_provider, self.expected_year)
        return found.delivery_partner if found else None

    @cached_property
    def ended(self) -> Sequence[EctAtSchool]:
        """Returns the periods that the start here cuts short."""
        return cut_by_transfer(self.periods, self.start_date, self.today)

    @property
    def preview(self) -> Preview:
        """Returns what check answers shows of what will be saved."""
        return Preview(
            trs_name=self.record.name,
            name=self.teacher.name,
            email=self.email.address,
            started_on=self.start_date,
            working_pattern=given(self.draft.working_pattern),
            expected_training_start_year=self.expected_year,
            appropriate_body=given(self.choices.appropriate_body),
            lead_provider=self.choices.lead_provider,
            delivery_partner=self.delivery_partner,
            ends_elsewhere=tuple(ect.id for ect in self.ended),
        )
