"""The two questions that find a teacher. TRS checks the answers, and nobody keeps them."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import Field
from wtforms.validators import ValidationError

from ect_registration.domain.draft import EctDraft
from ect_registration.domain.journeys import JourneyId
from ect_registration.domain.rules.identity import TWO_FACTS, check_age
from ect_registration.domain.values import InvalidValue, NationalInsuranceNumber, Trn
from ect_registration.use_cases.answering import find_teacher, prove_by_number
from ect_registration.use_cases.journey_kinds import ECT_JOURNEY
from ect_registration.use_cases.ports import Actor, Ports
from entrypoints.web.context import current_ports
from entrypoints.web.dates import DateParts
from entrypoints.web.fields import ParsedBy, Required, Text
from entrypoints.web.register_ect.questions import Outcome, Question


class FindForm(Question):
    """TRN and date of birth."""

    step = "find"
    rule = TWO_FACTS
    trn = Text(
        "Teacher reference number (TRN)",
        [Required("Enter the teacher reference number (TRN)"), ParsedBy(Trn.parse)],
    )
    date_of_birth = DateParts("Date of birth", what="the date of birth", secret=True)

    @staticmethod
    def given(draft: EctDraft) -> Mapping[str, object]:
        """The TRN of the latest search."""
        return {} if draft.search is None else {"trn": draft.search.trn}

    def validate_date_of_birth(self, field: Field) -> None:
        """Of somebody old enough to teach, and not too old."""
        try:
            check_age(field.data, current_ports().clock.today())
        except InvalidValue as error:
            raise ValidationError(error.message) from None

    def send(self, id: JourneyId, actor: Actor, ports: Ports) -> Outcome:
        """Search. Once a teacher is proven this begins another journey, whose id it gives."""
        born_on = self.date_of_birth.data
        if born_on is None:
            raise TypeError("a form that was not checked")
        return find_teacher(ECT_JOURNEY, id, self.trn.parsed, born_on, actor, ports)


class NumberForm(Question):
    """The National Insurance number, where the date of birth differs."""

    step = "national-insurance-number"
    rule = TWO_FACTS
    national_insurance_number = Text(
        "What is the ECT’s National Insurance number?",
        [
            Required("Enter the ECT’s National Insurance number"),
            ParsedBy(NationalInsuranceNumber.parse),
        ],
        secret=True,
    )

    def send(self, id: JourneyId, actor: Actor, ports: Ports) -> Outcome:
        """Search again, by the number."""
        number = self.national_insurance_number.parsed
        return prove_by_number(ECT_JOURNEY, id, number, actor, ports)
