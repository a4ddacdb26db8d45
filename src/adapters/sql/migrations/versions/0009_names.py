"""Names as they are read from now on, and teachers whose record in TRS has no name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.tables.columns import METADATA
from ect_registration.domain.text import cleaned_name, folded, holds_a_name, without_controls

revision = "0009"
down_revision = "0008"

ROWS_AT_ONCE = 1000

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# SQLite cannot change a check: it rebuilds the table from its old definition.
TEACHERS = sa.Table(
    "teachers",
    sa.MetaData(naming_convention=METADATA.naming_convention),
    sa.Column("id", Number, sa.Identity(), primary_key=True),
    sa.Column("trn", sa.Text(), nullable=False),
    sa.Column("trs_name", sa.Text(), nullable=False),
    sa.Column("corrected_name", sa.Text()),
    sa.Column("searched_name", sa.Text(), nullable=False, server_default=""),
    sa.UniqueConstraint("trn"),
    sa.CheckConstraint("length(trn) BETWEEN 7 AND 7", name="trn_length"),
    sa.CheckConstraint("ltrim(trn, '0123456789') = ''", name="trn_digits"),
    sa.CheckConstraint("length(trs_name) BETWEEN 1 AND 500", name="trs_name_length"),
    sa.CheckConstraint("length(corrected_name) BETWEEN 1 AND 70", name="corrected_name_length"),
)


def upgrade() -> None:
    _clean_names()
    with _views_left_alone(), op.batch_alter_table("teachers", copy_from=TEACHERS) as teachers:
        teachers.drop_constraint(op.f("ck_teachers_trs_name_length"), type_="check")
        teachers.create_check_constraint("trs_name_length", "length(trs_name) BETWEEN 0 AND 500")
        teachers.create_check_constraint(
            "has_a_name", "trs_name <> '' OR corrected_name IS NOT NULL"
        )


@contextmanager
def _views_left_alone() -> Iterator[None]:
    """Drops the views that read the table while SQLite rebuilds it."""
    database = op.get_bind()
    if database.dialect.name != "sqlite":
        yield
        return
    before = database.exec_driver_sql("PRAGMA legacy_alter_table").scalar()
    database.exec_driver_sql("PRAGMA legacy_alter_table = ON")
    yield
    database.exec_driver_sql(f"PRAGMA legacy_alter_table = {before}")


def _clean_names() -> None:
    """Removes control and invisible characters, and full stops for absent parts, from names."""
    table = TEACHERS
    write = sa.update(table).where(table.c.id == sa.bindparam("number"))
    for rows in _batches(sa.select(table)):
        changed = [values for row in rows if (values := _cleaned(row)) is not None]
        if changed:
            op.get_bind().execute(write, changed)


def _batches(select: sa.Select[Any]) -> Iterator[Any]:
    number, last = TEACHERS.c.id, -(2**62)
    page = select.where(number > sa.bindparam("last", type_=Number)).order_by(number)
    while rows := op.get_bind().execute(page.limit(ROWS_AT_ONCE), {"last": last}).all():
        yield rows
        last = rows[-1].id


def _cleaned(row: Any) -> dict[str, object] | None:
    """Returns what to change in a row; None when nothing has to be."""
    words = without_controls(row.trs_name).split()
    trs_name = " ".join(word for word in words if word.strip(".")) or row.trs_name
    corrected = row.corrected_name and cleaned_name(without_controls(row.corrected_name))
    if not (corrected and holds_a_name(corrected)):
        corrected = None
    names = {
        "trs_name": trs_name,
        "corrected_name": corrected,
        "searched_name": folded(corrected or trs_name),
    }
    same = all(getattr(row, name) == value for name, value in names.items())
    return None if same else {"number": row.id, **names}
