"""Clients that say nothing, or a byte now and then, take no thread from others."""

from __future__ import annotations

import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import h2.connection
import h2.events
import httpx
import pytest

from entrypoints import bootstrap
from integration.web.production import (
    IMPATIENT,
    Production,
    everything_from,
    heads,
    production,
)

SILENT, DRIPPING = 1000, 64
EACH = 0.05  # seconds between two drops
HEAD = b"GET /cookies HTTP/1.1\r\nHost: ect.example\r\n"
POST = b"POST /sign-out HTTP/1.1\r\nHost: ect.example\r\nContent-Length: 5000\r\n\r\n"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A folder with a database that is up to date."""
    bootstrap.upgrade_database(f"sqlite:///{tmp_path / 'service.db'}")
    return tmp_path


@pytest.fixture
def _many_files() -> Iterator[None]:
    """Let this process have as many connections as it may."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@contextmanager
def _dripping(server: Production) -> Iterator[list[socket.socket]]:
    """Half of them say a line of a head now and then, the others a byte of a form."""
    stopped = threading.Event()
    with ExitStack() as stack:
        clients = [stack.enter_context(server.connect()) for _ in range(DRIPPING)]
        for number, client in enumerate(clients):
            client.sendall((HEAD, POST)[number % 2])

        def drip() -> None:
            while not stopped.wait(EACH):
                for number, client in enumerate(clients):
                    try:
                        client.sendall((b"X-Drop: a\r\n", b"a")[number % 2])
                    except OSError:  # it was cut off
                        continue

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield clients
        finally:
            stopped.set()
            thread.join()


@pytest.mark.usefixtures("_many_files")
def test_many_who_say_nothing_or_little_keep_nobody_out(database: Path) -> None:
    """They are far more than there are threads, and others are answered all the while."""
    with production(database) as server, ExitStack() as silent:
        server.read_log_until("Booting worker", times=2)
        for _ in range(SILENT):
            silent.enter_context(server.connect())
        with _dripping(server), httpx.Client(timeout=30) as client:
            statuses = {client.get(f"{server.address}/cookies").status_code for _ in range(20)}

    assert statuses == {200}


def test_who_drips_is_cut_off(database: Path) -> None:
    """A request has some seconds to come in, however busy it is all the time."""
    with production(database, IMPATIENT) as server:
        server.read_log_until("Booting worker", times=2)
        with _dripping(server) as clients:
            said = [_to_the_end(client) for client in clients]

    assert {tuple(heads(each)) for each in said[::2]} == {()}
    assert {tuple(heads(each)) for each in said[1::2]} <= {((408, "close"),), ()}


def _to_the_end(client: socket.socket) -> bytes:
    try:
        return everything_from(client)
    except ConnectionResetError:  # a drop came after the end
        return b""


def test_clients_that_stop_halfway_are_cut_off(database: Path) -> None:
    """More of them than there are threads; others are answered meanwhile."""
    halves = [b"", HEAD, b"POST / HTTP/1.1\r\nContent-Le", POST + b"a="]
    with production(database, IMPATIENT) as server, ExitStack() as slow:
        server.read_log_until("Booting worker", times=2)
        clients = [slow.enter_context(server.connect()) for _ in range(40)]
        for number, client in enumerate(clients):
            client.sendall(halves[number % 4])
        answer = httpx.get(f"{server.address}/health/live", timeout=30)
        said = [heads(everything_from(client)) for client in clients]

    assert answer.status_code == 200
    assert said == [[], [], [], [(408, "close")]] * 10


def test_nothing_is_served_over_another_version_of_http(database: Path) -> None:
    """It would go past what a proxy in front looks at."""
    speaking = h2.connection.H2Connection()
    speaking.initiate_connection()
    speaking.send_headers(
        1,
        [
            (":method", "GET"),
            (":path", "/cookies"),
            (":scheme", "http"),
            (":authority", "ect.example"),
        ],
        end_stream=True,
    )
    with production(database) as server, ExitStack() as stack:
        server.read_log_until("Booting worker", times=2)
        client = stack.enter_context(server.connect())
        client.sendall(speaking.data_to_send())
        events: list[h2.events.Event] = []
        while not any(isinstance(event, h2.events.StreamEnded) for event in events):
            events += speaking.receive_data(client.recv(65536))
            client.sendall(speaking.data_to_send())
    [status] = [
        dict(event.headers)[b":status"]
        for event in events
        if isinstance(event, h2.events.ResponseReceived) and event.headers
    ]

    assert status == b"505"
