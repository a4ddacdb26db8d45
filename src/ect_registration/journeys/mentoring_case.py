"""What both ways of giving an ECT a mentor are decided on: a new mentor, or one from here."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property
from typing import Self

import attrs

from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool, MentorTrainingHistory
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.people.training import Programme, Training
from ect_registration.domain.rules.mentors.mentor_training import (
    mentor_training_year,
    open_training_of,
    what_training_means,
    why_not_funded,
)
from ect_registration.domain.rules.mentors.mentoring import mentorship_period
from ect_registration.domain.rules.registering.programme import partnership_with
from ect_registration.domain.school import ClosedDays, Partnership, TrainingYear
from ect_registration.domain.values import Trn, Urn
from ect_registration.journeys.answers import given


@attrs.frozen
class Mentoring:
    """The facts, whichever way it is: the ECT, the mentor's past, and what there is to choose."""

    today: date
    ect: EctAtSchool
    ect_trns: frozenset[Trn]  # every TRN of the ECT that we know of
    periods: tuple[MentorAtSchool, ...] = ()  # of the mentor, at every school
    training_history: tuple[MentorTrainingHistory, ...] = ()
    training_year: TrainingYear | None = None
    partnerships: tuple[Partnership, ...] = ()
    closed_days: frozenset[ClosedDays] = frozenset()  # on which no mentor is registered


class MentoringCase(ABC):
    """What follows from the facts and the answers."""

    facts: Mentoring

    @property
    @abstractmethod
    def draft(self) -> MentorDraft | AssignmentDraft:
        """Returns the answers so far."""

    @property
    @abstractmethod
    def mentor_period(self) -> Period | None:
        """Returns the mentor's time at this school; None until it is known."""

    @property
    @abstractmethod
    def periods_from_now_on(self) -> Sequence[MentorAtSchool]:
        """Returns the mentor's periods as they will be, without a new one."""

    @abstractmethod
    def forgetting(self, names: Collection[str]) -> Self:
        """Returns the case without these answers."""

    def answer(self, name: str) -> object:
        """Returns the answer kept under this name; None when it is unanswered."""
        return getattr(self.draft, name)

    @property
    def today(self) -> date:
        """Returns the day on which the case is decided."""
        return self.facts.today

    @property
    def ect(self) -> EctAtSchool:
        """Returns the ECT who is to have a mentor."""
        return self.facts.ect

    @property
    def school(self) -> Urn:
        """Returns the school where the ECT and the mentor are."""
        return self.facts.ect.school

    @cached_property
    def mentorship(self) -> Period | None:
        """Returns the days of the mentorship; None when there are none, or not known yet."""
        if self.mentor_period is None:
            return None
        return mentorship_period(self.today, self.ect.period, self.mentor_period)

    @property
    def replaced(self) -> Sequence[Mentorship]:
        """Returns the ECT's open mentorships, present and future, which this one replaces."""
        return self.ect.open_mentorships(self.today)

    @property
    def provider_led(self) -> bool:
        """Says whether the ECT is provider-led: only then can the mentor get funded training."""
        return self.ect.programme is Programme.PROVIDER_LED

    @cached_property
    def open_training(self) -> Training | None:
        """Returns the mentor's training that is open when the mentorship begins."""
        return open_training_of(self.periods_from_now_on, given(self.mentorship).started_on)

    @property
    def ends_training(self) -> bool:
        """Says whether training of the mentor elsewhere ends when this is done."""
        return False

    @property
    def first_provider_led(self) -> bool:
        """Says whether the school is to be told about funded training."""
        if self.mentorship is None or not self.provider_led:
            return False
        return self.open_training is None

    @cached_property
    def sets_up_training(self) -> bool:
        """Says whether the mentor can get funded training, and it begins with this ECT."""
        if not self.first_provider_led:
            return False
        return why_not_funded(self.facts.training_history, self.today) is None

    @cached_property
    def year_of_training(self) -> AcademicYear:
        """Returns the mentor's training year, once the mentorship's first day is known."""
        expected = self.ect.registration.expected_training_start_year
        return mentor_training_year(expected, given(self.mentorship).started_on)

    @property
    def year(self) -> TrainingYear:
        """Returns what there is to choose from in the mentor's training year."""
        return given(self.facts.training_year)

    @property
    def ects_provider_works(self) -> bool:
        """Says whether the ECT's lead provider can train the mentor."""
        return self.ect.lead_provider in self.year.lead_providers

    @property
    def asks_lead_provider(self) -> bool:
        """Says whether the school names another lead provider, or has to."""
        if not self.sets_up_training or self.draft.another_provider is None:
            return False
        return self.draft.another_provider or not self.ects_provider_works

    @property
    def names_provider_in_vain(self) -> bool:
        """Says whether a lead provider is named for training that does not begin here."""
        if self.mentorship is None or not self.provider_led or self.sets_up_training:
            return False
        return self.draft.lead_provider is not None

    @property
    def lead_provider(self) -> str | None:
        """Returns the mentor's lead provider; None when no training begins."""
        if not self.sets_up_training:
            return None
        return self.draft.lead_provider if self.asks_lead_provider else self.ect.lead_provider

    @cached_property
    def delivery_partner(self) -> str | None:
        """Returns the partner of the school's partnership with the lead provider in that year."""
        if self.lead_provider is None:
            return None
        partnerships = self.facts.partnerships
        found = partnership_with(partnerships, self.lead_provider, self.year_of_training)
        return found.delivery_partner if found else None

    @property
    def told_about_training(self) -> str | None:
        """Returns what the school is told of funded training; None when it is not relevant."""
        if not self.first_provider_led:
            return None
        why_not = why_not_funded(self.facts.training_history, self.today)
        return what_training_means(why_not, self.lead_provider)
