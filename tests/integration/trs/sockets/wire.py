"""A server that sends what it is told, byte by byte if it must."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("localhost.pem")  # of these tests only, with its key

Saying = Callable[[socket.socket, threading.Event], None]


class Wire:
    """Says the same to every connection, and remembers what it was sent."""

    def __init__(self, say: Saying, *, secure: bool = False) -> None:
        self._say, self._ended = say, threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if secure else None
        if self._secured is not None:
            self._secured.load_cert_chain(CERTIFICATE)
        self.heard: list[bytes] = []
        self.connections = 0
        scheme = "https" if secure else "http"
        self.address = f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._ended.is_set():
            connection, _ = self._listener.accept()
            with connection:
                if not self._ended.is_set():
                    self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        self.connections += 1
        try:
            if self._secured is not None:
                connection = self._secured.wrap_socket(connection, server_side=True)
            with connection:
                while not self._ended.is_set() and (request := connection.recv(65_536)):
                    self.heard.append(request)
                    self._say(connection, self._ended)
        except OSError:
            return  # the client has had enough

    def end(self) -> None:
        """Nothing more is said."""
        self._ended.set()
        with socket.create_connection(self._listener.getsockname()):
            self._thread.join()
        self._listener.close()


@contextmanager
def wire(say: Saying, *, secure: bool = False) -> Iterator[Wire]:
    """One for the length of a test."""
    server = Wire(say, secure=secure)
    try:
        yield server
    finally:
        server.end()


def response(status: str, body: bytes = b"", **headers: str) -> bytes:
    """Bytes as they go over the wire."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in named.items())]
    lines += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def saying(*parts: bytes, close: bool = False) -> Saying:
    """These bytes; then it hangs up, if told to."""

    def say(connection: socket.socket, _: threading.Event) -> None:
        for part in parts:
            connection.sendall(part)
        if close:
            connection.shutdown(socket.SHUT_RDWR)

    return say


def dripping(content: bytes, at_once: int) -> Saying:
    """So many bytes at once, then one after the other: three seconds for 150."""

    def say(connection: socket.socket, ended: threading.Event) -> None:
        connection.sendall(content[:at_once])
        for byte in content[at_once:]:
            if ended.wait(0.02):
                return
            connection.sendall(bytes([byte]))

    return say


def silent(connection: socket.socket, ended: threading.Event) -> None:
    """Not a byte, until the test is over."""
    ended.wait()
