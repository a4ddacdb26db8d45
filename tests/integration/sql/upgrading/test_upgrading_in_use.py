"""Upgrades beside a service that goes on: two versions of the program, and nobody held up."""

from __future__ import annotations

import threading
from contextlib import closing, contextmanager

import pytest
import sqlalchemy as sa

from adapters.sql.connection.printed_upgrade import printed_upgrade
from adapters.sql.connection.schema import HEAD, SchemaState
from adapters.sql.connection.upgrade import upgrade
from adapters.sql.store import SqlStore
from builders import URN, a_school
from ect_registration.ports.errors import Unavailable
from entrypoints import bootstrap
from integration.cli.terminal import ect
from integration.contracts.steps import keep, seen
from integration.earlier_schemas import brought_to
from integration.postgresql import empty_postgresql_url
from integration.sql.databases import opened
from integration.sql.upgrading.test_migrations import described
from later_program import Later, later_number, later_program

NICKNAMES = Later(
    "Schools have nicknames",
    up=(
        "op.add_column('schools', sa.Column('nickname', sa.Text()))",
        "set_check('schools', 'nickname_length', 'length(nickname) BETWEEN 1 AND 200')",
    ),
    down=(
        "drop_check('schools', 'nickname_length')",
        "op.drop_column('schools', 'nickname')",
    ),
    says="expands = True\nloses = 'nicknames'",
)
FOUND_BY_NAME = Later(
    "Schools are found by name",
    up=("add_index('schools', ['name'])",),
    down=("drop_index('schools', ['name'])",),
)
NO_CLOSING_DAYS = Later(
    "Closing days go, which nothing reads since the revision before",
    up=("op.drop_column('schools', 'closed_on')",),
    says=f"oldest_program = '{later_number(1)}'\nloses = 'closing days'",
)
EXCLUDED = Later(
    "No two closed days at once",
    up=("pass",),
    says="expands = True\nloses = None\nwindow = 'an exclusion constraint is built'",
)


def _settings(url):
    return {"ECT_ENV": "test", "ECT_DATABASE_URL": url}


def _upgraded_by(url, tmp_path, *revisions, options=()):
    program = later_program(tmp_path / "later", *revisions)
    return program.ect("db", "upgrade", *options, ECT_DATABASE_URL=url)


def test_a_server_is_ready_with_a_schema_that_is_newer_by_additions(url, tmp_path):
    """It says so to the platform; with a schema that it cannot work with it is not."""
    before = bootstrap.note_on_schema(url)
    _upgraded_by(url, tmp_path, NICKNAMES)
    beside = bootstrap.note_on_schema(url)
    with opened(url) as store, store.engine.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE schema_versions SET oldest_program = '{later_number(1)}'"
            f" WHERE revision = '{later_number(1)}'"
        )
    with pytest.raises(Unavailable) as caught:
        bootstrap.note_on_schema(url)

    assert (before, beside) == (None, "its schema is newer than this program, which works with it")
    assert caught.value.why.startswith("its schema is newer than this program; install")


def test_this_program_goes_on_with_a_schema_that_is_newer_by_additions(url, tmp_path):
    """It reads and writes, its guarantees hold, and its own upgrade has nothing to do."""
    ran = _upgraded_by(url, tmp_path, NICKNAMES, FOUND_BY_NAME)
    with opened(url) as store:
        keep(store, lambda uow: uow.schools.save(a_school()))
        assert store.schema_state() is SchemaState.NEWER_BY_ADDITIONS
        assert seen(store, lambda uow: uow.schools.find(URN)) == a_school()
    checked = ect("db", "check", "--format", "json", **_settings(url))
    again = ect("db", "upgrade", **_settings(url))

    assert (ran.returncode, ran.stderr.splitlines()) == (
        0,
        [
            f"Done: {later_number(1)}: Schools have nicknames",
            f"Done: {later_number(2)}: Schools are found by name",
            "The database is up to date.",
        ],
    )
    assert (checked.status, {row["in_force"] for row in checked.json}) == (0, {True})
    assert (again.status, again.line) == (
        0,
        "The schema is newer than this program, which works with it. There is nothing to do.",
    )


def test_a_schema_that_lost_something_this_program_needs_is_refused(url, tmp_path):
    """The later program said which is the oldest to work with it."""
    ran = _upgraded_by(url, tmp_path, NICKNAMES, NO_CLOSING_DAYS, options=["--window"])
    with opened(url) as store:
        state = store.schema_state()
    listed = ect("ects", "--school", URN.digits, **_settings(url))

    assert (ran.returncode, state) == (0, SchemaState.NEWER)
    assert (listed.status, listed.line) == (
        3,
        (
            "Database is not available: its schema is newer than this program;"
            " install a newer version of it"
        ),
    )


@pytest.mark.parametrize(
    ("revision", "why"),
    [
        (EXCLUDED, f"{later_number(1)}: an exclusion constraint is built"),
        (
            Later(
                "Away", up=("pass",), says=f"oldest_program = '{later_number(1)}'\nloses = None"
            ),
            f"{later_number(1)}: programs of revision {HEAD}, or before, stop working",
        ),
    ],
)
def test_what_cannot_be_done_beside_the_service_asks_for_a_stop(
    postgresql_url, tmp_path, revision, why
):
    """It says why, changes nothing, and goes on once somebody says that all servers stopped."""
    program = later_program(tmp_path / "later", revision)
    asked = program.ect("db", "upgrade", ECT_DATABASE_URL=postgresql_url)
    with opened(postgresql_url) as store:
        state = store.schema_state()
    done = program.ect("db", "upgrade", "--window", ECT_DATABASE_URL=postgresql_url)

    assert (asked.returncode, asked.stderr.splitlines()) == (
        2,
        [
            "The service has to stop for this upgrade:",
            f"  {why}",
            "Nothing was changed. Stop every server of the service, then add --window.",
        ],
    )
    assert (state, done.returncode) == (SchemaState.CURRENT, 0)


def test_on_sqlite_nobody_is_asked(sqlite_url, tmp_path):
    """An upgrade is a short stop there in any case."""
    assert _upgraded_by(sqlite_url, tmp_path, EXCLUDED).returncode == 0


def test_an_old_schema_on_postgresql_asks_for_a_stop():
    """Its tables are rebuilt."""
    url = empty_postgresql_url()
    brought_to("0008", url)
    ran = ect("db", "upgrade", **_settings(url))

    assert (ran.status, "tables are rebuilt" in ran.err) == (2, True)


@contextmanager
def _reading_all_along(url, statement, seconds_to_wait):
    """Pages that read without a pause, and wait no longer than this for a lock."""
    stop, waited = threading.Event(), []

    def read():
        engine = sa.create_engine(url)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SET lock_timeout = '{seconds_to_wait}s'")
            while not stop.is_set():
                try:
                    connection.exec_driver_sql(statement)
                    connection.commit()
                except sa.exc.OperationalError as error:
                    waited.append(error)
                    connection.rollback()
        engine.dispose()

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        yield waited
    finally:
        stop.set()
        for reader in readers:
            reader.join()


def test_an_upgrade_waits_for_its_turn_and_keeps_nobody_waiting(postgresql_url, tmp_path):
    """A long look at a table keeps the upgrade out, and those who come later are not held up."""
    program = later_program(tmp_path / "later", NICKNAMES)
    engine = sa.create_engine(postgresql_url)
    with _reading_all_along(postgresql_url, "SELECT count(*) FROM schools", 1) as waited:
        with engine.connect() as long_look:
            long_look.exec_driver_sql("SELECT count(*) FROM schools")
            upgrading = threading.Thread(
                target=program.ect,
                args=("db", "upgrade"),
                kwargs={"ECT_DATABASE_URL": postgresql_url},
            )
            upgrading.start()
            _wait_until(
                postgresql_url,
                "SELECT count(*) > 0 FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER TABLE schools%%'",
            )
        upgrading.join()
    engine.dispose()

    with opened(postgresql_url) as store:
        assert (waited, store.schema_state()) == ([], SchemaState.NEWER_BY_ADDITIONS)


def _wait_until(url, condition):
    engine = sa.create_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.exec_driver_sql(condition).scalar():
            pass
    engine.dispose()


def test_an_index_that_a_failed_upgrade_left_is_made_again(postgresql_url, tmp_path):
    """PostgreSQL keeps what it could not finish, and uses it for nothing."""
    with opened(postgresql_url) as store, store.engine.begin() as connection:
        connection.exec_driver_sql("CREATE INDEX ix_schools_name ON schools (name)")
        connection.exec_driver_sql(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_schools_name'::regclass"
        )
    ran = _upgraded_by(postgresql_url, tmp_path, FOUND_BY_NAME)
    with opened(postgresql_url) as store, store.engine.connect() as connection:
        valid = connection.exec_driver_sql(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_schools_name'::regclass"
        ).scalar()

    assert (ran.returncode, valid) == (0, True)


def test_what_was_done_before_a_step_that_fails_stays_done(postgresql_url, tmp_path):
    """The next upgrade goes on from there."""
    broken = Later("Nonsense", up=("op.execute('ALTER TABLE nowhere ADD COLUMN a TEXT')",))
    ran = _upgraded_by(postgresql_url, tmp_path, NICKNAMES, broken)
    with opened(postgresql_url) as store, store.engine.connect() as connection:
        reached = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()

    assert (ran.returncode, reached) == (3, later_number(1))


def test_the_last_step_is_taken_back_for_the_program_before(url, tmp_path):
    """The later program does it, says what is lost, and the schema is this program's again."""
    program = later_program(tmp_path / "later", NICKNAMES)
    program.ect("db", "upgrade", ECT_DATABASE_URL=url)
    asked = program.ect("db", "downgrade", ECT_DATABASE_URL=url)
    unknown = ect("db", "downgrade", "--yes", **_settings(url))
    done = program.ect("db", "downgrade", "--yes", ECT_DATABASE_URL=url)
    with opened(url) as store:
        state = store.schema_state()

    assert (asked.returncode, asked.stderr.splitlines()) == (
        2,
        [
            f"To be taken back: {later_number(1)}: Schools have nicknames",
            "What is lost: nicknames.",
            "Nothing was changed. To take it back, add --yes.",
        ],
    )
    assert (unknown.status, "its schema is newer than this program" in unknown.line) == (3, True)
    assert (done.returncode, state) == (0, SchemaState.CURRENT)


def test_what_cannot_be_taken_back_is_left_alone(tmp_path):
    """Steps that made tables anew came with a copy that can be restored."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    (tmp_path / "old.db").touch()
    brought_to("0013", url)
    old = ect("db", "downgrade", "--yes", **_settings(url))
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    (tmp_path / "empty.db").touch()
    nothing = ect("db", "downgrade", "--yes", **_settings(empty))

    assert (old.status, old.line) == (
        3,
        (
            "Database is not available: revision 0013 cannot be taken back;"
            " restore a copy from before it"
        ),
    )
    assert (nothing.status, "nothing to take back" in nothing.line) == (3, True)


def test_statements_are_printed_and_nothing_is_changed(url, tmp_path):
    """What runs beside the service is printed as it would run there."""
    program = later_program(tmp_path / "later", NICKNAMES, FOUND_BY_NAME)
    printed = program.ect("db", "upgrade", "--sql", ECT_DATABASE_URL=url)
    with opened(url) as store:
        state, on_postgresql = store.schema_state(), store.engine.dialect.name == "postgresql"

    assert (printed.returncode, printed.stderr, state) == (0, "", SchemaState.CURRENT)
    assert f"-- {later_number(1)}: Schools have nicknames" in printed.stdout
    assert f"UPDATE alembic_version SET version_num='{later_number(2)}'" in printed.stdout
    assert ("CREATE INDEX CONCURRENTLY ix_schools_name" in printed.stdout) == on_postgresql
    assert ("NOT VALID" in printed.stdout) == on_postgresql


def test_there_is_nothing_to_print_for_a_database_that_is_up_to_date(url):
    """It says so."""
    ran = ect("db", "upgrade", "--sql", **_settings(url))

    assert (ran.status, ran.out, ran.line) == (0, "", "The database is up to date.")


def test_printed_statements_make_the_same_tables(kind, tmp_path):
    """Whoever runs them by hand has what the program would have made, where there are no rows."""
    empty = tmp_path / "by-hand.db"
    by_hand = empty_postgresql_url() if kind == "postgresql" else f"sqlite:///{empty}"
    script = printed_upgrade(by_hand)
    if kind == "postgresql":
        with closing(SqlStore.at(by_hand)) as store, store.engine.connect() as connection:
            connection.connection.driver_connection.execute(script)
            connection.connection.driver_connection.commit()
    else:
        empty.touch()
        with closing(SqlStore.at(by_hand)) as store, store.engine.connect() as connection:
            connection.connection.driver_connection.rollback()
            connection.connection.driver_connection.executescript(script)
    other = (
        empty_postgresql_url() if kind == "postgresql" else f"sqlite:///{tmp_path / 'other.db'}"
    )
    upgrade(other)

    with opened(by_hand) as store, opened(other) as expected:
        assert described(store) == described(expected)
        assert store.schema_state() is SchemaState.CURRENT
