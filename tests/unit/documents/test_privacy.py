"""What is said about personal data is true of the schema."""

from __future__ import annotations

import re
from pathlib import Path

from adapters.sql.connection.schema import METADATA

PAGE = (Path(__file__).parents[3] / "docs" / "privacy.md").read_text(encoding="utf-8")
PERIODS = {"record", "user", "journey", "session", "attempt", "notice", "refusal"}
ENTRIES = re.findall(r"^\| `(\w+\.\w+)` \|(.*)\|(.*)\|(.*)\|$", PAGE, re.MULTILINE)
NOT_PERSONAL = re.findall(
    r"`([\w.]+)`", PAGE.partition("say nothing about a person\n")[2].partition("\n## ")[0]
)
COLUMNS = {
    f"{table.name}.{column.name}" for table in METADATA.tables.values() for column in table.c
}


def test_every_column_is_on_one_list():
    """A new one fails here, until somebody has said what it holds, why and for how long."""
    personal = [column for column, *_ in ENTRIES]
    tables = {name for name in NOT_PERSONAL if "." not in name}
    of_tables = {column for column in COLUMNS if column.partition(".")[0] in tables}
    others = [*(name for name in NOT_PERSONAL if "." in name), *of_tables]

    assert sorted([*personal, *others]) == sorted(COLUMNS)


def test_every_personal_column_says_what_it_holds_why_and_for_how_long():
    """Each of the periods is explained."""
    unsaid = [column for column, what, why, _ in ENTRIES if not (what.strip() and why.strip())]
    periods = {period.strip() for *_, period in ENTRIES}

    assert (unsaid, periods) == ([], PERIODS)
    assert {period for period in PERIODS if f"\n| {period} | " not in PAGE} == set()


def test_every_table_on_the_page_exists():
    """What was dropped is not described any more."""
    assert {name for name in NOT_PERSONAL if "." not in name} <= set(METADATA.tables)
