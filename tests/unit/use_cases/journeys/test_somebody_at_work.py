"""One journey, with every request that a browser, an old tab or a script may send."""

from __future__ import annotations

from datetime import timedelta

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from builders import NOW, URN
from ect_registration.domain.drafts.ect_draft import EctDraft, NameAnswer, ReuseAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.values import PersonName
from ect_registration.journeys.engine import Step
from ect_registration.journeys.register_ect import REGISTER_ECT
from unit.use_cases.service import ACTOR
from unit.use_cases.situations import ADDRESSES, TRNS, bodies, days, providers, services
from unit.use_cases.town import (
    ANOTHER_DAY,
    ANOTHER_NUMBER,
    BORN_ON,
    INDEPENDENT,
    NOBODY,
    NUMBER,
    OTHER_SCHOOL,
    PASSED,
)
from unit.use_cases.visit import Visit

STEPS = [item.id for item in REGISTER_ECT if isinstance(item, Step)]

A_LONG_DAY = NOW + timedelta(hours=20)  # before the journey expires


class SomebodyAtWork(RuleBasedStateMachine):
    """A search that begins another journey, in an old tab, is not followed."""

    @initialize(
        service=services(),
        school=st.sampled_from([URN, OTHER_SCHOOL, INDEPENDENT]),
        trn=st.none() | st.sampled_from(TRNS),
    )
    def begin(self, service, school, trn):
        self.service = service
        self.actor = attrs.evolve(ACTOR, school=school)
        self.visit = Visit.begun(service, self.actor)
        if trn is not None:
            self.visit.find(trn)
        self.shown = None

    @rule(trn=st.sampled_from(TRNS) | st.sampled_from([PASSED, NOBODY]), right=st.booleans())
    def search(self, trn, right):
        self.visit.find(trn, BORN_ON if right else ANOTHER_DAY)

    @rule(
        step=st.none() | st.sampled_from(STEPS),
        draft=st.builds(
            EctDraft,
            name=st.sampled_from([NameAnswer(), NameAnswer(PersonName("Asha Quinn"))]),
            registered_before_seen=st.just(True),
            email=st.sampled_from(ADDRESSES).map(Email),
            start_date=days,
            working_pattern=st.sampled_from(WorkingPattern),
            reuse=st.builds(ReuseAnswer, st.booleans()),
            appropriate_body=bodies,
            programme=st.sampled_from(Programme),
            lead_provider=providers,
        ),
    )
    def answer(self, step, draft):
        self.visit.give(step or self.visit.at or "find", **attrs.asdict(draft, recurse=False))

    @rule(right=st.booleans())
    def try_the_number(self, right):
        self.visit.prove(NUMBER if right else ANOTHER_NUMBER)

    @precondition(lambda self: self.service.clock.now() < A_LONG_DAY)
    @rule(minutes=st.sampled_from([1, 59, 61]))
    def wait(self, minutes):
        self.service.clock.wait(minutes=minutes)

    @rule()
    def go_on(self):
        self.visit.go_on()

    @rule()
    def look_at_check_answers(self):
        if self.visit.at == "check-answers":
            self.shown = self.visit.preview

    @precondition(lambda self: self.shown is not None)
    @rule()
    def submit(self):
        self.visit.submit(self.shown)

    @precondition(lambda self: self.shown is not None)
    @rule()
    def start_again(self):
        self.visit, self.shown = Visit.begun(self.service, self.actor), None

    @invariant()
    def nobody_reaches_check_answers_past_a_block(self):
        decided = self.visit.look().decided
        blocked = decided.progress.blocked

        assert not (blocked and decided.progress.shows("check-answers"))

    @invariant()
    def nothing_is_shown_without_a_proof(self):
        decided = self.visit.look().decided
        shown = {step.id for step in decided.progress.path}

        assert decided.case.proven or shown <= {"find", "national-insurance-number"}

    @invariant()
    def nobody_is_registered_whom_the_rules_refuse(self):
        registered = self.visit.look().journey.registered
        made = [ect for ect in self.service.ects_of(PASSED, NOBODY) if ect.id == registered]

        assert made == []

    @invariant()
    def a_journey_makes_one_record(self):
        changes = self.service.history(self.actor.school)
        made = [c.about for c in changes if c.what == "ect-registered"]

        assert len(made) == len(set(made))


TestSomebodyAtWork = SomebodyAtWork.TestCase
