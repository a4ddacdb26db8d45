"""How a database fails, in the words of the ports, and without personal data."""

from __future__ import annotations

import sqlite3
import traceback
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from adapters.sql.store import SqlStore
from builders import URN, a_school, an_ect
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.school import School
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.errors import Conflict, Contention, Unavailable, Unstorable
from integration.contracts.steps import adding_ect, furnish, keep, seen
from integration.sql.databases import opened


def saving(school: School):
    """One small thing to write."""
    return lambda uow: uow.schools.save(school)


def why(store: SqlStore) -> str:
    """The reason why nothing can be written."""
    with pytest.raises(Unavailable) as caught:
        keep(store, saving(a_school()))
    assert caught.value.what == "database"
    return caught.value.why


def send_everybody_away(store: SqlStore) -> None:
    """As a server does that stops."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def file_of(url: str) -> Path:
    """Where SQLite keeps it."""
    return Path(str(sa.make_url(url).database))


@pytest.mark.parametrize(
    "url", ["", "ects.db", "mysql://user:secret@host/ects", "postgresql:ects"]
)
def test_other_addresses_are_not_valid(url):
    """The message does not repeat what may hold a password."""
    with pytest.raises(ValueError, match="must be one of SQLite or PostgreSQL") as caught:
        SqlStore.at(url)

    assert "secret" not in "".join(traceback.format_exception(caught.value))


def test_a_missing_file_is_unavailable(tmp_path):
    """It is not made by the way."""
    with opened(f"sqlite:///{tmp_path / 'none.db'}") as store:
        assert why(store) == "the file is missing or cannot be opened"


def test_a_file_that_is_something_else_is_unavailable(tmp_path):
    """Whatever it is."""
    (tmp_path / "letter.txt").write_text("Dear colleague, " * 100)
    with opened(f"sqlite:///{tmp_path / 'letter.txt'}") as store:
        assert why(store) == "the file is not a database"


def test_a_damaged_file_is_unavailable(sqlite_url):
    """As soon as the damage is met."""
    file = file_of(sqlite_url)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    with opened(sqlite_url) as store:
        assert why(store) == "the file is damaged"


def test_a_full_disk_is_unavailable(sqlite_url):
    """What was written before stays."""
    with opened(sqlite_url) as store:
        keep(store, saving(a_school()))
        with store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        many = (saving(a_school(urn=Urn(f"{number:06}"))) for number in range(100_000))
        with pytest.raises(Unavailable) as caught:
            keep(store, *many)
        kept = seen(store, lambda uow: uow.schools.find(URN))

    assert (caught.value.why, kept) == ("the disk is full", a_school())


def test_a_read_only_file_is_unavailable(sqlite_url):
    """It can still be looked at."""
    with opened(sqlite_url) as store:
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        reason = why(store)

        assert (reason, seen(store, lambda uow: uow.schools.find(URN))) == (
            "it is read-only",
            None,
        )


def test_a_database_set_to_read_only_stays_so_after_a_read(postgresql_url):
    """A connection that comes back from reading does not overrule what the operator has set."""
    with opened(postgresql_url) as administrator, administrator.engine.begin() as connection:
        name = connection.scalar(sa.select(sa.func.current_database()))
        connection.exec_driver_sql(
            f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'
        )
    with opened(postgresql_url) as store:
        seen(store, lambda uow: uow.schools.find(URN))

        assert why(store) == "it is read-only"


def test_a_database_without_our_schema_is_unavailable(empty_url):
    """It says what the matter is."""
    with opened(empty_url) as store:
        assert why(store) == "its schema is not the one this program expects"


def test_a_server_out_of_reach_is_unavailable():
    """What the driver says of the connection is for operators."""
    with opened("postgresql://nobody@/ects?host=/nowhere") as store:
        assert "/nowhere" in why(store)


def test_the_short_name_of_postgresql_works(postgresql_url):
    """Many platforms hand out postgres:// for it."""
    short = postgresql_url.replace("postgresql", "postgres", 1)
    with opened(short) as store:
        assert seen(store, lambda uow: uow.schools.find(URN)) is None


def test_a_database_that_is_not_there_is_unavailable(postgresql_url):
    """The server says so."""
    elsewhere = sa.make_url(postgresql_url).set(database="none")
    with opened(elsewhere.render_as_string(hide_password=False)) as store:
        assert "does not exist" in why(store)


def test_a_lost_connection_is_unavailable_and_the_next_one_works(postgresql_url):
    """A server that restarts costs those who were at work, and nobody after them."""
    with opened(postgresql_url) as store, opened(postgresql_url) as administrator:
        with pytest.raises(Unavailable):
            keep(store, saving(a_school()), lambda _: send_everybody_away(administrator))
        keep(store, saving(a_school()))

        assert seen(store, lambda uow: uow.schools.find(URN)) == a_school()


def test_a_server_that_restarts_while_nobody_is_at_work_costs_nobody(postgresql_url):
    """The pool's connections were cut meanwhile."""
    with opened(postgresql_url) as store, opened(postgresql_url) as administrator:
        keep(store, saving(a_school()))
        send_everybody_away(administrator)

        assert seen(store, lambda uow: uow.schools.find(URN)) == a_school()


def test_a_writer_who_waits_too_long_meets_contention(sqlite_url):
    """SQLite has one writer at a time, in whatever program."""
    with (
        closing(sqlite3.connect(file_of(sqlite_url), isolation_level=None)) as other,
        opened(sqlite_url, patience=0.05) as store,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Contention):
            keep(store, saving(a_school()))
        other.execute("ROLLBACK")
        keep(store, saving(a_school()))

        assert seen(store, lambda uow: uow.schools.find(URN)) == a_school()


def test_errors_hold_no_personal_data(store):
    """Not even in what a traceback shows of where they come from."""
    furnish(store)
    keep(store, adding_ect(an_ect()))
    somebody_else = an_ect(teacher=Teacher(Trn("7654321"), "Joan Thackeray"))
    with pytest.raises(Conflict) as caught:
        keep(store, adding_ect(somebody_else))
    told = "".join(traceback.format_exception(caught.value))
    shown = told.replace(Path(__file__).read_text(), "")

    assert [word for word in ("7654321", "Thackeray", "asha.marlowe") if word in shown] == []


def test_a_conflict_names_what_it_broke(store):
    """For operators: a guarantee, or the constraint that keeps it."""
    furnish(store)
    keep(store, adding_ect(an_ect()))
    with pytest.raises(Conflict) as caught:
        keep(store, adding_ect(an_ect(teacher=Teacher(Trn("7654321"), "Joan Thackeray"))))

    assert str(caught.value) == "one holder of an email address"


def refused(store: SqlStore, statement: str) -> Conflict:
    """How the store refuses a statement."""
    with pytest.raises(Conflict) as caught, store.unit_of_work() as uow:
        uow._transaction.rows(sa.text(statement))
    return caught.value


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("trn", "'12345678'", "trn_length"),
        ("trn", "'123456x'", "trn_digits"),
        ("trs_name", "''", "has_a_name"),
        ("trs_name", "NULL", "teachers.trs_name"),
    ],
)
def test_a_value_that_no_race_explains_is_told_apart(store, column, value, named):
    """With the name of what refuses it, and never the value."""
    values = {"trn": "'3000001'", "trs_name": "'Asha Marlowe'"} | {column: value}
    error = refused(
        store, f"INSERT INTO teachers (trn, trs_name) VALUES ({', '.join(values.values())})"
    )

    assert isinstance(error, Unstorable)
    assert named in str(error)
    assert "12345678" not in str(error)


def test_a_value_out_of_range_is_told_apart(postgresql_url):
    """PostgreSQL names the error and not what it was given."""
    with opened(postgresql_url) as store:
        error = refused(store, "SELECT CAST('asha' AS integer)")

    assert (type(error), str(error)) == (Unstorable, "22P02")


def test_a_conflict_that_a_race_may_explain_is_decided_again(store):
    """Somebody else may have taken the address, the TRN or the days meanwhile."""
    add = "INSERT INTO teachers (trn, trs_name) VALUES ('3000001', 'Asha Marlowe')"
    error = refused(store, f"{add}, ('3000001', 'Asha Marlowe')")

    assert type(error) is Conflict
    assert "teachers" in str(error)
