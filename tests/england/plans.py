"""Reads how PostgreSQL would run statements: what grows must be reached by an index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from adapters.sql.connection.schema import METADATA

Statement = tuple[str, Any, bool]  # text, values, many times

# What schools choose from does not grow with the number of schools, people or years of use.
BOUNDED = {
    *("academic_years", "appropriate_bodies", "closed_days", "delivery_partners", "pairings"),
    *("lead_provider_years", "lead_providers", "schema_versions"),
    *(name for name in METADATA.tables if name.endswith("_former_names")),
}
ASKS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
# Where rows are what costs, whoever reads few of them wins, as it does among very many.
AS_IF_MANY = (
    *("enable_seqscan = off", "enable_hashjoin = off"),
    *("cpu_tuple_cost = 10", "cpu_index_tuple_cost = 10"),
)
BY_INDEX = ("Index Scan", "Index Only Scan", "Bitmap Index Scan")


def not_by_index(
    engine: sa.Engine, statements: Iterable[Statement], *, few_rows: bool
) -> Sequence[str]:
    """The statements that would read all of a table that grows, each with that table.

    Of few rows a planner would rather read all: where they are few, each counts as if there were
    many, so that all are read only where there is no better way.
    """
    once = {text: (values, many) for text, values, many in statements if text.startswith(ASKS)}
    found = []
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for setting in AS_IF_MANY if few_rows else ():
            connection.exec_driver_sql(f"SET {setting}")
        for text, (values, many) in once.items():
            first = values[0] if many else values
            plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {text}", first).scalar_one()
            read = json.loads(plan) if isinstance(plan, str) else plan
            found += [f"{table}: {text}" for table in sorted(set(_read_whole(read[0]["Plan"])))]
        connection.invalidate()
    return found


def _read_whole(node: Mapping[str, Any], *, limited: bool = False) -> Iterator[str]:
    """The tables of which a plan reads every row, or every entry of an index."""
    kind, table = str(node["Node Type"]), node.get("Relation Name")
    limited = limited or kind == "Limit"
    whole = kind.endswith("Seq Scan") or (
        kind in BY_INDEX and "Index Cond" not in node and not limited
    )
    if whole and table not in BOUNDED:
        yield str(table or node.get("Index Name"))
    for part in node.get("Plans", ()):
        yield from _read_whole(part, limited=limited)
