"""`ect purge`: what has outlived its use."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from integration.cli.databases import file_of
from integration.cli.terminal import ect

OLD = "2020-01-01T00:00:00.000000+00:00"


def test_what_is_over_is_removed_once(settings):
    """A row for each kind; again, there is nothing to do."""
    with closing(sqlite3.connect(file_of(settings))) as connection:
        connection.execute(
            "INSERT INTO attempts (id, what, key, at) VALUES (?, 'sign-in', 'x', ?)",
            ("0" * 32, OLD),
        )
        connection.commit()
    removed = [ect("purge", "--format", "json", **settings) for _ in range(2)]

    assert [ran.status for ran in removed] == [0, 0]
    assert removed[0].json == [
        {"what": "journeys", "removed": 0},
        {"what": "sessions", "removed": 0},
        {"what": "attempts", "removed": 1},
        {"what": "notices", "removed": 0},
        {"what": "refusals", "removed": 0},
    ]
    assert {row["removed"] for row in removed[1].json} == {0}


@pytest.mark.parametrize("form", ["table", "csv"])
def test_it_is_told_to_people_too(settings, form):
    """And to spreadsheets."""
    ran = ect("purge", "--format", form, **settings)

    assert (ran.status, ran.err) == (0, "")
    assert "attempts" in ran.out
