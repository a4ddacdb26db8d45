"""The forms of registering a new mentor, and of assigning a mentor of the school."""

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
from ect_registration.domain.rules.registering.programme import LEAD_PROVIDER_NOT_AVAILABLE
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
    """Asks for a mentor of the school, or a new mentor."""

    mentor = OnOffer("Who will mentor the ECT?", EXISTING_OR_NEW_MENTOR.tells)

    def offer(self, question: MentorQuestion) -> None:
        """Offers the mentors of the school, and a new mentor; without any there is no choice."""
        self.mentor.label.text = f"Who will mentor {question.ect.name}?"
        mentors = [(str(each.id), each.name, hint_at(each)) for each in question.mentors]
        new = (NEW, "Register a new mentor")
        self.mentor.choices = [*mentors, new] if mentors else []


def hint_at(mentor: MentorToChoose) -> str:
    """Returns the hint of a mentor: their TRN, and what matters for the choice."""
    said = [f"TRN {mentor.trn}"]
    if mentor.ects:
        said.append("mentors 1 ECT" if mentor.ects == 1 else f"mentors {mentor.ects} ECTs")
    if mentor.mentors_them_now:
        said.append("their mentor now, and no other mentor will replace them")
    if mentor.starts_on is not None:
        said.append(f"starts on {long_date(mentor.starts_on)}")
    if mentor.leaves_on is not None:
        said.append(f"leaves on {long_date(mentor.leaves_on)}, when the assignment will end")
    return ", ".join(said)


class NumberForm(NumberQuestion[MentorDraft, MentorCase]):
    """Asks for the National Insurance number, where the date of birth differs."""

    national_insurance_number = number_of("mentor")


class NameForm(NameQuestion[MentorDraft, MentorCase]):
    """Asks whether the name on the mentor's record is correct."""

    role = "mentor"
    name_is_correct = correct_name_of(role)
    corrected_name = corrected_name()

    def offer(self, case: MentorCase) -> None:
        """Shows the name on the record, if it has one."""
        self.play_back(case.record)


class EmailForm(EmailQuestion[MentorDraft, MentorCase]):
    """Asks for the mentor's email address."""

    email = email_of("mentor")


class OnlyHereForm(AboutMentor):
    """Asks whether the mentor leaves the other school, or mentors at both."""

    step = "only-here"
    rule = because = MENTOR_ELSEWHERE
    only_here = Choice(
        "Will they mentor only at your school from now on?",
        MENTOR_ELSEWHERE.tells,
        [
            (
                YES,
                "Yes, only at your school",
                "They will stop mentoring at other schools on the day before they start at yours",
            ),
            (NO, "No, at other schools as well", "Nothing will change at the other schools"),
        ],
    )

    @staticmethod
    def given(draft: MentorDraft) -> Mapping[str, object]:
        """Returns the answer given before."""
        return {} if draft.only_here is None else {"only_here": YES if draft.only_here else NO}

    def amend(self, draft: MentorDraft) -> MentorDraft:
        """Saves a yes or no."""
        return attrs.evolve(draft, only_here=self.only_here.data == YES)


class StartDateForm(AboutMentor):
    """Asks for the first day as a mentor at the school. The rules check its range."""

    step = "start-date"
    rule = because = MENTOR_START_DATE
    start_date = DateParts(
        "What is their start date as a mentor at your school?", what="the start date"
    )

    @staticmethod
    def given(draft: MentorDraft) -> Mapping[str, object]:
        """Returns the answer given before, or suggests today."""
        return {"start_date": draft.start_date or current_ports().clock.today()}


class TrainingForm(Question[EitherDraft, EitherCase], Generic[EitherDraft, EitherCase]):
    """Shows whether the mentor can get funded training; a second button changes provider."""

    step = "training"
    rule = because = FUNDED_MENTOR_TRAINING

    def amend(self, draft: EitherDraft) -> EitherDraft:
        """Saves whether the ECT's lead provider or another one trains the mentor."""
        another = request.form.get("another_provider") == YES
        return attrs.evolve(draft, another_provider=another)


class LeadProviderForm(Question[EitherDraft, EitherCase], Generic[EitherDraft, EitherCase]):
    """Asks for the mentor's lead provider, where it is not the ECT's."""

    step = "lead-provider"
    rule = LEAD_PROVIDER_NOT_AVAILABLE
    because = MENTOR_LEAD_PROVIDER
    lead_provider = OnOffer(WHICH_LEAD_PROVIDER, "Select a lead provider")

    def offer(self, case: EitherCase) -> None:
        """Offers the lead providers that work in the mentor's training year, sorted."""
        names = sorted(case.year.lead_providers, key=folded)
        self.lead_provider.choices = [(name, name) for name in names]


QUESTIONS: Sequence[type[AboutMentor]] = (
    FindQuestion,
    NumberForm,
    NameForm,
    SamePersonQuestion,
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
