"""What a school may change of an ECT later: the email address."""

from __future__ import annotations

import attrs

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.email import Email, address_of
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.email import EMAIL_CAN_CHANGE, check_email_in_use
from ect_registration.ports.holds import Hold
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.records import about, own_ect, signed
from ect_registration.use_cases.signing_in.limits import count_in
from ect_registration.use_cases.transactions import Actor, Ports, transact


def change_email(id: EctId, email: Email, actor: Actor, ports: Ports) -> EctAtSchool | Blocked:
    """Give an ECT another address, under both email rules. Too many questions have to wait."""
    today = ports.clock.today()

    def work(uow: UnitOfWork) -> EctAtSchool | Blocked:
        counter = Hold.counter(Attempted.EMAIL_QUESTION, actor.user)
        people = map(Hold.person, uow.people.with_periods([id]))
        uow.hold([counter, *people, Hold.email(email)])
        before = own_ect(id, actor, uow)
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
        change = signed(actor, ports, What.EMAIL_CHANGED, EMAIL_CAN_CHANGE, old, new)
        uow.history.add([about(change, before.teacher.trn, id)])
        uow.commit()
        return after

    return transact(ports, work)


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
