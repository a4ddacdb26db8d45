"""Requests that end the connection that they came on, and requests that are not HTTP/1.1.

A body that was not read to its end stands between a request and the next one on the connection.
A server that reads on after its answer can meet a mistake there and answer a second time, and a
proxy that shares connections then gives the second answer to another user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any

import attrs
from flask import Flask, abort, request
from werkzeug.exceptions import BadRequest

# The server sets it for each request. Called, it closes the connection after the answer.
close_after_answer: ContextVar[Callable[[], object] | None] = ContextVar(
    "close_after_answer", default=None
)


def set_up(app: Flask) -> None:
    """Watch the body of each request, and refuse requests without a host."""
    app.wsgi_app = OneAnswerEach(app.wsgi_app)  # type: ignore[method-assign]  # as Flask says to
    app.before_request(_refuse_without_host)


def _refuse_without_host() -> None:
    """HTTP/1.1 asks servers to answer 400, because proxies would disagree about who is meant."""
    if request.environ.get("SERVER_PROTOCOL") == "HTTP/1.1" and not request.headers.get("Host"):
        abort(400)


@attrs.frozen
class OneAnswerEach:
    """WSGI middleware that closes the connection when a body was not read to its end."""

    app: Any

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Answer as the application does."""
        body = environ["wsgi.input"] = Body(environ["wsgi.input"], _length_of(environ))

        def start(*answer: Any) -> Any:
            close = close_after_answer.get()
            if close is not None and not body.is_read:
                close()
            return start_response(*answer)

        answer: Iterable[bytes] = self.app(environ, start)
        return answer


class Body:
    """The body of a request, which knows whether it was read to its end."""

    def __init__(self, stream: Any, length: int | None) -> None:
        """A body without a length is chunked: only reading it tells where it ends."""
        self._stream, self._left = stream, length
        self.is_read = length == 0

    def read(self, size: int = -1) -> bytes:
        """Read up to so many bytes. Raises BadRequest where the body is malformed."""
        return self._noted(self._stream.read, size)

    def readline(self, size: int = -1) -> bytes:
        """Read up to the end of a line. Raises BadRequest where the body is malformed."""
        return self._noted(self._stream.readline, size)

    def readlines(self, _: int = -1) -> list[bytes]:
        """Read every line that is left. Raises BadRequest where the body is malformed."""
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        """Read line by line."""
        return iter(self.readline, b"")

    def _noted(self, read: Callable[[int], bytes], size: int) -> bytes:
        try:
            found = read(size)
        except Exception:  # noqa: BLE001 - each server has its own for a body that breaks off
            raise BadRequest from None
        if self._left is not None:
            self._left -= len(found)
        self.is_read = self.is_read or self._left == 0 or size < 0 or (size > 0 and not found)
        return found


def _length_of(environ: Any) -> int | None:
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return None
    text = environ.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else None
