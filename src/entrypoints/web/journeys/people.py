"""The questions that are asked about both an ECT and a mentor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Generic

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import NameAnswer, SamePersonAnswer
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import TeacherRecord
from ect_registration.domain.rules.identifying.email import EMAIL_FORMAT
from ect_registration.domain.rules.identifying.name import (
    NAME_CONFIRMED_OR_CORRECTED,
    NAME_SAME_PERSON,
)
from ect_registration.domain.values import PersonName
from ect_registration.journeys.answers import given
from ect_registration.use_cases.following.holders import is_worth_asking_again
from ect_registration.use_cases.journeys.answering import answer_on_a_page
from ect_registration.use_cases.journeys.journey_type import C, JourneyType, PersonDraft
from ect_registration.use_cases.journeys.saved_journeys import Standing
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.forms.fields import Choice, ParsedBy, Required, Text
from entrypoints.web.journeys.questions import NO, YES, Outcome, Question


class NameQuestion(Question[PersonDraft, C], Generic[PersonDraft, C]):
    """Asks whether the name on the teacher's record is correct."""

    step = "name"
    rule = NAME_CONFIRMED_OR_CORRECTED
    role: ClassVar[str]  # "ECT" or "mentor"
    name_is_correct: Choice
    corrected_name: Text

    @staticmethod
    def given(draft: PersonDraft) -> Mapping[str, object]:
        """Returns the answers given before: without a correction the answer was yes."""
        if draft.name is None:
            return {}
        corrected = draft.name.corrected
        answer = YES if corrected is None else NO
        return {"name_is_correct": answer, "corrected_name": corrected}

    def play_back(self, record: TeacherRecord) -> None:
        """Asks for the full name alone where the record has none to confirm."""
        if not record.name:
            self.corrected_name.label.text = f"What is the {self.role}’s full name?"

    def validate_corrected_name(self, field: Text) -> None:
        """Checks the corrected name when the name on the record is not correct."""
        if self.name_is_correct.data == NO:
            ParsedBy(PersonName.parse)(self, field)

    def amend(self, draft: PersonDraft) -> PersonDraft:
        """Saves the answer: a yes has no correction."""
        return attrs.evolve(draft, name=NameAnswer(self.corrected_name.parsed))


def correct_name_of(role: str) -> Choice:
    """Returns the field that asks whether the name on the record is correct."""
    return Choice(
        f"Is this the {role}’s correct name?",
        "Select yes if the name is correct",
        [(YES, "Yes, the name is correct"), (NO, "No, I need to correct it")],
    )


def corrected_name() -> Text:
    """Returns the field for the corrected name."""
    return Text("Correct full name")


class SamePersonQuestion(Question[PersonDraft, C], Generic[PersonDraft, C]):
    """Asks whether a very different name belongs to the person in TRS."""

    step = "same-person"
    rule = because = NAME_SAME_PERSON
    same_person = Choice(
        "Is this the same person?",
        "Select yes if this is the same person",
        [
            (YES, "Yes, this is the same person"),
            (NO, "No", "You can change the name you entered"),
        ],
    )

    @staticmethod
    def given(draft: PersonDraft) -> Mapping[str, object]:
        """Returns a yes to the name that TRS has now; after a no the question is open again."""
        answer = draft.same_person
        yes = answer is not None and answer.is_yes_to(_name_in_trs(draft))
        return {"same_person": YES} if yes else {}

    def amend(self, draft: PersonDraft) -> PersonDraft:
        """Saves the answer with the name that TRS has now."""
        same = self.same_person.data == YES
        answer = SamePersonAnswer(same, _name_in_trs(draft))
        return attrs.evolve(draft, same_person=answer)


def _name_in_trs(draft: PersonDraft) -> str:
    record = given(draft.search).record
    return given(record).name


class EmailQuestion(Question[PersonDraft, C], Generic[PersonDraft, C]):
    """Asks for the person's email address."""

    step = "email"
    rule = EMAIL_FORMAT
    email: Text

    def send(
        self, journey_type: JourneyType[PersonDraft, C], id: JourneyId, who: Actor, ports: Ports
    ) -> Outcome[C]:
        """Submits the answer; before it is refused TRS is asked who has the address."""
        outcome = answer_on_a_page(journey_type, id, self.step, self.amend, who, ports)
        if is_worth_asking_again(_stop_of(outcome), self.email.parsed, ports):
            outcome = answer_on_a_page(journey_type, id, self.step, self.amend, who, ports)
        return outcome


def _stop_of(outcome: Standing[C] | Blocked) -> Blocked | None:
    return outcome if isinstance(outcome, Blocked) else outcome.decided.stop


def email_of(role: str) -> Text:
    """Returns the field for a person's email address."""
    return Text(
        f"What is the {role}’s email address?",
        [Required(f"Enter the {role}’s email address"), ParsedBy(Email.parse)],
    )
