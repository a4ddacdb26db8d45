"""Runs the simulator on Werkzeug's server: a thread for each connection, and no logs."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from trs_simulator.app import Simulator

LOOPBACK = "127.0.0.1"
STOP = (signal.SIGINT, signal.SIGTERM)
WAITING = 128  # connections that may wait to be accepted


class _Handler(WSGIRequestHandler):
    """Answers one connection."""

    timeout = 5  # a client that says nothing does not hold up the end of the server
    disable_nagle_algorithm = True  # head and body are two packets

    def connection_dropped(self, *_: object) -> None:
        """Close the connection, also when the application dropped it."""
        self.close_connection = True

    def log(self, type: str, message: str, *args: object) -> None:
        """Log nothing: addresses hold secrets."""


class SimulatorServer(ThreadedWSGIServer):
    """Serves a simulator at an address, from ``start`` (or entering) to ``stop`` (or leaving).

    Port 0 takes a free one. Stopping lets answers that are under way go out.
    """

    daemon_threads = False
    app: Simulator

    def __init__(self, app: Simulator, host: str = LOOPBACK, port: int = 0) -> None:
        """Binds the server to a port; raises OSError when the port is taken."""
        # Werkzeug ends the process when it cannot bind, so it is given a socket that is bound.
        with socket.create_server((host, port), backlog=WAITING) as listening:
            super().__init__(host, port, app, _Handler, fd=listening.fileno())
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        """Returns the address where the server listens."""
        return f"http://{self.host}:{self.port}"

    def start(self) -> None:
        """Serve in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests, end delays, and wait until every thread and socket has ended."""
        self.app.stopping.set()
        self.shutdown()
        self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self.stop()

    def log(self, type: str, message: str, *args: object) -> None:
        """Log nothing: a traceback holds secrets."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a client that went away; its request must not be shown."""


def serve(
    app: Simulator, ready: Callable[[str], None], host: str = LOOPBACK, port: int = 0
) -> None:
    """Serve until SIGINT or SIGTERM. ``ready`` is called with the address once it listens.

    For the main thread of a process. Raises OSError when the port is taken.
    """
    # Before any thread begins: each inherits it, and none is there for a signal to end.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
    try:
        with SimulatorServer(app, host, port) as server:
            ready(server.address)
            signal.sigwait(STOP)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
