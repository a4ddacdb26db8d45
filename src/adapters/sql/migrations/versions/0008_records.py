"""Wrong facts that were typed, and the chain through history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.tables.columns import AsKept
from ect_registration.domain.records.history_chain import NO_SCHOOL, Head, sealed

revision = "0008"
down_revision = "0007"

GUARDS = Path(__file__).parents[1] / "guards"
ROWS_AT_ONCE = 1000

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

OLD = ("id", "at", "actor", "school_id", "what", "rules", "trn", "about", "before", "after")

history = sa.table(
    "history", *map(sa.column, OLD), sa.column("chain"), sa.column("number"), sa.column("seal")
)
heads = sa.table("history_heads", sa.column("chain"), sa.column("number"), sa.column("seal"))
earlier = sa.table("history_before", *map(sa.column, OLD))
schools = sa.table("schools", sa.column("id"), sa.column("urn"))


def upgrade() -> None:
    # What is append-only cannot be changed in its place.
    op.execute("CREATE TABLE history_before AS SELECT * FROM history")
    op.create_index("ix_history_before", "history_before", ["id"])
    op.drop_table("history")
    _create_tables()
    _chain_what_there_is()
    op.drop_table("history_before")
    database = op.get_bind()
    script = (GUARDS / f"records_{database.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in script.split("\n\n"):
        database.exec_driver_sql(statement)


def _create_tables() -> None:
    op.create_table(
        "history",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("school_id", Number, sa.ForeignKey("schools.id")),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("trn", sa.Text()),
        sa.Column("about", sa.Uuid()),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("number", Number, nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.CheckConstraint("length(actor) BETWEEN 1 AND 255", name="actor_length"),
        sa.CheckConstraint("length(what) BETWEEN 1 AND 50", name="what_length"),
        sa.CheckConstraint("length(rules) BETWEEN 2 AND 100000", name="rules_length"),
        sa.CheckConstraint("length(trn) BETWEEN 7 AND 7", name="trn_length"),
        sa.CheckConstraint("ltrim(trn, '0123456789') = ''", name="trn_digits"),
        sa.CheckConstraint("length(before) BETWEEN 2 AND 100000", name="before_length"),
        sa.CheckConstraint("length(after) BETWEEN 2 AND 100000", name="after_length"),
        sa.CheckConstraint("length(chain) BETWEEN 4 AND 6", name="chain_length"),
        sa.CheckConstraint("length(seal) BETWEEN 64 AND 64", name="seal_length"),
        sa.UniqueConstraint("chain", "number"),
        sa.Index(None, "school_id", "id"),
        sa.Index(None, "about"),
    )
    op.create_table(
        "history_heads",
        sa.Column("chain", sa.Text(), primary_key=True),
        sa.Column("number", Number, nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.CheckConstraint("length(chain) BETWEEN 4 AND 6", name="chain_length"),
        sa.CheckConstraint("length(seal) BETWEEN 0 AND 64", name="seal_length"),
    )
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("trn", sa.Text()),
        sa.Column("at", Moment, nullable=False),
        sa.CheckConstraint("what IN ('wrong-fact', 'sign-in', 'download')", name="what_known"),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 255", name="key_length"),
        sa.CheckConstraint("length(trn) BETWEEN 7 AND 7", name="trn_length"),
        sa.CheckConstraint("ltrim(trn, '0123456789') = ''", name="trn_digits"),
        sa.Index(None, "key", "at"),
        sa.Index(None, "trn", "at"),
        sa.Index(None, "at"),
    )


_ROWS = (
    sa.select(
        earlier.c.id,
        sa.type_coerce(earlier.c.at, AsKept()),
        earlier.c.actor,
        schools.c.urn,
        earlier.c.what,
        earlier.c.rules,
        earlier.c.trn,
        sa.type_coerce(earlier.c.about, AsKept()),
        earlier.c.before,
        earlier.c.after,
    )
    .select_from(earlier.outerjoin(schools, schools.c.id == earlier.c.school_id))
    .where(earlier.c.id > sa.bindparam("last", type_=Number))
    .order_by(earlier.c.id)
    .limit(ROWS_AT_ONCE)
)
_KEEP = sa.insert(history).from_select(
    [*OLD, "chain", "number", "seal"],
    sa.select(
        *earlier.c,
        sa.bindparam("of_chain", type_=sa.Text()),
        sa.bindparam("of_number", type_=Number),
        sa.bindparam("of_seal", type_=sa.Text()),
    ).where(earlier.c.id == sa.bindparam("of_id", type_=Number)),
)
_GO_ON_NUMBERING = """
SELECT setval(pg_get_serial_sequence('history', 'id'), max(id)) FROM history
HAVING max(id) IS NOT NULL
"""


def _chain_what_there_is() -> None:
    """Chains the lines of history that there are, in the order of writing."""
    database, last = op.get_bind(), -(2**62)
    ends: dict[str, Head] = {}
    while rows := database.execute(_ROWS, {"last": last}).all():
        database.execute(_KEEP, [_sealed(row, ends) for row in rows])
        last = rows[-1].id
    if ends:
        values = [{"chain": n, "number": e.number, "seal": e.seal} for n, e in ends.items()]
        database.execute(sa.insert(heads), values)
    if database.dialect.name == "postgresql":
        database.exec_driver_sql(_GO_ON_NUMBERING)


def _sealed(row: Any, ends: dict[str, Head]) -> dict[str, object]:
    number, *line = row
    chain = row.urn or NO_SCHOOL
    end = ends[chain] = sealed(ends.get(chain, Head()), line)
    return {"of_id": number, "of_chain": chain, "of_number": end.number, "of_seal": end.seal}
