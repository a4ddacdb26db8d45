"""The form of one step, and what its answer becomes in the draft."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar, Generic

import attrs
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from ect_registration.domain.decisions import Blocked, Rule
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.use_cases.journeys.answering import answer_on_a_page
from ect_registration.use_cases.journeys.journey_type import C, D, JourneyType
from ect_registration.use_cases.journeys.saved_journeys import Standing
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.forms.fields import Choice, Form, Text
from entrypoints.web.platform.messages import message_of

YES, NO = "yes", "no"
Outcome = Standing[C] | JourneyId | Blocked


class Question(Form, Generic[D, C]):
    """The form of one step. By default each field is the draft's answer of that name."""

    step: ClassVar[str]
    rule: Rule  # what an answer breaks that is not right
    broken: Blocked | None = None  # what a rule said of the answer
    because: ClassVar[Rule | None] = None  # the rule for which only some users are asked

    @staticmethod
    def given(draft: D) -> Mapping[str, object]:
        """Returns the answers given before, by field."""
        return attrs.asdict(draft, recurse=False)

    def offer(self, case: C) -> None:
        """Sets the choices that the case offers."""

    @classmethod
    def begins_anew(cls, _: Standing[C]) -> bool:
        """Says whether an answer begins another journey, though the question was answered."""
        return False

    def breaks(self, blocked: Blocked) -> None:
        """Shows what is wrong at its field, under the rule that found it: a step may have two."""
        self.rule, self.broken = blocked.rule, blocked
        self.add_error(str(blocked.field), message_of(blocked))

    @property
    def kept(self) -> Mapping[str, str]:
        """Returns the texts that the user typed, without the secrets."""
        return {field.name: field.shown for field in self if isinstance(field, Text)}

    def amend(self, draft: D) -> D:
        """Returns the draft with this answer in it."""
        answers: dict[str, Any] = {field.name: _answer(field) for field in self}
        return attrs.evolve(draft, **answers)

    def send(
        self, journey_type: JourneyType[D, C], id: JourneyId, who: Actor, ports: Ports
    ) -> Outcome[C]:
        """Submits the answer. Raises Gone."""
        return answer_on_a_page(journey_type, id, self.step, self.amend, who, ports)


class OneOf(Choice):
    """A choice of one value of an enumeration, which is then ``parsed``."""

    parsed: StrEnum

    def __init__(self, label: str, message: str, words: Mapping[Any, Any], **options: Any) -> None:
        choices = [(value, *_words(said)) for value, said in words.items()]
        super().__init__(label, message, choices, **options)
        self._values = {str(value): value for value in words}

    def pre_validate(self, form: BaseForm) -> None:
        """Refuses a value that is not one of the choices."""
        super().pre_validate(form)
        self.parsed = self._values[str(self.data)]


class OnOffer(Choice):
    """A choice whose values the rules check."""

    def pre_validate(self, _: BaseForm) -> None:
        """Requires a choice."""
        self.data = (self.data or "").strip()
        if not self.data:
            raise StopValidation(self.message)


def _words(said: str | tuple[str, str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def _answer(field: Field) -> object:
    return field.parsed if isinstance(field, Text | OneOf) else field.data
