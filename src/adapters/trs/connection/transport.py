"""Pools connections whose every read and write keeps to the deadline of the lookup.

httpx's own limits are per read: a server that sends one byte a second would never meet them.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import httpcore
import httpx

from adapters.trs.connection.deadline import current_deadline

MOST_CONNECTIONS = 50
KEPT_ALIVE = 20
KEPT_ALIVE_SECONDS = 15.0

SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


def _within(limit: float | None) -> float | None:
    """Returns the limit, or what the deadline leaves of it."""
    deadline = current_deadline()
    if deadline is None:
        return limit
    left = deadline.left()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left if limit is None else min(limit, left)


class _TimedStream(httpcore.NetworkStream):
    """Reads and writes a socket, in time."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Reads in time, or raises ReadTimeout."""
        return self._stream.read(max_bytes, _within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Writes in time, or raises a timeout."""
        self._stream.write(buffer, _within(timeout))

    def close(self) -> None:
        """Closes the socket at once."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Starts TLS in time, or raises a timeout."""
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, _within(timeout)))

    def get_extra_info(self, info: str) -> Any:
        """Returns information about the socket beneath."""
        return self._stream.get_extra_info(info)


class _TimedBackend(httpcore.SyncBackend):
    """Opens sockets, in time."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects in time, or raises a timeout."""
        return _TimedStream(
            super().connect_tcp(host, port, _within(timeout), local_address, socket_options)
        )


class _Body(httpx.SyncByteStream):
    """Yields the body of a response as it comes in."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._response.iter_stream())

    def close(self) -> None:
        self._response.close()


@cache
def _trusted() -> ssl.SSLContext:
    """Returns the context that trusts the usual authorities; it takes 20 ms to make."""
    return httpx.create_ssl_context()


class DeadlineTransport(httpx.BaseTransport):
    """Speaks HTTP/1.1 with a shared pool, uses no proxy, and raises httpcore's own exceptions."""

    def __init__(self, trust: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=trust or _trusted(),
            max_connections=MOST_CONNECTIONS,
            max_keepalive_connections=KEPT_ALIVE,
            keepalive_expiry=KEPT_ALIVE_SECONDS,
            network_backend=_TimedBackend(),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Returns the response, with its body not read yet."""
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Closes every connection."""
        self._pool.close()
