"""What becomes of history when somebody changes it who may do anything in the database."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from adapters.sql.connection.upgrade import upgrade
from builders import URN, a_change
from ect_registration.domain.records.history_chain import fault_in
from integration.contracts.steps import OTHER_URN, furnish, keep, seen
from integration.earlier_schemas import brought_to
from integration.sql.databases import opened

GUARDS = {
    "sqlite": (
        "DROP TRIGGER history_not_updated",
        "DROP TRIGGER history_not_deleted",
        "DROP TRIGGER history_heads_go_on",
        "DROP TRIGGER history_heads_stay",
        "DROP TRIGGER history_chained",
    ),
    "postgresql": (
        "ALTER TABLE history DISABLE TRIGGER USER",
        "ALTER TABLE history_heads DISABLE TRIGGER USER",
    ),
}


def spoil(store, *statements):
    """As the owner of the database can: the guards are switched off first."""
    with store.engine.begin() as connection:
        for statement in (*GUARDS[connection.dialect.name], *statements):
            connection.execute(sa.text(statement))


def written(store):
    """Three changes of one school, one of another and one of none."""
    furnish(store)
    changes = [a_change(actor=f"user-{number}") for number in range(1, 4)]
    keep(store, lambda uow: uow.history.add(changes))
    keep(store, lambda uow: uow.history.add([a_change(school=OTHER_URN), a_change(school=None)]))


def faults(store):
    """By chain."""

    def look(uow):
        return {
            chain.name: fault_in(uow.history.links(chain.name, None, 10_000), chain.head)
            for chain in uow.history.chains()
        }

    return seen(store, look)


# Each of these, in turn, done to the chain of school 100001.
MISCHIEF = {
    "DELETE FROM history WHERE chain = '100001' AND number = 1": "line 1 is missing",
    "DELETE FROM history WHERE chain = '100001' AND number = 3": "line 3 is missing",
    "DELETE FROM history WHERE chain = '100001'": "line 1 is missing",
    "DELETE FROM history_heads WHERE chain = '100001'": "its head is missing",
    "UPDATE history_heads SET number = 2 WHERE chain = '100001'": "line 3 was put in",
    "UPDATE history SET number = 9 WHERE chain = '100001' AND number = 3": "line 3 is missing",
    **{
        f"UPDATE history SET {change} WHERE chain = '100001' AND number = 3": "line 3 was changed"
        for change in (
            "at = '2020-01-01T00:00:00.000000+00:00'",
            "actor = 'somebody else'",
            "school_id = NULL",
            "what = 'nothing'",
            "rules = '[ ]'",
            "trn = NULL",
            "about = NULL",
            "before = '[broken'",
            "after = '{}'",
            f"seal = '{'0' * 64}'",
        )
    },
}


@pytest.mark.parametrize(("statement", "fault"), MISCHIEF.items(), ids=MISCHIEF)
def test_whatever_is_done_to_history_is_noticed(kind, url, statement, fault):
    """The newest line included; the chains of others are as they were."""
    with opened(url) as store:
        written(store)
        before = faults(store)
        spoil(store, statement)

        assert before == {"100001": None, "100002": None, "none": None}
        assert faults(store) == {"100001": fault, "100002": None, "none": None}


@pytest.mark.parametrize(
    "spoilt", ["at = 'never'", "about = x'ff00'", "actor = 7", "rules = x'ff'"]
)
def test_a_line_that_nobody_can_read_is_noticed(sqlite_url, spoilt):
    """SQLite keeps what it is given."""
    with opened(sqlite_url) as store:
        written(store)
        spoil(
            store,
            "PRAGMA ignore_check_constraints = ON",
            f"UPDATE history SET {spoilt} WHERE chain = '100001' AND number = 2",
        )

        assert faults(store)["100001"] == "line 2 was changed"


def test_a_line_in_a_chain_without_a_head_is_noticed(url):
    """It has been put there past the guards."""
    with opened(url) as store:
        written(store)
        spoil(store, "UPDATE history SET chain = 'else' WHERE chain = 'none'")

        assert (faults(store)["else"], faults(store)["none"]) == (
            "its head is missing",
            "line 1 is missing",
        )


def test_history_that_goes_on_after_a_line_was_removed_is_found_out(url):
    """Whoever removes the newest line cannot have the next one take its place."""
    with opened(url) as store:
        written(store)
        spoil(store, "DELETE FROM history WHERE chain = '100001' AND number = 3")
        keep(store, lambda uow: uow.history.add([a_change(school=OTHER_URN)]))

        assert faults(store)["100001"] == "line 3 is missing"


OLD_LINE = """
    INSERT INTO history (at, actor, school_id, what, rules, trn, about, before, after)
    VALUES (:at, 'user-1', :school, 'email-changed', '["email-can-change"]', '1234567', :about,
    '{"email": "Ä"}', :after)
"""


def older_history(url, moments):
    """Lines as the version before chains wrote them, of one school and of none."""
    brought_to("0007", url)
    with opened(url) as store, store.engine.begin() as connection:
        school = connection.scalar(
            sa.text(
                "INSERT INTO schools (urn, name, type, section_41, status, in_england) VALUES"
                " ('100001', 'Old', 'state_funded', false, 'open', true) RETURNING id"
            )
        )
        for number in range(moments):
            line = {
                "at": f"2025-09-10 09:00:{number % 60:02}.000001+00:00",
                "school": school if number % 3 else None,
                "about": None if number % 2 else "00000000000040008000000000000001",
                "after": json.dumps({"number": number}),
            }
            connection.execute(sa.text(_cast(OLD_LINE, connection)), line)


def _cast(text, connection):
    if connection.dialect.name == "sqlite":
        return text
    return text.replace(":at", "CAST(:at AS timestamptz)").replace(
        ":about", "CAST(:about AS uuid)"
    )


def test_older_history_becomes_part_of_the_chains(empty_url):
    """As it was, in the order in which it was written; what follows goes on from there."""
    older_history(empty_url, 2500)
    upgrade(empty_url, in_window=True)
    with opened(empty_url) as store:
        before = faults(store)
        keep(store, lambda uow: uow.history.add([a_change(school=None), a_change(school=URN)]))
        lines = seen(store, lambda uow: uow.history.of_school(URN))

        assert before == faults(store) == {"100001": None, "none": None}
        assert [line.after.get("number") for line in lines[:-1]] == [
            number for number in range(2500) if number % 3
        ]
        assert lines[-1] == a_change(school=URN)
