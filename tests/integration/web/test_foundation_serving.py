"""The production server, as a program."""

from __future__ import annotations

import os
import re
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
from entrypoints.settings.config import read_settings
from entrypoints.web.serving.production import serve
from entrypoints.web.platform.settings import read_web_settings
serve(read_settings(), read_web_settings(), sys.argv[1], workers=2)
"""
IMPATIENT = f"""
import entrypoints.web.serving.read_timeout_worker
entrypoints.web.serving.read_timeout_worker.PATIENCE = 1
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


CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
MALFORMED = {
    "negative size": b"-5\r\nabc\r\n0\r\n\r\n",
    "size as in programs": b"0x3\r\nabc\r\n0\r\n\r\n",
    "longer than said": b"3\r\nabcdef\r\n0\r\n\r\n",
    "no size": b"\r\nabc\r\n0\r\n\r\n",
}


def _answers(port, request):
    """Everything that comes back on a connection until the server closes it."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(request)
        said = b""
        while more := client.recv(65536):
            said += more
    return said


def _heads(said):
    """The status and the connection header of each answer."""
    parts = [part for part in re.split(rb"(?=HTTP/1\.1 \d)", said) if part.startswith(b"HTTP/")]
    return [
        (int(part.split()[1]), re.search(rb"(?i)\r\nconnection: (\S+)", part)[1].decode())
        for part in parts
    ]


def test_a_body_that_was_not_read_ends_the_connection(database):
    """One answer each: a second one would belong to whoever comes next on the connection."""
    port = _free_port()
    with _server(database, port) as server:
        _wait_for(server, "Booting worker", times=2)

        def post(path, rest):
            head = b"POST " + path + b" HTTP/1.1\r\nHost: ect.example\r\n"
            return _heads(_answers(port, head + rest))

        malformed = [post(b"/", CHUNKED + body) for body in MALFORMED.values()]
        in_a_form = [post(b"/sign-out", FORM + CHUNKED + body) for body in MALFORMED.values()]
        unread = [
            post(b"/", b"Content-Length: 3\r\n\r\nabc"),
            post(b"/no/such/page", CHUNKED + b"3\r\nabc\r\n0\r\n\r\n"),
        ]
        read = post(b"/sign-out", FORM + b"Content-Length: 3\r\n\r\na=b")
        without_body = post(b"/", b"Content-Length: 0\r\n\r\n")

    assert malformed == [[(405, "close")]] * len(MALFORMED)
    assert in_a_form == [[(400, "close")]] * len(MALFORMED)
    assert unread == [[(405, "close")], [(404, "close")]]
    assert [connection for _, connection in (*read, *without_body)] == ["keep-alive"] * 2


def test_a_request_without_a_host_is_refused(database):
    """HTTP/1.1 asks for that; HTTP/1.0 knows no host."""
    port = _free_port()
    with _server(database, port) as server:
        _wait_for(server, "Booting worker", times=2)
        statuses = [
            [status for status, _ in _heads(_answers(port, request))]
            for request in (
                b"GET /health/live HTTP/1.1\r\n\r\n",
                b"GET /health/live HTTP/1.1\r\nHost:\r\n\r\n",
                b"GET /health/live HTTP/1.0\r\n\r\n",
                b"GET /health/live HTTP/1.1\r\nHost: ect.example\r\n\r\n",
            )
        ]

    assert statuses == [[400], [400], [200], [200]]


def test_without_a_schema_it_does_not_start(tmp_path):
    """The log says what to do about it."""
    with _server(tmp_path, _free_port()) as server:
        log = server.stderr.read()
        status = server.wait(20)

    assert "run ect db upgrade" in log
    assert status != 0
