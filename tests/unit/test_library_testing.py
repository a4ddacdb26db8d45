"""What the library has for trying it out and for testing a store, on the store in memory."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import pytest

import ect_registration.testing
from builders import ECT_TRN, TODAY, URN, a_mentor, a_trs_person, a_world
from ect_registration.testing import (
    EctPeriods,
    FixedClock,
    MemoryStore,
    StoreContract,
    UnitsOfWork,
    examples,
    furnish,
    memory_ports,
)
from ect_registration.testing.steps import persistently

PAGE = Path(__file__).resolve().parents[2] / "docs" / "embedding.md"
BEGINS, ENDS = "<!-- parts-of-the-suite -->\n\n", "\n\n<!-- /parts-of-the-suite -->"
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


class TestSomeParts(UnitsOfWork, EctPeriods):
    """A store that is not whole runs the parts of the suite that it can."""

    @pytest.fixture
    def store(self):
        """Return a store with the schools and organisations that the tests are about."""
        store = MemoryStore()
        furnish(store)
        return store


def parts_of_the_suite():
    """Return a table of the parts of the suite, and what each of them tests."""
    parts = sorted((part.__name__, inspect.getdoc(part)) for part in StoreContract.__bases__)
    return "\n".join(
        ["| part | what it tests |", "|---|---|", *(f"| `{a}` | {b} |" for a, b in parts)]
    )


def test_the_parts_of_the_suite_are_written_down():
    """Whoever writes a store sees what is tested of it, and what can be tested alone."""
    written = PAGE.read_text("utf-8").partition(BEGINS)[2].partition(ENDS)[0]

    assert written == parts_of_the_suite(), "docs/embedding.md lists other parts of the suite"


def test_each_part_of_the_suite_is_public():
    """A store that is not whole takes them from `ect_registration.testing`."""
    public = {getattr(ect_registration.testing, name) for name in ect_registration.testing.__all__}

    assert [part.__name__ for part in StoreContract.__bases__ if part not in public] == [], (
        "add it to src/ect_registration/testing/__init__.py and __init__.pyi"
    )


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
