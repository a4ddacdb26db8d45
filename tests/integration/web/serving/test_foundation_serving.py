"""The production server, as a program."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from entrypoints import bootstrap
from integration.web.production import Production, everything_from, heads, production


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A folder with a database that is up to date."""
    bootstrap.upgrade_database(f"sqlite:///{tmp_path / 'service.db'}")
    return tmp_path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A server for all who leave it as it is."""
    folder = tmp_path_factory.mktemp("serving")
    bootstrap.upgrade_database(f"sqlite:///{folder / 'service.db'}")
    with production(folder) as running:
        running.read_log_until("Booting worker", times=2)
        yield running


def test_several_workers_serve_and_stop_in_order(database: Path) -> None:
    """Nothing names the server, and a stop leaves nobody without an answer."""
    with production(database) as server, httpx.Client(timeout=30) as client:
        server.read_log_until("Booting worker", times=2)
        answer = client.get(f"{server.address}/health/ready")
        server.process.send_signal(signal.SIGTERM)
        server.read_log_until("Worker exiting", times=2)
        status = server.process.wait(20)

    assert answer.json() == {"status": "ready", "database": "ok", "trs": "ok"}
    assert "Server" not in answer.headers
    assert status == 0


def test_a_stop_waits_for_a_request_that_is_coming_in(database: Path) -> None:
    """Its answer is the last on the connection, and nobody new is let in."""
    head = b"POST /sign-out HTTP/1.1\r\nHost: ect.example\r\nContent-Length: 6\r\n"
    with production(database) as server, ExitStack() as stack:
        server.read_log_until("Booting worker", times=2)
        client = stack.enter_context(server.connect())
        client.sendall(head + b"Expect: 100-continue\r\n\r\n")
        begun = client.recv(1000)
        server.process.send_signal(signal.SIGTERM)
        server.read_log_until("Handling signal: term")
        client.sendall(b"a=b&c=")
        said = everything_from(client)
        server.process.wait(20)

    assert begun.startswith(b"HTTP/1.1 100 ")
    assert [status for status, _ in heads(said)] == [303]


def test_a_worker_that_was_killed_is_replaced(database: Path) -> None:
    """Others are answered by the worker that is left meanwhile."""
    with production(database) as server, httpx.Client(timeout=30) as client:
        log = server.read_log_until("Booting worker", times=2)
        [first, _] = re.findall(r"Booting worker with pid: (\d+)", "".join(log))
        os.kill(int(first), signal.SIGKILL)
        statuses = [client.get(f"{server.address}/health/live").status_code for _ in range(5)]
        server.read_log_until("Booting worker")

    assert statuses == [200] * 5


def test_a_socket_file_can_be_served_at(database: Path) -> None:
    """As a proxy on the same machine likes it."""
    bind = f"unix:{database / 'socket'}"
    with production(database, bind=bind) as server:
        server.read_log_until("Booting worker", times=2)
        transport = httpx.HTTPTransport(uds=str(database / "socket"))
        with httpx.Client(transport=transport, timeout=30) as client:
            answer = client.get("http://ect.example/health/ready")

    assert answer.status_code == 200


def test_what_is_too_long_is_not_read(server: Production) -> None:
    """An address, the number of headers and each of them have limits."""
    many, long = {f"X-{number}": "a" for number in range(60)}, {"X-Long": "a" * 9000}
    address = f"{server.address}/health/live"
    with httpx.Client(timeout=60) as client:
        statuses = [
            client.get(address, headers={"X-One": "a"}).status_code,
            client.get(f"{address}?{'a' * 5000}").status_code,
            client.get(address, headers=many).status_code,
            client.get(address, headers=long).status_code,
            client.get(address, headers={"X-Long": "a" * 900_000}).status_code,
        ]

    assert statuses == [200, 414, 431, 431, 431]


CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
MALFORMED = {
    "negative size": b"-5\r\nabc\r\n0\r\n\r\n",
    "size as in programs": b"0x3\r\nabc\r\n0\r\n\r\n",
    "longer than said": b"3\r\nabcdef\r\n0\r\n\r\n",
    "no size": b"\r\nabc\r\n0\r\n\r\n",
}


def test_a_malformed_body_has_one_answer(server: Production) -> None:
    """A second one would belong to whoever comes next on the connection."""

    def post(path: bytes, rest: bytes) -> list[tuple[int, str]]:
        head = b"POST " + path + b" HTTP/1.1\r\nHost: ect.example\r\n"
        return heads(server.answers_to(head + rest))

    malformed = [post(b"/", CHUNKED + body) for body in MALFORMED.values()]
    in_a_form = [post(b"/sign-out", FORM + CHUNKED + body) for body in MALFORMED.values()]

    assert malformed + in_a_form == [[(400, "close")]] * 2 * len(MALFORMED)


def test_a_body_that_no_page_wants_is_read_all_the_same(server: Production) -> None:
    """So that the next request on the connection begins where it should; both have an answer."""
    after = b"GET /health/live HTTP/1.1\r\nHost: ect.example\r\nConnection: close\r\n\r\n"

    def post(path: bytes, rest: bytes) -> list[tuple[int, str]]:
        head = b"POST " + path + b" HTTP/1.1\r\nHost: ect.example\r\n"
        return heads(server.answers_to(head + rest + after))

    answered = [
        post(b"/", b"Content-Length: 3\r\n\r\nabc"),
        post(b"/no/such/page", CHUNKED + b"3\r\nabc\r\n0\r\n\r\n"),
        post(b"/sign-out", FORM + b"Content-Length: 3\r\n\r\na=b"),
        post(b"/", b"Content-Length: 0\r\n\r\n"),
    ]

    assert answered == [
        [(405, "stays"), (200, "close")],
        [(404, "stays"), (200, "close")],
        [(303, "stays"), (200, "close")],
        [(405, "stays"), (200, "close")],
    ]


def test_a_body_that_is_far_too_long_ends_the_connection(server: Production) -> None:
    """Its answer is the usual page, whether its length was said or not."""
    head = b"POST /sign-out HTTP/1.1\r\nHost: ect.example\r\n" + FORM
    part = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    said = server.answers_to(head + b"Content-Length: 5000000\r\n\r\n")
    unsaid = server.answers_to(head + CHUNKED + part * 3)

    assert heads(said) == heads(unsaid) == [(413, "close")]
    assert b"<h1" in said


def test_a_request_without_a_host_is_refused(server: Production) -> None:
    """HTTP/1.1 asks for that; HTTP/1.0 knows no host."""
    statuses = [
        [status for status, _ in heads(server.answers_to(request))]
        for request in (
            b"GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n",
            b"GET /health/live HTTP/1.1\r\nConnection: close\r\nHost:\r\n\r\n",
            b"GET /health/live HTTP/1.0\r\n\r\n",
            b"GET /health/live HTTP/1.1\r\nConnection: close\r\nHost: ect.example\r\n\r\n",
        )
    ]

    assert statuses == [[400], [400], [200], [200]]


def test_what_is_not_http_is_refused_without_being_quoted(server: Production) -> None:
    """A date of birth may be anywhere in it."""
    said = [
        server.answers_to(request)
        for request in (
            b"2002-11-05\r\n\r\n",
            b"GET / HTTP/1.1\r\n2002-11-05\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: ect.example\r\n 2002-11-05\r\n: 2002-11-05\r\n\r\n",
            b"GET 2002-11-05 HTTP/1.1\r\nHost: ect.example\r\n\r\n",
        )
    ]

    assert [heads(each) for each in said] == [[(400, "close")]] * 4
    assert b"2002" not in b"".join(re.sub(rb"(?i)date: .*", b"", each) for each in said)


def test_without_a_schema_it_does_not_start(tmp_path: Path) -> None:
    """The log says what to do about it."""
    with production(tmp_path) as server:
        log = server.process.stderr.read() if server.process.stderr else ""
        status = server.process.wait(20)

    assert "run ect db upgrade" in log
    assert status != 0
