"""What triggers look up in tables that grow: by index, also on PostgreSQL."""

from __future__ import annotations

from alembic import op

from adapters.sql.migrations.in_use import add_index, drop_index

revision = "0025"
down_revision = "0024"

expands = True
loses = "nothing; changes of partnerships and of mentors' training in the past take longer"

# Two conditions with OR between them made PostgreSQL read every teacher for each row.
RETAINED = "SELECT retained_trn FROM teacher_aliases WHERE trn = {row}.trn"
EITHER_TRN = f"trn IN (SELECT {{row}}.trn UNION {RETAINED})"
WITH_OR = f"trn = {{row}}.trn OR trn IN ({RETAINED})"


def upgrade() -> None:
    _note_mentor_training_history(EITHER_TRN)
    add_index("trainings", ["partnership_id"])


def downgrade() -> None:
    drop_index("trainings", ["partnership_id"])
    _note_mentor_training_history(WITH_OR)


def _note_mentor_training_history(whose: str) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    rows = {"INSERT": ("NEW",), "UPDATE": ("NEW", "OLD"), "DELETE": ("OLD",)}
    cases = " ".join(
        f"IF TG_OP = '{event}' THEN INSERT INTO change_notes (about, row_id) "
        f"{' UNION '.join(_people(whose.format(row=row)) for row in rows[event])}; END IF;"
        for event in rows
    )
    op.execute(
        "CREATE OR REPLACE FUNCTION note_mentor_training_history() RETURNS trigger "
        f"LANGUAGE plpgsql AS $$ BEGIN {cases} RETURN NULL; END $$"
    )


def _people(whose: str) -> str:
    return f"SELECT DISTINCT 'person', id FROM teachers WHERE {whose}"  # noqa: S608 - all ours
