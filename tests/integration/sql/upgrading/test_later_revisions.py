"""What holds for every revision since the schema says which programs work with it.

Read from what an upgrade would run on PostgreSQL, and from the tables before and after.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa

from adapters.sql.connection.downgrade import downgrade
from adapters.sql.connection.printed_upgrade import printed_upgrade
from adapters.sql.connection.revisions import FIRST_THAT_SAYS, all_revisions
from adapters.sql.connection.schema import REVISIONS
from integration.earlier_schemas import brought_to, earlier_database, revision_before
from integration.postgresql import empty_postgresql_url
from integration.sql.databases import opened
from integration.sql.upgrading.test_migrations import described

LATER = [number for number in REVISIONS if number >= FIRST_THAT_SAYS]

TABLE = r'(?:ONLY )?"?(\w+)"?'
HOLDS_UP_PAGES = {
    rf"CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)\S+ ON {TABLE}": "add_index",
    rf"DROP INDEX (?!CONCURRENTLY)\S+ ON {TABLE}": "drop_index",
    rf"ALTER TABLE {TABLE} ADD (?:CONSTRAINT \S+ )?(?:CHECK|FOREIGN KEY)(?!.*NOT VALID)": (
        "set_check or add_reference"
    ),
    rf"ALTER TABLE {TABLE} ADD (?:CONSTRAINT \S+ )?(?:UNIQUE|PRIMARY|EXCLUDE)": "a window",
    rf"ALTER TABLE {TABLE} ALTER (?:COLUMN )?\S+ (?:SET NOT NULL|TYPE|SET DATA)": "a window",
}


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    """What each later revision would run on a PostgreSQL server in use."""
    url = empty_postgresql_url()
    brought_to(revision_before(FIRST_THAT_SAYS), url)
    parts = re.split(r"\n-- (\d{4}): ", printed_upgrade(url))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("number", LATER)
def test_a_revision_without_a_window_holds_up_no_page(printed, number):
    """What takes as long as a table is large runs beside the pages, or says that it needs a stop.

    Tables that the revision makes itself are in nobody's way.
    """
    statements = printed[number]
    new = set(re.findall(r"CREATE TABLE (\w+)", statements))
    found = {
        (table, instead)
        for pattern, instead in HOLDS_UP_PAGES.items()
        for table in re.findall(pattern, " ".join(statements.split()), re.IGNORECASE)
        if table not in new
    }

    assert found == set() or all_revisions()[number].window


@cache
def _tables_at(number, kind):
    with (
        TemporaryDirectory() as folder,
        opened(earlier_database(kind, number, Path(folder))) as store,
    ):
        return described(store)


@pytest.mark.parametrize("number", [n for n in LATER if all_revisions()[n].oldest_program < n])
def test_a_revision_that_expands_only_adds(kind, tmp_path, number):
    """Programs of the revision before read and write as they did.

    Everything that was there is there; a new column of an old table needs no value of theirs.
    """
    before, after = _tables_at(revision_before(number), kind), _tables_at(number, kind)
    url = earlier_database(kind, number, tmp_path)
    for name, table in before.items():
        old = {column[0] for column in table["columns"]}
        assert set(table["columns"]) <= set(after[name]["columns"])
        with opened(url) as store:
            columns = sa.inspect(store.engine).get_columns(name)
        assert [
            column["name"]
            for column in columns
            if column["name"] not in old
            and not (column["nullable"] or column["default"] is not None)
        ] == []


@pytest.mark.parametrize("number", LATER)
def test_a_revision_can_be_taken_back(kind, tmp_path, number):
    """The tables are as they were before it."""
    url = earlier_database(kind, number, tmp_path)
    taken_back = downgrade(url)
    with opened(url) as store:
        found = described(store)
    assert (taken_back.number, found) == (number, _tables_at(revision_before(number), kind))
