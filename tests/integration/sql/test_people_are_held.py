"""Whoever may write about somebody holds them first.

Otherwise two who begin, say, the training of one mentor would both write it, and PostgreSQL's
constraints would have each wait for the other, again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adapters.sql.store import SqlStore
from builders import a_mentor, an_ect
from ect_registration.ports.errors import Contention
from ect_registration.ports.store import UnitOfWork
from integration.contracts.steps import furnish, keep, registered, taken_on
from integration.postgresql import temporary_postgresql_url
from integration.sql.databases import opened

ECT, MENTOR = an_ect(), a_mentor()
Look = Callable[[UnitOfWork], Any]
LOOKS: dict[str, Look] = {
    "an ECT": lambda uow: uow.teachers.known_as([ECT.teacher.trn]),
    "an ECT with periods": lambda uow: uow.ects.known_as([ECT.teacher.trn]),
    "an ECT with every TRN": lambda uow: uow.ects.find_with_trns(ECT.id),
}
MENTORS: dict[str, Look] = {
    "a mentor": lambda uow: uow.teachers.known_as([MENTOR.teacher.trn]),
    "a mentor as known": lambda uow: uow.mentors.known_as([MENTOR.teacher.trn]),
    "a mentor with their past": lambda uow: uow.mentors.past_of_person_with(MENTOR.id),
}
PAIRS = [(a, b) for looks in (LOOKS, MENTORS) for a in looks.values() for b in looks.values()]
NAMES = [f"{a}, {b}" for looks in (LOOKS, MENTORS) for a in looks for b in looks]


@pytest.fixture(scope="module")
def store() -> Iterator[SqlStore]:
    """Where nobody is patient."""
    with temporary_postgresql_url() as url, opened(url, patience=0.1) as store:
        furnish(store)
        registered(store, ECT)
        taken_on(store, MENTOR)
        yield store


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=NAMES)
def test_the_second_who_may_write_waits(store: SqlStore, first: Look, second: Look) -> None:
    """Until the first has done."""
    with store.unit_of_work() as uow:
        first(uow)
        with pytest.raises(Contention), store.unit_of_work() as other:
            second(other)

    keep(store, second)


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=NAMES)
def test_whoever_only_looks_waits_for_nobody(store: SqlStore, first: Look, second: Look) -> None:
    """And nobody waits for them."""
    with store.unit_of_work() as uow, store.reading() as look:
        first(uow)

        assert second(look)
