"""Why a row ended, periods that were withdrawn, and what may change of an ECT."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from adapters.sql.migrations.in_use import add_reference

revision = "0017"
down_revision = "0016"

expands = True
loses = "why records ended, registrations that were undone, and changed appropriate bodies"
window = "exclusion constraints of ECT and mentor periods are built"

GUARDS = Path(__file__).parents[1] / "guards"
SQLITE = "sqlite"

Number = sa.BigInteger().with_variant(sa.Integer(), SQLITE)
Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), SQLITE)

PERIODS = ("ect_periods", "mentor_periods")
ENDED = (*PERIODS, "mentorships", "trainings")
BODY = "changed_appropriate_body_id"
REFERENCE = (
    f"CONSTRAINT fk_ect_periods_{BODY} FOREIGN KEY({BODY}) REFERENCES appropriate_bodies (id)"
)

MADE = re.compile(r"^CREATE (VIEW|TRIGGER) (\w+)", re.MULTILINE)


def upgrade() -> None:
    for table in PERIODS:
        op.add_column(table, _flag("withdrawn"))
    for table in ENDED:
        op.add_column(table, sa.Column("ends", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("ect_periods", _flag("brought_in"))
    op.add_column("mentor_periods", sa.Column("registered_at", Moment))
    op.add_column("ect_periods", sa.Column(BODY, Number))
    if _is_sqlite():
        _make_anew("ect_periods", lambda made: f"{made.removesuffix(')')}, {REFERENCE})")
    _run(_statements("causes"))
    add_reference("ect_periods", BODY, "appropriate_bodies")


def downgrade() -> None:
    for statement in _forgetting_what_was_withdrawn():
        op.execute(statement)
    guards = _statements("without_causes")
    if _is_sqlite():
        for kind, name in MADE.findall("\n".join(guards)):
            op.execute(f"DROP {kind} {name}")
        _make_anew("ect_periods", lambda made: made.replace(f", {REFERENCE}", ""))
    _run(guards)
    for table in ENDED:
        op.drop_column(table, "ends")
    for table in PERIODS:
        op.drop_column(table, "withdrawn")
    op.drop_column("ect_periods", "brought_in")
    op.drop_column("ect_periods", BODY)
    op.drop_column("mentor_periods", "registered_at")


def _forgetting_what_was_withdrawn() -> Iterator[str]:
    """Yields what removes undone registrations: the schema before could not tell them apart."""
    for kind in ("ect", "mentor"):
        withdrawn = f"(SELECT id FROM {kind}_periods WHERE withdrawn)"  # noqa: S608
        yield f"DELETE FROM journeys WHERE registered_{kind}_id IN {withdrawn}"  # noqa: S608
        for part in ("mentorships", "trainings"):
            yield f"DELETE FROM {part} WHERE {kind}_period_id IN {withdrawn}"  # noqa: S608
    for table in PERIODS:
        yield f"DELETE FROM {table} WHERE withdrawn"  # noqa: S608


def _run(statements: list[str]) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def _statements(name: str) -> list[str]:
    script = GUARDS / f"{name}_{op.get_bind().dialect.name}.sql"
    return script.read_text(encoding="utf-8").split("\n\n")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == SQLITE


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _make_anew(table: str, change: Callable[[str], str]) -> None:
    """Rebuilds a table on SQLite from its own SQL, with its indexes and triggers."""
    database = op.get_bind()
    kept = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL AND "
    made = database.exec_driver_sql(f"{kept} type = 'table'", (table,)).scalar_one()
    others = database.exec_driver_sql(f"{kept} type <> 'table'", (table,)).scalars().all()
    renamed = re.sub(rf'^CREATE TABLE "?{table}"?', f"CREATE TABLE {table}_anew", made.rstrip())
    database.exec_driver_sql(change(renamed))
    database.exec_driver_sql(f"INSERT INTO {table}_anew SELECT * FROM {table}")  # noqa: S608
    database.exec_driver_sql(f"DROP TABLE {table}")
    database.exec_driver_sql(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for other in others:
        database.exec_driver_sql(other)
