"""Checks that history is still what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from ect_registration.domain.records.history_chain import Chain, Link, fault_in
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports

LINKS_AT_ONCE = 1000


@attrs.frozen
class Verified:
    """A chain of history by its name (a URN, or none), and what is wrong with it."""

    chain: str
    lines: int
    fault: str | None


def verify_history(ports: Ports) -> Sequence[Verified]:
    """Follow every chain from its first line to its head. Nothing is written."""
    with ports.reading() as uow:
        return [_verified(chain, uow) for chain in uow.history.chains()]


def _verified(chain: Chain, uow: UnitOfWork) -> Verified:
    head = chain.head
    fault = fault_in(_links(chain.name, uow), head)
    return Verified(chain.name, 0 if head is None else head.number, fault)


def _links(chain: str, uow: UnitOfWork) -> Iterator[Link]:
    """Reads a chain a few lines at a time, however long it is."""
    after: int | None = None
    while links := uow.history.links(chain, after, LINKS_AT_ONCE):
        yield from links
        after = links[-1].number
