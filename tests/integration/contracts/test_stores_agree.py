"""The store in memory is worth testing with only while it behaves like the real ones."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from functools import partial

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import collisions as some
from builders import DELIVERY_PARTNER, HUB, a_change, a_mentor, a_training, an_ect
from ect_registration.domain.calendar import Period, day_after
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.mentorship import MentorId, Mentorship, MentorshipId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import TrainingId
from ect_registration.domain.school import DeliveryPartner, OrganisationKind
from ect_registration.testing.memory.store import MemoryStore
from integration.contracts.comparing import changed, chosen, everything, in_common, result
from integration.contracts.steps import adding_ect, adding_mentor, furnish, seen
from integration.contracts.stores import STORES
from strategies import assignment_drafts, drafts, mentor_drafts

drafts_like = {EctDraft: drafts, MentorDraft: mentor_drafts, AssignmentDraft: assignment_drafts}
anyone = st.integers(0, 999)  # which of those there are
mentor_ids = st.uuids(version=4).map(MentorId)
mentorship_ids = st.uuids(version=4).map(MentorshipId)


def _renaming(kind, before, after):
    def rename(uow):
        named = {each.name: each for each in uow.organisations.of_kind(kind)}
        uow.organisations.rename(named[before], after)

    return rename


def _undone(row):
    first_day = row.period.started_on
    return End(Cause.UNDONE, row.id, first_day - timedelta(days=1), first_day)


def _transferred(by, day):
    return End(Cause.TRANSFER, by, day, day)


def _changing(before, after):
    return lambda uow: uow.ects.change(before, after)


class StoresAgree(RuleBasedStateMachine):
    """Does the same things to two stores and compares."""

    def __init__(self, kind):
        super().__init__()
        self.closing = ExitStack()
        self.memory = MemoryStore()
        self.other = self.closing.enter_context(STORES[kind]())
        self.merged = {}
        self.turn = 0
        for store in (self.memory, self.other):
            furnish(store)

    def teardown(self):
        self.closing.close()

    def both(self, *actions, committing=True):
        """The same on both."""
        expected = result(self.memory, *actions, committing=committing)
        assert result(self.other, *actions, committing=committing) == expected

    def some_ect(self, which):
        """One whom both stores have."""
        return chosen(
            which, seen(self.memory, lambda u: u.ects.of_people(some.FEW_TRNS, withdrawn=True))
        )

    def some_mentor(self, which, school=None):
        """One whom both stores have, at this school if there is any."""
        there = seen(self.memory, lambda u: u.mentors.of_people(some.FEW_TRNS, withdrawn=True))
        return chosen(which, [m for m in there if m.school == school] or there)

    def has_ects(self):
        return bool(self.memory.state.ects)

    def has_mentors(self):
        return bool(self.memory.state.mentors)

    @invariant()
    def the_stores_answer_alike(self):
        """Whatever is asked; the kinds of search take turns, each twice in as many steps."""
        ask = partial(everything, self.turn)
        self.turn += 1
        assert seen(self.other, ask) == seen(self.memory, ask)

    @initialize(full=st.booleans())
    def begin(self, full):
        """With nobody, or with an ECT and a mentor at each school whose trainings wait."""
        if full:
            for number, (trn, email) in enumerate(
                zip(some.FEW_TRNS, some.FEW_EMAILS, strict=False)
            ):
                adding, example = ((adding_ect, an_ect), (adding_mentor, a_mentor))[number % 2]
                somebody = example(
                    school=some.FEW_URNS[number // 2],
                    teacher=Teacher(trn, f"Teacher {trn}"),
                    email=email,
                    trainings=(a_training(),),
                )
                self.both(adding(somebody))

    @rule(teacher=some.few_teachers)
    def save_a_teacher(self, teacher):
        self.both(lambda uow: uow.teachers.save(teacher))

    @rule(old=some.few_trns, retained=some.few_trns, told=st.booleans())
    def merge(self, old, retained, told):
        """TRS merges each TRN once, into one that is active; it may be long before we hear."""
        if old != retained and not {old, retained} & self.merged.keys():
            self.merged[old] = retained
        if told and old in self.merged:
            self.both(lambda uow: uow.teachers.merge(old, self.final(old)))

    def final(self, trn):
        while trn in self.merged:
            trn = self.merged[trn]
        return trn

    @rule(pairings=some.pairings)
    def save_pairings(self, pairings):
        partner = DeliveryPartner(DELIVERY_PARTNER, pairings)
        self.both(lambda uow: uow.offers.save_delivery_partner(partner))

    @rule(which=anyone, kind=st.sampled_from(OrganisationKind), other=anyone)
    def rename_there_and_back(self, which, kind, other):
        """Other rules find it again; the name in between is free, or that of another."""
        names = [each.name for each in seen(self.memory, lambda u: u.organisations.of_kind(kind))]
        before, between = chosen(which, names), chosen(other, [*names, "Brightwater", "Quarry"])
        self.both(_renaming(kind, before, between))
        self.the_stores_answer_alike()
        if between not in names:
            self.both(_renaming(kind, between, before))

    @rule(partnership=some.partnerships, today=some.few_days)
    def report_a_partnership(self, partnership, today):
        self.both(
            lambda uow: uow.partnerships.add(partnership),
            lambda uow: uow.partnerships.confirm_waiting(partnership, today),
        )

    @rule(email=some.few_emails, trn=some.few_trns, today=some.few_days)
    def claim(self, email, trn, today):
        self.both(lambda uow: uow.emails.claim(email, trn, today))

    @rule(ect=some.ects, today=some.few_days, committing=st.booleans())
    def register_an_ect(self, ect, today, committing):
        self.both(adding_ect(ect, today), committing=committing)

    @rule(ect=some.ects)
    def bring_an_ect_in(self, ect):
        """Without claiming the address."""
        self.both(
            lambda uow: uow.teachers.save(ect.teacher),
            lambda uow: uow.ects.add(ect),
        )

    @rule(mentor=some.mentors, today=some.few_days, committing=st.booleans())
    def register_a_mentor(self, mentor, today, committing):
        self.both(adding_mentor(mentor, today), committing=committing)

    @precondition(has_ects)
    @rule(which=anyone, training=some.few_trainings)
    def set_up_training(self, which, training):
        ect = self.some_ect(which)
        after = attrs.evolve(ect, trainings=(*ect.trainings, training))
        self.both(lambda uow: uow.ects.change(ect, after))

    @precondition(lambda self: self.has_ects() and self.has_mentors())
    @rule(which=anyone, whom=anyone, id=mentorship_ids, days=st.none() | some.few_periods())
    def assign_a_mentor(self, which, whom, id, days):
        """For as long as both are there, or for some days."""
        ect = self.some_ect(which)
        mentor = self.some_mentor(whom, ect.school)
        period = days or in_common(ect.period, mentor.period) or ect.period
        mentorship = Mentorship(id, mentor.id, mentor.teacher, period)
        after = attrs.evolve(ect, mentorships=(*ect.mentorships, mentorship))
        self.both(lambda uow: uow.ects.change(ect, after))

    @precondition(has_ects)
    @rule(which=anyone, period=st.none() | some.few_periods(), withdrawn=st.booleans())
    def change_the_parts_of_an_ect(self, which, period, withdrawn):
        """All of them alike, so that they get into each other's way."""
        ect = self.some_ect(which)
        after = attrs.evolve(
            ect,
            trainings=changed(ect.trainings, period, withdrawn),
            mentorships=changed(ect.mentorships, period, withdrawn),
        )
        self.both(lambda uow: uow.ects.change(ect, after))

    @precondition(has_ects)
    @rule(which=anyone, period=some.few_periods(), email=some.few_emails, done=st.booleans())
    def change_an_ect(self, which, period, email, done):
        ect = self.some_ect(which)
        after = attrs.evolve(ect, period=period, email=email, completed=done)
        self.both(lambda uow: uow.ects.change(ect, after))

    @precondition(has_ects)
    @rule(which=anyone, back=st.booleans(), year=some.few_years, body=st.booleans())
    def withdraw_an_ect(self, which, back, year, body):
        """As when a registration was a mistake, or bring one back; and what else may change."""
        everybody = seen(self.memory, lambda u: u.ects.of_people(some.FEW_TRNS, withdrawn=True))
        ect = chosen(which, everybody)
        standing = attrs.evolve(ect, withdrawn=False, ends=())
        after = standing if back else ect.ended(_undone(ect))
        registration = attrs.evolve(ect.registration, expected_training_start_year=year)
        after = attrs.evolve(after, registration=registration, changed_body=HUB if body else None)
        self.both(lambda uow: uow.ects.change(ect, after))

    @precondition(has_mentors)
    @rule(which=anyone, back=st.booleans(), with_mentorships=st.booleans())
    def withdraw_a_mentor(self, which, back, with_mentorships):
        """With their mentorships or without, which the guarantees refuse."""
        everybody = seen(self.memory, lambda u: u.mentors.of_people(some.FEW_TRNS, withdrawn=True))
        mentor = chosen(which, everybody)
        after = mentor.ended(_undone(mentor))
        if back:
            after = attrs.evolve(mentor, withdrawn=False, ends=())
        mentored = seen(self.memory, lambda u: u.mentors.mentored_by(mentor.id))
        self.both(
            *(
                _changing(ect, ect.mentor_ended(mentor, _undone(mentor)))
                for ect in mentored
                if with_mentorships
            ),
            lambda uow: uow.mentors.change(mentor, after),
        )

    @precondition(has_ects)
    @rule(which=anyone, day=some.few_days, next_one=some.ects)
    def transfer(self, which, day, next_one):
        """End one period with its parts, and begin another."""
        ect = self.some_ect(which)
        begun = attrs.evolve(
            next_one,
            teacher=ect.teacher,
            email=ect.email,
            period=Period(day_after(day)),
            trainings=(),
        )
        self.both(
            lambda uow: uow.ects.change(ect, ect.ended(_transferred(begun.id, day))),
            adding_ect(begun, day),
        )

    @precondition(has_mentors)
    @rule(which=anyone, period=some.few_periods(), email=some.few_emails)
    def change_a_mentor(self, which, period, email):
        mentor = self.some_mentor(which)
        after = attrs.evolve(mentor, period=period, email=email)
        self.both(lambda uow: uow.mentors.change(mentor, after))

    @precondition(has_mentors)
    @rule(which=anyone, training=some.few_trainings)
    def train_a_mentor(self, which, training):
        mentor = self.some_mentor(which)
        after = attrs.evolve(mentor, trainings=(*mentor.trainings, training))
        self.both(lambda uow: uow.mentors.change(mentor, after))

    @precondition(has_mentors)
    @rule(which=anyone, day=some.few_days, urn=some.few_urns, id=mentor_ids)
    def move_a_mentor(self, which, day, urn, id):
        """As when they mentor only there from now on, with training that begins there."""
        mentor = self.some_mentor(which)
        training = a_training(id=TrainingId(id), period=Period(day_after(day)))
        begun = attrs.evolve(
            mentor, id=id, school=urn, period=Period(day_after(day)), trainings=(training,)
        )
        self.both(
            lambda uow: uow.mentors.change(
                mentor, mentor.ended(End(Cause.TRANSFER, id, day, day))
            ),
            adding_mentor(begun, day),
        )

    @rule(trn=some.few_trns, early=st.booleans(), done=st.none() | some.few_days)
    def load_earlier_training(self, trn, early, done):
        history = MentorTrainingHistory(trn, early, completed_on=done)
        self.both(lambda uow: uow.mentors.save_training_history(history))

    @precondition(lambda self: bool(self.memory.state.journeys))
    @rule(which=anyone, whom=anyone)
    def end_a_journey(self, which, whom):
        """It remembers which records it made."""
        journey = chosen(which, list(self.memory.state.journeys.values()))
        ects, mentors = (
            list(each) for each in (self.memory.state.ects, self.memory.state.mentors)
        )
        after = attrs.evolve(
            journey,
            registered=chosen(whom, ects) if ects else None,
            mentor=chosen(whom, mentors) if mentors else None,
        )
        self.both(lambda uow: uow.journeys.save(after))

    @rule(journey=some.journeys)
    def begin_a_journey(self, journey):
        self.both(lambda uow: uow.journeys.add(journey))

    @precondition(lambda self: bool(self.memory.state.journeys))
    @rule(which=anyone, data=st.data(), used_at=some.few_moments)
    def answer(self, which, data, used_at):
        """A journey stays one of its kind."""
        journey = chosen(which, list(self.memory.state.journeys.values()))
        draft = data.draw(drafts_like[type(journey.draft)])
        after = attrs.evolve(journey, draft=draft, used_at=used_at)
        self.both(lambda uow: uow.journeys.save(after))

    @rule(moment=some.few_moments)
    def remove_unused_journeys(self, moment):
        self.both(lambda uow: uow.journeys.remove_unused_since(moment))

    @rule(urn=some.few_urns, at=some.few_moments)
    def write_history(self, urn, at):
        self.both(lambda uow: uow.history.add([a_change(school=urn, at=at)]))


@pytest.mark.parametrize(("kind", "examples"), [("sqlite", 40), ("postgresql", 8)])
def test_stores_agree(kind, examples):
    """Whatever happens, in whatever order, a database and memory say the same."""
    run_state_machine_as_test(
        partial(StoresAgree, kind),
        settings=settings(max_examples=examples, stateful_step_count=25, deadline=None),
    )
