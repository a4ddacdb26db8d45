"""A worker process: gunicorn starts it and watches it, hypercorn speaks HTTP in it."""

from __future__ import annotations

import asyncio
import logging
import os
import resource
from typing import Any

import attrs
from gunicorn.workers.base import Worker
from hypercorn.asyncio import serve
from hypercorn.config import Config

from entrypoints.web.serving.whole_requests import WholeRequests

THREADS = 8  # of each worker; most of a request is waiting for the database or TRS
PATIENCE = 10.0  # seconds for the head of a request, and again for its body
GRACE = 30  # seconds to finish what is under way
LONGEST_HEAD = 64 * 1024  # bytes that are kept of a head which is not whole yet
BEAT = 0.2  # seconds between two signs of life
_GUNICORNS: Any = Worker  # it is not annotated


@attrs.frozen
class Served:
    """The applications of a worker, each for one of its sockets in this order."""

    pages: Any
    metrics: Any = None


class EventLoopWorker(Worker):
    """Waits for clients in an event loop, and answers whole requests in threads."""

    def run(self) -> None:
        """Serves until it is told to stop; gunicorn calls it in the new process."""
        _allow_many_connections()
        asyncio.run(self._serve(self.wsgi))

    async def _serve(self, served: Served) -> None:
        apps = [(served.pages, THREADS), (served.metrics, 1)]
        serving = [
            serve(
                WholeRequests.of(app, PATIENCE, threads),
                _config(listening),
                shutdown_trigger=self._until_stopped,
                mode="asgi",
            )
            for listening, (app, threads) in zip(self.sockets, apps, strict=False)
        ]
        await asyncio.gather(*serving)

    async def _until_stopped(self) -> None:
        """Shows gunicorn that the event loop turns. Returns to stop, without a parent too."""
        while self.alive and self.ppid == os.getppid():
            _GUNICORNS.notify(self)
            await asyncio.sleep(BEAT)


def _config(listening: Any) -> Config:
    config = Config()
    # On a copy: hypercorn closes what it is given, and gunicorn does so too.
    config.bind = [f"fd://{os.dup(listening.fileno())}"]
    config.backlog = 2048  # as gunicorn has it
    config.keep_alive_timeout = PATIENCE
    config.h11_max_incomplete_size = LONGEST_HEAD
    config.graceful_timeout = GRACE
    config.include_server_header = False
    config.errorlog = logging.getLogger("hypercorn.error")
    return config


def _allow_many_connections() -> None:
    """Takes as many open files as the system lets this process have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
