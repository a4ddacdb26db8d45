"""A database that hangs for a minute, in four ways, under twenty users.

Everybody has an answer within the deadline, nothing is half written, and all goes on by itself.
"""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest

from entrypoints import bootstrap
from operations.machines import Host, Postgres, hosts, postgres, wait_for
from operations.test_several_hosts import nothing_is_half_written, settings
from operations.users import User, a_world, answers_of, at_work, signed_in

USERS, PEOPLE = 20, 20_500
LONG = 60.0  # seconds
DEADLINE = 10.0  # seconds, the longest; what a busy machine takes anyway comes on top
NETWORK = {"users": "10.77.1", "database": "10.77.2"}  # one side is .1, the host's is .2


@contextmanager
def frozen(server: Postgres) -> Iterator[None]:
    """Every process of PostgreSQL stands still; the network answers."""
    server.freeze()
    try:
        yield
    finally:
        server.thaw()


@contextmanager
def locked(server: Postgres) -> Iterator[None]:
    """Somebody has a table for themself."""
    with psycopg.connect(server.url) as connection:
        connection.execute("LOCK TABLE ect_periods IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


@pytest.mark.parametrize("fault", [frozen, locked])
def test_a_server_that_hangs_holds_nobody_up(tmp_path, fault):
    """Whether it is all of it or one table."""
    with postgres() as server:
        host = Host(settings(server.url, tmp_path, users=USERS, people=PEOPLE))
        _tried(host, server.url, lambda: fault(server))


def test_a_network_that_drops_everything_holds_nobody_up(tmp_path):
    """Nothing comes back, not even that there is nobody: users still reach the host."""
    with _namespace() as (inside, drop), postgres(f"{NETWORK['database']}.1") as server:
        given = settings(server.url, tmp_path, users=USERS, people=PEOPLE)
        host = Host(given, bind=f"{NETWORK['users']}.2", inside=inside)
        _tried(host, server.url, drop)


def test_a_file_that_somebody_holds_holds_nobody_up(tmp_path):
    """Another process writes to the SQLite file, and does not end."""
    url = f"sqlite:///{tmp_path / 'ect.db'}"

    @contextmanager
    def held() -> Iterator[None]:
        with closing(sqlite3.connect(tmp_path / "ect.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    _tried(Host(settings(url, tmp_path, users=USERS, people=PEOPLE)), url, held)


def _tried(host: Host, database: str, fault: Callable[[], object]) -> None:
    bootstrap.upgrade_database(database)
    cookies = signed_in(database, a_world(USERS, PEOPLE), USERS)
    with hosts(host), at_work(f"http://{host.bind}:{host.port}", cookies) as users:
        wait_for("a registration", lambda: _registered(users) > 0)
        before, usual = _registered(users), max(user.slowest for user in users)
        with fault():
            time.sleep(LONG)
        wait_for("another registration", lambda: _registered(users) > before)
    nothing_is_half_written(database, users)

    assert {found for user in users for found in user.strange} == set()
    assert max(user.slowest for user in users) < DEADLINE + 2 * usual
    assert answers_of(users)[503] > 0


def _registered(users: list[User]) -> int:
    return sum(user.registered for user in users)


@contextmanager
def _namespace() -> Iterator[tuple[tuple[str, ...], Callable[[], object]]]:
    """A network of its own for the host: how to run in it, and how its database is cut off."""
    name = "ect-operations"
    links = {network: (f"ect-{network[:4]}0", f"ect-{network[:4]}1") for network in NETWORK}
    _ip("netns", "add", name)
    try:
        for network, (here, there) in links.items():
            _ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name)
            _ip("address", "add", f"{NETWORK[network]}.1/30", "dev", here)
            _ip("link", "set", here, "up")
            _ip("-n", name, "address", "add", f"{NETWORK[network]}.2/30", "dev", there)
            _ip("-n", name, "link", "set", there, "up")
        _ip("-n", name, "link", "set", "lo", "up")

        @contextmanager
        def dropped() -> Iterator[None]:
            _ip("link", "set", links["database"][0], "down")
            try:
                yield
            finally:
                _ip("link", "set", links["database"][0], "up")

        yield ("ip", "netns", "exec", name), dropped
    finally:
        _ip("netns", "delete", name)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)
