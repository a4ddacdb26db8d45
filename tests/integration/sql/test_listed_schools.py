"""Programs of the revision before date schools by one moment, beside those that know three."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from adapters.sql.store import SqlStore
from adapters.sql.tables.lead_providers import seen_schools
from ect_registration.domain.school import SchoolStatus
from ect_registration.testing.contract.lead_providers.lead_provider_steps import (
    everything_followed,
    register_interested,
    school_seen,
    schools_seen,
)
from ect_registration.testing.examples import URN, a_school
from ect_registration.testing.steps import keep
from integration.contracts.steps import furnish


def _closed_and_open_again(store: SqlStore) -> None:
    for status in (SchoolStatus.CLOSED, SchoolStatus.OPEN):
        keep(store, lambda uow, now=status: uow.schools.save(a_school(status=now)))
        everything_followed(store)


def test_a_name_that_a_former_program_has_shown_is_dated(store: SqlStore) -> None:
    """It writes one moment of the school alone, which counts for every year, and is kept."""
    furnish(store)
    register_interested(store)
    _closed_and_open_again(store)
    before = school_seen(store)
    later = before.updated_at + timedelta(minutes=5)
    with store.engine.begin() as connection:
        connection.execute(
            sa.update(seen_schools)
            .where(seen_schools.c.urn == URN.digits)
            .values(name="Larkfield Primary School", updated_at=later)
        )
    [shown] = schools_seen(store, urn=URN.digits, updated_since=later)
    assert shown.updated_at == later

    keep(store, lambda uow: uow.schools.save(a_school(name=shown.name)))
    keep(
        store, lambda uow: uow.schools.save(a_school(name=shown.name, status=SchoolStatus.CLOSED))
    )
    assert school_seen(store) == shown


def test_a_former_program_dates_a_school_that_opens_again(store: SqlStore) -> None:
    """It reads the moment of the school, which is that of the last change of any kind."""
    furnish(store)
    everything_followed(store)
    before = school_seen(store)
    _closed_and_open_again(store)

    with store.engine.connect() as connection:
        moment = connection.scalar(
            sa.select(seen_schools.c.updated_at).where(seen_schools.c.urn == URN.digits)
        )
    assert moment == school_seen(store).updated_at > before.updated_at
