"""An HTTP/1.1 server for the simulator: threads, connections kept alive, no logs."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIEnvironment

from adapters.trs.simulator.app import Simulator
from adapters.trs.simulator.fault_responses import ConnectionDropped

LOOPBACK = "127.0.0.1"
STOP = (signal.SIGINT, signal.SIGTERM)


class _Handler(BaseHTTPRequestHandler):
    """One connection, request after request."""

    server: SimulatorServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together

    def _answer(self) -> None:
        """Run the application, and send what it says."""
        try:
            for part in self.server.app(self._environ(), self._start):
                self.wfile.write(part)
            self.wfile.flush()
        except ConnectionDropped:
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 (names of the library)

    def _start(self, status: str, headers: list[tuple[str, str]], _: object = None) -> Any:
        code, _, phrase = status.partition(" ")
        self.send_response_only(int(code), phrase)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        return self.wfile.write

    def _environ(self) -> WSGIEnvironment:
        path, _, query = self.path.partition("?")
        length = self.headers.get("Content-Length", "0")
        body = self.rfile.read(int(length)) if length.isdecimal() else b""
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": self.command,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
        }
        for name in set(self.headers):
            # Several of one name count as one list, as in TRS: no version matches then.
            values = ",".join(self.headers.get_all(name, []))
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = values
        return environ

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: addresses hold secrets."""


class SimulatorServer(ThreadingTCPServer):
    """A simulator at an address, from ``start`` (or entering) to ``stop`` (or leaving).

    Port 0 takes a free one. Stopping lets answers that are under way go out.
    """

    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, app: Simulator, host: str = LOOPBACK, port: int = 0) -> None:
        """Raises OSError when the port is taken."""
        self.app = app
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__((host, port), _Handler)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        """Where it listens."""
        host, port = self.socket.getsockname()[:2]
        return f"http://{host}:{port}"

    def start(self) -> None:
        """In a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """No more requests; then every thread and socket ends."""
        self.app.stopping.set()
        self.shutdown()
        with self._lock:
            for connection in self._connections:
                _stop_listening_to(connection)
        self.server_close()
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

    def get_request(self) -> tuple[socket.socket, Any]:
        """A new connection, remembered."""
        connection, client = super().get_request()
        with self._lock:
            self._connections.add(connection)
        return connection, client

    def shutdown_request(self, request: Any) -> None:
        """A connection that ended, forgotten."""
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error of ours; nor may its request be shown."""


def _stop_listening_to(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RD)
    except OSError:
        return  # the client was faster


def serve(
    app: Simulator, ready: Callable[[str], None], host: str = LOOPBACK, port: int = 0
) -> None:
    """Serve until SIGINT or SIGTERM. ``ready`` hears the address once requests are taken.

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
