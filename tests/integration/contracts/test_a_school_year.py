"""Everything that schools do in a year, in any order: memory and databases come to the same.

Whatever happens, no rule leaves it to a guarantee of the store to refuse, and history is whole.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, timedelta
from functools import partial
from itertools import count
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from builders import ECT_TRN, HUB, LEAD_PROVIDER, MENTOR_TRN, THIS_YEAR, URN
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.school import Partnership
from ect_registration.testing.memory.store import MemoryStore
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from ect_registration.use_cases.changing.change_documents import change_ect_by, change_mentor_by
from ect_registration.use_cases.changing.leaving import report_ect_leaving, report_mentor_leaving
from ect_registration.use_cases.changing.removing_mentor import remove_mentor
from ect_registration.use_cases.changing.undo.undoing import undo_ect, undo_mentor
from ect_registration.use_cases.notifying.announcing import mark_as_read, to_tell
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.operating.verify_history import verify_history
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from ect_registration.use_cases.registering.register_ect import register_ect
from ect_registration.use_cases.registering.register_mentor import register_mentor
from ect_registration.use_cases.transactions import Actor, Ports
from integration.contracts.stores import STORES
from unit.use_cases.service import HandClock
from unit.use_cases.town import (
    BRAM,
    CLOSING_HUB,
    DELIVERY_PARTNER,
    OTHER_SCHOOL,
    PASSED,
    PEOPLE,
    THIS_YEAR_ONLY,
    town,
)

SCHOOLS = (URN, OTHER_SCHOOL)
ECTS, MENTORS = (ECT_TRN, BRAM), (MENTOR_TRN, PASSED)
schools, some_ects, some_mentors = (st.sampled_from(each) for each in (SCHOOLS, ECTS, MENTORS))
days = st.sampled_from([-20, -3, 0, 1, 5, 30, 60]).map(timedelta)
anyone = st.integers(0, 99)


class Side:
    """One store with the use cases, whose ids are drawn in one order."""

    def __init__(self, store) -> None:
        numbers = count(1)
        self.store, self.clock = store, HandClock()
        self.ports = Ports(
            unit_of_work=store.unit_of_work,
            reading=store.reading,
            teacher_records=MemoryTeacherRecords(PEOPLE),
            clock=self.clock,
            new_id=lambda: UUID(int=next(numbers)),
            pause=lambda _: None,
        )
        load_world(town(open_next_year=True), "loader", self.ports)

    def rows(self, urn):
        """Every ECT and mentor of a school, withdrawn ones included."""
        with self.store.reading() as uow:
            return (
                list(uow.ects.at_school(urn, withdrawn=True)),
                list(uow.mentors.at_school(urn, withdrawn=True)),
            )

    def everything(self):
        """What is kept of both schools."""
        with self.store.reading() as uow:
            return [
                (
                    list(uow.ects.at_school(urn, withdrawn=True)),
                    list(uow.mentors.at_school(urn, withdrawn=True)),
                    list(uow.history.of_school(urn)),
                    uow.announcements.to_tell(urn, self.clock.today(), 5),
                    list(uow.partnerships.of_school(urn)),
                )
                for urn in SCHOOLS
            ]


class ASchoolYear(RuleBasedStateMachine):
    """Does the same at two schools in memory and in a database."""

    def __init__(self, kind):
        super().__init__()
        self.closing = ExitStack()
        self.memory = Side(MemoryStore())
        self.other = Side(self.closing.enter_context(STORES[kind]()))

    def teardown(self):
        self.closing.close()

    @property
    def today(self) -> date:
        return self.memory.clock.today()

    def both(self, use, *arguments):
        """The same on both; a rule says no, or it is done, and never the store alone."""
        expected = _said(use(*arguments, self.memory.ports))
        assert _said(use(*arguments, self.other.ports)) == expected

    def chosen(self, which, kind, urn):
        """Any of the school's ECTs (0) or mentors (1), undone ones too; None without one."""
        rows = self.memory.rows(urn)[kind]
        return rows[which % len(rows)] if rows else None

    @invariant()
    def both_keep_the_same(self):
        """Records, histories, announcements."""
        assert self.other.everything() == self.memory.everything()

    @invariant()
    def history_is_whole(self):
        """Every line follows the one before."""
        assert verify_history(self.other.ports) == verify_history(self.memory.ports)

    @rule(later=st.integers(1, 40))
    def time_passes(self, later):
        for side in (self.memory, self.other):
            side.clock.wait(days=later)

    @rule(urn=schools, trn=some_ects, start=days, provider=st.booleans(), address=st.booleans())
    def register_an_ect(self, urn, trn, start, provider, address):
        led = {"programme": "provider_led", "lead_provider": LEAD_PROVIDER}
        document = {
            "school": str(urn),
            "trn": str(trn),
            "date_of_birth": "1999-01-31",
            "email": f"{trn if address else urn}@example.org",
            "start_date": (self.today + start).isoformat(),
            "working_pattern": "full_time",
            "appropriate_body": HUB,
            **(led if provider else {"programme": "school_led"}),
        }
        self.both(partial(register_ect, document, "user"))

    @rule(urn=schools, which=anyone, trn=some_mentors, only=st.booleans(), start=days)
    def register_a_mentor(self, urn, which, trn, only, start):
        ect = self.chosen(which, 0, urn)
        if ect is None:
            return
        document = {
            "school": str(urn),
            "ect": str(ect.id),
            "trn": str(trn),
            "date_of_birth": "1999-01-31",
            "email": f"{trn}@example.org",
            "only_here": only,
            "start_date": (self.today + start).isoformat(),
            "replace": True,
        }
        self.both(partial(register_mentor, document, "user"))
        self.both(partial(register_mentor, document | {"start_date": None}, "user"))

    @rule(urn=schools, which=anyone, whom=anyone, replace=st.booleans())
    def assign_a_mentor(self, urn, which, whom, replace):
        ect, mentor = self.chosen(which, 0, urn), self.chosen(whom, 1, urn)
        if ect is None or mentor is None:
            return
        document = {
            "school": str(urn),
            "ect": str(ect.id),
            "mentor": str(mentor.id),
            "replace": replace,
        }
        self.both(partial(assign_mentor, document, "user"))

    @rule(urn=schools, which=anyone, day=st.none() | days, mentor=st.booleans())
    def report_leaving(self, urn, which, day, mentor):
        row = self.chosen(which, int(mentor), urn)
        use = report_mentor_leaving if mentor else report_ect_leaving
        if row is not None:
            last_day = None if day is None else self.today + day
            self.both(use, row.id, last_day, Actor("user", urn))

    @rule(urn=schools, which=anyone, mentor=st.booleans())
    def undo(self, urn, which, mentor):
        row = self.chosen(which, int(mentor), urn)
        if row is not None:
            self.both(undo_mentor if mentor else undo_ect, row.id, Actor("user", urn))

    @rule(urn=schools, which=anyone, day=days)
    def remove_a_mentor(self, urn, which, day):
        row = self.chosen(which, 0, urn)
        if row is not None:
            self.both(remove_mentor, row.id, self.today + day, Actor("user", urn))

    @rule(
        urn=schools,
        which=anyone,
        mentor=st.booleans(),
        day=days,
        keys=st.sets(
            st.sampled_from(["email", "start", "pattern", "body", "school-led", "provider"]),
            min_size=1,
            max_size=3,
        ),
    )
    def change(self, urn, which, mentor, day, keys):
        """Some details at once."""
        row = self.chosen(which, int(mentor), urn)
        if row is None:
            return
        document = {"school": str(urn)}
        if "email" in keys:
            document["email"] = f"{ECTS[which % 2]}@example.org"
        if "start" in keys:
            document["start_date"] = (row.period.started_on + day).isoformat()
        if "provider" in keys:
            document["lead_provider"] = (LEAD_PROVIDER, THIS_YEAR_ONLY)[which % 2]
        if not mentor:
            document |= {"working_pattern": "part_time"} if "pattern" in keys else {}
            document |= {"appropriate_body": CLOSING_HUB} if "body" in keys else {}
            led = "school_led" if "school-led" in keys else "provider_led"
            document |= {"programme": led} if keys & {"school-led", "provider"} else {}
        self.both(partial(change_mentor_by if mentor else change_ect_by, row.id, document, "user"))

    @rule(urn=schools)
    def report_the_partnership(self, urn):
        partnership = Partnership(urn, LEAD_PROVIDER, DELIVERY_PARTNER, THIS_YEAR)
        self.both(report_partnership, partnership, "user")

    @precondition(lambda self: any(_unread(urn, self.memory.ports) for urn in SCHOOLS))
    @rule()
    def read_what_is_told(self):
        for urn in SCHOOLS:
            for each in _unread(urn, self.memory.ports):
                self.both(mark_as_read, each.announcement.id, Actor("user", urn))


def _unread(urn, ports):
    with ports.reading() as uow:
        return to_tell(urn, ports.clock.today(), uow).unread


def _said(outcome):
    """A refusal by rule and evidence; whatever else by what it says of records."""
    if isinstance(outcome, Blocked):
        return outcome.rule.id, outcome.kind, dict(outcome.because)
    return outcome


@pytest.mark.parametrize(("kind", "examples"), [("sqlite", 25), ("postgresql", 6)])
def test_a_school_year_comes_to_the_same_in_every_store(kind, examples):
    """Whatever two schools do with two ECTs and two mentors, in whatever order."""
    run_state_machine_as_test(
        partial(ASchoolYear, kind),
        settings=settings(max_examples=examples, stateful_step_count=30, deadline=None),
    )
