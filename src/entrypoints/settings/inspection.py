"""Asks adapters about settings and a database before anything is opened with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager

from adapters.sql.queries.inventory import urns_in
from adapters.sql.queries.stored import counts
from adapters.sql.store import SqlStore
from adapters.trs.addresses import Origin, checked_key, checked_version
from ect_registration.domain.world import World
from entrypoints.bootstrap import (
    blaming_the_database_setting,
    blaming_the_trs_settings,
    build_clock,
    own_key,
    trs_world,
)
from entrypoints.notifiers import open_notifier
from entrypoints.settings.config import WORLD, Settings


def check_database_setting(settings: Settings) -> None:
    """Raises SettingsError for an address that no store can use; nothing is connected."""
    with blaming_the_database_setting():
        SqlStore.at(settings.database).close()


def check_trs_setting(name: str, settings: Settings) -> None:
    """Raises SettingsError for a setting that the client cannot work with; nothing is sent."""
    if name != "ECT_TRS_URL" and (settings.found.text("ECT_TRS_URL") or "").startswith(WORLD):
        return
    with blaming_the_trs_settings():
        match name:
            case "ECT_TRS_URL":
                trs_world(settings) or Origin.parse(settings.trs_address)
            case "ECT_TRS_API_KEY":
                checked_key(own_key(settings))
            case "ECT_TRS_API_VERSION":
                checked_version(settings.with_default(name))
            case _:
                _ = settings.trs_deadline


def check_notices_setting(settings: Settings) -> None:
    """Raises SettingsError for a notifier that cannot work; nothing is sent."""
    if settings.notices is not None:
        open_notifier(settings)


def has_other_schools(database: str, world: World) -> bool:
    """Says whether a database holds schools that a world does not know: other people's data."""
    with blaming_the_database_setting():
        return not urns_in(database) <= {school.urn.digits for school in world.schools}


@contextmanager
def open_counts(settings: Settings) -> Iterator[Callable[[], Mapping[str, int]]]:
    """Opens what counts drafts and sessions, until the block ends; nothing is connected yet."""
    clock = build_clock(settings.fixed_day)
    with blaming_the_database_setting():
        store = SqlStore.at(settings.database)
    with closing(store):
        yield lambda: counts(store, clock.now())
