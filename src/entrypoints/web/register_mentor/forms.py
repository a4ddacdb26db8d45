"""A form for every step that asks, of registering a mentor and of assigning one from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

import attrs
from flask import request

from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.rules.mentors.mentor import MENTOR_ELSEWHERE, MENTOR_START_DATE
from ect_registration.domain.rules.mentors.mentor_training import (
    FUNDED_MENTOR_TRAINING,
    MENTOR_LEAD_PROVIDER,
)
from ect_registration.domain.rules.mentors.mentoring import EXISTING_OR_NEW_MENTOR
from ect_registration.domain.rules.programme import LEAD_PROVIDER_NOT_AVAILABLE
from ect_registration.domain.text import folded
from ect_registration.journeys.mentor_case import AssignmentCase, MentorCase
from ect_registration.use_cases.school.choose_mentor import MentorQuestion, MentorToChoose
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.forms.dates import DateParts
from entrypoints.web.forms.fields import Choice, Form
from entrypoints.web.journeys.people import (
    EmailQuestion,
    NameQuestion,
    SamePersonQuestion,
    correct_name_of,
    corrected_name,
    email_of,
)
from entrypoints.web.journeys.questions import NO, YES, OnOffer, Question
from entrypoints.web.journeys.searching import FindQuestion, NumberQuestion, number_of
from entrypoints.web.mentors.wording import WHICH_LEAD_PROVIDER
from entrypoints.web.platform.context import current_ports

NEW = "new"

AboutMentor = Question[MentorDraft, MentorCase]
EitherDraft = TypeVar("EitherDraft", MentorDraft, AssignmentDraft)
EitherCase = TypeVar("EitherCase", MentorCase, AssignmentCase)


class ChooseForm(Form):
    """Somebody who is a mentor here already, or somebody new."""

    mentor = OnOffer("Who will mentor the ECT?", EXISTING_OR_NEW_MENTOR.tells)

    def offer(self, question: MentorQuestion) -> None:
        """Everybody there is, and somebody new."""
        self.mentor.label.text = f"Who will mentor {question.ect.name}?"
        mentors = [(str(each.id), each.name, hint_at(each)) for each in question.mentors]
        self.mentor.choices = [*mentors, (NEW, "Somebody else: register a new mentor")]


def hint_at(mentor: MentorToChoose) -> str:
    """Who they are, and what there is to know before they are assigned."""
    said = [f"TRN {mentor.trn}"]
    if mentor.mentors_them_now:
        said.append("mentors them now: nobody else takes over then")
    if mentor.starts_on is not None:
        said.append(f"starts on {long_date(mentor.starts_on)}")
    if mentor.leaves_on is not None:
        said.append(f"leaves on {long_date(mentor.leaves_on)}: the assignment ends then")
    return ", ".join(said)


class FindForm(FindQuestion[MentorDraft, MentorCase]):
    """TRN and date of birth."""


class NumberForm(NumberQuestion[MentorDraft, MentorCase]):
    """The National Insurance number, where the date of birth differs."""

    national_insurance_number = number_of("mentor")


class NameForm(NameQuestion[MentorDraft, MentorCase]):
    """The name on the mentor's record, confirmed or corrected."""

    whom = "mentor"
    name_is_correct = correct_name_of(whom)
    corrected_name = corrected_name()

    def offer(self, case: MentorCase) -> None:
        """Plays back the name on the record, if it has one."""
        self.play_back(case.record)


class SamePersonForm(SamePersonQuestion[MentorDraft, MentorCase]):
    """Whether a name that is quite another is the same person's."""


class EmailForm(EmailQuestion[MentorDraft, MentorCase]):
    """The mentor's address."""

    email = email_of("mentor")


class OnlyHereForm(AboutMentor):
    """Whether they leave the other school, or mentor at both."""

    step = "only-here"
    rule = because = MENTOR_ELSEWHERE
    only_here = Choice(
        "Will they mentor only at your school from now on?",
        MENTOR_ELSEWHERE.tells,
        [
            (YES, "Yes, only at your school", "Their time as a mentor elsewhere then ends"),
            (NO, "No, elsewhere as well", "Nothing changes there"),
        ],
    )

    @staticmethod
    def given(draft: MentorDraft) -> Mapping[str, object]:
        """Yes or no."""
        return {} if draft.only_here is None else {"only_here": YES if draft.only_here else NO}

    def amend(self, draft: MentorDraft) -> MentorDraft:
        """Only a yes is a yes."""
        return attrs.evolve(draft, only_here=self.only_here.data == YES)


class StartDateForm(AboutMentor):
    """The first day as a mentor at the school. Whether it is in range is for the rules to say."""

    step = "start-date"
    rule = because = MENTOR_START_DATE
    start_date = DateParts("When do they start as a mentor at your school?", what="the start date")

    @staticmethod
    def given(draft: MentorDraft) -> Mapping[str, object]:
        """Today is suggested."""
        return {"start_date": draft.start_date or current_ports().clock.today()}


class TrainingForm(Question[EitherDraft, EitherCase], Generic[EitherDraft, EitherCase]):
    """A page to acknowledge; another button of it names another lead provider."""

    step = "training"
    rule = because = FUNDED_MENTOR_TRAINING

    def amend(self, draft: EitherDraft) -> EitherDraft:
        """The lead provider of the ECT, unless the other button was pressed."""
        another = request.form.get("another_provider") == YES
        return attrs.evolve(draft, another_provider=another)


class LeadProviderForm(Question[EitherDraft, EitherCase], Generic[EitherDraft, EitherCase]):
    """Who trains the mentor, where that is not the ECT's lead provider."""

    step = "lead-provider"
    rule = LEAD_PROVIDER_NOT_AVAILABLE
    because = MENTOR_LEAD_PROVIDER
    lead_provider = OnOffer(WHICH_LEAD_PROVIDER, "Select a lead provider")

    def offer(self, case: EitherCase) -> None:
        """Those that work in the mentor's training year, sorted."""
        names = sorted(case.year.lead_providers, key=folded)
        self.lead_provider.choices = [(name, name) for name in names]


QUESTIONS: Sequence[type[AboutMentor]] = (
    FindForm,
    NumberForm,
    NameForm,
    SamePersonForm,
    EmailForm,
    OnlyHereForm,
    StartDateForm,
    TrainingForm,
    LeadProviderForm,
)
FORMS: Mapping[str, type[AboutMentor]] = {question.step: question for question in QUESTIONS}
ASSIGNING_FORMS: Mapping[str, type[Question[AssignmentDraft, AssignmentCase]]] = {
    TrainingForm.step: TrainingForm,
    LeadProviderForm.step: LeadProviderForm,
}
