"""Two cases: what is to change of an ECT, and of a mentor, with the facts to decide it on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Self

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.drafts.change_draft import EctChangeDraft, MentorChangeDraft
from ect_registration.domain.drafts.ect_draft import EctDraft, NameAnswer
from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.teacher import (
    InductionStatus,
    Search,
    Teacher,
    TeacherRecord,
    TrsFacts,
)
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.registering.programme import bodies_on_offer
from ect_registration.domain.rules.registering.start_date import expected_training_start_year
from ect_registration.domain.rules.school_year.changing import works_in_both
from ect_registration.domain.school import TrainingYear
from ect_registration.domain.values import Trn
from ect_registration.journeys.answers import given
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.person_case import PersonCase

APPROPRIATE_BODY, LEAD_PROVIDER = "appropriate-body", "lead-provider"


def known_search(teacher: Teacher) -> Search:
    """Returns the search that found this person: TRS is not asked again for a change."""
    record = TeacherRecord(
        trn=teacher.trn,
        name=teacher.trs_name,
        induction=InductionStatus.UNKNOWN,
        prohibited=False,
        has_qts=False,
    )
    return Search(teacher.trn, record, datetime.min.replace(tzinfo=UTC))


@attrs.frozen(kw_only=True)
class EctChangeCase(EctCase):
    """One ECT whose details are to change on one day.

    ``draft`` has every answer as it would be: those given, and the present ones of all else.
    """

    ect: EctAtSchool
    changes: EctChangeDraft
    registered_on: date  # from which the expected year is decided
    current: TrainingYear  # the academic year of today

    @property
    def trs_facts(self) -> TrsFacts | None:
        """Returns what TRS said before: it is not asked again for a change."""
        return self.ect.teacher.facts

    def answer(self, name: str) -> object:
        """Returns the answer given under this name; None when it is unanswered."""
        return getattr(self.changes, name)

    def forgetting(self, names: Collection[str]) -> Self:
        """Returns the case without these answers."""
        if not names:
            return self
        changes = self.changes.forgetting(names)
        return attrs.evolve(self, changes=changes, draft=ect_as_changed(self.ect, changes))

    @property
    def expected_year(self) -> AcademicYear:
        """Returns the expected training start year, decided again for another start date."""
        if self.start_date == self.ect.period.started_on:
            return self.ect.registration.expected_training_start_year
        return expected_training_start_year(self.registered_on, self.start_date)

    @property
    def year_moves(self) -> bool:
        """Says whether the expected training start year becomes another one."""
        return self.expected_year != self.ect.registration.expected_training_start_year

    @property
    def year(self) -> TrainingYear:
        """Returns what there is to choose from: lead providers that can take a person on now."""
        year = given(self.training_year)
        if self.year_moves and not self.retrains:
            return year
        both = works_in_both(year.lead_providers, self.current.lead_providers)
        return attrs.evolve(year, lead_providers=both)

    @property
    def body_falls_away(self) -> bool:
        """Says whether the appropriate body was on offer for the first day, and is not now."""
        then, now = (
            bodies_on_offer(self.school, self.bodies, self.registered_on, first_day)
            for first_day in (self.ect.period.started_on, self.start_date)
        )
        return self.ect.appropriate_body in then and self.ect.appropriate_body not in now

    @property
    def asks_lead_provider(self) -> bool:
        """Says whether the lead provider is asked for: by the school, or by another answer."""
        if self.draft.programme is not Programme.PROVIDER_LED:
            return False
        if LEAD_PROVIDER in self.changes.asked or self.ect.programme is not Programme.PROVIDER_LED:
            return True
        return self.provider_falls_away

    @property
    def provider_falls_away(self) -> bool:
        """Says whether the lead provider does not work in the year that the start moves to."""
        if not self.year_moves or self.ect.programme is not Programme.PROVIDER_LED:
            return False
        return self.ect.lead_provider not in given(self.training_year).lead_providers

    @property
    def retrains(self) -> bool:
        """Says whether training is with another programme or lead provider from now on.

        The lead provider in the place of one that falls away trains from the first day instead.
        """
        if self.provider_falls_away and self.programme_now is Programme.PROVIDER_LED:
            return False
        new = (self.programme_now, self.lead_provider_now)
        return new != (self.ect.programme, self.ect.lead_provider)

    @property
    def programme_now(self) -> Programme | None:
        """Returns the programme after the change."""
        return self.draft.programme

    @property
    def lead_provider_now(self) -> str | None:
        """Returns the lead provider after the change."""
        return self.draft.lead_provider if self.asks_lead_provider else self._kept_provider

    @property
    def _kept_provider(self) -> str | None:
        led = self.draft.programme is Programme.PROVIDER_LED
        return self.ect.lead_provider if led else None


def ect_as_changed(ect: EctAtSchool, changes: EctChangeDraft) -> EctDraft:
    """Returns every answer about an ECT: those asked for as given, and all else as it is.

    An answer that is asked for and not given is unanswered.
    """
    asked = changes.asked
    return EctDraft(
        search=known_search(ect.teacher),
        name=changes.name if "name" in asked else NameAnswer(ect.teacher.corrected_name),
        same_person=changes.same_person,
        email=changes.email if "email" in asked else ect.email,
        start_date=changes.start_date or ect.period.started_on,
        working_pattern=(
            changes.working_pattern if "working-pattern" in asked else ect.working_pattern
        ),
        appropriate_body=(
            changes.appropriate_body if APPROPRIATE_BODY in asked else ect.appropriate_body
        ),
        programme=changes.programme if "programme" in asked else ect.programme,
        lead_provider=changes.lead_provider,
    )


@attrs.frozen
class MentorChangeCase(PersonCase):
    """One mentor whose details are to change on one day."""

    mentor: MentorAtSchool
    changes: MentorChangeDraft
    registered_on: date  # the first day where no registration day is known
    today: date
    current: TrainingYear
    known: tuple[Teacher, ...] = ()
    others: tuple[MentorAtSchool, ...] = ()  # the person's other periods
    email_holders: tuple[Trn, ...] = ()
    training_year: TrainingYear | None = None  # of their training; None without one

    @property
    def trs_facts(self) -> TrsFacts | None:
        """Returns what TRS said before: it is not asked again for a change."""
        return self.mentor.teacher.facts

    @cached_property
    def draft(self) -> MentorDraft:
        """Returns the answers that the steps about a person look at."""
        asked = self.changes.asked
        corrected = NameAnswer(self.mentor.teacher.corrected_name)
        return MentorDraft(
            ect=EctId(self.mentor.id),  # no step reads it
            search=known_search(self.mentor.teacher),
            name=self.changes.name if "name" in asked else corrected,
            same_person=self.changes.same_person,
            email=self.changes.email if "email" in asked else self.mentor.email,
        )

    def answer(self, name: str) -> object:
        """Returns the answer given under this name; None when it is unanswered."""
        return getattr(self.changes, name)

    def forgetting(self, names: Collection[str]) -> Self:
        """Returns the case without these answers."""
        return attrs.evolve(self, changes=self.changes.forgetting(names)) if names else self

    @property
    def start_date(self) -> date:
        """Returns the first day after the change."""
        return self.changes.start_date or self.mentor.period.started_on

    @property
    def year(self) -> TrainingYear:
        """Returns the training's year, with the lead providers that can take a person on now."""
        year = given(self.training_year)
        both = works_in_both(year.lead_providers, self.current.lead_providers)
        return attrs.evolve(year, lead_providers=both)
