"""Lists notices, and removes those that are too old to be asked about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from ect_registration.domain.notice import KeptNotice, NoticeState
from ect_registration.domain.policy import NOTICE_LIFE
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


def refused_notices(ports: Ports) -> int:
    """Returns how many notices were refused for good, and are still kept."""
    with ports.reading() as uow:
        return uow.outbox.number_in(NoticeState.REFUSED)


def purge_notices(ports: Ports) -> int:
    """Removes the notices that were written too long ago, whatever became of them."""
    moment = ports.clock.now() - timedelta(days=NOTICE_LIFE.value)

    def work(uow: UnitOfWork) -> int:
        removed = uow.outbox.remove_written_until(moment)
        uow.commit()
        return removed

    return transact(ports, work)
