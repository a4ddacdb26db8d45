"""The forms of registering an ECT, one for each question."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ect_registration.domain.drafts.ect_draft import EctDraft, ReuseAnswer
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.periods.previous_school import REGISTERED_BEFORE
from ect_registration.domain.rules.registering.programme import (
    APPROPRIATE_BODY_STATE_FUNDED,
    LEAD_PROVIDER_NOT_AVAILABLE,
    TRAINING_PROGRAMME,
    appropriate_body_rule,
)
from ect_registration.domain.rules.registering.reuse import REUSE_ANSWER
from ect_registration.domain.rules.registering.start_date import START_DATE_RANGE, WORKING_PATTERN
from ect_registration.domain.text import folded
from ect_registration.journeys.ect_case import EctCase
from entrypoints.web.ects.wording import PATTERNS, PROGRAMMES
from entrypoints.web.forms.dates import DateParts
from entrypoints.web.forms.fields import Choice
from entrypoints.web.journeys.people import (
    EmailQuestion,
    NameQuestion,
    SamePersonQuestion,
    correct_name_of,
    corrected_name,
    email_of,
)
from entrypoints.web.journeys.questions import NO, YES, OneOf, OnOffer, Question
from entrypoints.web.journeys.searching import FindQuestion, NumberQuestion, number_of

EctQuestion = Question[EctDraft, EctCase]
PROGRAMME_HINTS = {
    Programme.PROVIDER_LED: "A lead provider sets up training and its delivery partner gives it",
    Programme.SCHOOL_LED: "Your school plans and provides the training",
}


class NumberForm(NumberQuestion[EctDraft, EctCase]):
    """Asks for the National Insurance number, where the date of birth differs."""

    national_insurance_number = number_of("ECT")


class NameForm(NameQuestion[EctDraft, EctCase]):
    """Asks whether the name on the teacher's record is correct."""

    role = "ECT"
    name_is_correct = correct_name_of(role)
    corrected_name = corrected_name()

    def offer(self, case: EctCase) -> None:
        """Shows the name on the record, if it has one."""
        self.play_back(case.record)


class RegisteredBeforeForm(EctQuestion):
    """Shows that the ECT was registered at another school before."""

    step = "registered-before"
    rule = because = REGISTERED_BEFORE

    def amend(self, draft: EctDraft) -> EctDraft:
        """Saves that the page has been seen."""
        return attrs.evolve(draft, registered_before_seen=True)


class EmailForm(EmailQuestion[EctDraft, EctCase]):
    """Asks for the ECT's email address."""

    email = email_of("ECT")


class StartDateForm(EctQuestion):
    """Asks for the first day at the school. The rules check its range."""

    step = "start-date"
    rule = START_DATE_RANGE
    start_date = DateParts("What is the ECT’s start date at your school?", what="the start date")


class WorkingPatternForm(EctQuestion):
    """Asks for the working pattern."""

    step = "working-pattern"
    rule = WORKING_PATTERN
    working_pattern = OneOf(
        "What is the ECT’s working pattern?",
        WORKING_PATTERN.tells,
        {p: PATTERNS[p] for p in WorkingPattern},
    )


class ReuseForm(EctQuestion):
    """Asks whether to reuse the school's choices for its latest ECT."""

    step = "reuse-choices"
    rule = REUSE_ANSWER
    reuse_choices = Choice(
        "Do you want to use the programme choices your school made last time?",
        REUSE_ANSWER.tells,
        [(YES, "Yes, use them for this ECT"), (NO, "No, I want to choose again")],
    )

    @staticmethod
    def given(draft: EctDraft) -> Mapping[str, object]:
        """Returns the answer given before."""
        if draft.reuse is None:
            return {}
        return {"reuse_choices": YES if draft.reuse.wanted else NO}

    def amend(self, draft: EctDraft) -> EctDraft:
        """Saves a yes or no; check answers shows the choices that a yes reuses."""
        return attrs.evolve(draft, reuse=ReuseAnswer(self.reuse_choices.data == YES))


class AppropriateBodyForm(EctQuestion):
    """Asks for the appropriate body."""

    step = "appropriate-body"
    rule = APPROPRIATE_BODY_STATE_FUNDED
    appropriate_body = OnOffer(
        "Which appropriate body will support the ECT’s induction?", "Select an appropriate body"
    )

    def offer(self, case: EctCase) -> None:
        """Offers the appropriate bodies that this school may choose, sorted."""
        self.rule = appropriate_body_rule(case.school)
        self.appropriate_body.choices = [
            (name, name) for name in sorted(case.bodies_on_offer, key=folded)
        ]


class ProgrammeForm(EctQuestion):
    """Asks for the training programme."""

    step = "programme"
    rule = TRAINING_PROGRAMME
    programme = OneOf(
        "Which training programme will the ECT follow?",
        TRAINING_PROGRAMME.tells,
        {
            programme: (PROGRAMMES[programme], PROGRAMME_HINTS[programme])
            for programme in Programme
        },
    )


class LeadProviderForm(EctQuestion):
    """Asks for the lead provider."""

    step = "lead-provider"
    rule = LEAD_PROVIDER_NOT_AVAILABLE
    lead_provider = OnOffer(
        "Which lead provider will set up the ECT’s training?", "Select a lead provider"
    )

    def offer(self, case: EctCase) -> None:
        """Offers the lead providers that work in the expected training start year, sorted."""
        names = sorted(case.year.lead_providers, key=folded)
        self.lead_provider.choices = [(name, name) for name in names]


QUESTIONS: tuple[type[EctQuestion], ...] = (
    FindQuestion,
    NumberForm,
    NameForm,
    SamePersonQuestion,
    RegisteredBeforeForm,
    EmailForm,
    StartDateForm,
    WorkingPatternForm,
    ReuseForm,
    AppropriateBodyForm,
    ProgrammeForm,
    LeadProviderForm,
)
FORMS = {question.step: question for question in QUESTIONS}
