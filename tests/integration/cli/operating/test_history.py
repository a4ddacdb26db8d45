"""`ect history`: whether it is still what was written."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from integration.cli.databases import file_of
from integration.cli.terminal import ect


def spoil(settings, *statements):
    """As somebody can who has the file."""
    with closing(sqlite3.connect(file_of(settings))) as connection:
        connection.execute("DROP TRIGGER history_not_updated")
        connection.execute("DROP TRIGGER history_not_deleted")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_history_as_it_was_written_is_intact(settings):
    """A row for each chain, nothing said."""
    ran = ect("history", "verify", "--format", "json", **settings)

    assert (ran.status, ran.err) == (0, "")
    assert ran.json
    assert {(row["intact"], row["detail"]) for row in ran.json} == {(True, "unchanged")}


def test_a_table_counts_chains_and_shows_those_that_were_altered(settings):
    """England has 24,000: all of them only when asked for."""
    chains = ect("history", "verify", "--format", "json", **settings).json
    ran = ect("history", "verify", **settings)
    everything = ect("history", "verify", "--all", **settings)
    lines = sum(chain["lines"] for chain in chains)

    assert (ran.status, ran.out) == (0, "")
    assert ran.line == f"Chains: {len(chains)}. Lines: {lines}. Altered: 0."
    assert everything.out.count("unchanged") == len(chains)
    spoil(settings, f"UPDATE history SET actor = 'nobody' WHERE chain = '{chains[0]['chain']}'")
    [_, _, row] = ect("history", "verify", **settings).out.splitlines()
    assert row.split()[:3] == [chains[0]["chain"], str(chains[0]["lines"]), "no"]


def test_a_removed_line_is_named(settings):
    """By its chain and its place in it; the others are intact."""
    chains = ect("history", "verify", "--format", "json", **settings).json
    first, last = chains[0]["chain"], chains[0]["lines"]
    spoil(settings, f"DELETE FROM history WHERE chain = '{first}' AND number = {last}")
    ran = ect("history", "verify", "--format", "json", **settings)

    assert (ran.status, ran.line) == (
        4,
        'The history has been altered: see the rows marked "no".',
    )
    assert ran.json == [
        {**chains[0], "intact": False, "detail": f"line {last} is missing"},
        *chains[1:],
    ]


def test_a_changed_line_is_named_in_a_table(settings):
    """That people can read."""
    spoil(settings, "UPDATE history SET actor = 'nobody' WHERE number = 1")
    ran = ect("history", "verify", **settings)

    assert ran.status == 4
    assert ran.out.splitlines()[0].split() == ["chain", "lines", "intact", "detail"]
    assert "line 1 was changed" in ran.out
