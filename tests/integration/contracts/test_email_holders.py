from __future__ import annotations

from datetime import timedelta

import pytest

from builders import TERM_STARTS, TODAY, a_mentor, a_teacher, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.teacher import Teacher
from ect_registration.domain.values import Trn
from integration.contracts.steps import (
    OTHER_URN,
    adding_ect,
    adding_mentor,
    keep,
    registered,
    seen,
    taken_on,
)

ADDRESS = Email("shared.address@example.org")
SAME_ADDRESS = Email("Shared.ADDRESS@Example.ORG")
ONE, OTHER, RETAINED = (Trn(f"600000{number}") for number in range(1, 4))
YESTERDAY = TODAY - timedelta(days=1)


def _holders(store, email=ADDRESS, today=TODAY):
    return list(seen(store, lambda uow: uow.emails.holders(email, today)))


def _claiming(email, trn, today=TODAY):
    def claim(uow):
        uow.teachers.save(Teacher(trn, f"Teacher {trn}"))
        uow.emails.claim(email, trn, today)

    return claim


def _an_ect(trn, **changes):
    return an_ect(teacher=a_teacher(trn=trn), email=ADDRESS, **changes)


def _a_mentor(trn, **changes):
    return a_mentor(teacher=a_teacher(trn=trn), email=ADDRESS, **changes)


def test_nobody_holds_an_address_that_was_never_given(store):
    """Others hold theirs."""
    registered(store, an_ect())

    assert _holders(store) == []


@pytest.mark.parametrize(
    ("finished_on", "holders"),
    [(None, [ONE]), (TODAY + timedelta(days=1), [ONE]), (TODAY, [ONE]), (YESTERDAY, [])],
    ids=["open-ended", "ends tomorrow", "ends today", "ended yesterday"],
)
def test_a_holder_has_an_open_period_with_the_address(store, finished_on, holders):
    """Open to the end of the last day, as ECT and as mentor."""
    period = Period(TERM_STARTS, finished_on)
    keep(store, adding_ect(_an_ect(ONE, period=period)))
    as_ect = _holders(store)
    keep(store, adding_mentor(_a_mentor(ONE, period=period)))

    assert (as_ect, _holders(store)) == (holders, holders)


def test_a_period_that_has_not_begun_holds_its_address(store):
    """Open covers the future."""
    registered(store, _an_ect(ONE, period=Period(TODAY + timedelta(days=60))))

    assert _holders(store) == [ONE]


def test_a_completed_period_that_is_open_holds_its_address(store):
    """Completed is about induction, not about leaving."""
    registered(store, _an_ect(ONE, completed=True))

    assert _holders(store) == [ONE]


def test_addresses_are_compared_without_case(store):
    """Two spellings are one mailbox."""
    registered(store, _an_ect(ONE))

    assert _holders(store, SAME_ADDRESS) == [ONE]


def test_a_person_is_named_once(store):
    """However many open periods they have."""
    registered(store, _an_ect(ONE))
    taken_on(store, _a_mentor(ONE))
    taken_on(store, _a_mentor(ONE, school=OTHER_URN))

    assert _holders(store) == [ONE]
