"""The production server: gunicorn, with several workers that each open the service themselves."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from typing import Any

from gunicorn import util
from gunicorn.app.base import BaseApplication
from gunicorn.http import wsgi
from gunicorn.http.wsgi import Response

from ect_registration.ports.errors import Unavailable
from entrypoints.settings.config import Settings
from entrypoints.web.app import Service
from entrypoints.web.platform.logs import log_as_json, logging_config
from entrypoints.web.platform.requests_log import log
from entrypoints.web.platform.settings import WebSettings
from entrypoints.web.serving.connections import close_after_answer
from entrypoints.web.serving.read_timeout_worker import ImpatientWorker
from entrypoints.web.serving.server import open_service, warmed_up

THREADS = 8  # of each worker; most of a request is waiting for the database or TRS
LONGEST_REQUEST = 60  # seconds
GRACE = 30  # seconds to finish what is under way
LONGEST_ADDRESS = 4094  # bytes; the callback of a sign-in has one or two thousand
MOST_HEADERS, LONGEST_HEADER = 50, 8190  # browsers and proxies send some thirty; bytes
PAUSE = 2  # seconds before a worker that could not open the service is replaced


def serve(settings: Settings, web: WebSettings, bind: str, workers: int) -> None:
    """Serves until stopped; requests under way are finished first.

    Raises SettingsError, and Unavailable without a database that is up to date.
    """
    with open_service(settings, web):
        pass  # a mistake is told once, before there are workers
    wsgi.Response = _Quiet  # type: ignore[misc]  # there is no setting for it
    util.write_error = _refuse
    BaseApplication.run(_Gunicorn(settings, web, bind, workers))


class _Gunicorn(BaseApplication):
    """gunicorn, configured here only."""

    def __init__(self, settings: Settings, web: WebSettings, bind: str, workers: int) -> None:
        self._settings, self._web, self._open = settings, web, ExitStack()
        self._options: dict[str, Any] = {
            "bind": bind,
            "workers": workers,
            "worker_class": ImpatientWorker,
            "threads": THREADS,
            "timeout": LONGEST_REQUEST,
            "graceful_timeout": GRACE,
            "control_socket_disable": True,
            "limit_request_line": LONGEST_ADDRESS,
            "limit_request_fields": MOST_HEADERS,
            "limit_request_field_size": LONGEST_HEADER,
            "logconfig_dict": logging_config(),
            "pre_request": lambda _worker, request: close_after_answer.set(request.force_close),
            "worker_exit": lambda _arbiter, _worker: self._open.close(),
        }
        BaseApplication.__init__(self)

    def load_config(self) -> None:
        """Sets the options, and reads neither files nor the environment."""
        config: Any = self.cfg
        for name, value in self._options.items():
            config.set(name, value)

    def load(self) -> Service:
        """Opens the service in each worker: no connection is shared between processes."""
        log_as_json()
        try:
            app = self._open.enter_context(open_service(self._settings, self._web))
        except Unavailable as error:
            log.error("cannot start", what=str(error))
            time.sleep(PAUSE)
            raise SystemExit(1) from None  # another worker tries again
        return warmed_up(app)


class _Quiet(Response):
    """A response without the Server header."""

    def default_headers(self) -> list[str]:
        """Returns the default headers without the Server header."""
        lines: list[str] = Response.default_headers(self)
        return [line for line in lines if not line.startswith("Server:")]


def _refuse(client: socket.socket, status: int, reason: str, _: str) -> None:
    """Refuses malformed requests with the status only, and never echoes their text."""
    head = f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    util.write_nonblock(client, head.encode())
