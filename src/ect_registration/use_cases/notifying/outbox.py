"""Looking at notices, and removing those that nobody asks about any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

import attrs

from ect_registration.domain.notice import KeptNotice, NoticeState, Role
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.policy import NOTICE_LIFE
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports, transact


def list_notices(states: Collection[NoticeState], most: int, ports: Ports) -> Sequence[KeptNotice]:
    """Returns up to ``most`` notices in these states, oldest first."""
    with ports.reading() as uow:
        return uow.outbox.in_states(states, most)


def waiting_notices(ports: Ports) -> int:
    """Returns how many notices have not been sent yet."""
    with ports.reading() as uow:
        return uow.outbox.number_in(NoticeState.WAITING)


@attrs.frozen
class Undelivered:
    """An ECT or mentor whose email address takes no emails."""

    role: Role
    id: EctId | MentorId
    name: str


def undelivered_at(school: Urn, uow: UnitOfWork) -> Sequence[Undelivered]:
    """Returns the people at a school to whom a notice was refused.

    A person is named once, and no longer when the address was changed.
    """
    found: dict[EctId | MentorId, Undelivered] = {}
    for kept in uow.outbox.refused_at(school):
        person = _person(kept, uow)
        if person is not None:
            found[person.id] = person
    return list(found.values())


def _person(kept: KeptNotice, uow: UnitOfWork) -> Undelivered | None:
    role, about = kept.notice.role, kept.notice.about
    if about is None:
        return None
    period = uow.ects.find(EctId(about)) if role is Role.ECT else uow.mentors.find(MentorId(about))
    if period is None or period.withdrawn:
        return None
    return Undelivered(role, period.id, period.teacher.name)


def purge_notices(ports: Ports) -> int:
    """Removes the notices that were written too long ago, whatever became of them."""
    moment = ports.clock.now() - timedelta(days=NOTICE_LIFE.value)

    def work(uow: UnitOfWork) -> int:
        removed = uow.outbox.remove_written_until(moment)
        uow.commit()
        return removed

    return transact(ports, work)
