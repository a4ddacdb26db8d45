"""What Alembic runs: on the connection that ``adapters.sql.connection.upgrade`` gives it."""

from __future__ import annotations

from typing import Any

from alembic import context

from adapters.sql.connection.revisions import note_which_programs_work
from adapters.sql.connection.schema import METADATA

given: dict[str, Any] = context.config.attributes

context.configure(
    connection=given["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,  # on SQLite too: the transaction is ours
    # In use, each revision is a transaction of its own; otherwise all are in the caller's.
    transaction_per_migration=given.get("in_use", False),
    render_as_batch=True,
    on_version_apply=note_which_programs_work,
)
with context.begin_transaction():
    context.run_migrations()
