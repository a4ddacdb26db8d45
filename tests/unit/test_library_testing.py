"""What the library has for trying it out and for testing a store, on the store in memory."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import pytest

import ect_registration.testing
from builders import ECT_TRN, TODAY, URN, a_mentor, a_trs_person, a_world
from ect_registration.ports.deadline import NEVER
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
from unit.documents.recording import recorded

PAGE = Path(__file__).resolve().parents[2] / "docs" / "embedding.md"
BEGINS, ENDS = "<!-- parts-of-the-suite -->\n\n", "\n\n<!-- /parts-of-the-suite -->"
BUILDERS = [
    build
    for name, build in inspect.getmembers(examples, inspect.isfunction)
    if build.__module__ == examples.__name__ and not name.startswith("_")
]


@attrs.define
class RecordingStore:
    """A store that notes what is called."""

    store: MemoryStore
    calls: set[str]

    def unit_of_work(self, deadline=NEVER):
        """Return a unit of work for writing that notes what is called."""
        return recorded(self.store.unit_of_work, self.calls)(deadline)

    def reading(self, deadline=NEVER):
        """Return a unit of work for reading that notes what is called."""
        return recorded(self.store.reading, self.calls)(deadline)


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
    """Return a table of the parts of the suite, what each tests and what of a store it calls."""
    rows = ["| part | what it tests | what it calls |", "|---|---|---|"]
    for part in sorted(StoreContract.__bases__, key=lambda part: part.__name__):
        called = ", ".join(f"`{name}`" for name in sorted(called_by(part)))
        rows.append(f"| `{part.__name__}` | {inspect.getdoc(part)} | {called} |")
    return "\n".join(rows)


def called_by(part):
    """Return the parts of a unit of work that the tests in a part of the suite call."""
    calls = set()
    for name, test in inspect.getmembers(part, inspect.isfunction):
        for arguments in arguments_of(test) if name.startswith("test_") else ():
            store = MemoryStore()
            furnish(store)
            test(part(), RecordingStore(store, calls), **arguments)
    return {call.partition(".")[0] for call in calls}


def arguments_of(test):
    """Return what a test is given beside its store: once, or as often as it is parametrized."""
    [names, values] = next(
        (mark.args for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"),
        ("", [()]),
    )
    names = names.replace(",", " ").split() if isinstance(names, str) else names
    return [
        dict(zip(names, value if len(names) != 1 else [value], strict=True)) for value in values
    ]


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
