"""The production server as a program of its own, and clients that speak to it byte by byte."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

from integration.web.foundation import KEY

PROGRAM = """
import sys
from entrypoints.settings.config import read_settings
from entrypoints.web.serving.production import serve
from entrypoints.web.platform.environment.settings import read_web_settings
serve(read_settings(), read_web_settings(), sys.argv[1], workers=2)
"""
IMPATIENT = f"""
import entrypoints.web.serving.worker
entrypoints.web.serving.worker.PATIENCE = 1.0
{PROGRAM}
"""
WORLD = '{"schools": [{"urn": "100001", "name": "Larkfield School"}]}'
LONGEST_WAIT = 30  # seconds, for a client that would wait for ever


@attrs.frozen
class Production:
    """A server with two workers."""

    process: subprocess.Popen[str]
    port: int

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    def read_log_until(self, words: str, times: int = 1) -> list[str]:
        """Read the log until it has said so that many times."""
        read: list[str] = []
        assert self.process.stderr is not None
        for line in self.process.stderr:
            read.append(line)
            if sum(words in each for each in read) == times:
                return read
        raise AssertionError("".join(read))

    def read_on(self) -> None:
        """Read the log from now on, or its pipe is full one day and the server waits for it."""
        threading.Thread(target=self._to_the_end, daemon=True).start()

    def _to_the_end(self) -> None:
        assert self.process.stderr is not None
        with suppress(ValueError):  # it was closed meanwhile
            for _ in self.process.stderr:
                pass

    def connect(self) -> socket.socket:
        """A client, who has said nothing."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST_WAIT)

    def answers_to(self, request: bytes) -> bytes:
        """Everything that comes back on a connection until the server closes it."""
        with self.connect() as client:
            client.sendall(request)
            return everything_from(client)


def everything_from(client: socket.socket) -> bytes:
    """All that comes until the connection is closed."""
    said = b""
    while more := client.recv(65536):
        said += more
    return said


def heads(said: bytes) -> list[tuple[int, str]]:
    """The status of each answer, and whether the connection stays."""
    parts = [part for part in re.split(rb"(?=HTTP/1\.1 \d)", said) if part.startswith(b"HTTP/")]
    return [(int(part.split()[1]), _connection(part)) for part in parts]


def _connection(part: bytes) -> str:
    found = re.search(rb"(?i)\r\nconnection: (\S+)", part.partition(b"\r\n\r\n")[0])
    return found[1].decode() if found else "stays"


@contextmanager
def production(
    folder: Path,
    program: str = PROGRAM,
    settings: Mapping[str, str] | None = None,
    bind: str = "",
) -> Iterator[Production]:
    """Serve the database of a folder; its workers may not have begun yet."""
    world = folder / "world.json"
    world.write_text(WORLD, encoding="utf-8")
    environment = {
        "ECT_ENV": "test",
        "ECT_BASE_URL": "https://ect.example",
        "ECT_SECRET_KEY": KEY,
        "ECT_DATABASE_URL": f"sqlite:///{folder / 'service.db'}",
        "ECT_TRS_URL": f"world:{world}",
        **(settings or {}),
    }
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    command = [sys.executable, "-c", program, bind or f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Production(process, port)
        finally:  # else a test that fails waits for it for ever
            process.kill()
