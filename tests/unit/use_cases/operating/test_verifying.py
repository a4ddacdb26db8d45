from __future__ import annotations

from builders import URN, a_change
from ect_registration.use_cases.operating.verify_history import (
    LINKS_AT_ONCE,
    Verified,
    verify_history,
)
from integration.contracts.steps import keep


def test_history_as_it_was_written_has_no_fault(service):
    """Each chain with the number of its lines, however many."""
    changes = [a_change(), a_change(school=None)] + [a_change()] * LINKS_AT_ONCE
    keep(service.store, lambda uow: uow.history.add(changes))

    assert verify_history(service.ports) == [
        Verified(str(URN), LINKS_AT_ONCE + 1, None),
        Verified("none", 1, None),
    ]


def test_no_history_has_no_chains(service):
    """There is nothing to be wrong."""
    assert verify_history(service.ports) == []
