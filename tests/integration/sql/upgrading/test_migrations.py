"""The way from nothing, or from an older schema, to the one that the program was written for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import attrs
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from adapters.sql.connection.schema import HEAD, METADATA, REVISIONS, SchemaState
from adapters.sql.connection.upgrade import MIGRATIONS, upgrade, upgrade_store
from adapters.sql.guarantees.all_guarantees import check
from adapters.sql.store import SqlStore
from builders import ECT_TRN, TODAY, URN, a_school
from ect_registration.domain.school import SchoolStatus
from ect_registration.ports.errors import Unavailable
from integration.contracts.steps import keep, seen
from integration.earlier_schemas import earlier_database
from integration.sql.databases import empty_database, opened

_AN_OLDER_TEACHER = """
INSERT INTO teachers (trn, trs_name, corrected_name, searched_name)
VALUES (:trn, :name, :corrected, 'as it was folded')
"""
_SEARCHED_NAMES = "SELECT searched_name, joined_name FROM teachers ORDER BY trn"


def tables_of(store: SqlStore) -> set[str]:
    """Everything there is, Alembic's own table apart."""
    return set(sa.inspect(store.engine).get_table_names()) - {"alembic_version"}


def described(store: SqlStore) -> dict[str, object]:
    """Each table as the database describes it."""
    inspector = sa.inspect(store.engine)
    return {
        name: {
            "columns": [
                (column["name"], str(column["type"]), column["nullable"])
                for column in inspector.get_columns(name)
            ],
            "key": inspector.get_pk_constraint(name),
            "unique": by_name(inspector.get_unique_constraints(name)),
            "checks": by_name(inspector.get_check_constraints(name)),
            "references": by_name(inspector.get_foreign_keys(name)),
            "indexes": by_name(map(plain, filter(is_ours, inspector.get_indexes(name)))),
        }
        for name in tables_of(store)
    }


def by_name(things):
    """In an order that does not depend on how they came to be."""
    return sorted(things, key=lambda thing: str(thing["name"]))


def is_ours(index) -> bool:
    """Constraints bring indexes of their own."""
    return str(index["name"]).startswith("ix_")


def plain(index):
    """With conditions as text, which can be compared."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": options}


def test_the_program_knows_every_revision():
    """What it compares with is what Alembic would migrate to, by way of the same revisions."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    oldest_first = tuple(script.revision for script in scripts.walk_revisions())[::-1]

    assert (scripts.get_heads(), oldest_first) == ([HEAD], REVISIONS)


def test_migrations_make_the_schema_that_statements_are_written_for(kind, url, tmp_path):
    """Columns, keys, checks, references and indexes are those of the tables in the program."""
    with opened(empty_database(kind, tmp_path)) as made_at_once:
        METADATA.create_all(made_at_once.engine)
        expected = described(made_at_once)

    with opened(url) as migrated:
        assert described(migrated) == expected


def test_alembic_sees_no_difference_either(url):
    """A new revision made by Alembic starts empty."""
    with opened(url) as store, store.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)

    assert found == []


def test_upgrading_again_changes_nothing(url):
    """An upgrade may run at every start of the program."""
    with opened(url) as store:
        keep(store, lambda uow: uow.schools.save(a_school()))
    upgrade(url)

    with opened(url) as store:
        assert seen(store, lambda uow: uow.schools.find(URN)) == a_school()


@pytest.fixture
def url_at_0008(kind, tmp_path):
    """The address of a database of the program before names were read as they look."""
    return earlier_database(kind, "0008", tmp_path)


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_older_schema_can_be_upgraded(kind, tmp_path, revision):
    """Whatever version was used last."""
    url = earlier_database(kind, revision, tmp_path)
    upgrade(url, in_window=True)

    with opened(url) as store:
        assert store.schema_state() is SchemaState.CURRENT


def test_names_of_an_older_version_are_folded_again(url_at_0008):
    """People that were registered before are found as those registered after, in batches too."""
    names = ["Łukasz Ørsted", "Anne-Marie O’Brien", *[f"Somebody {n}" for n in range(2_100)]]
    older = [
        {"trn": f"{number:07}", "name": name, "corrected": "Elif Yıldız" if number == 1 else None}  # noqa: RUF001
        for number, name in enumerate(names)
    ]
    with opened(url_at_0008) as store, store.engine.begin() as connection:
        connection.execute(sa.text(_AN_OLDER_TEACHER), older)
    upgrade(url_at_0008, in_window=True)

    with opened(url_at_0008) as store, store.engine.begin() as connection:
        rows = connection.execute(sa.text(_SEARCHED_NAMES)).all()

    assert [tuple(row) for row in rows[:3]] == [
        ("lukasz orsted", " lukaszorsted"),
        ("elif yildiz", " elifyildiz"),
        ("somebody 0", " somebody0"),
    ]
    assert tuple(rows[-1]) == ("somebody 2099", " somebody2099")
    assert len(rows) == len(names)


def test_names_kept_before_are_read_as_they_are_now(url_at_0008):
    """Control and invisible characters go, and so do full stops for parts that are absent."""
    kept_before = {
        "8000001": (". Suryawan", None),
        "8000002": ("Ada\x1b[2J", "Ada \u202eVerne\u200b"),
        "8000003": ("Zoe Ray", "."),
        "8000004": (".", None),
        "8000005": ("Bo Lee", "Bo Lee\u2013Ray"),
        "8000006": ("Una O\u00b4Neil", None),
    }
    insert = sa.text("INSERT INTO teachers (trn, trs_name, corrected_name) VALUES (:t, :n, :c)")
    with opened(url_at_0008) as store, store.engine.begin() as connection:
        rows = [{"t": trn, "n": name, "c": given} for trn, (name, given) in kept_before.items()]
        connection.execute(insert, rows)
    upgrade(url_at_0008, in_window=True)

    select = sa.text("SELECT trs_name, corrected_name, searched_name FROM teachers ORDER BY trn")
    with opened(url_at_0008) as store, store.engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(select)] == [
            ("Suryawan", None, "suryawan"),
            ("Ada[2J", "Ada Verne", "ada verne"),
            ("Zoe Ray", None, "zoe ray"),
            (".", None, ""),
            ("Bo Lee", "Bo Lee-Ray", "bo lee ray"),
            ("Una O\u00b4Neil", None, "una oneil"),
        ]


BEFORE_ABSENT_VALUES = """
INSERT INTO schools (id, urn, name, type, section_41, status, in_england)
VALUES (1, '100001', 'Larkfield', 'state_funded', false, 'open', true);
INSERT INTO teachers (id, trn, trs_name, searched_name)
VALUES (1, '1000001', 'Asha Marlowe', 'asha marlowe');
INSERT INTO email_claims (email_key, teacher_id, taken_on)
VALUES ('asha@example.org', 1, '2025-09-01');
INSERT INTO ect_periods (id, public_id, teacher_id, school_id, email, email_key, started_on,
    completed, registered_at, expected_year)
VALUES (1, '00000000000040008000000000000001', 1, 1, 'Asha@example.org', 'asha@example.org',
    '2025-09-01', false, '2025-09-01T12:00:00.000000+00:00', 2025);
INSERT INTO mentor_periods (id, public_id, teacher_id, school_id, email, email_key, started_on)
VALUES (1, '00000000000040008000000000000002', 1, 1, 'Asha@example.org', 'asha@example.org',
    '2025-09-01')
"""


def test_absent_values_come_to_a_database_with_data_in_place(url_at_0008):
    """Everything is as it was, every guarantee holds, and a record may lack an address."""
    with opened(url_at_0008) as store, store.engine.begin() as connection:
        for statement in BEFORE_ABSENT_VALUES.split(";\n"):
            connection.exec_driver_sql(statement)
    upgrade(url_at_0008, in_window=True)

    with opened(url_at_0008) as store:
        school = seen(store, lambda uow: uow.schools.find(URN))
        (ect,) = seen(store, lambda uow: uow.ects.of_people([ECT_TRN]))
        assert (school.status, school.opened_on, ect.email.address) == (
            SchoolStatus.OPEN,
            None,
            "Asha@example.org",
        )
        assert [found for found in check(store, TODAY) if not found.in_force] == []
        without = attrs.evolve(ect, email=None)
        keep(store, lambda uow: uow.ects.change(ect, without))
        assert seen(store, lambda uow: uow.ects.find(ect.id)) == without


def test_upgrades_at_once_take_turns(empty_url):
    """Several instances of the program may start together."""
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(upgrade, [empty_url] * 4))

    with opened(empty_url) as store:
        assert store.schema_state() is SchemaState.CURRENT


def test_a_failed_upgrade_leaves_nothing_half_done(empty_url):
    """A table in the way of the third revision undoes the first two as well."""
    with opened(empty_url) as store:
        with store.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE history (id INTEGER)")
        with pytest.raises(Unavailable):
            upgrade(empty_url, in_window=True)

        assert (tables_of(store), store.schema_state()) == ({"history"}, SchemaState.MISSING)


def test_references_are_kept_again_after_an_upgrade(sqlite_url):
    """SQLite has to let go of them while tables change."""
    with opened(sqlite_url) as store:
        upgrade_store(store)
        with store.engine.connect() as connection:
            kept = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()

    assert kept == 1


def test_a_file_is_made_by_an_upgrade_and_by_nothing_else(tmp_path):
    """A mistyped address is not an empty database."""
    file = tmp_path / "new.db"
    with opened(f"sqlite:///{file}") as store, pytest.raises(Unavailable):
        store.schema_state()
    made_by_looking = file.exists()
    upgrade(f"sqlite:///{file}")

    assert (made_by_looking, file.exists()) == (False, True)


def test_a_file_cannot_be_made_where_there_is_no_folder(tmp_path):
    """It says why."""
    with pytest.raises(Unavailable) as caught:
        upgrade(f"sqlite:///{tmp_path / 'nowhere' / 'new.db'}")

    assert caught.value.why == "the file cannot be made: No such file or directory"


def test_an_empty_database_has_no_schema(empty_url):
    """Neither older nor newer."""
    with opened(empty_url) as store:
        assert store.schema_state() is SchemaState.MISSING


@pytest.mark.parametrize(
    ("revision", "state"),
    [(HEAD, SchemaState.CURRENT), ("0001", SchemaState.OLDER), ("9999", SchemaState.NEWER)],
)
def test_a_schema_is_older_or_newer_than_the_program(url, revision, state):
    """What the program has never heard of was made after it."""
    with opened(url) as store:
        with store.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")

        assert store.schema_state() is state


def test_a_newer_schema_is_left_alone(url):
    """An old program does not know what it would break."""
    with opened(url) as store, store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable) as caught:
        upgrade(url)

    assert caught.value.why == "its schema is newer than this program"


def test_a_database_in_memory_is_upgraded_through_its_store():
    """It lives in the one connection of the store."""
    with closing(SqlStore.at("sqlite://")) as store:
        upgrade_store(store)

        assert store.schema_state() is SchemaState.CURRENT


def test_migrations_are_found_in_any_folder():
    """They are part of the package, beside the program that runs them."""
    assert Path(MIGRATIONS / "script.py.mako").is_file()
