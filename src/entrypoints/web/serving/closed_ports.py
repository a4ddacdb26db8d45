"""Ports for pages that are closed: the database may be upgraded meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn
from uuid import uuid4

from ect_registration.domain.world import World
from ect_registration.ports.errors import Unavailable
from ect_registration.use_cases.transactions import Ports
from entrypoints import bootstrap
from entrypoints.observing.observer import Observer
from entrypoints.settings.config import Settings


@contextmanager
def closed_ports(settings: Settings, _: Observer | None = None) -> Iterator[Ports]:
    """Gives ports that reach nothing, and say so."""
    yield Ports(
        unit_of_work=_closed,
        reading=_closed,
        teacher_records=bootstrap.world_teacher_records(World()),
        clock=bootstrap.build_clock(settings.fixed_day),
        new_id=uuid4,
        pause=bootstrap.pause,
    )


def _closed(*_: object, **__: object) -> NoReturn:
    raise Unavailable("database", "the pages are closed for maintenance")
