"""Why a row ended, periods that were withdrawn, and what may change of an ECT."""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

GUARDS = Path(__file__).parents[1] / "guards"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

BODY = "changed_appropriate_body_id"
REFERENCE = (
    f"CONSTRAINT fk_ect_periods_{BODY} FOREIGN KEY({BODY}) REFERENCES appropriate_bodies (id)"
)


def upgrade() -> None:
    for table in ("ect_periods", "mentor_periods"):
        op.add_column(table, _flag("withdrawn"))
    for table in ("ect_periods", "mentor_periods", "mentorships", "trainings"):
        ends = sa.Column("ends", sa.Text(), nullable=False, server_default="[]")
        op.add_column(table, ends)
    op.add_column("ect_periods", _flag("brought_in"))
    op.add_column("mentor_periods", sa.Column("registered_at", Moment))
    op.add_column("ect_periods", sa.Column(BODY, Number))
    _refer_to_body()
    database = op.get_bind()
    script = (GUARDS / f"causes_{database.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in script.split("\n\n"):
        database.exec_driver_sql(statement)


def _refer_to_body() -> None:
    """SQLite cannot add a constraint: the table is made anew, with its indexes and triggers.

    It is made from the text that the database keeps of it, so that nothing else of it changes.
    """
    database = op.get_bind()
    if database.dialect.name != "sqlite":
        op.execute(f"ALTER TABLE ect_periods ADD {REFERENCE}")
        return
    kept = "SELECT sql FROM sqlite_master WHERE tbl_name = 'ect_periods' AND sql IS NOT NULL AND "
    made = database.exec_driver_sql(f"{kept} type = 'table'").scalar_one()
    others = database.exec_driver_sql(f"{kept} type <> 'table'").scalars().all()
    anew = re.sub(r'^CREATE TABLE "?ect_periods"?', "CREATE TABLE ect_periods_anew", made)
    database.exec_driver_sql(f"{anew.rstrip().removesuffix(')')}, {REFERENCE})")
    database.exec_driver_sql("INSERT INTO ect_periods_anew SELECT * FROM ect_periods")
    database.exec_driver_sql("DROP TABLE ect_periods")
    database.exec_driver_sql("ALTER TABLE ect_periods_anew RENAME TO ect_periods")
    for other in others:
        database.exec_driver_sql(other)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
