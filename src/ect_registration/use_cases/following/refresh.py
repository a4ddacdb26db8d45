"""Looking up everybody who is here in TRS, one by one, and following what it says.

A run may be stopped anywhere and begun again: whoever was looked up longest ago is next. Two runs
at once do no harm: each writes what TRS said to it last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice

from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.rules.following import Concern, concern_about, is_open
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import NotShown, Rejected
from ect_registration.ports.following import Concerned
from ect_registration.ports.holds import Hold
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.following.completing import follow_induction
from ect_registration.use_cases.following.learning import learn
from ect_registration.use_cases.following.merging import follow_merge
from ect_registration.use_cases.following.told import Learnt, Rows, Told
from ect_registration.use_cases.holding import hold_what_it_rests_on
from ect_registration.use_cases.transactions import Ports, transact

AT_ONCE = 100  # people who are read together
NOT_SHOWN_IN_A_ROW = 5  # so many records are not at fault themselves


def refresh(user: str, ports: Ports, limit: int | None = None) -> Iterator[Collection[Learnt]]:
    """Looks people up, and yields what came of each. TRS is asked outside any transaction.

    Raises Unavailable when TRS is out of reach; everything that was yielded is kept.
    """
    not_shown = 0
    for trn in islice(_waiting(ports.clock.now(), ports), limit):
        asked_at = ports.clock.now()
        try:
            answer = ports.teacher_records.by_trn(trn)
        except NotShown:
            _note(trn, asked_at, Concern.NOT_SHOWN, ports)
            not_shown += 1
            if not_shown == NOT_SHOWN_IN_A_ROW:
                raise
            yield {Learnt.NOT_SHOWN}
            continue
        not_shown = 0
        try:
            yield _follow(trn, answer, asked_at, user, ports)
        except Rejected:
            _note(trn, asked_at, Concern.NOT_FOLLOWED, ports)
            yield {Learnt.NOT_FOLLOWED}


def waiting_for_a_lookup(ports: Ports) -> int:
    """Returns how many people a run would look up that began now."""
    with ports.reading() as uow:
        return uow.trs_lookups.waiting(ports.clock.now(), ports.clock.today())


def concerns(ports: Ports) -> Sequence[Concerned]:
    """Returns people whom operators have to look at, as TRS was last asked about them."""
    with ports.reading() as uow:
        return uow.trs_lookups.concerns(ports.clock.today())


def _waiting(began_at: datetime, ports: Ports) -> Iterator[Trn]:
    """Yields everybody not looked up since then: first the never looked up, then longest ago."""
    latest: Trn | None = None
    while never := _never_asked(latest, ports):
        yield from never
        latest = never[-1]
    while before := _asked_before(began_at, ports):
        yield from before


def _never_asked(after: Trn | None, ports: Ports) -> Sequence[Trn]:
    with ports.reading() as uow:
        return uow.trs_lookups.never_asked(ports.clock.today(), after, AT_ONCE)


def _asked_before(moment: datetime, ports: Ports) -> Sequence[Trn]:
    with ports.reading() as uow:
        return uow.trs_lookups.asked_before(moment, ports.clock.today(), AT_ONCE)


def _note(trn: Trn, asked_at: datetime, concern: Concern, ports: Ports) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.hold([Hold.person(trn)])
        uow.trs_lookups.note(trn, asked_at, concern)
        uow.commit()

    transact(ports, work)


def _follow(
    trn: Trn, answer: TeacherRecord | NoMatch, asked_at: datetime, user: str, ports: Ports
) -> Collection[Learnt]:
    """Writes what follows from an answer, in one transaction that holds the person."""

    def work(uow: UnitOfWork) -> Collection[Learnt]:
        hold_what_it_rests_on(uow, partial(_rests_on, trn, answer))
        last = uow.trs_lookups.last(trn)
        if last is not None and last >= asked_at:
            return {Learnt.MEANWHILE}
        concern, trns, learnt = concern_about(answer), {trn}, set[Learnt]()
        if isinstance(answer, TeacherRecord):
            told = Told(answer, asked_at, user, ports.clock.stamp(), ports.clock.today())
            learnt |= follow_merge(told, uow)
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
    """Returns the person, and the addresses that they may have again."""
    if isinstance(answer, NoMatch):
        return [Hold.person(trn)]
    people = [Hold.person(each) for each in answer.trns]
    if not is_open(answer.induction):
        return people
    family = {teacher.trn for teacher in uow.teachers.known_as(answer.trns)}
    ects = uow.ects.of_people(family, withdrawn=True)
    emails = [ect.email for ect in ects if ect.completion is not None]
    return [*people, *(Hold.email(email) for email in emails if email is not None)]
