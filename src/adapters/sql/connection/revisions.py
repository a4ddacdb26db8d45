"""Reads what each migration says of itself: who works with it, and what it asks of operators."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import attrs
import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.migration import MigrationContext, MigrationInfo
from alembic.script import Script, ScriptDirectory

from adapters.sql.connection.schema import MIGRATIONS

FIRST_THAT_SAYS = "0015"  # earlier revisions declare nothing: the service was stopped for them
REMADE = "tables are rebuilt, and pages wait until that is done"


@attrs.frozen
class Revision:
    """Describes one step of the schema."""

    number: str
    does: str
    oldest_program: str  # the oldest revision whose programs work with the schema from here on
    window: str | None  # why pages have to stop meanwhile on PostgreSQL
    loses: str | None  # what taking it back loses
    can_be_taken_back: bool


@cache
def all_revisions() -> Mapping[str, Revision]:
    """Returns every revision, oldest first, by its number."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    found: dict[str, Revision] = {}
    for script in reversed(list(scripts.walk_revisions())):
        found[script.revision] = _described(script, found)
    return found


def _described(script: Script, before: Mapping[str, Revision]) -> Revision:
    module: Any = script.module
    number = script.revision
    if number < FIRST_THAT_SAYS:
        return Revision(number, script.doc, number, REMADE, None, can_be_taken_back=False)
    expands = getattr(module, "expands", False)
    return Revision(
        number=number,
        does=script.doc,
        oldest_program=(
            before[str(script.down_revision)].oldest_program if expands else module.oldest_program
        ),
        window=getattr(module, "window", None),
        loses=module.loses,
        can_be_taken_back=hasattr(module, "downgrade"),
    )


def after(revision: str | None) -> tuple[Revision, ...]:
    """Returns the revisions that a database of this one still lacks; None lacks all."""
    return tuple(found for found in all_revisions().values() if found.number > (revision or ""))


def stops_asked_for(current: str, pending: tuple[Revision, ...]) -> tuple[str, ...]:
    """Returns why the service has to stop for these revisions; nothing where it may go on."""
    reasons = [f"{found.number}: {found.window}" for found in pending if found.window]
    if pending and pending[-1].oldest_program > current and not reasons:
        oldest = pending[-1].oldest_program
        reasons.append(f"{oldest}: programs of revision {current}, or before, stop working")
    return tuple(reasons)


def configuration(connection: sa.Connection, **attributes: object) -> Config:
    """Returns what Alembic needs to migrate through this connection."""
    config = Config(attributes={"connection": connection, **attributes})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def note_which_programs_work(
    ctx: MigrationContext, step: MigrationInfo, *_: object, **__: object
) -> None:
    """Writes for older programs whether they work with a revision; Alembic calls it after each."""
    number, database = str(step.up_revision_id), ctx.connection
    if database is None or number < FIRST_THAT_SAYS:
        return
    if step.is_upgrade:
        oldest = all_revisions()[number].oldest_program
        database.exec_driver_sql(
            f"INSERT INTO schema_versions VALUES ('{number}', '{oldest}')"  # noqa: S608 - ours
        )
    elif number != FIRST_THAT_SAYS:  # which took the table with it
        database.exec_driver_sql(
            f"DELETE FROM schema_versions WHERE revision = '{number}'"  # noqa: S608 - ours
        )
