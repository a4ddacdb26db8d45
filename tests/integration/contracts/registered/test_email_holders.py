from __future__ import annotations

from datetime import timedelta

import pytest

from builders import TERM_STARTS, TODAY, an_ect
from ect_registration.domain.calendar import Period
from integration.contracts.addresses import (
    ONE,
    SAME_ADDRESS,
    YESTERDAY,
    ect_with_address,
    holding,
    mentor_with_address,
)
from integration.contracts.steps import (
    OTHER_URN,
    adding_ect,
    adding_mentor,
    keep,
    registered,
    taken_on,
)


def test_nobody_holds_an_address_that_was_never_given(store):
    """Others hold theirs."""
    registered(store, an_ect())

    assert holding(store) == []


@pytest.mark.parametrize(
    ("finished_on", "holders"),
    [(None, [ONE]), (TODAY + timedelta(days=1), [ONE]), (TODAY, [ONE]), (YESTERDAY, [])],
    ids=["open-ended", "ends tomorrow", "ends today", "ended yesterday"],
)
def test_a_holder_has_an_open_period_with_the_address(store, finished_on, holders):
    """Open to the end of the last day, as ECT and as mentor."""
    period = Period(TERM_STARTS, finished_on)
    keep(store, adding_ect(ect_with_address(ONE, period=period)))
    as_ect = holding(store)
    keep(store, adding_mentor(mentor_with_address(ONE, period=period)))

    assert (as_ect, holding(store)) == (holders, holders)


def test_a_period_that_has_not_begun_holds_its_address(store):
    """Open covers the future."""
    registered(store, ect_with_address(ONE, period=Period(TODAY + timedelta(days=60))))

    assert holding(store) == [ONE]


def test_a_completed_period_that_is_open_holds_its_address(store):
    """Completed is about induction, not about leaving."""
    registered(store, ect_with_address(ONE, completed=True))

    assert holding(store) == [ONE]


def test_addresses_are_compared_without_case(store):
    """Two spellings are one mailbox."""
    registered(store, ect_with_address(ONE))

    assert holding(store, SAME_ADDRESS) == [ONE]


def test_a_person_is_named_once(store):
    """However many open periods they have."""
    registered(store, ect_with_address(ONE))
    taken_on(store, mentor_with_address(ONE))
    taken_on(store, mentor_with_address(ONE, school=OTHER_URN))

    assert holding(store) == [ONE]
