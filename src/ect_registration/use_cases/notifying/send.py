"""Sends the notices that wait, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

import attrs

from ect_registration.domain.email import address_of
from ect_registration.domain.notice import (
    KeptNotice,
    Message,
    Notice,
    NoticeState,
    Recipient,
    Role,
)
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.endings import is_undone
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.outputs.notices import wait_after, why_dropped, words_of
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.notices import Notifier, Refused
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports, transact

# Longer than a sender can take over one notice, which has its own deadlines.
CLAIM = timedelta(minutes=1)

POSTPONED = "postponed"


@attrs.frozen
class Run:
    """What one run did: how many notices came to what, and what kept it from going on."""

    counts: Mapping[str, int]
    stopped_by: Unavailable | None = None


def send_notices(ports: Ports, notifier: Notifier) -> Run:
    """Sends what is due, oldest first, until nothing is left or the notifier is out of reach.

    Several runs at once share the work. A notice whose result is unknown, because a run was cut
    off, is looked up under its reference before it is tried again. Raises Unavailable without a
    database.
    """
    counts: Counter[str] = Counter()
    while (kept := _claimed(ports)) is not None:
        try:
            state, why = _delivered(kept, ports, notifier)
        except Unavailable as error:
            _postpone(kept, error, ports)
            counts[POSTPONED] += 1
            return Run(counts, error)
        _settle(kept, state, why, ports)
        counts[state] += 1
    return Run(counts)


def _claimed(ports: Ports) -> KeptNotice | None:
    def work(uow: UnitOfWork) -> KeptNotice | None:
        now = ports.clock.now()
        kept = uow.outbox.claim(now, now + CLAIM)
        if kept is not None:
            uow.commit()
        return kept

    return transact(ports, work)


def _delivered(kept: KeptNotice, ports: Ports, notifier: Notifier) -> tuple[NoticeState, str]:
    """Returns what became of a notice, and why when it was not sent."""
    if kept.tries > 1 and notifier.has_sent(kept.notice.id):
        return NoticeState.SENT, ""
    with ports.reading() as uow:
        to_send = _message(kept, ports, uow)
    if isinstance(to_send, str):
        return NoticeState.DROPPED, to_send
    try:
        notifier.send(to_send)
    except Refused as refused:
        return NoticeState.REFUSED, str(refused)
    return NoticeState.SENT, ""


@attrs.frozen
class _Person:
    """The ECT or mentor that a notice is about, as they are now."""

    name: str
    address: str | None
    undone: bool


def _message(kept: KeptNotice, ports: Ports, uow: UnitOfWork) -> Message | str:
    """Returns the message as of now, or why there is none to send."""
    notice = kept.notice
    person = _person(notice, uow)
    is_receipt = notice.to is Recipient.USER
    address = uow.outbox.address_of_user(notice.user or "") if is_receipt else person.address
    dropped = why_dropped(kept, address, ports.clock.now(), undone=person.undone)
    if dropped is not None:
        return dropped
    school = uow.schools.find(notice.school)
    subject, body = words_of(notice, person.name, school.name if school else "")
    return Message(notice.id, address or "", subject, body)


def _person(notice: Notice, uow: UnitOfWork) -> _Person:
    if notice.about is None:
        return _Person("", None, undone=False)
    period = (
        uow.ects.find(EctId(notice.about))
        if notice.role is Role.ECT
        else uow.mentors.find(MentorId(notice.about))
    )
    if period is None:
        return _Person("", None, undone=True)
    undone = is_undone(period) or not _is_assigned(notice, uow)
    return _Person(period.teacher.name, address_of(period.email), undone=undone)


def _is_assigned(notice: Notice, uow: UnitOfWork) -> bool:
    """Says whether the mentor is or was the ECT's, if the notice is of an assignment at all.

    An undone registration of the ECT withdraws the mentorship, as does another mentor who is
    assigned on the first day of it.
    """
    if notice.ect is None:
        return True
    ect = uow.ects.find(EctId(notice.ect))
    mentorships = () if ect is None else ect.mentorships
    return any(each.mentor == notice.about and not each.withdrawn for each in mentorships)


def _settle(kept: KeptNotice, state: NoticeState, why: str, ports: Ports) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.settle(kept.notice.id, state, ports.clock.now(), why)
        uow.commit()

    transact(ports, work)


def _postpone(kept: KeptNotice, error: Unavailable, ports: Ports) -> None:
    def work(uow: UnitOfWork) -> None:
        due_at = ports.clock.now() + wait_after(kept.tries)
        uow.outbox.postpone(kept.notice.id, due_at, error.why)
        uow.commit()

    transact(ports, work)
