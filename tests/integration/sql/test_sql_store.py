"""What the SQL store promises beyond the contract: what it costs, and who shares it."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone

import attrs
import pytest

from adapters.sql.connection.schema import SchemaState
from adapters.sql.connection.upgrade import upgrade_store
from adapters.sql.store import SqlStore
from bench.registration import recorded
from builders import (
    NOW,
    THIS_YEAR,
    TODAY,
    URN,
    a_change,
    a_journey,
    a_mentor,
    a_mentorship,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from endings import left_on
from integration.contracts.steps import (
    OTHER_URN,
    adding_ect,
    adding_mentor,
    furnish,
    keep,
    persistently,
    seen,
)


def facts(uow, ect):
    """What a registration is decided on; the answer is the person's periods."""
    uow.schools.with_offer(ect.school, THIS_YEAR)
    periods = uow.ects.known_as([ect.teacher.trn]).periods
    uow.emails.holders(ect.email, TODAY)
    return periods


def submitting(journey, ect):
    """All that one submission asks and writes."""

    def submit(uow):
        uow.journeys.find(journey.id)
        last_day = day_before(ect.period.started_on)
        for before in facts(uow, ect):
            uow.ects.change(before, left_on(before, last_day))
        adding_ect(ect)(uow)
        uow.history.add([a_change(school=ect.school), a_change(school=URN)])
        uow.journeys.save(attrs.evolve(journey, registered=ect.id))

    return submit


def test_a_new_ect_costs_at_most_14_statements(store):
    """The facts, and everything that is written, driven by a journey."""
    furnish(store)
    journey = a_journey()
    keep(store, lambda uow: uow.journeys.add(journey))
    with recorded(store.engine) as statements:
        keep(store, submitting(journey, an_ect(trainings=(a_training(),))))

    assert len(statements) <= 14


def test_a_transfer_costs_at_most_24_statements(store):
    """Of somebody with training and a mentor at another school."""
    furnish(store)
    journey, mentor = a_journey(school=OTHER_URN), a_mentor()
    here = an_ect(trainings=(a_training(),), mentorships=(a_mentorship(mentor),))
    later = Period(date(2026, 1, 5))
    there = an_ect(school=OTHER_URN, period=later, trainings=(a_training(period=later),))
    keep(store, adding_mentor(mentor), adding_ect(here), lambda uow: uow.journeys.add(journey))
    with recorded(store.engine) as statements:
        keep(store, submitting(journey, there))

    assert len(statements) <= 24


def test_a_reader_waits_for_nobody(store):
    """Nor does it see what is not kept yet."""
    furnish(store)
    with store.unit_of_work() as uow:
        adding_ect(an_ect())(uow)
        here = seen(store, lambda uow: list(uow.ects.at_school(URN)))

    assert here == []


def test_threads_share_a_store(store):
    """Each unit of work has a connection of its own."""
    furnish(store)
    ects = [
        an_ect(
            teacher=Teacher(Trn(f"100000{number}"), "Asha Marlowe"),
            email=Email(f"asha{number}@example.org"),
        )
        for number in range(8)
    ]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda ect: persistently(store, adding_ect(ect)), ects))

    assert len(seen(store, lambda uow: uow.ects.at_school(URN))) == 8


def test_units_on_a_database_in_memory_take_turns():
    """It has one connection, which threads lend each other."""
    with closing(SqlStore.at("sqlite://")) as store, ThreadPoolExecutor(4) as threads:
        upgrade_store(store)
        furnish(store)
        changes = [a_change(actor=f"user-{number}") for number in range(8)]
        list(
            threads.map(lambda change: keep(store, lambda uow: uow.history.add([change])), changes)
        )

        assert len(seen(store, lambda uow: uow.history.of_school(URN))) == 8


def test_a_store_that_is_not_needed_any_more_closes_itself(url):
    """Drivers complain of connections that nobody closed, and complaints fail a test."""
    store = SqlStore.at(url)
    state = store.schema_state()
    pool = store.engine.pool
    del store
    gc.collect()

    assert (state, pool.checkedin()) == (SchemaState.CURRENT, 0)


@pytest.mark.parametrize(
    "used_at",
    [
        NOW,
        datetime(2025, 3, 30, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=1))),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_a_moment_is_the_same_moment_wherever_it_was_noted(store, used_at):
    """It comes back in UTC, to the microsecond."""
    furnish(store)
    journey = a_journey(used_at=used_at)
    keep(store, lambda uow: uow.journeys.add(journey))
    kept = seen(store, lambda uow: uow.journeys.find(journey.id)).used_at

    assert (kept, kept.tzinfo) == (used_at, UTC)


def test_a_moment_without_a_time_zone_is_not_kept(store):
    """Nobody knows when it was."""
    furnish(store)
    with store.unit_of_work() as uow, pytest.raises(ValueError, match="time zone"):
        uow.journeys.add(a_journey(used_at=datetime(2025, 9, 1)))  # noqa: DTZ001
