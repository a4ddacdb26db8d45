"""What the library has for trying it out and for testing a store, on the store in memory."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime

import attrs
import pytest

from builders import ECT_TRN, TODAY, URN, a_mentor, a_trs_person, a_world
from ect_registration.testing import (
    FixedClock,
    MemoryStore,
    StoreContract,
    examples,
    memory_ports,
)
from ect_registration.testing.steps import persistently

BUILDERS = [
    build
    for name, build in inspect.getmembers(examples, inspect.isfunction)
    if build.__module__ == examples.__name__ and not name.startswith("_")
]


class TestMemoryStore(StoreContract):
    """The suite passes on the store that the library has."""

    @pytest.fixture
    def store(self):
        """Return an empty store."""
        return MemoryStore()


def test_memory_ports_hold_a_world():
    """Schools are in the store, and people in the Teaching Record System."""
    ports = memory_ports(a_world(), today=TODAY)
    with ports.reading() as uow:
        found = uow.schools.find(URN)

    assert found == a_world().schools[0]
    born = a_trs_person().date_of_birth
    assert ports.teacher_records.by_date_of_birth(ECT_TRN, born).trn == ECT_TRN
    assert ports.clock.today() == TODAY
    assert ports.pause(1) is None


def test_memory_ports_begin_empty():
    """Without a world there are no schools, and two calls share nothing."""
    ports = memory_ports(today=TODAY)
    memory_ports(a_world(), today=TODAY)
    with ports.reading() as uow:
        found = uow.schools.find(URN)

    assert found is None


def test_a_fixed_clock_stands_still():
    """It says noon of one day, whatever it is asked."""
    clock = FixedClock(date(2025, 9, 10))

    assert clock.today() == date(2025, 9, 10)
    assert clock.now() == clock.stamp() == datetime(2025, 9, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__)
def test_an_example_is_whole_as_it_stands(build):
    """Each can be made without saying anything more."""
    needed = [a_mentor()] if inspect.signature(build).parameters.keys() >= {"mentor"} else []

    assert attrs.has(type(build(*needed)))


def test_giving_up_on_a_store_that_stays_busy_is_an_error():
    """A test that waits for ever would say nothing."""
    store = MemoryStore(patience=0)

    with store.unit_of_work(), pytest.raises(TimeoutError):
        persistently(store, tries=2)
