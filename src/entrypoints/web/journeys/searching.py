"""The two questions that find a teacher. TRS checks the answers, and they are not kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic

from wtforms import Field
from wtforms.validators import ValidationError

from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.rules.identifying.identity import (
    DATE_OF_BIRTH_DIFFERS,
    TWO_FACTS,
    check_age,
)
from ect_registration.domain.values import InvalidValue, NationalInsuranceNumber, Trn
from ect_registration.use_cases.journeys.answering import (
    find_teacher,
    is_past_the_search,
    prove_by_number,
)
from ect_registration.use_cases.journeys.journey_type import C, JourneyType, PersonDraft
from ect_registration.use_cases.journeys.saved_journeys import Standing
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.forms.dates import DateParts
from entrypoints.web.forms.fields import ParsedBy, Required, Text
from entrypoints.web.journeys.questions import Outcome, Question
from entrypoints.web.journeys.urls import FIND, NUMBER
from entrypoints.web.platform.context import current_ports


class FindQuestion(Question[PersonDraft, C], Generic[PersonDraft, C]):
    """Asks for the TRN and the date of birth."""

    step = FIND
    rule = TWO_FACTS
    trn = Text(
        "Teacher reference number (TRN)",
        [Required("Enter the teacher reference number (TRN)"), ParsedBy(Trn.parse)],
    )
    date_of_birth = DateParts("Date of birth", what="the date of birth", secret=True)

    @staticmethod
    def given(draft: PersonDraft) -> Mapping[str, object]:
        """Returns the TRN of the latest search."""
        return {} if draft.search is None else {"trn": draft.search.trn}

    @classmethod
    def begins_anew(cls, standing: Standing[C]) -> bool:
        """Says whether an answer searches for another teacher, because one was found already."""
        return is_past_the_search(standing.journey)

    def validate_date_of_birth(self, field: Field) -> None:
        """Refuses a date of birth of a person too young or too old to teach."""
        try:
            check_age(field.data, current_ports().clock.today())
        except InvalidValue as error:
            raise ValidationError(error.message) from None

    def send(
        self, journey_type: JourneyType[PersonDraft, C], id: JourneyId, who: Actor, ports: Ports
    ) -> Outcome[C]:
        """Searches TRS. After a teacher is proven, begins another journey and returns its id."""
        born_on = self.date_of_birth.data
        if born_on is None:
            raise TypeError("a form that was not checked")
        return find_teacher(journey_type, id, self.trn.parsed, born_on, who, ports)


def number_of(role: str) -> Text:
    """Returns the field for the person's National Insurance number."""
    return Text(
        f"What is the {role}’s National Insurance number?",
        [
            Required(f"Enter the {role}’s National Insurance number"),
            ParsedBy(NationalInsuranceNumber.parse),
        ],
        secret=True,
    )


class NumberQuestion(Question[PersonDraft, C], Generic[PersonDraft, C]):
    """Asks for the National Insurance number, where the date of birth differs."""

    step = NUMBER
    rule = because = DATE_OF_BIRTH_DIFFERS
    national_insurance_number: Text

    def send(
        self, journey_type: JourneyType[PersonDraft, C], id: JourneyId, who: Actor, ports: Ports
    ) -> Outcome[C]:
        """Searches TRS by the National Insurance number."""
        return prove_by_number(journey_type, id, self.national_insurance_number.parsed, who, ports)
