"""What follows from one answer of TRS about one person, in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial

from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.rules.school_year.following import Concern, concern_about, is_open
from ect_registration.domain.values import Trn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.following.completing import follow_induction
from ect_registration.use_cases.following.learning import learn
from ect_registration.use_cases.following.merging import follow_merge
from ect_registration.use_cases.following.told import Learnt, Told
from ect_registration.use_cases.holding import hold_what_it_rests_on
from ect_registration.use_cases.merged_trns import Rows
from ect_registration.use_cases.transactions import Ports, transact


def note(trn: Trn, asked_at: datetime, concern: Concern, ports: Ports) -> None:
    """Keeps that a person was not found in TRS, and why operators have to check them."""

    def work(uow: UnitOfWork) -> None:
        uow.hold([Hold.person(trn)])
        uow.trs_lookups.note(trn, asked_at, concern)
        uow.commit()

    transact(ports, work)


def follow(
    trn: Trn, answer: TeacherRecord | NoMatch, asked_at: datetime, user: str, ports: Ports
) -> Collection[Learnt]:
    """Writes what follows from an answer, in one transaction that holds the person."""

    def work(uow: UnitOfWork) -> Collection[Learnt]:
        hold_what_it_rests_on(uow, partial(_rests_on, trn, answer))
        last = uow.trs_lookups.last(trn)
        if last is not None and last.asked_at >= asked_at:
            return {Learnt.MEANWHILE}
        concern, trns, learnt = concern_about(answer), {trn}, set[Learnt]()
        if isinstance(answer, TeacherRecord):
            told = Told(answer, asked_at, user, ports.clock.stamp(), ports.clock.today())
            learnt |= follow_merge(told, uow, may_move=concern is None)
            trns = {teacher.trn for teacher in uow.teachers.known_as(answer.trns)}
            if concern is None:
                learnt |= _follow_record(told, trns, uow)
        for each in trns:
            uow.trs_lookups.note(each, asked_at, concern)
        uow.commit()
        return learnt if concern is None else learnt | {Learnt(concern.value)}

    return transact(ports, work)


def _follow_record(told: Told, trns: Collection[Trn], uow: UnitOfWork) -> set[Learnt]:
    known = uow.teachers.known_as(trns)
    rows: Rows = [*uow.ects.of_people(trns), *uow.mentors.of_people(trns)]
    here = [row for row in rows if row.period.is_open(told.today)]
    return learn(told, known, here, uow) | follow_induction(told, trns, uow)


def _rests_on(trn: Trn, answer: TeacherRecord | NoMatch, uow: UnitOfWork) -> Collection[Hold]:
    """Returns the person, and what they may have again: partnerships of schools and addresses."""
    if isinstance(answer, NoMatch):
        return [Hold.person(trn)]
    people = [Hold.person(each) for each in answer.trns]
    if not is_open(answer.induction):
        return people
    family = {teacher.trn for teacher in uow.teachers.known_as(answer.trns)}
    ects = uow.ects.of_people(family, withdrawn=True)
    again = [ect for ect in ects if ect.completion is not None]
    schools = [Hold.school(ect.school) for ect in again]
    emails = [Hold.email(ect.email) for ect in again if ect.email is not None]
    return [*people, *schools, *emails]
