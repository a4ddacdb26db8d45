"""Where the two secrets are not: beside what every other test here looks for after it ran."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, inspect, text

from entrypoints.cli.terminal.error_messages import explain
from integration.cli.terminal import SAID, ect
from integration.cli.town import (
    ANOTHER_DAY,
    BORN,
    MAYA,
    NUMBERS,
    SECRETS,
    a_registration,
)
from integration.postgresql import temporary_postgresql_url

BY_NUMBER = a_registration(date_of_birth=ANOTHER_DAY, national_insurance_number=NUMBERS[MAYA])


def spellings(fact):
    """The ways in which a fact may be written."""
    bare = fact.replace("-", "")
    return {fact, bare, "/".join(reversed(fact.split("-"))), fact.lower()}


def test_a_postgresql_database_holds_none_of_them(settings, town):
    """Every column of every table, after registering by number and by date of birth."""
    with temporary_postgresql_url() as url:
        told = settings | {"ECT_DATABASE_URL": url}
        ect("world", "load", str(town), **told)
        registered = ect("register-ect", "--from", "-", stdin=BY_NUMBER, **told)
        engine = create_engine(url)
        with engine.connect() as connection:
            kept = [
                str(row)
                for table in inspect(connection).get_table_names()
                for row in connection.execute(text(f"SELECT {table}::text FROM {table}"))
            ]
        engine.dispose()

    assert registered.status == 0
    assert any(MAYA in row for row in kept)
    assert not [row for row in kept for fact in SECRETS for way in spellings(fact) if way in row]


def test_a_mistake_does_not_repeat_what_was_typed(settings):
    """A number with a slip in it is still somebody's."""
    slip = NUMBERS[MAYA] + "7"
    document = a_registration(national_insurance_number=slip, date_of_birth="1997-23-11")
    first = ect("register-ect", "--from", "-", stdin=document, **settings)
    second = ect("register-ect", "--from", "-", stdin=document | {"date_of_birth": BORN[MAYA]})

    assert (first.status, second.status) == (2, 2)
    assert not [said for said in SAID if slip in said or "1997-23-11" in said]


@pytest.mark.parametrize("fault", ["html", "drop", "server_error", "another_person"])
def test_no_fault_of_trs_shows_one(settings, trs, fault):
    """Nor does asking what is wrong."""
    told = settings | trs.settings | {"ECT_TRS_DEADLINE": "0.5"}
    with trs.getting_wrong(kind=fault, times=99):
        runs = [
            ect("register-ect", "--from", "-", stdin=BY_NUMBER, **told),
            ect("trs", "find", MAYA, "--by-number", stdin=NUMBERS[MAYA].encode(), **told),
        ]
        ect("doctor", **told)

    assert {ran.status for ran in runs} == {3}
    assert not [said for said in SAID if "/v3/persons" in said or "simulator-key)" in said]


def test_a_bug_of_ours_shows_none():
    """Only where it is: the message of an error may quote what was typed."""
    with CliRunner().isolation() as (_, err, _):
        try:
            raise ValueError(f"born on {BORN[MAYA]}")
        except ValueError as bug:
            status = explain(bug)
        said = err.getvalue().decode()

    assert (status, "ValueError" in said, BORN[MAYA] in said) == (4, True, False)
    assert len(said.splitlines()) == 1
