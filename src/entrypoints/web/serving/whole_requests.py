"""Runs a WSGI application in threads, and gives a thread to whole requests only.

A request is read here, by the event loop, which waits for any number of clients at once. A client
that says nothing, or a byte now and then, takes no thread from others. What is answered goes back
by the event loop as well.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from typing import Any

import attrs

from entrypoints.web.platform.requests.requests_log import ARRIVED
from entrypoints.web.serving.environ import NotUsable, environ_of

LONGEST_ADDRESS = 4094  # bytes; the callback of a sign-in has one or two thousand
MOST_HEADERS, LONGEST_HEADER = 50, 8190  # browsers and proxies send some thirty; bytes
LONGEST_BODY = 128 * 1024  # bytes that are read; the application takes fewer and says so
LIVE = "/health/live"  # has a thread of its own, so that it never waits for pages
VERSIONS = {"1.0", "1.1"}  # HTTP/2 would go past what a proxy in front looks at
CLOSE = (b"connection", b"close")

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Any], Awaitable[None]]
Headers = Sequence[tuple[bytes, bytes]]


class Gone(Exception):
    """Says that the client has gone before the whole request was here."""


@attrs.frozen
class Answer:
    """What the application answers, whole."""

    status: int
    headers: Headers
    body: bytes = b""


@attrs.frozen
class WholeRequests:
    """An ASGI application that runs a WSGI application."""

    wsgi: Any
    patience: float  # seconds for the body of a request, however it comes in
    threads: ThreadPoolExecutor
    thread_of_live: ThreadPoolExecutor

    @classmethod
    def of(cls, wsgi: Any, patience: float, threads: int) -> WholeRequests:
        """Makes the threads, which begin when they are needed."""
        return cls(wsgi, patience, ThreadPoolExecutor(threads), ThreadPoolExecutor(1))

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answers one request. There are no web sockets here."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        elif scope["type"] == "http":
            with suppress(Gone):
                await _send(await self._answer_to(scope, receive), send)

    async def _answer_to(self, scope: Any, receive: Receive) -> Answer:
        if refused := _refused(scope):
            return _without_words(refused)
        try:
            async with asyncio.timeout(self.patience):
                body = await _body_of(scope, receive)
        except TimeoutError:
            return _without_words(HTTPStatus.REQUEST_TIMEOUT)
        try:
            environ = environ_of(scope, None if body is None else len(body))
        except NotUsable:
            return _without_words(HTTPStatus.BAD_REQUEST)
        environ |= {"wsgi.input": BytesIO(body or b""), ARRIVED: time.perf_counter()}
        answer = await self._in_a_thread(environ)
        if body is None:  # what is left of it stands before the next request
            return attrs.evolve(answer, headers=[*answer.headers, CLOSE])
        return answer

    async def _in_a_thread(self, environ: dict[str, Any]) -> Answer:
        threads = self.thread_of_live if environ["PATH_INFO"] == LIVE else self.threads
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(threads, _run, self.wsgi, environ)


def _refused(scope: Any) -> HTTPStatus | None:
    """Returns the status for a request that no application should see."""
    if scope["http_version"] not in VERSIONS:
        return HTTPStatus.HTTP_VERSION_NOT_SUPPORTED
    if (b"host", b"") in scope["headers"]:  # without the header there is no request
        return HTTPStatus.BAD_REQUEST
    return _too_long_for_us(scope)


def _too_long_for_us(scope: Any) -> HTTPStatus | None:
    query = scope["query_string"]
    if len(scope["raw_path"]) + len(query) + bool(query) > LONGEST_ADDRESS:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    headers = scope["headers"]
    longest = max((len(name) + len(value) for name, value in headers), default=0)
    if len(headers) > MOST_HEADERS or longest > LONGEST_HEADER:
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return None


async def _body_of(scope: Any, receive: Receive) -> bytes | None:
    """Returns the body, or None for one that is too long to be read. Raises Gone."""
    said = dict(scope["headers"]).get(b"content-length", b"0")
    if int(said) > LONGEST_BODY:
        return None
    body = bytearray()
    async for part in _parts(receive):
        body += part
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)


async def _parts(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        yield message.get("body", b"")
        more = message.get("more_body", False)


async def _send(answer: Answer, send: Send) -> None:
    start = {"status": answer.status, "headers": answer.headers}
    await send({"type": "http.response.start", **start})
    await send({"type": "http.response.body", "body": answer.body})


def _without_words(status: HTTPStatus) -> Answer:
    """Refuses a request with the status only, and never echoes its text."""
    return Answer(status, [(b"content-length", b"0"), CLOSE])


def _run(wsgi: Any, environ: dict[str, Any]) -> Answer:
    """Runs the application to the end of its answer."""
    begun: list[Answer] = []
    written: list[bytes] = []

    def start(status: str, headers: Iterable[tuple[str, str]], _: Any = None) -> Any:
        begun[:] = [Answer(int(status.partition(" ")[0]), list(_encoded(headers)))]
        return written.append

    parts = wsgi(environ, start)
    try:
        written.extend(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()
    return attrs.evolve(begun[0], body=b"".join(written))


def _encoded(headers: Iterable[tuple[str, str]]) -> Iterator[tuple[bytes, bytes]]:
    for name, value in headers:
        yield name.lower().encode("latin-1"), value.encode("latin-1")
