"""The service on a port: in production with gunicorn, in the demo from this process."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ect_registration.ports.clock import Clock
from ect_registration.use_cases.loading import load_world
from ect_registration.use_cases.ports import Ports
from ect_registration.world import World
from entrypoints import bootstrap
from entrypoints.demo.tries import demo_tries
from entrypoints.web.app import create_app
from entrypoints.web.demo.stage import Demo, MovableClock
from entrypoints.web.settings import WebSettings

LOOPBACK = "127.0.0.1"
LOADED_BY = "demo"  # in the history of what the world brings


def serve_demo(
    world: World, today: date, port: int, ready: Callable[[str], None], database: str | None = None
) -> None:
    """Serve a world until stopped. ``ready`` hears the address.

    Without a database of its own the demo has fresh files, which it removes when it ends.
    Raises OSError when the port is taken.
    """
    with tempfile.TemporaryDirectory(prefix="ect-demo-") as folder:
        server = demo_server(world, today, Path(folder), port, database)
        ready(f"http://{LOOPBACK}:{server.port}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            server.server_close()


def demo_server(
    world: World, today: date, folder: Path, port: int = 0, database: str | None = None
) -> BaseWSGIServer:
    """Threads, connections kept alive, no banner. Port 0 takes a free one."""
    app = demo_app(world, today, folder, database)
    return make_server(LOOPBACK, port, app, threaded=True, request_handler=_Quiet)


def demo_app(world: World, today: date, folder: Path, database: str | None = None) -> Flask:
    """The service, with everything that a demo can do besides."""
    clock = MovableClock(today, bootstrap.build_clock)
    demo = Demo(world, demo_tries(), clock, _beginning(world, folder, database))
    settings = WebSettings(
        env="demo", base_url=f"http://{LOOPBACK}", secret_key=secrets.token_hex()
    )
    return create_app(demo.ports(), settings, demo=demo)


def _beginning(world: World, folder: Path, database: str | None) -> Callable[[Clock], Ports]:
    """How to load the world into a database. One of the user's own is never emptied."""
    records = bootstrap.world_teacher_records(world)

    def begin(clock: Clock) -> Ports:
        where = database or f"sqlite:///{folder / secrets.token_hex(8)}.db"
        bootstrap.upgrade_database(where)
        ports = bootstrap.store_ports(where, records, clock)
        load_world(world, LOADED_BY, ports)
        return ports

    return begin


class _Quiet(WSGIRequestHandler):
    """Says nothing about itself, and logs nothing: addresses say who somebody is."""

    protocol_version = "HTTP/1.1"

    def send_header(self, keyword: str, value: str) -> None:
        """All but the name and version of the server."""
        if keyword != "Server":
            super().send_header(keyword, value)

    def log(self, type: str, message: str, *args: object) -> None:
        """The application logs its requests itself."""
