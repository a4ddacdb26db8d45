"""Composes the service: settings in, ports out, in plain calls."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import attrs

from adapters.sql.connection.engine import sqlite_file
from adapters.sql.connection.errors import NOT_PERMITTED
from adapters.sql.connection.lock_waits import observe_lock_waits
from adapters.sql.connection.schema import SchemaState
from adapters.sql.connection.statement_times import End, observed_statements
from adapters.sql.store import SqlStore
from adapters.system_clock import FixedDayClock, SystemClock
from adapters.trs.addresses import UnusableSetting
from ect_registration.domain.world import InvalidWorld, World
from ect_registration.ports.clock import Clock
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.sign_in import SignIn
from ect_registration.ports.teacher_records import TeacherRecords
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from ect_registration.use_cases.transactions import Ports
from entrypoints.observing.observed_ports import observed
from entrypoints.observing.observer import Observer
from entrypoints.settings.config import Settings, SettingsError, SignInSettings

LONGEST_PAUSE = 0.25  # seconds

# After a semicolon: what to do about it.
NOT_OPENED = "look at what ECT_DATABASE_URL names; if there is nothing yet, run ect db upgrade"
CHECK_AS_OWNER = "run it with --declared-only, or as the owner of the tables"
UPGRADE_AS_OWNER = "run it as the owner of the tables"
DEMO_KEY = "simulator-"  # how every key begins that the simulator of TRS accepts
NEWER_BY_ADDITIONS = "its schema is newer than this program, which works with it"
SCHEMA_TROUBLE = {
    "missing": "it is empty; run ect db upgrade",
    "older": "its schema is older than this program; run ect db upgrade",
    "newer": "its schema is newer than this program; install a newer version of it",
}


def watch_statements(begins: Callable[[str, str], End]) -> AbstractContextManager[None]:
    """Tells of every statement, until the block ends: see ``observed_statements``."""
    return observed_statements(begins)


@contextmanager
def open_ports(
    settings: Settings, observer: Observer | None = None, *, unattended: bool = False
) -> Iterator[Ports]:
    """Opens everything the use cases need, until the block ends.

    Unattended, no page waits: a call that TRS limits waits for the next minute.
    Raises SettingsError, and Unavailable when the database is out of reach or not up to date.
    """
    clock, database = build_clock(settings.fixed_day), settings.database
    with (
        open_teacher_records(settings, clock, unattended=unattended) as records,
        open_ports_on(database, records, clock, observer) as ports,
    ):
        yield ports


@contextmanager
def open_ports_without_trs(settings: Settings) -> Iterator[Ports]:
    """Opens ports for what never asks TRS: an empty stand-in takes its place."""
    clock, nobody = build_clock(settings.fixed_day), world_teacher_records(World())
    with open_ports_on(settings.database, nobody, clock) as ports:
        yield ports


@contextmanager
def open_ports_on(
    database: str,
    teacher_records: TeacherRecords,
    clock: Clock,
    observer: Observer | None = None,
) -> Iterator[Ports]:
    """Opens ports on one database, until the block ends; raises Unavailable."""
    with closing(_store(database)) as store:
        ports = _ports(store, teacher_records, clock)
        if observer is None:
            yield ports
            return
        observe_lock_waits(store.engine, observer.waited)
        yield observed(ports, observer)


def _ports(store: SqlStore, teacher_records: TeacherRecords, clock: Clock) -> Ports:
    return Ports(
        unit_of_work=store.unit_of_work,
        reading=store.reading,
        teacher_records=teacher_records,
        clock=clock,
        new_id=uuid4,
        pause=pause,
    )


def _store(database: str) -> SqlStore:
    """Returns the store of the database.

    Raises SettingsError, and Unavailable unless the schema is the one we were written for.
    """
    store, _ = _store_and_state(database)
    return store


def note_on_schema(database: str) -> str | None:
    """Returns what is to be said of a schema that works; raises as opening the store does."""
    store, state = _store_and_state(database)
    store.close()
    return NEWER_BY_ADDITIONS if state == SchemaState.NEWER_BY_ADDITIONS else None


def _store_and_state(database: str) -> tuple[SqlStore, str]:
    with blaming_the_database_setting():
        store = SqlStore.at(database)
    with ExitStack() as closing_it:
        closing_it.callback(store.close)
        state = _schema_state(store)
        if trouble := SCHEMA_TROUBLE.get(state):
            raise Unavailable("database", trouble)
        closing_it.pop_all()
    return store, state


def _schema_state(store: SqlStore) -> str:
    try:
        return store.schema_state().value
    except Unavailable as error:
        raise Unavailable(error.what, f"{error.why}; {NOT_OPENED}") from None


@contextmanager
def blaming_the_database_setting() -> Iterator[None]:
    """Raises SettingsError for an address that no store can use."""
    try:
        yield
    except ValueError as error:
        raise SettingsError("ECT_DATABASE_URL", f"cannot be used: {error}") from None


@contextmanager
def advising_when_not_permitted(advice: str) -> Iterator[None]:
    """Says what to do where the role that the service uses may not do something."""
    try:
        yield
    except Unavailable as error:
        if error.why != NOT_PERMITTED:
            raise
        raise Unavailable(error.what, f"{error.why}; {advice}") from None


@contextmanager
def blaming_the_trs_settings() -> Iterator[None]:
    """Raises SettingsError for what the client cannot work with."""
    try:
        yield
    except UnusableSetting as error:
        name = "url" if error.setting == "address" else error.setting
        raise SettingsError(f"ECT_TRS_{name.upper()}", error.problem) from None


def build_clock(fixed_day: date | None) -> Clock:
    """Returns the system's clock, or one of a day that never ends."""
    return SystemClock() if fixed_day is None else FixedDayClock(fixed_day)


@contextmanager
def open_teacher_records(
    settings: Settings,
    clock: Clock,
    *,
    unattended: bool = False,
    calls_a_minute: int | None = None,
) -> Iterator[TeacherRecords]:
    """Opens TRS over HTTP, or the people of a world file in its place; raises SettingsError."""
    world = trs_world(settings)
    if world is not None:
        yield world_teacher_records(world)
        return
    from adapters.trs.client import HttpTeacherRecords

    wanted = attrs.evolve(settings.trs, api_key=own_key(settings))
    with blaming_the_trs_settings():
        records = HttpTeacherRecords(
            **attrs.asdict(wanted),
            today=clock.today,
            unattended=unattended,
            calls_a_minute=calls_a_minute,
        )
    with records:
        yield records


def own_key(settings: Settings) -> str:
    """Returns the key for TRS. Raises SettingsError for one of the demo's: they are public."""
    if settings.is_production and settings.trs_api_key.startswith(DEMO_KEY):
        raise SettingsError("ECT_TRS_API_KEY", "must not be one of the demo's in production")
    return settings.trs_api_key


def check_trs(settings: Settings) -> list[tuple[str, bool | None, str]]:
    """Returns what was looked at (address, key, version, clock), whether it is right, and how."""
    from adapters.trs.client import HttpTeacherRecords

    today = build_clock(settings.fixed_day).today
    with blaming_the_trs_settings():
        records = HttpTeacherRecords(**attrs.asdict(settings.trs), today=today)
    with records:
        return [(found.check, found.ok, found.says) for found in records.connection_check()]


@contextmanager
def open_sign_in(settings: Settings, base_url: str) -> Iterator[SignIn | None]:
    """Opens DfE Sign-in, or gives None where it is not set up; raises SettingsError."""
    wanted = settings.sign_in
    if wanted is None:
        yield None
        return
    from adapters.dfe_sign_in.client import DfeSignIn
    from adapters.dfe_sign_in.settings import DfeSignInSettings

    with DfeSignIn(DfeSignInSettings(**attrs.asdict(wanted), base_url=base_url)) as sign_in:
        yield sign_in


def check_sign_in(wanted: SignInSettings) -> list[tuple[str, bool, str]]:
    """Returns what was looked at (provider, roles API), whether it is right, and how."""
    from adapters.dfe_sign_in.client import DfeSignIn
    from adapters.dfe_sign_in.settings import DfeSignInSettings

    with DfeSignIn(DfeSignInSettings(**attrs.asdict(wanted), base_url="")) as sign_in:
        return [(found.check, found.ok, found.says) for found in sign_in.connection_check()]


def world_teacher_records(world: World) -> MemoryTeacherRecords:
    """Returns the people of a world, as teacher records in memory."""
    return MemoryTeacherRecords(world.trs_people)


def trs_world(settings: Settings) -> World | None:
    """Returns the world that ECT_TRS_URL names in place of TRS, if any; raises SettingsError."""
    path = settings.trs_world
    if path is None:
        return None
    try:
        return parse_world(Path(path).read_bytes())
    except (OSError, ValueError):
        raise SettingsError("ECT_TRS_URL", "names a world file that cannot be read") from None
    except InvalidWorld as mistake:
        problem = f"names a world file with a mistake: {mistake}"
        raise SettingsError("ECT_TRS_URL", problem) from None


def parse_world(text: bytes | str) -> World:
    """Returns the world in a text; raises InvalidWorld."""
    from adapters.world_file import parse

    return parse(text)


def check_database(database: str, today: date, *, declared_only: bool) -> list[dict[str, object]]:
    """Returns every guarantee of the database, and whether it is in force."""
    from adapters.sql.guarantees.all_guarantees import check

    with advising_when_not_permitted(CHECK_AS_OWNER), closing(_store(database)) as store:
        return [
            {"guarantee": found.name, "in_force": found.in_force, "detail": found.detail}
            for found in check(store, today, declared_only=declared_only)
        ]


def upgrade_database(database: str) -> None:
    """Creates the database or brings it up to date; raises SettingsError and Unavailable."""
    from adapters.sql.connection.upgrade import upgrade

    with blaming_the_database_setting(), advising_when_not_permitted(UPGRADE_AS_OWNER):
        upgrade(database)


def readable_by_others(database: str) -> bool:
    """Says whether other users of this machine can read the file of a SQLite database."""
    file = sqlite_file(database)
    return file is not None and file.exists() and bool(file.stat().st_mode & 0o077)


def pause(tries: int) -> None:
    """Waits a little before the next try, at random so that others do not wait in step."""
    time.sleep(random.uniform(0, min(0.005 * 2**tries, LONGEST_PAUSE)))  # noqa: S311 - no secret
