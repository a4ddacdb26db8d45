"""Ports in memory, to try the library out."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from ect_registration.domain.world import World
from ect_registration.testing.clock import FixedClock
from ect_registration.testing.memory.store import MemoryStore
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.transactions import Ports

LOADED_BY = "memory-ports"  # the user that history names for what the world file loaded


def memory_ports(world: World | None = None, *, today: date) -> Ports:
    """Returns ports on a new in-memory store that holds the world, on a day that never changes.

    The Teaching Record System knows the world's people. Nothing outlives the process.
    """
    store = MemoryStore()
    ports = Ports(
        unit_of_work=store.unit_of_work,
        reading=store.reading,
        teacher_records=MemoryTeacherRecords(world.trs_people if world else ()),
        clock=FixedClock(today),
        new_id=uuid4,
        pause=_never_wait,
    )
    if world:
        load_world(world, LOADED_BY, ports)
    return ports


def _never_wait(_tries: int) -> None:
    """Try again at once: there is no other process to wait for."""
