"""The role that the documentation gives the application on PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from adapters.sql.store import SqlStore
from builders import URN, a_change, a_training, an_ect
from integration.contracts.steps import adding_ect, furnish, keep, seen
from integration.sql.databases import opened

OPERATING = Path(__file__).parents[3] / "docs" / "operating" / "database.md"
MAKE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ect_app') THEN
        CREATE ROLE ect_app LOGIN;
    END IF;
END $$
"""


def documented_grants() -> list[str]:
    """The statements of the documentation, as they stand there."""
    [block] = re.findall(r"```sql\n(.*?)```", OPERATING.read_text("utf-8"), re.DOTALL)
    return [statement for statement in block.split(";") if statement.strip()]


@pytest.fixture
def application(postgresql_url: str) -> Iterator[SqlStore]:
    """A furnished database, opened by the application's role, with every trigger switched off."""
    with opened(postgresql_url) as store:
        furnish(store)
        with store.engine.begin() as connection:
            for statement in (MAKE, *documented_grants()):
                connection.exec_driver_sql(statement)
    url = sa.make_url(postgresql_url).set(username="ect_app")
    with opened(url.render_as_string(hide_password=False)) as store:
        yield store


def test_the_application_can_do_its_work(application):
    """Everything that it has use cases for."""
    ect = an_ect(trainings=(a_training(),))
    keep(application, adding_ect(ect), lambda uow: uow.history.add([a_change()]))

    assert seen(application, lambda uow: uow.ects.find(ect.id)) == ect
    assert list(seen(application, lambda uow: uow.history.of_school(URN))) == [a_change()]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET actor = 'somebody else'",
        "DELETE FROM history",
        "TRUNCATE history",
        "DELETE FROM history_heads",
        "TRUNCATE history_heads",
        "ALTER TABLE history DISABLE TRIGGER USER",
        "DROP TRIGGER history_append_only ON history",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = '0001'",
        "UPDATE schema_versions SET oldest_program = '0001'",
    ],
)
def test_the_application_cannot_touch_what_was_written(application, statement):
    """Not permitted, before any trigger is asked."""
    with (
        application.engine.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError) as caught,
    ):
        connection.exec_driver_sql(statement)

    assert caught.value.orig.sqlstate == "42501"  # insufficient privilege
