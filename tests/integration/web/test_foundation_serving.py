"""The production server, as a program."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from entrypoints import bootstrap
from integration.web.foundation import KEY

PROGRAM = """
import sys
from entrypoints.config import read_settings
from entrypoints.web.production import serve
from entrypoints.web.settings import read_web_settings
serve(read_settings(), read_web_settings(), sys.argv[1], workers=2)
"""
IMPATIENT = f"""
import entrypoints.web.slow_clients
entrypoints.web.slow_clients.PATIENCE = 1
{PROGRAM}
"""
WORLD = '{"schools": [{"urn": "100001", "name": "Larkfield School"}]}'


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextmanager
def _server(folder, port, program=PROGRAM):
    world = folder / "world.json"
    world.write_text(WORLD, encoding="utf-8")
    settings = {
        "ECT_ENV": "test",
        "ECT_BASE_URL": "https://ect.example",
        "ECT_SECRET_KEY": KEY,
        "ECT_DATABASE_URL": f"sqlite:///{folder / 'service.db'}",
        "ECT_TRS_URL": f"world:{world}",
    }
    command = [sys.executable, "-c", program, f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command, env={**os.environ, **settings}, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            yield server
        finally:  # else a test that fails waits for it for ever
            server.kill()


def _wait_for(server, words, times=1):
    """Read the log until it says so."""
    read = []
    for line in server.stderr:
        read.append(line)
        if sum(words in line for line in read) == times:
            return read
    raise AssertionError("".join(read))


@pytest.fixture
def database(tmp_path):
    """Up to date."""
    bootstrap.upgrade_database(f"sqlite:///{tmp_path / 'service.db'}")
    return tmp_path


def test_several_workers_serve_and_stop_in_order(database):
    """Nothing names the server, and a stop leaves nobody without an answer."""
    port = _free_port()
    with _server(database, port) as server, httpx.Client(timeout=30) as client:
        _wait_for(server, "Booting worker", times=2)
        answer = client.get(f"http://127.0.0.1:{port}/health/ready")
        server.send_signal(signal.SIGTERM)
        _wait_for(server, "Worker exiting", times=2)
        status = server.wait(20)

    assert answer.json() == {"status": "ready", "database": "ok", "trs": "ok"}
    assert "Server" not in answer.headers
    assert status == 0


def test_clients_that_stop_halfway_hold_nobody_up(database):
    """More of them than there are threads; each is cut off, and others are answered."""
    port = _free_port()
    halves = [b"GET / HTTP/1.1\r\nHost: ect.example\r\n", b"POST / HTTP/1.1\r\nContent-Le"]
    with _server(database, port, IMPATIENT) as server, ExitStack() as slow:
        _wait_for(server, "Booting worker", times=2)
        clients = [
            slow.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            for _ in range(40)
        ]
        for number, client in enumerate(clients):
            client.sendall(halves[number % 2])
        answer = httpx.get(f"http://127.0.0.1:{port}/health/live", timeout=30)
        said = {client.recv(1000) for client in clients}

    assert answer.status_code == 200
    assert said == {b""}


def test_what_is_too_long_is_not_read(database):
    """An address, the number of headers and each of them have limits."""
    port = _free_port()
    many, long = {f"X-{number}": "a" for number in range(60)}, {"X-Long": "a" * 9000}
    with _server(database, port) as server:
        _wait_for(server, "Booting worker", times=2)
        address = f"http://127.0.0.1:{port}/health/live"
        with httpx.Client(timeout=60) as client:
            statuses = [
                client.get(address, headers={"X-One": "a"}).status_code,
                client.get(f"{address}?{'a' * 5000}").status_code,
                client.get(address, headers=many).status_code,
                client.get(address, headers=long).status_code,
            ]

    assert statuses == [200, 414, 431, 431]


def test_without_a_schema_it_does_not_start(tmp_path):
    """The log says what to do about it."""
    with _server(tmp_path, _free_port()) as server:
        log = server.stderr.read()
        status = server.wait(20)

    assert "run ect db upgrade" in log
    assert status != 0
