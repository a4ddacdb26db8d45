"""What pages and submissions ask of PostgreSQL is found by index, however much England grows."""

from __future__ import annotations

import re
from contextlib import closing

import pytest

from adapters.sql.store import SqlStore
from bench.registration import recorded
from bench.served import Database
from contests import TODAY
from ect_registration.ports.stored.lead_providers import WantedSchools
from ect_registration.testing.contract.lead_providers.lead_provider_steps import (
    everything_followed,
)
from ect_registration.testing.steps import seen
from england.filling import counted, fill
from england.plans import not_by_index
from england.visiting import prepared, statements_of_changes, statements_of_pages
from entrypoints.bootstrap import check_database
from integration.postgresql import fresh_postgresql_url

SCHOOLS = 60


@pytest.fixture(scope="module")
def england() -> Database:
    """A small part of it, with the same schools, people and years as the whole."""
    url = fresh_postgresql_url()
    fill(url, SCHOOLS)
    return prepared(url)


def _not_by_index(database, statements):
    with closing(SqlStore.at(database.url)) as store:
        return not_by_index(store.engine, statements, few_rows=True)


def test_what_pages_ask_is_found_by_index(england):
    """Every page that can be come to by links, and those of journeys."""
    assert _not_by_index(england, statements_of_pages(england)) == []


def test_what_submissions_ask_and_write_is_found_by_index(england):
    """A new ECT, one from another school, a new mentor, a mentor of the school."""
    assert _not_by_index(england, statements_of_changes(england)) == []


def test_schools_that_changed_for_a_lead_provider_are_found_by_index(england):
    """A program asks again and again, of all schools, for what changed since a moment before."""
    with closing(SqlStore.at(england.url)) as store:
        everything_followed(store)
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        latest = seen(store, lambda uow: uow.seen.latest())
        wanted = WantedSchools(lead_provider="any", cohort=2025, updated_since=latest)
        with recorded() as statements:
            seen(store, lambda uow: uow.seen.look_at_schools(wanted, 0, 100))
            seen(store, lambda uow: uow.seen.count_schools_changed_after(wanted, latest))

    assert len([text for text, _, _ in statements if "seen_schools" in text]) == 2
    assert _not_by_index(england, statements) == []


def test_what_triggers_ask_is_found_by_index(england):
    """What they note for lead providers; a plan of a statement does not show it."""
    noted = [
        (re.sub(r"(NEW|OLD)\.(\w+)", _some_value, statement), (), False)
        for trigger in _triggers_that_note(england)
        for statement in re.findall(r"INSERT INTO change_notes [^;]*", trigger)
    ]

    assert len(noted) >= 3 * 9  # of nine tables, inserted, updated and deleted
    assert _not_by_index(england, noted) == []


def _triggers_that_note(database):
    with closing(SqlStore.at(database.url)) as store, store.engine.connect() as connection:
        functions = connection.exec_driver_sql(
            "SELECT prosrc FROM pg_proc WHERE proname LIKE 'note%%' ORDER BY proname"
        )
        return [
            source
            for source in functions.scalars()
            # A new name of a lead provider or delivery partner concerns a large part of all rows.
            if "lead_provider_id = NEW.id" not in source
            and "delivery_partner_id = NEW.id" not in source
        ]


def _some_value(column):
    """A value that is known only when the statement runs, like one of a row."""
    kind = "text" if column[2].endswith("trn") else "bigint"
    return f"current_setting('some.value', true)::{kind}"


def test_a_statement_that_reads_a_whole_table_is_noticed(england):
    """A check that cannot fail says nothing."""
    without_index = (
        "SELECT id FROM teachers WHERE corrected_name = %(name)s",
        {"name": "A"},
        False,
    )
    with closing(SqlStore.at(england.url)) as store:
        found = not_by_index(store.engine, [without_index], few_rows=True)

    assert found == [f"teachers: {without_index[0]}"]


def test_a_made_up_england_keeps_every_guarantee(england):
    """It is filled through them."""
    findings = check_database(england.url, TODAY, declared_only=False)

    assert [found for found in findings if not found["in_force"]] == []
    assert min(counted(england.url).values()) >= SCHOOLS
