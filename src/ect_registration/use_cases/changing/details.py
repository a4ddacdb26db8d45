"""What a school may change of an ECT later: the email address, and the last day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.decisions import Blocked, Evidence, Rule
from ect_registration.domain.email import Email, address_of
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import Training
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.email import EMAIL_CAN_CHANGE, check_email_in_use
from ect_registration.domain.rules.status import LEAVING, check_leaving
from ect_registration.domain.values import Trn
from ect_registration.ports.holds import Hold
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.holding import hold_what_it_rests_on
from ect_registration.use_cases.registering.write_ect import last_day_of
from ect_registration.use_cases.signing_in.limits import count_in
from ect_registration.use_cases.transactions import Actor, Ports, transact

P = TypeVar("P", EctId, MentorId)


def change_email(id: EctId, email: Email, actor: Actor, ports: Ports) -> EctAtSchool | Blocked:
    """Give an ECT another address, under both email rules. Too many questions have to wait."""
    today = ports.clock.today()

    def work(uow: UnitOfWork) -> EctAtSchool | Blocked:
        counter = Hold.counter(Attempted.EMAIL_QUESTION, actor.user)
        people = map(Hold.person, uow.people.with_periods([id]))
        uow.hold([counter, *people, Hold.email(email)])
        before = _own_ect(id, actor, uow)
        if isinstance(before, Blocked):
            return before
        barred = _in_use(email, before, actor, ports, uow)
        if barred is not None:
            return barred
        after = attrs.evolve(before, email=email)
        if before.period.is_open(today):
            uow.emails.claim(email, before.teacher.trn, today)
        uow.ects.change(before, after)
        uow.outbox.try_again(id, ports.clock.now())
        old, new = {"email": address_of(before.email)}, {"email": email.address}
        change = _signed(actor, ports, What.EMAIL_CHANGED, EMAIL_CAN_CHANGE, old, new)
        uow.history.add([_about(change, before.teacher.trn, id)])
        uow.commit()
        return after

    return transact(ports, work)


def report_ect_leaving(
    id: EctId, last_day: date | None, actor: Actor, ports: Ports
) -> EctAtSchool | Blocked:
    """Set, correct or (with None) withdraw an ECT's last day at the school."""
    today = ports.clock.today()

    def work(uow: UnitOfWork) -> EctAtSchool | Blocked:
        hold_what_it_rests_on(uow, partial(_rests_on, uow.ects.find, id))
        before = _own_ect(id, actor, uow)
        if isinstance(before, Blocked):
            return before
        decision = check_leaving(before.period, last_day, today, _next_ect_period(before, uow))
        if isinstance(decision, Blocked):
            return decision
        after = before.leaving(last_day, _last_days_of_mentors(before, uow))
        uow.ects.change(before, after)
        change = _leaving(actor, ports, What.ECT_LEAVING, before, after)
        uow.history.add([_about(change, before.teacher.trn, id)])
        uow.commit()
        return after

    return transact(ports, work)


def report_mentor_leaving(
    id: MentorId, last_day: date | None, actor: Actor, ports: Ports
) -> MentorAtSchool | Blocked:
    """Set, correct or withdraw a mentor's last day; their ECTs then need a mentor again."""
    today = ports.clock.today()

    def work(uow: UnitOfWork) -> MentorAtSchool | Blocked:
        hold_what_it_rests_on(uow, partial(_rests_on, uow.mentors.find, id))
        before = uow.mentors.find(id)
        if before is None or before.school != actor.school:
            return OWN_SCHOOL_ONLY.refuses()
        decision = check_leaving(before.period, last_day, today, _next_mentor_period(before, uow))
        if isinstance(decision, Blocked):
            return decision
        after = before.leaving(last_day, _trainings_elsewhere(before, uow))
        moved = _move_mentor(before, after, uow)
        change = _leaving(actor, ports, What.MENTOR_LEAVING, before, after)
        told = [each for ects in moved for each in _mentorships_moved(change, *ects)]
        uow.history.add([_about(change, before.teacher.trn, id), *told])
        uow.commit()
        return after

    return transact(ports, work)


def _rests_on(
    find: Callable[[P], EctAtSchool | MentorAtSchool | None], id: P, uow: UnitOfWork
) -> Collection[Hold]:
    """Returns the person, the address that they may have for longer, and whom they mentor."""
    somebody = find(id)
    if somebody is None:
        return ()
    holds = [Hold.person(somebody.teacher.trn)]
    if somebody.email is not None:
        holds.append(Hold.email(somebody.email))
    if isinstance(somebody, MentorAtSchool):
        holds += [Hold.person(e.teacher.trn) for e in uow.mentors.mentored_by(somebody.id)]
    return holds


def _in_use(
    email: Email, ect: EctAtSchool, actor: Actor, ports: Ports, uow: UnitOfWork
) -> Blocked | None:
    """Refuses another person's address; asking about a new address counts towards a limit."""
    asks = email != ect.email
    barred = count_in(uow, Attempted.EMAIL_QUESTION, actor.user, ports) if asks else None
    if barred is not None:
        return barred
    person = {teacher.trn for teacher in uow.teachers.known_as([ect.teacher.trn])}
    decision = check_email_in_use(uow.emails.holders(email, ports.clock.today()), person)
    if not isinstance(decision, Blocked):
        return None
    if asks:
        uow.commit()  # the question has been answered, though nothing is changed
    return decision


def _own_ect(id: EctId, actor: Actor, uow: UnitOfWork) -> EctAtSchool | Blocked:
    ect = uow.ects.find(id)
    if ect is None or ect.school != actor.school:
        return OWN_SCHOOL_ONLY.refuses()
    return ect


def _next_ect_period(ect: EctAtSchool, uow: UnitOfWork) -> date | None:
    """Returns the first day of the person's next ECT period, at any school."""
    trns = [teacher.trn for teacher in uow.teachers.known_as([ect.teacher.trn])]
    starts = (other.period.started_on for other in uow.ects.of_people(trns))
    return min((day for day in starts if day > ect.period.started_on), default=None)


def _next_mentor_period(mentor: MentorAtSchool, uow: UnitOfWork) -> date | None:
    """Returns the first day of the person's next mentor period at this school."""
    trns = [teacher.trn for teacher in uow.teachers.known_as([mentor.teacher.trn])]
    here = (m for m in uow.mentors.of_people(trns) if m.school == mentor.school)
    starts = (other.period.started_on for other in here)
    return min((day for day in starts if day > mentor.period.started_on), default=None)


def _trainings_elsewhere(mentor: MentorAtSchool, uow: UnitOfWork) -> Collection[Training]:
    others = (each for each in uow.mentors.of_person_with(mentor.id) if each.id != mentor.id)
    return [training for other in others for training in other.trainings]


def _last_days_of_mentors(ect: EctAtSchool, uow: UnitOfWork) -> dict[MentorId, date | None]:
    mentors = (uow.mentors.find(id) for id in {m.mentor for m in ect.mentorships})
    return {mentor.id: mentor.period.finished_on for mentor in mentors if mentor is not None}


def _move_mentor(
    before: MentorAtSchool, after: MentorAtSchool, uow: UnitOfWork
) -> Sequence[tuple[EctAtSchool, EctAtSchool]]:
    """Moves the mentor's last day, and returns which ECTs changed with it, before and after.

    Mentorships lie inside the mentor's period at every moment: shorter first, longer last.
    """
    ects = [
        (ect, moved)
        for ect in uow.mentors.mentored_by(before.id)
        if (moved := ect.mentor_leaving(before.id, before.period, after.period)) != ect
    ]
    grows = before.period.finished_on is not None and not before.period.contains(after.period)
    if grows:
        uow.mentors.change(before, after)
    for ect, moved in ects:
        uow.ects.change(ect, moved)
    if not grows:
        uow.mentors.change(before, after)
    return ects


def _mentorships_moved(
    change: Change, before: EctAtSchool, after: EctAtSchool
) -> Iterator[Change]:
    """Yields the history of this ECT's mentorships that the mentor's last day moved."""
    for old, new in zip(before.mentorships, after.mentorships, strict=True):
        if new != old:
            mentor, last_day = old.mentor_teacher.name, last_day_of(new.period)
            yield attrs.evolve(
                _about(change, before.teacher.trn, before.id),
                before={"mentor": mentor, "finished_on": last_day_of(old.period)},
                after={"withdrawn": True} if new.withdrawn else {"finished_on": last_day},
            )


def _leaving(
    actor: Actor,
    ports: Ports,
    what: What,
    before: EctAtSchool | MentorAtSchool,
    after: EctAtSchool | MentorAtSchool,
) -> Change:
    old, new = ({"finished_on": last_day_of(each.period)} for each in (before, after))
    return _signed(actor, ports, what, LEAVING, old, new)


def _signed(
    actor: Actor, ports: Ports, what: What, rule: Rule, before: Evidence, after: Evidence
) -> Change:
    return Change(
        at=ports.clock.stamp(),
        actor=actor.user,
        school=actor.school,
        what=what,
        rules=(rule.id,),
        before=before,
        after=after,
    )


def _about(change: Change, trn: Trn, id: UUID) -> Change:
    return attrs.evolve(change, trn=trn, about=id)
