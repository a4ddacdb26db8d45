"""The service on a port: in production with gunicorn, in the demo from this process."""

from __future__ import annotations

import gc
import logging
import secrets
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import date
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from ect_registration.domain.world import World
from ect_registration.ports.clock import Clock
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.teacher_records import TeacherRecords
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.transactions import Ports
from entrypoints import bootstrap
from entrypoints.demo.tries import demo_tries
from entrypoints.notifiers import notices_folder
from entrypoints.observing.observed_ports import ObservedSignIn
from entrypoints.observing.observer import Observer
from entrypoints.settings.config import Settings
from entrypoints.web.app import Service, create_app
from entrypoints.web.demo.stage import Demo, MovableClock, Sent
from entrypoints.web.demo.views import pages_of
from entrypoints.web.information.health_checks import HealthChecks, InTheBackground
from entrypoints.web.platform.environment.settings import WebSettings
from entrypoints.web.platform.logs import log_as_json
from entrypoints.web.serving.closed_ports import closed_ports
from entrypoints.web.serving.following import following_changes

LOOPBACK = "127.0.0.1"
LOADED_BY = "demo"  # in the history of what the world brings


@contextmanager
def open_service(
    settings: Settings, web: WebSettings, observer: Observer | None = None
) -> Iterator[Service]:
    """Opens the real service, until the block ends. Raises SettingsError and Unavailable."""
    opening = bootstrap.open_ports if web.maintenance is None else closed_ports
    with (
        bootstrap.open_sign_in(settings, web.base_url) as sign_in,
        opening(settings, observer) as ports,
        following_changes(ports) if web.maintenance is None else nullcontext(),
    ):
        seen = (
            sign_in if observer is None or sign_in is None else ObservedSignIn(sign_in, observer)
        )
        yield create_app(ports, web, checks=_checks(settings), sign_in=seen, observer=observer)


def warmed_up(app: Service) -> Service:
    """Returns the application with every template loaded, so that no request waits for it.

    Nothing that is here by now is ever garbage: it is not looked through again and again.
    """
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()
    return app


def _checks(settings: Settings) -> HealthChecks:
    """Returns checks of the database and schema on a fresh connection and, now and then, TRS."""

    def database() -> str | None:
        return bootstrap.note_on_schema(settings.database)

    def trs() -> None:
        wrong = [says for _, ok, says in bootstrap.check_trs(settings) if ok is False]
        if wrong:
            raise Unavailable("TRS", "; ".join(wrong))

    world = bootstrap.trs_world(settings)
    return HealthChecks(database, (lambda: None) if world else InTheBackground(trs))


def listen(port: int) -> socket.socket:
    """Returns a socket for this machine alone. Raises OSError when the port is taken."""
    return socket.create_server((LOOPBACK, port))


def serve_demo(
    world: World,
    today: date,
    listening: socket.socket,
    ready: Callable[[str], None],
    database: str | None = None,
) -> None:
    """Serves a world until stopped, and closes the socket. ``ready`` hears the address.

    Without a database of its own the demo has fresh files, which it removes when it ends.
    Raises MissingAssets.
    """
    log_as_json(logging.ERROR)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with listening, demo_service(world, today, database) as app:
        host, port = listening.getsockname()
        server = make_server(
            host, port, app, threaded=True, request_handler=_Quiet, fd=listening.fileno()
        )
        ready(f"http://{host}:{port}")
        server.serve_forever()


@contextmanager
def demo_service(world: World, today: date, database: str | None = None) -> Iterator[Service]:
    """Opens the service with all that a demo can do besides, until the block ends."""
    clock = MovableClock(today, bootstrap.build_clock)
    settings = WebSettings("demo", f"http://{LOOPBACK}", secrets.token_hex())
    with tempfile.TemporaryDirectory(prefix="ect-demo-") as folder:
        trs = bootstrap.world_teacher_records(world)
        begin = _beginning(world, Path(folder), database, trs)

        def sending() -> Sent:
            return notices_folder(tempfile.mkdtemp(prefix="notices-", dir=folder))

        demo = Demo(
            world,
            demo_tries(),
            clock,
            begin,
            sending,
            trs,
            lasting=database is not None,
        )
        with closing(demo):
            yield create_app(demo.ports(), settings, demo=pages_of(demo))


def _beginning(
    world: World, folder: Path, database: str | None, trs: TeacherRecords
) -> Callable[[Clock], AbstractContextManager[Ports]]:
    """Returns how to load the world: into a new file each time, or into the given database."""

    @contextmanager
    def begin(clock: Clock) -> Iterator[Ports]:
        where = database or f"sqlite:///{folder / secrets.token_hex(8)}.db"
        bootstrap.upgrade_database(where)
        with bootstrap.open_ports_on(where, trs, clock) as ports:
            load_world(world, LOADED_BY, ports)
            yield ports

    return begin


class _Quiet(WSGIRequestHandler):
    """A handler that does not name the server or log addresses, which may identify a person."""

    def send_header(self, keyword: str, value: str) -> None:
        """Sends every header but the one that names the server."""
        if keyword != "Server":
            super().send_header(keyword, value)

    def send_error(self, code: int, *_: object, **__: object) -> None:
        """Sends only the status for malformed requests, and never echoes their text."""
        super().send_error(code)

    def log(self, type: str, message: str, *args: object) -> None:
        """Logs nothing: the application logs its requests itself."""
