"""A demo in this process, so that a test can look behind the pages, and break what they need."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import attrs
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.values import Trn
from ect_registration.domain.world import World
from ect_registration.ports.clock import Clock
from ect_registration.ports.deadline import Deadline
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.transactions import Ports
from entrypoints import bootstrap
from entrypoints.demo import DEMO_DATE, demo_world_text
from entrypoints.web.app import Service
from entrypoints.web.platform.context import KEY, Context
from entrypoints.web.platform.environment.settings import WebSettings
from entrypoints.web.serving.server import demo_service


class NoTrs:
    """TRS, out of reach."""

    def _asked(self, *facts: object) -> TeacherRecord | NoMatch:
        raise Unavailable("TRS")

    by_date_of_birth = by_national_insurance_number = by_trn = _asked

    def within(self, _: Deadline) -> NoTrs:
        """Nobody waits for it."""
        return self

    def merged_into(self, _: Trn) -> Trn | None:
        """It has said nothing."""
        return None


class NoToday:
    """A mistake of ours, in a clock."""

    def __init__(self, clock: Clock) -> None:
        self.now, self.stamp = clock.now, clock.stamp

    def today(self) -> date:
        """Never."""
        raise RuntimeError("a bug")


@attrs.frozen
class Later:
    """The clock, some hours ahead."""

    clock: Clock
    hours: int

    def today(self) -> date:
        """The same day."""
        return self.clock.today()

    def now(self) -> datetime:
        """Later."""
        return self.clock.now() + timedelta(hours=self.hours)

    def stamp(self) -> datetime:
        """The same."""
        return self.clock.stamp()


class Quiet(WSGIRequestHandler):
    """Logs nothing: a failing test has better to say."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


@attrs.frozen
class Served:
    """The application, and where it is."""

    app: Service
    address: str

    @property
    def ports(self) -> Ports:
        """What its pages work with."""
        return self._context.ports

    @property
    def settings(self) -> WebSettings:
        """What it was started with."""
        return self._context.settings

    @property
    def _context(self) -> Context:
        context: Context = self.app.extensions[KEY]
        return context

    def do(self, action: Callable[[UnitOfWork], object]) -> None:
        """Something done behind the pages."""
        with self.ports.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            action(uow)
            uow.commit()

    @contextmanager
    def but(self, **ports: Any) -> Iterator[None]:
        """With other ports for a while."""
        with self.as_if(ports=attrs.evolve(self.ports, **ports)):
            yield

    @contextmanager
    def as_if(self, **changes: Any) -> Iterator[None]:
        """Made otherwise, for a while."""
        before = self._context
        self.app.extensions[KEY] = attrs.evolve(before, **changes)
        try:
            yield
        finally:
            self.app.extensions[KEY] = before


@contextmanager
def served(world: World | None = None) -> Iterator[Served]:
    """The demo's own world, or another, on a free port."""
    world = world or bootstrap.parse_world(demo_world_text())
    with demo_service(world, DEMO_DATE) as app, listening(app) as address:
        yield Served(app, address)


@contextmanager
def listening(app: Flask) -> Iterator[str]:
    """Where it is."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
