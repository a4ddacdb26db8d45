"""Clients that send slowly, or stop halfway, are not waited for."""

from __future__ import annotations

import time
from contextlib import suppress
from socket import SHUT_RD
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

PATIENCE = 10.0  # seconds for a whole request, so that threads are there for others
_GUNICORNS: Any = ThreadWorker  # it is not annotated


class ImpatientWorker(ThreadWorker):
    """Reads no request for longer than that; what it has read it still answers."""

    def __init__(self, *given: Any, **named: Any) -> None:
        _GUNICORNS.__init__(self, *given, **named)
        self._until: dict[TConn, float] = {}

    def handle(self, conn: TConn) -> Any:
        """Handles a request in a thread, which waits for the client."""
        self._until[conn] = time.monotonic() + PATIENCE
        try:
            return _GUNICORNS.handle(self, conn)
        finally:
            del self._until[conn]

    def murder_pending(self) -> None:
        """Runs every second in the main thread."""
        _GUNICORNS.murder_pending(self)
        now = time.monotonic()
        for conn, until in tuple(self._until.items()):
            if until < now:
                with suppress(OSError):  # it has gone by itself
                    conn.sock.shutdown(SHUT_RD)
