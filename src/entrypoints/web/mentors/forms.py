"""The forms for the ECTs of a mentor and the lead provider of the mentor's training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import request
from wtforms import SelectMultipleField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.text import folded
from ect_registration.journeys.mentor_case import AssignmentCase
from ect_registration.use_cases.school.assign_several_ects import EctsToChoose, TrainingAnswer
from ect_registration.use_cases.school.ects import EctSummary
from ect_registration.use_cases.school.ects_to_mentor import EctsToMentor
from entrypoints.web.ects.wording import has_mentor, mentor_of
from entrypoints.web.forms.fields import Choice, Form
from entrypoints.web.journeys.questions import OnOffer
from entrypoints.web.mentors.wording import WHICH_LEAD_PROVIDER
from entrypoints.web.platform.messages import message_of

NOTHING_SELECTED = "Select a lead provider"
NO_ECT = "Select an ECT"


class Several(SelectMultipleField):
    """Checkboxes whose values are ids; the rules check that the ids may be chosen."""

    def __init__(self, label: str, message: str, **options: Any) -> None:
        super().__init__(label, **options)
        self.message = message
        self.choices: Any = []

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Takes every posted value."""
        self.data = list(valuelist)

    def pre_validate(self, _: BaseForm) -> None:
        """Requires at least one value, and refuses values that are not ids."""
        if not self.data or not all(map(_is_id, self.data)):
            self.data = [value for value in self.data or () if _is_id(value)]
            raise StopValidation(self.message)

    @property
    def ids(self) -> Sequence[EctId]:
        """Returns the ids that were chosen, each once."""
        return [EctId(id) for id in dict.fromkeys(UUID(value) for value in self.data or ())]


class EctsForm(Form):
    """Asks which ECTs the mentor will support."""

    ect = Several("Which ECTs will they mentor?", "Select at least one ECT")

    def offer(self, choice: EctsToChoose) -> None:
        """Offers every ECT who needs a mentor."""
        self.ect.choices = [(str(ect.id), ect.name, f"TRN {ect.trn}") for ect in choice.ects]


class EctForm(Form):
    """Asks which ECT a new mentor will support."""

    ect = OnOffer("Which ECT will they mentor?", NO_ECT)

    def offer(self, page: EctsToMentor) -> None:
        """Offers the ECTs of this page, with the mentor that the new one would replace."""
        self.ect.choices = [(str(ect.id), ect.name, hint_at(ect)) for ect in page.ects]

    def validate_ect(self, field: OnOffer) -> None:
        """Refuses a value that is not an id; whose it is the rules check."""
        if not _is_id(field.data):
            raise StopValidation(NO_ECT)


def hint_at(ect: EctSummary) -> str:
    """Returns the hint of an ECT: their TRN, and who mentors them now."""
    if not has_mentor(ect):
        return f"TRN {ect.trn}. Needs a mentor"
    return f"TRN {ect.trn}. The new mentor will replace {mentor_of(ect)}"


class TrainingForm(Form):
    """Asks who trains the mentor, when training begins with a provider-led ECT."""

    lead_provider = Choice(WHICH_LEAD_PROVIDER, NOTHING_SELECTED)

    @property
    def answer(self) -> TrainingAnswer | None:
        """Returns the answer; None until the school has seen the page about training."""
        another = request.form.get("another_provider") == "yes"
        if not another and request.form.get("training") != "told":
            return None
        return TrainingAnswer(another, (self.lead_provider.data or "").strip() or None)

    @property
    def names_lead_provider(self) -> bool:
        """Says whether the question about the lead provider was posted."""
        return not {"lead_provider", "lead_provider_asked"}.isdisjoint(request.form)

    def offer(self, case: AssignmentCase) -> None:
        """Offers the lead providers that work in the mentor's training year."""
        names = sorted(case.year.lead_providers, key=folded)
        self.lead_provider.choices = [(name, name) for name in names]

    def find_fault(self, fault: Blocked | None) -> None:
        """Adds the error that the rules found; None: nothing was selected."""
        self.add_error("lead_provider", message_of(fault) if fault else NOTHING_SELECTED)


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
