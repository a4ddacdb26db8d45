"""A form for every step that asks."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ect_registration.case import EctCase
from ect_registration.domain.draft import EctDraft, NameAnswer, ReuseAnswer
from ect_registration.domain.ect import WorkingPattern
from ect_registration.domain.email import Email
from ect_registration.domain.rules.email import EMAIL_FORMAT
from ect_registration.domain.rules.name import NAME_CONFIRMED_OR_CORRECTED
from ect_registration.domain.rules.previous_school import REGISTERED_BEFORE
from ect_registration.domain.rules.programme import (
    APPROPRIATE_BODY_STATE_FUNDED,
    LEAD_PROVIDER_NOT_AVAILABLE,
    TRAINING_PROGRAMME,
    appropriate_body_rule,
)
from ect_registration.domain.rules.reuse import REUSE_ANSWER
from ect_registration.domain.rules.start_date import START_DATE_RANGE, WORKING_PATTERN
from ect_registration.domain.training import Programme
from ect_registration.domain.values import PersonName
from entrypoints.web.dates import DateParts
from entrypoints.web.ects.wording import PATTERNS, PROGRAMMES
from entrypoints.web.fields import Choice, ParsedBy, Required, Text
from entrypoints.web.register_ect.questions import OneOf, OnOffer, Question
from entrypoints.web.register_ect.searching import FindForm, NumberForm

YES, NO = "yes", "no"
PROGRAMME_HINTS = {
    Programme.PROVIDER_LED: "A lead provider sets up the training, its delivery partner gives it",
    Programme.SCHOOL_LED: "Your school plans and gives the training itself",
}


class NameForm(Question):
    """The name on the teacher's record, confirmed or corrected."""

    step = "name"
    rule = NAME_CONFIRMED_OR_CORRECTED
    name_is_correct = Choice(
        "Is this the ECT’s correct name?",
        "Select yes if the name is correct",
        [(YES, "Yes, the name is correct"), (NO, "No, I need to correct it")],
    )
    corrected_name = Text("Correct full name")

    @staticmethod
    def given(draft: EctDraft) -> Mapping[str, object]:
        """Without a correction the answer was yes."""
        if draft.name is None:
            return {}
        corrected = draft.name.corrected
        answer = YES if corrected is None else NO
        return {"name_is_correct": answer, "corrected_name": corrected}

    def validate_corrected_name(self, field: Text) -> None:
        """Asked only of those who say that the name is not correct."""
        if self.name_is_correct.data == NO:
            ParsedBy(PersonName.parse)(self, field)

    def amend(self, draft: EctDraft) -> EctDraft:
        """A yes is an answer without a correction."""
        return attrs.evolve(draft, name=NameAnswer(self.corrected_name.parsed))


class RegisteredBeforeForm(Question):
    """A page to acknowledge."""

    step = "registered-before"
    rule = REGISTERED_BEFORE

    def amend(self, draft: EctDraft) -> EctDraft:
        """It has been seen."""
        return attrs.evolve(draft, registered_before_seen=True)


class EmailForm(Question):
    """The ECT's address."""

    step = "email"
    rule = EMAIL_FORMAT
    email = Text(
        "What is the ECT’s email address?",
        [Required("Enter the ECT’s email address"), ParsedBy(Email.parse)],
    )


class StartDateForm(Question):
    """The first day at the school. Whether it is in range is for the rules to say."""

    step = "start-date"
    rule = START_DATE_RANGE
    start_date = DateParts("What is the ECT’s start date at your school?", what="the start date")


class WorkingPatternForm(Question):
    """How much of a week."""

    step = "working-pattern"
    rule = WORKING_PATTERN
    working_pattern = OneOf(
        "What is the ECT’s working pattern?",
        WORKING_PATTERN.tells,
        {p: PATTERNS[p] for p in WorkingPattern},
    )


class ReuseForm(Question):
    """What the school chose for its latest ECT, or new choices."""

    step = "reuse-choices"
    rule = REUSE_ANSWER
    reuse_choices = Choice(
        "Do you want to use the programme choices that your school made last time?",
        REUSE_ANSWER.tells,
        [(YES, "Yes, use them for this ECT"), (NO, "No, I will choose again")],
    )

    @staticmethod
    def given(draft: EctDraft) -> Mapping[str, object]:
        """Yes or no."""
        if draft.reuse is None:
            return {}
        return {"reuse_choices": YES if draft.reuse.wanted else NO}

    def amend(self, draft: EctDraft) -> EctDraft:
        """Check answers shows what a yes comes to."""
        return attrs.evolve(draft, reuse=ReuseAnswer(self.reuse_choices.data == YES))


class AppropriateBodyForm(Question):
    """Who assures the quality of the induction."""

    step = "appropriate-body"
    rule = APPROPRIATE_BODY_STATE_FUNDED
    appropriate_body = OnOffer(
        "Which appropriate body will support the ECT’s induction?", "Select an appropriate body"
    )

    def offer(self, case: EctCase) -> None:
        """Those that this school may choose, sorted."""
        self.rule = appropriate_body_rule(case.school)
        self.appropriate_body.choices = [(name, name) for name in case.bodies_on_offer]


class ProgrammeForm(Question):
    """How the ECT is trained."""

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


class LeadProviderForm(Question):
    """Who sets up provider-led training."""

    step = "lead-provider"
    rule = LEAD_PROVIDER_NOT_AVAILABLE
    lead_provider = OnOffer(
        "Which lead provider will set up the ECT’s training?", "Select a lead provider"
    )

    def offer(self, case: EctCase) -> None:
        """Those that work in the expected training start year, sorted."""
        names = sorted(case.year.lead_providers)
        self.lead_provider.choices = [(name, name) for name in names]


QUESTIONS: tuple[type[Question], ...] = (
    FindForm,
    NumberForm,
    NameForm,
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
