"""A new ECT, a transfer, a mentor assigned: statements, and time against the bare driver.

The bare driver runs the very statements that we run, with the same values, in a transaction. Three
databases see the same from the start: on one we are timed, on one our statements are recorded
(watching them takes time), and on one the driver runs them.
"""

from __future__ import annotations

import gc
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, TypeVar

import attrs
import psycopg
import sqlalchemy as sa

from adapters.sql.store import SqlStore
from bench.assigning import assign, ready_assignments
from bench.measuring import Measure
from contests import Submit, actor, contest_ports, ready_journey, reference_data
from ect_registration.domain.values import Trn
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.registering.outcomes import Registered
from ect_registration.use_cases.registering.register_ect import submit_ect
from ect_registration.use_cases.transactions import Ports
from entrypoints.bootstrap import upgrade_database
from integration.postgresql import fresh_postgresql_url

NEW, TRANSFER, ASSIGNMENT = "a new ECT", "a transfer", "a mentor assigned"
# On PostgreSQL three of them hold what the decision rests on.
STATEMENTS = {
    "SQLite": {NEW: 14.0, TRANSFER: 24.0, ASSIGNMENT: 10.0},
    "PostgreSQL": {NEW: 15.0, TRANSFER: 24.0, ASSIGNMENT: 13.0},
}
# These limits come with SQLAlchemy's own Connection:
# docs/decisions/0047-statements-through-sqlalchemy.md.
TIMES_THE_DRIVER = {"SQLite": 4.0, "PostgreSQL": 2.5}
PEOPLE = 200

R = TypeVar("R")
Statement = tuple[str, Any, bool]  # text, values, many times
Submission = tuple[int, float, float]  # statements, our seconds, the driver's


@attrs.frozen
class Bare:
    """A driver with nothing above it."""

    begin: Callable[[], object]
    execute: Callable[[str, Any], object]
    execute_many: Callable[[str, Any], object]
    commit: Callable[[], object]

    def run(self, statements: Sequence[Statement]) -> float:
        """Seconds for these statements, committed."""
        began = perf_counter()
        self.begin()
        for text, values, many in statements:
            (self.execute_many if many else self.execute)(text, values)
        self.commit()
        return perf_counter() - began


@contextmanager
def recorded(by: sa.Engine | type[sa.Engine] = sa.Engine) -> Iterator[list[Statement]]:
    """Every statement that reaches a driver meanwhile, through one engine or through any.

    Without BEGIN, which is a statement of ours on SQLite only: PostgreSQL's driver sends its own.
    """
    statements: list[Statement] = []

    def record(_c: Any, _cursor: Any, text: str, values: Any, _x: Any, many: bool) -> None:
        if not text.startswith("BEGIN"):
            # An insert that returns several rows is one statement; SQLAlchemy calls it many too.
            statements.append((text, values, many and isinstance(values, list)))

    sa.event.listen(by, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        sa.event.remove(by, "before_cursor_execute", record)


@attrs.frozen
class Twin:
    """Ports whose statements are watched, and no others: an engine once watched is slower."""

    ports: Ports
    store: SqlStore

    def recorded(self) -> AbstractContextManager[list[Statement]]:
        """Every statement meanwhile."""
        return recorded(self.store.engine)


def ready_ects(school: int, start_date: date, ports: Ports) -> list[Submit]:
    """Everybody's journey up to check answers."""
    trns = [Trn(f"{number:07}") for number in range(1, PEOPLE + 1)]
    return [ready_journey(trn, ports, actor(school), start_date) for trn in trns]


def submit(school: int, ready: Submit, ports: Ports) -> None:
    """From a press on the button of check answers to the commit."""
    outcome = submit_ect(ready.journey, ready.shown, actor(school), ports)
    assert isinstance(outcome, Registered), outcome


def measure_on(name: str, timed: str, watched: str, bare: Bare) -> list[Measure]:
    """New ECTs at one school, then their transfer to another, where each gets a mentor."""
    ours, store = contest_ports(timed, PEOPLE), SqlStore.at(watched)
    twin = Twin(attrs.evolve(ours, unit_of_work=store.unit_of_work, reading=store.reading), store)
    load_world(reference_data(), "bench", ours)
    with twin.recorded() as loading:
        load_world(reference_data(), "bench", twin.ports)
    bare.run(loading)
    compare = partial(_submissions, ours, twin, bare)
    new = compare(partial(ready_ects, 0, date(2025, 9, 1)), partial(submit, 0))
    moved = compare(partial(ready_ects, 1, date(2025, 9, 8)), partial(submit, 1))
    assigned = compare(partial(ready_assignments, PEOPLE), assign)
    return [
        *_figures(name, NEW, new),
        *_figures(name, TRANSFER, moved),
        *_figures(name, ASSIGNMENT, assigned),
    ]


def _submissions(
    ours: Ports,
    twin: Twin,
    bare: Bare,
    prepare: Callable[[Ports], Sequence[R]],
    run: Callable[[R, Ports], None],
) -> list[Submission]:
    """Everything that comes before is done first; then each submission, ours and theirs."""
    ready = prepare(ours)
    with twin.recorded() as before:
        watched = prepare(twin.ports)
    with twin.recorded() as statements:
        counts = [_count(statements, partial(run, one, twin.ports)) for one in watched]
    bare.run(before)
    gc.collect()
    gc.freeze()  # what was kept for later is not to be looked through meanwhile
    submissions, at = [], 0
    for one, count in zip(ready, counts, strict=True):
        theirs = statements[at : at + count]
        submissions.append((count, _seconds(partial(run, one, ours)), bare.run(theirs)))
        at += count
    return submissions


def _seconds(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began


def _count(statements: Sequence[Statement], run: Callable[[], object]) -> int:
    before = len(statements)
    run()
    return len(statements) - before


def _figures(name: str, what: str, submissions: Sequence[Submission]) -> list[Measure]:
    warm = submissions[PEOPLE // 2 :]
    ours, floor = median(p[1] for p in warm), median(p[2] for p in warm)
    note = f"{ours * 1e3:.1f} ms against {floor * 1e3:.1f} ms"
    statements = float(max(p[0] for p in warm))
    return [
        Measure(f"{name}, {what}: statements", statements, STATEMENTS[name][what], "statements"),
        Measure(f"{name}, {what}: time", ours / floor, TIMES_THE_DRIVER[name], note=note),
    ]


def measure() -> list[Measure]:
    """On SQLite in a file and on PostgreSQL."""
    return [*_on_sqlite(), *_on_postgresql()]


def _on_sqlite() -> list[Measure]:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:  # a real disk: /tmp may be memory
        files = [Path(folder) / name for name in ("ours.db", "twin.db", "bare.db")]
        for file in files:
            upgrade_database(f"sqlite:///{file}")
        with closing(sqlite3.connect(files[2], isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            bare = Bare(
                lambda: connection.execute("BEGIN IMMEDIATE"),
                lambda text, values: connection.execute(text, values).fetchall(),
                connection.executemany,
                lambda: connection.execute("COMMIT"),
            )
            return measure_on("SQLite", f"sqlite:///{files[0]}", f"sqlite:///{files[1]}", bare)


def _on_postgresql() -> list[Measure]:
    ours, twin, theirs = (fresh_postgresql_url(durable=True) for _ in range(3))
    address = sa.make_url(theirs).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False)) as connection:
        connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        cursor = connection.cursor()
        bare = Bare(
            lambda: None,
            lambda text, values: _fetched(cursor.execute(text, values)),
            cursor.executemany,
            connection.commit,
        )
        return measure_on("PostgreSQL", ours, twin, bare)


def _fetched(cursor: psycopg.Cursor[Any]) -> object:
    return cursor.fetchall() if cursor.description else None
