"""The service on a real database, a TRS over a socket, and an ear at all that it puts out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
from flask import Flask
from structlog.testing import capture_logs

from adapters.trs.client import HttpTeacherRecords
from builders import NOW, TODAY
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.store import UnitOfWork
from ect_registration.testing.memory.notifier import MemoryNotifier
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.transactions import Ports
from entrypoints import bootstrap
from entrypoints.web.app import create_app
from entrypoints.web.demo.stage import Demo, MovableClock
from entrypoints.web.demo.views import pages_of
from entrypoints.web.platform.environment.settings import WebSettings
from integration.secrets import databases, marks
from integration.secrets.ears import Ears
from integration.secrets.spellings import Evidence
from integration.trs.leaks import Listener, listening
from integration.trs.support import KEY, StillTime
from trs_simulator.app import Simulator, simulator_app
from trs_simulator.server import SimulatorServer


@attrs.define
class LongDay:
    """It is always the same day; the hours of sessions and limits go by all the same."""

    moment: datetime = NOW

    def today(self) -> date:
        """The day."""
        return TODAY

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    def stamp(self) -> datetime:
        """The moment of the day."""
        return NOW

    def wait(self, **how_long: float) -> None:
        """So much later."""
        self.moment += timedelta(**how_long)


@attrs.define
class Line:
    """The way to TRS, which a drive may exchange."""

    client: HttpTeacherRecords
    records: Any

    def close(self) -> None:
        """No connection is left."""
        self.client.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.records, name)


@attrs.define
class Store:
    """The way to the database, which a drive may cut."""

    ports: Ports
    trouble: Exception | None = None

    def unit_of_work(self, deadline: Deadline = NEVER) -> UnitOfWork:
        """Unless it is cut."""
        return self._unless_cut().unit_of_work(deadline)

    def reading(self, deadline: Deadline = NEVER) -> UnitOfWork:
        """Unless it is cut."""
        return self._unless_cut().reading(deadline)

    def _unless_cut(self) -> Ports:
        if self.trouble is not None:
            raise self.trouble
        return self.ports


@attrs.define
class Stage:
    """The service, and all that was heard of it."""

    app: Flask
    settings: dict[str, str]  # for the terminal
    folder: Path  # of everything that might be written
    clock: LongDay
    simulator: Simulator
    line: Line
    store: Store
    listener: Listener
    lines: list[Any]
    ears: Ears = attrs.field(factory=Ears)
    commands: set[str] = attrs.field(factory=set)

    def new_line(self) -> None:
        """To TRS, by a client that knows of no earlier trouble."""
        self.line.close()
        self.line.records = self.line.client = _client(self.settings["ECT_TRS_URL"])

    def evidence(self) -> Iterator[Evidence]:
        """Everything that was put out up to now, and everything that is kept."""
        yield from list(self.ears.heard)
        yield from [("Python's logs", text) for text in self.listener.heard]
        yield from [("the service's log", repr(line)) for line in self.lines]
        yield from databases.kept_in(self.settings["ECT_DATABASE_URL"])
        for file in self.folder.rglob("*"):
            if file.is_file():
                yield f"file {file.name}", file.read_bytes().decode("latin-1")


def _client(address: str) -> HttpTeacherRecords:
    timing = StillTime().timing
    return HttpTeacherRecords(address, KEY, today=lambda: TODAY, timing=timing)


@contextmanager
def the_service(url: str, folder: Path) -> Iterator[Stage]:
    """With the marked world in it, and every log at its loudest, until the block ends."""
    world = bootstrap.parse_world(json.dumps(marks.world()))
    simulator, hand = simulator_app(world.trs_people), LongDay()
    with listening() as listener, capture_logs() as lines, SimulatorServer(simulator) as server:
        bootstrap.upgrade_database(url)
        client = _client(server.address)
        line = Line(client, client)
        with closing(line), bootstrap.open_ports_on(url, line, hand) as real:
            load_world(world, "loader", real)
            store = Store(real)
            ports = attrs.evolve(real, unit_of_work=store.unit_of_work, reading=store.reading)
            with closing(_demo(world, hand, ports)) as demo:
                web = WebSettings("demo", "http://127.0.0.1", marks.KEY)
                app = create_app(demo.ports(), web, demo=pages_of(demo))
                settings = _settings(url, server.address)
                heard = (listener, lines)
                stage = Stage(app, settings, folder, hand, simulator, line, store, *heard)
                stage.ears.listen_to(app)
                yield stage


def _demo(world: Any, hand: LongDay, ports: Ports) -> Demo:
    """For its page to sign in by; the clock is moved by hand."""

    @contextmanager
    def begin(_: object) -> Iterator[Ports]:
        yield ports

    clock, trs = MovableClock(TODAY, lambda _: hand), MemoryTeacherRecords()
    return Demo(world, (), clock, begin, MemoryNotifier, trs, lasting=True)


def _settings(url: str, address: str) -> dict[str, str]:
    return {
        "ECT_ENV": "test",
        "ECT_TODAY": TODAY.isoformat(),
        "ECT_DATABASE_URL": url,
        "ECT_TRS_URL": address,
        "ECT_TRS_API_KEY": KEY,
        "ECT_SECRET_KEY": marks.KEY,
    }
