"""A school user at work in one journey, of whichever kind."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

import attrs

from builders import ECT_TRN, HUB, LEAD_PROVIDER, MENTOR_TRN, TERM_STARTS
from ect_registration.domain.drafts.ect_draft import Draft, NameAnswer, ReuseAnswer
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, WorkingPattern
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.training import Programme
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.use_cases.journeys.answering import answer, find_teacher, prove_by_number
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.journey_type import JourneyType
from ect_registration.use_cases.journeys.mentor_journeys import ASSIGNMENT_JOURNEY, MENTOR_JOURNEY
from ect_registration.use_cases.journeys.saved_journeys import Standing, look, start
from ect_registration.use_cases.registering.assign_mentor import (
    look_at_assignment,
    submit_assignment,
)
from ect_registration.use_cases.registering.register_ect import submit_ect
from ect_registration.use_cases.registering.register_mentor import look_at_mentor, submit_mentor
from ect_registration.use_cases.transactions import Actor
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

# What a school answers about a mentor whom it moves to itself.
MENTOR_ANSWERS: dict[str, dict[str, object]] = {
    "name": {"name": NameAnswer()},
    "email": {"email": Email("joan.thackeray@example.org")},
    "only-here": {"only_here": True},
    "start-date": {"start_date": TERM_STARTS},
    "training": {"another_provider": False},
    "lead-provider": {"lead_provider": LEAD_PROVIDER},
}


@attrs.define
class Visit:
    """Every method gives what the use case gives."""

    kind: ClassVar[JourneyType[Any, Any]] = ECT_JOURNEY
    answers: ClassVar[dict[str, dict[str, object]]] = ANSWERS
    person: ClassVar[Trn] = ECT_TRN

    service: Service
    id: JourneyId
    actor: Actor = ACTOR

    @classmethod
    def begun(cls, service: Service, actor: Actor = ACTOR) -> Self:
        """With nothing answered."""
        return cls(service, start(actor, service.ports), actor)

    @classmethod
    def proven(cls, service: Service, actor: Actor = ACTOR, trn: Trn | None = None) -> Self:
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

    def find(self, trn: Trn | None = None, born_on: date = BORN_ON) -> object:
        """Search by date of birth."""
        trn = trn or self.person
        return find_teacher(self.kind, self.id, trn, born_on, self.actor, self.service.ports)

    def prove(self, number: NationalInsuranceNumber) -> object:
        """Search by National Insurance number."""
        return prove_by_number(self.kind, self.id, number, self.actor, self.service.ports)

    def give(self, step: str, **answers: object) -> object:
        """Answer a step."""

        def change(draft: Draft) -> Draft:
            return attrs.evolve(draft, **answers)

        return answer(self.kind, self.id, step, change, self.actor, self.service.ports)

    def go_on(self, **instead: dict[str, object]) -> None:
        """Answer whatever is asked, up to check answers."""
        answers = self.answers | {step.replace("_", "-"): given for step, given in instead.items()}
        while (at := self.at) in answers:
            self.give(at, **answers[at])
            if self.at == at:
                return

    def look(self) -> Standing:
        """Where the journey is."""
        return look(self.kind, self.id, self.actor, self.service.ports)

    @property
    def at(self) -> str | None:
        """The step it is at."""
        step = self.look().decided.progress.at
        return step.id if step else None

    @property
    def draft(self) -> Draft:
        """What is answered."""
        return self.look().journey.draft

    @property
    def preview(self) -> Any:
        """What check answers shows."""
        return self.look().decided.case.preview

    def submit(self, shown: Any = None) -> object:
        """Confirm what check answers shows, or showed."""
        return submit_ect(self.id, shown or self.preview, self.actor, self.service.ports)


@attrs.define
class MentorVisit(Visit):
    """A school user who registers a mentor for an ECT."""

    kind = MENTOR_JOURNEY
    answers = MENTOR_ANSWERS
    person = MENTOR_TRN

    @classmethod
    def for_ect(
        cls, service: Service, ect: EctAtSchool, actor: Actor = ACTOR, *, replace: bool = False
    ) -> Self:
        """With nothing answered."""
        return cls(service, start(actor, service.ports, MentorDraft(ect.id, replace)), actor)

    @classmethod
    def at_check_answers(
        cls,
        service: Service,
        ect: EctAtSchool,
        *,
        replace: bool = False,
        **instead: dict[str, object],
    ) -> Self:
        """With everything answered."""
        visit = cls.for_ect(service, ect, replace=replace)
        visit.find()
        visit.go_on(**instead)
        return visit

    @property
    def preview(self) -> Any:
        """What check answers shows."""
        return look_at_mentor(self.look().decided.case, self.service.ports)

    def submit(self, shown: Any = None) -> object:
        """Confirm what check answers shows, or showed."""
        return submit_mentor(self.id, shown or self.preview, self.actor, self.service.ports)


@attrs.define
class AssignmentVisit(Visit):
    """A school user who assigns a mentor of the school to an ECT."""

    kind = ASSIGNMENT_JOURNEY
    answers = MENTOR_ANSWERS

    @classmethod
    def of(
        cls,
        service: Service,
        ect: EctAtSchool,
        mentor: MentorAtSchool,
        actor: Actor = ACTOR,
        *,
        replace: bool = False,
    ) -> Self:
        """With nothing answered."""
        draft = AssignmentDraft(ect.id, mentor.id, replace)
        return cls(service, start(actor, service.ports, draft), actor)

    @property
    def preview(self) -> Any:
        """What check answers shows, where a mentor is replaced."""
        return look_at_assignment(self.look().decided.case, self.service.ports)

    def submit(self, shown: Any = None) -> object:
        """Confirm what check answers shows, or showed; for a first mentor it shows nothing."""
        at = self.look()
        if shown is None and isinstance(at, Standing) and self.at == "check-answers":
            shown = self.preview
        return submit_assignment(self.id, self.actor, self.service.ports, shown)
