"""What Alembic runs: on the connection, and in the transaction, that ``upgrade.py`` gives it."""

from __future__ import annotations

from alembic import context

from adapters.sql.connection.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,  # on SQLite too: the transaction is ours
    render_as_batch=True,
)
context.run_migrations()
