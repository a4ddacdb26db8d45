"""A page of others while many connections say nothing, or a byte now and then."""

from __future__ import annotations

import resource
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import httpx

from bench.measuring import Measure
from entrypoints import bootstrap
from integration.web.production import Production, production

SILENT, DRIPPING = 1000, 64
DROP = 0.5  # seconds between two drops
ROUNDS, VIEWS = 4, 60
PAGE = "/cookies"  # one of the shortest: what is added weighs most there
LIMIT = 2.0
HEAD = b"GET / HTTP/1.1\r\nHost: ect.example\r\n"
FORM = b"POST /sign-out HTTP/1.1\r\nHost: ect.example\r\nContent-Length: 5000\r\n\r\n"


def measure() -> Iterator[Measure]:
    """In turns, on a server with two workers of eight threads and no proxy in front."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as name:
        bootstrap.upgrade_database(f"sqlite:///{Path(name) / 'service.db'}")
        with production(Path(name)) as server:
            server.read_log_until("Booting worker", times=2)
            server.read_on()
            yield _compared(server)


def _compared(server: Production) -> Measure:
    usual: list[float] = []
    among_others: list[float] = []
    _times(server)  # everything is loaded now
    for _ in range(ROUNDS):
        usual += _times(server)
        with _many(server):
            among_others += _times(server)
    note = f"{1000 * median(among_others):.1f} ms of {1000 * median(usual):.1f} ms"
    name = f"{PAGE} with {SILENT} silent and {DRIPPING} dripping connections"
    return Measure(name, median(among_others) / median(usual), LIMIT, "times its usual time", note)


def _times(server: Production) -> list[float]:
    """The seconds that views take, each on a connection of its own."""
    times = []
    for _ in range(VIEWS):
        began = perf_counter()
        answer = httpx.get(server.address + PAGE, timeout=30)
        times.append(perf_counter() - began)
        assert answer.status_code == 200
    return times


@contextmanager
def _many(server: Production) -> Iterator[None]:
    stopped = threading.Event()
    with ExitStack() as connections:
        for _ in range(SILENT):
            connections.enter_context(server.connect())
        dripping = [connections.enter_context(server.connect()) for _ in range(DRIPPING)]
        thread = threading.Thread(target=_drip, args=(dripping, stopped))
        thread.start()
        sleep(DROP)  # until all are accepted
        try:
            yield
        finally:
            stopped.set()
            thread.join()


def _drip(clients: list[socket.socket], stopped: threading.Event) -> None:
    for number, client in enumerate(clients):
        client.sendall((HEAD, FORM)[number % 2])
    while not stopped.wait(DROP):
        for number, client in enumerate(clients):
            try:
                client.sendall((b"X-Drop: a\r\n", b"a")[number % 2])
            except OSError:  # it was cut off
                continue
