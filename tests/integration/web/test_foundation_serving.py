"""The production server, as a program."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

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
WORLD = '{"schools": [{"urn": "100001", "name": "Larkfield School"}]}'


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextmanager
def _server(folder, port):
    world = folder / "world.json"
    world.write_text(WORLD, encoding="utf-8")
    settings = {
        "ECT_ENV": "test",
        "ECT_BASE_URL": "https://ect.example",
        "ECT_SECRET_KEY": KEY,
        "ECT_DATABASE_URL": f"sqlite:///{folder / 'service.db'}",
        "ECT_TRS_URL": f"world:{world}",
    }
    command = [sys.executable, "-c", PROGRAM, f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command, env={**os.environ, **settings}, stderr=subprocess.PIPE, text=True
    ) as server:
        yield server
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
    with _server(database, port) as server, httpx.Client() as client:
        _wait_for(server, "Booting worker", times=2)
        answer = client.get(f"http://127.0.0.1:{port}/health/ready")
        server.send_signal(signal.SIGTERM)
        _wait_for(server, "Worker exiting", times=2)
        status = server.wait(20)

    assert answer.json() == {"status": "ready", "database": "ok", "trs": "ok"}
    assert "Server" not in answer.headers
    assert status == 0


def test_without_a_schema_it_does_not_start(tmp_path):
    """The log says what to do about it."""
    with _server(tmp_path, _free_port()) as server:
        log = server.stderr.read()
        status = server.wait(20)

    assert "run ect db upgrade" in log
    assert status != 0
