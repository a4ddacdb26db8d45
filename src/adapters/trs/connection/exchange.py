"""Sends one request and returns its reply, or the fault that came instead; raises nothing.

An exception of httpx carries the request, and with it the address: what went wrong becomes a
value here, so that nothing raised later can show it as its cause or context.
"""

from __future__ import annotations

import ssl

import attrs
import httpcore
import httpx

from adapters.trs.connection.deadline import Deadline, keeping_to
from adapters.trs.faults import Fault, Kind

_TOO_LATE = (httpx.TimeoutException, httpcore.TimeoutException)
_BROKEN_OFF = (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, OSError)

MOST_BYTES_OF_ONE = 1_000_000
MOST_BYTES_OF_MANY = 20_000_000

_JSON = ("Content-Type", "application/json")


@attrs.frozen
class Line:
    """Holds a transport, and what every request says: our key is part of it, so it does not show.

    There is no httpx.Client: it logs addresses and reads even the redirects that it does not
    follow, while a transport sends one request and knows nothing else.
    """

    transport: httpx.BaseTransport
    headers: list[tuple[str, str]] = attrs.field(repr=False)


@attrs.frozen
class Request:
    """Says what to ask; nothing of it shows."""

    address: str = attrs.field(repr=False)
    content: bytes | None = attrs.field(default=None, repr=False)  # JSON to post
    most_bytes: int = MOST_BYTES_OF_ONE


@attrs.frozen
class Reply:
    """Holds what came back; only the status shows."""

    status: int
    headers: httpx.Headers = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)

    def header(self, name: str) -> str:
        """Returns a header of the reply, empty when it is absent."""
        return str(self.headers.get(name, ""))


def exchange(line: Line, request: Request, deadline: Deadline) -> Reply | Fault:
    """Sends a request and reads the reply within the limits of the deadline."""
    try:
        with keeping_to(deadline):
            return _reply(line, request, deadline)
    except _TOO_LATE:
        return Fault(Kind.TIMEOUT, "no answer within the time allowed")
    except _BROKEN_OFF as error:
        return Fault(Kind.CONNECTION, _of_connection(error))


def _reply(line: Line, request: Request, deadline: Deadline) -> Reply | Fault:
    response = line.transport.handle_request(_to_send(line, request, deadline))
    try:
        body = bytearray()
        # Raw: we ask for no compression, so a small body cannot swell into a huge one.
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > request.most_bytes:
                return Fault(Kind.MALFORMED, "the answer is too large")
        return Reply(response.status_code, response.headers, bytes(body))
    finally:
        response.close()


def _to_send(line: Line, request: Request, deadline: Deadline) -> httpx.Request:
    patience = deadline.patience
    limits = {
        "connect": patience.connect,
        "read": patience.read,
        "write": patience.read,
        "pool": max(0.0, min(patience.connect, deadline.left())),  # the rest, the transport keeps
    }
    posting = request.content is not None
    return httpx.Request(
        "POST" if posting else "GET",
        request.address,
        headers=[*line.headers, _JSON] if posting else line.headers,
        content=request.content,
        extensions={"timeout": limits},
    )


def _of_connection(error: Exception) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "its certificate is not trusted"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.ConnectError | httpcore.ConnectError):
        return "no connection"
    return "the connection broke off"
