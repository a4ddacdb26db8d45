"""Names as they are searched by now: more letters count as plain ones, and blanks do not count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ect_registration.domain.search.ect_search import run_together
from ect_registration.domain.text import folded

revision = "0012"
down_revision = "0011"

ROWS_AT_ONCE = 1000

teachers = sa.table(
    "teachers",
    sa.column("id", sa.BigInteger()),
    sa.column("trs_name", sa.Text()),
    sa.column("corrected_name", sa.Text()),
    sa.column("searched_name", sa.Text()),
    sa.column("joined_name", sa.Text()),
)

_NAMES = (
    sa.select(
        teachers.c.id,
        sa.func.coalesce(teachers.c.corrected_name, teachers.c.trs_name).label("name"),
    )
    .where(teachers.c.id > sa.bindparam("last", type_=sa.BigInteger()))
    .order_by(teachers.c.id)
    .limit(ROWS_AT_ONCE)
)
_SET = (
    sa.update(teachers)
    .where(teachers.c.id == sa.bindparam("of_id"))
    .values(searched_name=sa.bindparam("folded"), joined_name=sa.bindparam("joined"))
)


def upgrade() -> None:
    joined_name = sa.Column("joined_name", sa.Text(), nullable=False, server_default="")
    op.add_column("teachers", joined_name)
    _fold_names()


def _fold_names() -> None:
    """Writes each name as the program folds what is typed, a batch at a time."""
    database, last = op.get_bind(), -(2**62)
    while rows := database.execute(_NAMES, {"last": last}).all():
        database.execute(_SET, [_searched(row.id, folded(row.name)) for row in rows])
        last = rows[-1].id


def _searched(number: int, name: str) -> dict[str, object]:
    return {"of_id": number, "folded": name, "joined": run_together(name)}
