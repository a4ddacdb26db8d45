"""Looking at notices, and removing those that nobody asks about any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from ect_registration.domain.notice import KeptNotice, NoticeState, Unreached
from ect_registration.domain.policy import NOTICE_LIFE
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports, transact

MOST_UNREACHED = 5  # on a page; a corrected address makes room for the next


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


def unreached_at(school: Urn, today: date, uow: UnitOfWork) -> Unreached:
    """Returns a few people at a school whose addresses take no emails, and mentors without one.

    A person is not named any more when the address was changed.
    """
    return uow.outbox.unreached_at(school, today, MOST_UNREACHED)


def purge_notices(ports: Ports) -> int:
    """Removes the notices that were written too long ago, whatever became of them."""
    moment = ports.clock.now() - timedelta(days=NOTICE_LIFE.value)

    def work(uow: UnitOfWork) -> int:
        removed = uow.outbox.remove_written_until(moment)
        uow.commit()
        return removed

    return transact(ports, work)
