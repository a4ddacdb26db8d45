"""Changes the schema of the database: what `ect db upgrade` and `ect db downgrade` do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from entrypoints.bootstrap import (
    UPGRADE_AS_OWNER,
    advising_when_not_permitted,
    blaming_the_database_setting,
)
from entrypoints.schema_steps import Step, Upgrade


def upgrade(database: str, *, in_window: bool) -> Upgrade:
    """Creates the database or brings it up to date; raises SettingsError and Unavailable."""
    from adapters.sql.connection.upgrade import StopNeeded
    from adapters.sql.connection.upgrade import upgrade as run

    with _as_the_owner():
        try:
            found = run(database, in_window=in_window)
        except StopNeeded as needed:
            return Upgrade(stop_for=needed.reasons)
    done = [Step(each.number, each.does, each.loses) for each in found.done]
    return Upgrade(found.before, done, found.is_newer)


def printed_upgrade(database: str) -> str:
    """Returns the statements that an upgrade would run; raises SettingsError and Unavailable."""
    from adapters.sql.connection.printed_upgrade import printed_upgrade as printed

    with _as_the_owner():
        return printed(database)


def last_step(database: str) -> Step:
    """Returns what a downgrade would take back; raises SettingsError and Unavailable."""
    from adapters.sql.connection import downgrade as back

    with _as_the_owner():
        found = back.last_step(database)
    return Step(found.number, found.does, found.loses)


def downgrade(database: str) -> None:
    """Takes back the last step; raises SettingsError and Unavailable."""
    from adapters.sql.connection import downgrade as back

    with _as_the_owner():
        back.downgrade(database)


@contextmanager
def _as_the_owner() -> Iterator[None]:
    with blaming_the_database_setting(), advising_when_not_permitted(UPGRADE_AS_OWNER):
        yield
