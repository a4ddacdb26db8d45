"""What names are searched by, and the way to what happened to one period."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ect_registration.domain.text import folded

revision = "0005"
down_revision = "0004"

teachers = sa.table(
    "teachers",
    sa.column("id", sa.BigInteger()),
    sa.column("trs_name", sa.Text()),
    sa.column("corrected_name", sa.Text()),
    sa.column("searched_name", sa.Text()),
)


def upgrade() -> None:
    searched_name = sa.Column("searched_name", sa.Text(), nullable=False, server_default="")
    op.add_column("teachers", searched_name)
    _fold_names()
    op.create_index(op.f("ix_history_about"), "history", ["about"])


def _fold_names() -> None:
    """As the program that will look for them folds what is typed."""
    shown = sa.func.coalesce(teachers.c.corrected_name, teachers.c.trs_name)
    rows = op.get_bind().execute(sa.select(teachers.c.id, shown.label("name"))).all()
    if rows:
        op.get_bind().execute(
            sa.update(teachers).where(teachers.c.id == sa.bindparam("number")),
            [{"number": row.id, "searched_name": folded(row.name)} for row in rows],
        )
