"""Records without an email address, the four states of schools, and more of what GIAS says."""

from __future__ import annotations

import re
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

SQLITE = "sqlite"

CHECKS: Mapping[str, Mapping[str, str]] = {
    "schools": {
        "urn_length": "length(urn) BETWEEN 5 AND 7",
        "type_known": "type IN ('state_funded', 'independent', 'not_eligible')",
        "status_known": "status IN ('open', 'proposed_to_open', 'proposed_to_close', 'closed')",
        "local_authority_length": "length(local_authority) BETWEEN 1 AND 200",
        "region_length": "length(region) BETWEEN 1 AND 200",
        "phase_length": "length(phase) BETWEEN 1 AND 200",
    },
    "ect_periods": {"email_with_key": "(email IS NULL) = (email_key IS NULL)"},
    "mentor_periods": {"email_with_key": "(email IS NULL) = (email_key IS NULL)"},
    "history": {"chain_length": "length(chain) BETWEEN 4 AND 7"},
    "history_heads": {"chain_length": "length(chain) BETWEEN 4 AND 7"},
}
OPTIONAL = {"ect_periods": ("email", "email_key"), "mentor_periods": ("email", "email_key")}

# A period without an address needs no claim.
CLAIMED = "NEW.finished_on IS NULL AND NEW.email_key IS NOT NULL"
CLAIM_TRIGGER = """CREATE TRIGGER {table}_claim
AFTER INSERT OR UPDATE OF teacher_id, email_key, finished_on ON {table}
FOR EACH ROW WHEN ({claimed}) EXECUTE FUNCTION check_email_claimed()"""


def upgrade() -> None:
    for name in ("opened_on", "closed_on"):
        op.add_column("schools", sa.Column(name, sa.Date()))
    for name in ("local_authority", "region", "phase"):
        op.add_column("schools", sa.Column(name, sa.Text()))
    change = _on_sqlite if op.get_bind().dialect.name == SQLITE else _on_postgresql
    for table in CHECKS:
        change(table)


def _on_postgresql(table: str) -> None:
    for name, condition in CHECKS[table].items():
        full = f"ck_{table}_{name}"
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {full}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {full} CHECK ({condition})")
    if table in OPTIONAL:
        for column in OPTIONAL[table]:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL")
        op.execute(f"DROP TRIGGER {table}_claim ON {table}")
        op.execute(CLAIM_TRIGGER.format(table=table, claimed=CLAIMED))


def _on_sqlite(table: str) -> None:
    """Rebuilds a table, with its indexes and triggers: SQLite cannot change a constraint.

    It is rebuilt from the SQL that the database keeps of it, so that nothing else changes.
    """
    database = op.get_bind()
    kept = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL AND "
    made = database.exec_driver_sql(f"{kept} type = 'table'", (table,)).scalar_one()
    others = database.exec_driver_sql(f"{kept} type <> 'table'", (table,)).scalars().all()
    columns = ", ".join(
        f'"{row.name}"' for row in database.exec_driver_sql(f"PRAGMA table_info({table})")
    )
    database.exec_driver_sql(_renamed(_changed(made, table), table))
    database.exec_driver_sql(
        f"INSERT INTO {table}_anew ({columns}) SELECT {columns} FROM {table}"  # noqa: S608
    )
    database.exec_driver_sql(f"DROP TABLE {table}")
    database.exec_driver_sql(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for other in others:
        database.exec_driver_sql(_claimed(other))


def _renamed(made: str, table: str) -> str:
    return re.sub(rf'^CREATE TABLE "?{table}"?', f"CREATE TABLE {table}_anew", made)


def _changed(made: str, table: str) -> str:
    for column in OPTIONAL.get(table, ()):
        made = made.replace(f"\t{column} TEXT NOT NULL", f"\t{column} TEXT")
    for name, condition in CHECKS[table].items():
        full = f"CONSTRAINT ck_{table}_{name} CHECK"
        before = re.search(rf"{full} \((?:[^()]|\([^()]*\))*\)", made)
        if before is not None:
            made = made.replace(before[0], f"{full} ({condition})")
        else:
            made = f"{made.rstrip().removesuffix(')')}, {full} ({condition}))"
    return made


def _claimed(trigger: str) -> str:
    """Returns a guard of claims limited to periods with an address; other guards stay."""
    return trigger.replace(
        "WHEN NEW.finished_on IS NULL AND NOT EXISTS", f"WHEN {CLAIMED} AND NOT EXISTS"
    )
