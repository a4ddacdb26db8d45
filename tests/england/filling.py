"""Fills PostgreSQL with all of England, or a part: by COPY, with every guarantee switched on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from multiprocessing import get_context
from time import perf_counter

import sqlalchemy as sa

from adapters.sql.store import SqlStore
from contests import HUB, PROVIDER
from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.school import (
    AppropriateBody,
    BodyKind,
    DeliveryPartner,
    LeadProvider,
    Pairing,
)
from england.rows import COLUMNS, SCHOOLS_AT_ONCE, YEARS, Reference, Town

ALL_SCHOOLS = 24_000
PROCESSES = 2
BODIES, PROVIDERS, PARTNERS = 40, 8, 60
NUMBERED = (
    *("schools", "users", "partnerships", "teachers"),
    *("ect_periods", "mentor_periods"),
)
_PROVIDERS = (PROVIDER, *(f"Lead provider {n}" for n in range(1, PROVIDERS)))


def fill(url: str, schools: int, tell: Callable[[str], object] = lambda _: None) -> None:
    """So many schools with ten years each, in a database that has been upgraded and is empty."""
    began = perf_counter()
    with closing(SqlStore.at(url)) as store:
        _furnish(store)
        reference = _reference(store.engine)
    towns = range(-(-schools // SCHOOLS_AT_ONCE))
    one = partial(_fill_town, url, schools, reference)
    one(towns[0])
    if len(towns) > 1:
        _analyse(url)
        with get_context("spawn").Pool(PROCESSES) as pool:
            for done, _ in enumerate(pool.imap_unordered(one, towns[1:]), 2):
                tell(f"{done} of {len(towns)} parts, {perf_counter() - began:.0f} s")
    with closing(SqlStore.at(url)) as store:
        _finish(store.engine)
    tell(f"filled in {perf_counter() - began:.0f} s")


def _furnish(store: SqlStore) -> None:
    years = [AcademicYear(year) for year in YEARS]
    with store.unit_of_work() as uow:
        uow.offers.save_academic_year(years[-1], open_for_registration=True)
        for name in (HUB, *(f"Appropriate body {n}" for n in range(1, BODIES))):
            uow.offers.save_appropriate_body(AppropriateBody(name, BodyKind.TEACHING_SCHOOL_HUB))
        for name in _PROVIDERS:
            uow.offers.save_lead_provider(LeadProvider(name, frozenset(years)))
        for n in range(PARTNERS):
            name = f"Delivery partner {n}"
            pairs = [Pairing(with_, name, year) for with_ in _PROVIDERS for year in years]
            uow.offers.save_delivery_partner(DeliveryPartner(name, frozenset(pairs)))
        uow.commit()


def _reference(engine: sa.Engine) -> Reference:
    with engine.connect() as connection:

        def numbers(table: str) -> Sequence[int]:
            found = connection.exec_driver_sql(f"SELECT id FROM {table} ORDER BY id")
            return tuple(found.scalars())

        return Reference(
            *map(numbers, ("appropriate_bodies", "lead_providers", "delivery_partners"))
        )


def _fill_town(url: str, schools: int, reference: Reference, town: int) -> None:
    many = min(SCHOOLS_AT_ONCE, schools - town * SCHOOLS_AT_ONCE)
    rows = Town(town, many, reference).written()
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with closing(engine.raw_connection()) as raw:
        connection = raw.driver_connection
        with connection.cursor() as cursor:
            for table, columns in COLUMNS.items():
                with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                    for row in rows[table]:
                        copy.write_row(row)
        connection.commit()
    engine.dispose()


def _analyse(url: str) -> None:
    """Lets triggers find rows by index: of empty tables, the planner reads the whole."""
    with closing(SqlStore.at(url)) as store, store.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")


def _finish(engine: sa.Engine) -> None:
    """Numbers go on after those that were given, and the planner knows what there is."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in NUMBERED:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
        connection.exec_driver_sql("VACUUM ANALYZE")


def counted(url: str) -> dict[str, int]:
    """How many rows each table has."""
    with closing(SqlStore.at(url)) as store, store.reading_engine.connect() as connection:
        return {
            table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in COLUMNS
        }
