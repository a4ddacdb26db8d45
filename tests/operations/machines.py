"""PostgreSQL, PgBouncer, nginx and hosts of the service, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs
import httpx

from integration.backups import program

NOBODY = "nobody"  # PostgreSQL and PgBouncer refuse to run as root
LOCAL = "127.0.0.1"
KEY = "a key for operations, of 32 bytes or more"
SERVE = "from entrypoints.cli.start import run; run()"
PATIENCE = 120.0  # seconds, for a busy machine

BOUNCER = """[databases]
ect = host={host} port={port} dbname=ect user=postgres
[pgbouncer]
listen_addr = {listen}
listen_port = {own}
auth_type = any
pool_mode = transaction
default_pool_size = 10
max_client_conn = 200
unix_socket_dir =
"""
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream ect {{ {servers} }}
    server {{
        listen {listen};
        location / {{ proxy_pass http://ect; proxy_set_header Host $http_host; }}
    }}
}}
"""


def free_port() -> int:
    """Nobody's at the moment."""
    with socket.create_server((LOCAL, 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def running(command: Sequence[str], **more: object) -> Iterator[subprocess.Popen[bytes]]:
    """A process with a session of its own, ended with all of its children."""
    process = subprocess.Popen(command, start_new_session=True, **more)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGCONT)
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(what: str, ready) -> None:
    """Until it is so."""
    until = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < until, f"never came about: {what}"
        time.sleep(0.05)


def _listens(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), 1):
        return True
    return False


@attrs.frozen
class Postgres:
    """A server of its own, that can be reached over the network."""

    process: subprocess.Popen[bytes]
    host: str
    port: int

    @property
    def url(self) -> str:
        """Of its database."""
        return f"postgresql://postgres@{self.host}:{self.port}/ect"

    def freeze(self) -> None:
        """Every process of it stops where it is."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """They go on."""
        os.killpg(self.process.pid, signal.SIGCONT)


@contextmanager
def folder_of_nobody() -> Iterator[Path]:
    """A place that programs can read which do not run as root; pytest's cannot be."""
    with tempfile.TemporaryDirectory(prefix="ect-operations-", ignore_cleanup_errors=True) as name:
        os.chown(name, id_of_nobody(), -1)
        yield Path(name)


def id_of_nobody() -> int:
    """The account's number."""
    return int(subprocess.check_output(["id", "-u", NOBODY], text=True))


@contextmanager
def postgres(host: str = LOCAL) -> Iterator[Postgres]:
    """An empty database `ect`."""
    with folder_of_nobody() as folder, _postgres_in(folder, host) as server:
        yield server


@contextmanager
def _postgres_in(folder: Path, host: str) -> Iterator[Postgres]:
    data, port = folder / "pg", free_port()
    subprocess.run(
        [program("initdb"), "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8"],
        user=NOBODY,
        check=True,
        capture_output=True,
        cwd="/",
    )
    with (data / "pg_hba.conf").open("a") as access:
        access.write("host all all 0.0.0.0/0 trust\n")
    command = [
        *(program("postgres"), "-D", str(data), "-p", str(port), "-k", str(data)),
        *("-c", f"listen_addresses={host}", "-c", "fsync=off", "-c", "max_connections=200"),
    ]
    with (
        (folder / "pg.log").open("wb") as log,
        running(command, user=NOBODY, stderr=log, stdout=log, cwd="/") as process,
    ):
        wait_for("PostgreSQL", lambda: _runs_sql(host, port))
        yield Postgres(process, host, port)


def _runs_sql(host: str, port: int) -> bool:
    made = [program("createdb"), "-h", host, "-p", str(port), "-U", "postgres", "ect"]
    return subprocess.run(made, capture_output=True, check=False).returncode == 0


@contextmanager
def pgbouncer(server: Postgres, host: str = LOCAL) -> Iterator[str]:
    """The address of PgBouncer in transaction mode in front of the database."""
    own = free_port()
    with folder_of_nobody() as folder:
        settings = folder / "pgbouncer.ini"
        said = BOUNCER.format(host=server.host, port=server.port, own=own, listen=host)
        settings.write_text(said, encoding="utf-8")
        with (
            (folder / "pgbouncer.log").open("wb") as log,
            running(["pgbouncer", "-u", NOBODY, str(settings)], stderr=log, stdout=log),
        ):
            wait_for("PgBouncer", lambda: _listens(host, own))
            yield f"postgresql://postgres@{host}:{own}/ect"


@attrs.define
class Host:
    """A host of the service: one process with its workers, on a port of its own."""

    settings: Mapping[str, str]
    port: int = attrs.field(factory=free_port)
    bind: str = LOCAL
    inside: Sequence[str] = ()  # the command that runs it in a network namespace
    source: Path | None = None  # of another version of the program
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it is ready."""
        environment = {**os.environ, **self.settings}
        if self.source is not None:
            environment["PYTHONPATH"] = str(self.source)
        command = [
            *(*self.inside, sys.executable, "-c", SERVE, "serve"),
            *("--bind", f"{self.bind}:{self.port}", "--workers", "1"),
        ]
        self._process = subprocess.Popen(
            command, env=environment, start_new_session=True, stderr=subprocess.DEVNULL
        )
        wait_for("a host that is ready", lambda: self.health() == 200)

    def health(self) -> int:
        """What it answers to whoever asks whether it is ready; 0 for nothing."""
        with suppress(httpx.HTTPError):
            return httpx.get(f"http://{self.bind}:{self.port}/health/ready").status_code
        return 0

    def stop(self) -> None:
        """As an operator does: what is under way is finished."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)

    def kill(self) -> None:
        """As a power cut does."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


@contextmanager
def hosts(*given: Host) -> Iterator[Sequence[Host]]:
    """Started one after the other, and gone at the end."""
    try:
        for host in given:
            host.start()
        yield given
    finally:
        for host in given:
            host.kill()


@attrs.frozen
class Proxy:
    """nginx in front of hosts."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def send_to(self, given: Sequence[Host]) -> None:
        """From now on; what is under way elsewhere goes on."""
        write_nginx(self.folder, self.port, given)
        before = self._workers()
        self.process.send_signal(signal.SIGHUP)
        # The new worker is there before the old one has answered what it was asked, and ends.
        wait_for("nginx with new settings", lambda: before.isdisjoint(self._workers() or before))

    def _workers(self) -> set[str]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return set(children.read_text().split())


@contextmanager
def proxy(folder: Path, given: Sequence[Host]) -> Iterator[Proxy]:
    """Sends each request to the next host, or to another where one cannot be reached."""
    folder.mkdir()
    port = free_port()
    settings = write_nginx(folder, port, given)
    with running(["nginx", "-c", str(settings), "-p", str(folder)]) as process:
        wait_for("nginx", lambda: _listens(LOCAL, port))
        yield Proxy(folder, port, process)


def write_nginx(folder: Path, port: int, given: Sequence[Host]) -> Path:
    """Its settings, with these hosts behind it."""
    servers = " ".join(f"server {host.bind}:{host.port} max_fails=0;" for host in given)
    settings = folder / "nginx.conf"
    settings.write_text(
        NGINX.format(folder=folder, servers=servers, listen=f"{LOCAL}:{port}"), encoding="utf-8"
    )
    return settings
