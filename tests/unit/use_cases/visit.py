"""A school user at work in one journey."""

from __future__ import annotations

from datetime import date
from typing import Self

import attrs

from builders import ECT_TRN, HUB, LEAD_PROVIDER, TERM_STARTS
from ect_registration.domain.draft import EctDraft, NameAnswer, ReuseAnswer
from ect_registration.domain.ect import WorkingPattern
from ect_registration.domain.email import Email
from ect_registration.domain.journeys import JourneyId
from ect_registration.domain.rules.check_answers import Preview
from ect_registration.domain.training import Programme
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.use_cases.answering import answer, find_teacher, prove_by_number
from ect_registration.use_cases.journey_kinds import ECT_JOURNEY
from ect_registration.use_cases.journeys import Standing, look, start
from ect_registration.use_cases.ports import Actor
from ect_registration.use_cases.submitting import submit
from unit.use_cases.service import ACTOR, Service
from unit.use_cases.town import BORN_ON

# What a school without history answers, step by step.
ANSWERS: dict[str, dict[str, object]] = {
    "name": {"name": NameAnswer()},
    "registered-before": {"registered_before_seen": True},
    "email": {"email": Email("asha.marlowe@example.org")},
    "start-date": {"start_date": TERM_STARTS},
    "working-pattern": {"working_pattern": WorkingPattern.FULL_TIME},
    "reuse-choices": {"reuse": ReuseAnswer(wanted=False)},
    "appropriate-body": {"appropriate_body": HUB},
    "programme": {"programme": Programme.PROVIDER_LED},
    "lead-provider": {"lead_provider": LEAD_PROVIDER},
}


@attrs.define
class Visit:
    """Every method gives what the use case gives."""

    service: Service
    id: JourneyId
    actor: Actor = ACTOR

    @classmethod
    def begun(cls, service: Service, actor: Actor = ACTOR) -> Self:
        """With nothing answered."""
        return cls(service, start(actor, service.ports), actor)

    @classmethod
    def proven(cls, service: Service, actor: Actor = ACTOR, trn: Trn = ECT_TRN) -> Self:
        """With the teacher found."""
        visit = cls.begun(service, actor)
        visit.find(trn)
        return visit

    @classmethod
    def complete(
        cls, service: Service, actor: Actor = ACTOR, **instead: dict[str, object]
    ) -> Self:
        """At check answers; ``instead`` of the usual answers, by step with underscores."""
        visit = cls.proven(service, actor)
        visit.go_on(**instead)
        return visit

    def find(self, trn: Trn = ECT_TRN, born_on: date = BORN_ON) -> object:
        """Search by date of birth."""
        return find_teacher(ECT_JOURNEY, self.id, trn, born_on, self.actor, self.service.ports)

    def prove(self, number: NationalInsuranceNumber) -> object:
        """Search by National Insurance number."""
        return prove_by_number(ECT_JOURNEY, self.id, number, self.actor, self.service.ports)

    def give(self, step: str, **answers: object) -> object:
        """Answer a step."""

        def change(draft: EctDraft) -> EctDraft:
            return attrs.evolve(draft, **answers)

        return answer(ECT_JOURNEY, self.id, step, change, self.actor, self.service.ports)

    def go_on(self, **instead: dict[str, object]) -> None:
        """Answer whatever is asked, up to check answers."""
        answers = ANSWERS | {step.replace("_", "-"): given for step, given in instead.items()}
        while (at := self.at) in answers:
            self.give(at, **answers[at])
            if self.at == at:
                return

    def look(self) -> Standing:
        """Where the journey is."""
        return look(ECT_JOURNEY, self.id, self.actor, self.service.ports)

    @property
    def at(self) -> str | None:
        """The step it is at."""
        step = self.look().decided.progress.at
        return step.id if step else None

    @property
    def draft(self) -> EctDraft:
        """What is answered."""
        return self.look().journey.draft

    @property
    def preview(self) -> Preview:
        """What check answers shows."""
        return self.look().decided.case.preview

    def submit(self, shown: Preview | None = None) -> object:
        """Confirm what check answers shows, or showed."""
        return submit(self.id, shown or self.preview, self.actor, self.service.ports)
