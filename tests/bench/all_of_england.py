"""`make england`: PostgreSQL with all of England, and what its pages take beside a small part.

With an address (`DATABASE=postgresql://…`) it only fills that database, which must be empty and up
to date: to look around in, or to try an upgrade.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from adapters.sql.store import SqlStore
from bench.measuring import Measure
from bench.pages import PAGES
from bench.served import MOST_PEOPLE, Database, get, log_to_nowhere, ports_on, served
from contests import Submit, actor, ready_journey
from ect_registration.domain.values import Trn
from ect_registration.use_cases.transactions import Ports
from england.filling import ALL_SCHOOLS, counted, fill
from england.plans import not_by_index
from england.visiting import prepared, statements_of_changes, statements_of_pages
from integration.postgresql import fresh_postgresql_url

A_THOUSAND = 34  # schools, with some thousand ECTs
MOST = 1.3  # times
ROUNDS = 100
TRIES = 4  # what else the machine does makes a time longer, never shorter
FIRST_TO_CONFIRM, CONFIRMED = 10, 60  # people; others are in the way of pages
A_DAY = date(2025, 9, 8)


def main() -> int:
    """Fill both, then compare; exit status 1 when anything is over its limit."""
    given = sys.argv[1] if len(sys.argv) > 1 else None
    if given:
        fill(given, ALL_SCHOOLS, _say)
        return 0
    log_to_nowhere()
    small, whole = (fresh_postgresql_url(durable=True) for _ in range(2))
    fill(small, A_THOUSAND, _say)
    fill(whole, ALL_SCHOOLS, _say)
    _say(", ".join(f"{many:,} {table}" for table, many in counted(whole).items()))
    over = 0
    for measure in compared(prepared(small), prepared(whole)):
        _say(str(measure))
        over += not measure.holds
    return 1 if over else 0


def compared(small: Database, whole: Database) -> Iterator[Measure]:
    """Statements without an index, and each page and a confirmation against a thousand."""
    read_whole = _read_whole(whole)
    note = "; ".join(read_whole)[:300]
    yield Measure("read whole by pages and submissions", len(read_whole), 0, "tables", note)
    with served(small) as (_, few), served(whole) as (_, many):
        for page, address in PAGES.items():
            runs = [
                partial(get, client, address.format(**database.names))
                for client, database in ((few, small), (many, whole))
            ]
            yield _ratio(page, partial(_p95s, runs))
    people = iter(range(FIRST_TO_CONFIRM, MOST_PEOPLE, CONFIRMED))
    yield _ratio("a confirmation", lambda: _confirmations(next(people), small, whole))


def _read_whole(whole: Database) -> Sequence[str]:
    statements = [*statements_of_pages(whole), *statements_of_changes(whole)]
    with closing(SqlStore.at(whole.url)) as store:
        return not_by_index(store.engine, statements, few_rows=False)


def _ratio(what: str, measured: Callable[[], tuple[float, float]]) -> Measure:
    """The best of some tries, each the slowest but five in a hundred of both."""
    found = []
    for _ in range(TRIES):
        found.append(measured())
        if found[-1][1] <= MOST * found[-1][0]:
            break
    few, many = min(found, key=lambda pair: pair[1] / pair[0])
    note = f"{many * 1e3:.1f} ms against {few * 1e3:.1f} ms"
    return Measure(f"{what}, England: p95", many / few, MOST, "times a thousand's", note)


def _confirmations(first: int, small: Database, whole: Database) -> tuple[float, float]:
    with ports_on(small.url) as few, ports_on(whole.url) as many:
        runs = []
        for ports in (few, many):
            trns = (Trn(f"{number:07}") for number in range(first, first + CONFIRMED))
            ready = [ready_journey(trn, ports, actor(0), A_DAY) for trn in trns]
            runs.append(partial(_next_of, iter(ready), ports))
        return _p95s(runs, CONFIRMED)


def _next_of(submits: Iterator[Submit], ports: Ports) -> None:
    UUID(next(submits)(ports))  # the id of the ECT, not the rule that refused


def _p95s(runs: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> tuple[float, float]:
    """Of each, taken in turns."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for run, seconds in zip(runs, times, strict=True):
            began = perf_counter()
            run()
            seconds.append(perf_counter() - began)
    few, many = (sorted(seconds)[int(len(seconds) * 0.95) - 1] for seconds in times)
    return few, many


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
