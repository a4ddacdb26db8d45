"""What the database refuses, whoever writes; and what ``ect db check`` says of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
import sqlalchemy as sa

from adapters.sql.connection.schema import METADATA
from adapters.sql.guarantees.all_guarantees import CLAIMS_MATCH, GUARANTEES, check
from adapters.sql.guarantees.guarantee import is_refused
from adapters.sql.guarantees.probe_rows import OTHER, START, address, make_rows
from adapters.sql.guarantees.probe_rows import a_mentorship as a_mentorship_row
from adapters.sql.guarantees.probe_rows import a_training as a_training_row
from adapters.sql.tables.people import (
    email_claims,
    mentor_periods,
    mentorships,
    teacher_aliases,
    trainings,
)
from adapters.sql.tables.versions import schema_versions
from builders import TERM_STARTS, TODAY, a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.catalogue import CATALOGUE
from integration.contracts.steps import adding_ect, adding_mentor, furnish, keep
from integration.sql.databases import opened

NAMES = [guarantee.name for guarantee in GUARANTEES]

ASKED_FOR = {
    "one teacher per TRN",
    "no two overlapping ECT periods of a teacher",
    "no two overlapping mentor periods of a teacher at a school",
    "one mentor at a time per ECT",
    "nobody mentors themself",
    "training belongs to exactly one period",
    "training lies inside its period",
    "no two overlapping trainings",
    "first day not after last",
    "lead provider and delivery partner pairs exist for the year",
    "one partnership per school, lead provider and year",
    "one holder of an email address",
    "history is append-only",
    "foreign keys",
}

# Everything in a database of one kind that keeps one guarantee, and all that must be refused.
VIOLATIONS = [
    pytest.param(kind, violation, id=f"{kind}: {guarantee.name} {number}")
    for kind in ("sqlite", "postgresql")
    for guarantee in GUARANTEES
    for number, violation in enumerate(guarantee.attempts(kind), start=1)
]


@contextmanager
def among_made_up_rows(store) -> Iterator[tuple[sa.Connection, dict[str, str]]]:
    """A transaction with them in it, never committed."""
    with store.engine.connect() as connection:
        yield connection, make_rows(connection)


def findings(store, today=TODAY, **how):
    """By name."""
    return {finding.name: finding for finding in check(store, today, **how)}


def write(store, *statements):
    """As somebody would who does not know our program."""
    with store.engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


def test_everything_asked_for_is_guaranteed():
    """Each under the name that the rules know it by, and only once."""
    assert (set(NAMES) >= ASKED_FOR, len(NAMES)) == (True, len(set(NAMES)))


def test_rules_refer_to_guarantees_that_exist():
    """What the catalogue says is kept by the database is on the list."""
    referred = {
        where.removeprefix("database: ")
        for rule in CATALOGUE
        for where in rule.enforced_by
        if where.startswith("database: ")
    }

    assert referred <= set(NAMES)


@pytest.mark.parametrize(("kind", "violation"), VIOLATIONS)
def test_a_violation_is_refused(store, violation):
    """By the database itself, without any of our code."""
    with among_made_up_rows(store) as (connection, free):
        refused = is_refused(violation, connection, free)

    assert refused


def test_a_full_database_can_be_checked(store):
    """Made-up rows find room among real ones."""
    furnish(store)
    mentor = a_mentor()
    ect = an_ect(trainings=(a_training(),), mentorships=(a_mentorship(mentor),))
    keep(store, adding_mentor(mentor), adding_ect(ect))

    assert [found for found in check(store, TODAY) if not found.in_force] == []


def test_a_check_leaves_nothing_behind(store):
    """Whatever it tried is undone."""
    check(store, TODAY)
    with store.engine.connect() as connection:
        rows = {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in METADATA.sorted_tables
            if table is not schema_versions  # migrations write it
        }

    assert set(rows.values()) == {0}


@pytest.mark.parametrize(
    "name",
    [name for guarantee in GUARANTEES for name in guarantee.sqlite],
)
def test_a_trigger_that_is_gone_is_missed(sqlite_url, name):
    """Looking is enough to notice."""
    with opened(sqlite_url) as store:
        write(store, f"DROP TRIGGER {name}")
        missed = [
            found.detail for found in check(store, TODAY, declared_only=True) if not found.in_force
        ]

    assert missed == [f"not there: {name}"]


REPLACED = """
    SELECT contype, CAST(CAST(conrelid AS regclass) AS text) FROM pg_constraint
    WHERE conname = :name
    UNION ALL
    SELECT 't', CAST(CAST(tgrelid AS regclass) AS text) FROM pg_trigger WHERE tgname = :name
"""


def without_teeth(connection, name):
    """Put something of the same name, that refuses nothing, in the place of a guard."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} INSERT ON academic_years BEGIN SELECT 1; END"
        )
        return
    kind, table = connection.execute(sa.text(REPLACED), {"name": name}).one()
    if kind == "t":
        connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW"
            " EXECUTE FUNCTION suppress_redundant_updates_trigger()"
        )
    else:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE")
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK (true)")


# SQLite cannot drop a key, and PostgreSQL has no ranges that run backwards.
KEPT_OTHERWISE = {
    ("sqlite", "one holder of an email address"): 1,
    (
        "sqlite",
        "mentorship lies inside both periods",
    ): 1,  # withdrawn, the ECT would be in training
    ("postgresql", "first day not after last"): 2,
}


@pytest.mark.parametrize(
    ("kind", "guarantee"),
    [
        pytest.param(kind, guarantee, id=f"{kind}: {guarantee.name}")
        for kind in ("sqlite", "postgresql")
        for guarantee in GUARANTEES
        if guarantee.name != "foreign keys" and (kind == "postgresql" or guarantee.sqlite)
    ],
)
def test_a_guard_without_teeth_is_found_out(url, kind, guarantee):
    """It has the right name, and everything that it alone should refuse happens."""
    tried = len(guarantee.attempts(kind))
    happened = tried - KEPT_OTHERWISE.get((kind, guarantee.name), 0)
    names = guarantee.sqlite if kind == "sqlite" else sorted(guarantee.declarations(kind))
    with opened(url) as store:
        with store.engine.begin() as connection:
            for name in names:
                without_teeth(connection, name)
        found = findings(store)[guarantee.name]

    assert found.detail == f"{happened} of {tried} violations were not refused"


def test_a_guard_that_is_switched_off_is_missed(postgresql_url):
    """PostgreSQL can disable a trigger without dropping it."""
    with opened(postgresql_url) as store:
        write(store, "ALTER TABLE history DISABLE TRIGGER history_append_only")
        found = findings(store, declared_only=True)["history is append-only"]

    assert (found.in_force, found.detail) == (False, "not there: history_append_only")


@pytest.mark.parametrize(
    ("part", "of"),
    [
        (a_mentorship_row(OTHER, mentor=-3, teacher=-3, started_on=START), mentorships),
        (a_mentorship_row(OTHER, mentor=-1, teacher=-1), mentorships),
        (a_training_row(OTHER, started_on=date(2020, 1, 1)), trainings),
    ],
    ids=["mentorship", "mentorship with oneself", "training"],
)
def test_withdrawn_parts_stand_outside_until_they_stand_again(store, part, of):
    """They may overlap and lie anywhere; to count again they must fit."""
    withdrawn = part.values(withdrawn=True)
    standing_again = sa.update(of).where(of.c.id == OTHER).values(withdrawn=False)
    with among_made_up_rows(store) as (connection, free):
        kept = not is_refused(withdrawn, connection, free)
        connection.execute(withdrawn, free)
        refused = is_refused(standing_again, connection, free)

    assert (kept, refused) == (True, True)


TAKEN_OVER = sa.update(email_claims).where(email_claims.c.email_key == address(-2))


@pytest.mark.parametrize(
    ("finished_on", "taken_on", "taken_over"),
    [
        (None, date(2999, 1, 1), False),
        (date(2025, 12, 31), date(2025, 12, 31), False),
        (date(2025, 12, 31), date(2026, 1, 1), True),
    ],
)
def test_an_address_is_free_on_the_day_after_the_last(store, finished_on, taken_on, taken_over):
    """As the day is to whoever takes it over."""
    leaving = sa.update(mentor_periods).where(mentor_periods.c.id == -2)
    with among_made_up_rows(store) as (connection, free):
        connection.execute(leaving.values(finished_on=finished_on))
        refused = is_refused(TAKEN_OVER.values(teacher_id=-3, taken_on=taken_on), connection, free)

    assert refused is not taken_over


def test_two_trns_of_one_person_share_a_claim(store):
    """Once they are known to be merged, either may hold it for both."""
    merged = sa.insert(teacher_aliases).values(
        trn=sa.bindparam("free_trn_3"), retained_trn=sa.bindparam("free_trn_2")
    )
    claim = TAKEN_OVER.values(teacher_id=-3, taken_on=TODAY)
    with among_made_up_rows(store) as (connection, free):
        before = is_refused(claim, connection, free)
        connection.execute(merged, free)
        after = is_refused(claim, connection, free)

    assert (before, after) == (True, False)


@pytest.mark.parametrize(("today", "unclaimed"), [(date(2025, 9, 10), 1), (date(2025, 9, 11), 0)])
def test_claims_are_compared_with_who_uses_an_address_that_day(store, today, unclaimed):
    """Open to the end of the last day; finished periods need no claim."""
    furnish(store)
    ect = an_ect(period=Period(TERM_STARTS, date(2025, 9, 10)))
    keep(
        store,
        lambda uow: uow.teachers.save(ect.teacher),
        lambda uow: uow.ects.add(ect),
    )
    found = findings(store, today, declared_only=True)[CLAIMS_MATCH]

    assert found.in_force is not bool(unclaimed)
