"""On PostgreSQL, whoever wants what another holds waits, and nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import pytest
import sqlalchemy as sa

from adapters.sql.store import SqlStore
from builders import ECT_TRN, a_journey, an_ect
from ect_registration.domain.attempts import Attempted
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.email import Email
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.errors import Contention
from ect_registration.ports.stored.holds import Hold, Kind
from integration.contracts.steps import furnish, keep, registered, seen
from integration.postgresql import temporary_postgresql_url
from integration.sql.databases import opened

OLD, RETAINED = Trn("3000001"), Trn("3000002")
JOURNEY, OTHER_JOURNEY = a_journey().id, JourneyId(an_ect().id)
HOLDS = {
    Kind.COUNTER: (Hold.counter(Attempted.SIGN_IN, "a"), Hold.counter(Attempted.DOWNLOAD, "a")),
    Kind.JOURNEY: (Hold.journey(JOURNEY), Hold.journey(OTHER_JOURNEY)),
    Kind.REFERENCE_DATA: (Hold.REFERENCE_DATA, Hold.person(ECT_TRN)),
    Kind.SCHOOL: (Hold.school(Urn("100001")), Hold.school(Urn("100002"))),
    Kind.PERSON: (Hold.person(OLD), Hold.person(ECT_TRN)),
    Kind.EMAIL: (Hold.email(Email("a@example.org")), Hold.email(Email("b@example.org"))),
}
EVERY_ONE = list(dict.fromkeys(hold for two in HOLDS.values() for hold in two))


@pytest.fixture(scope="module")
def store() -> Iterator[SqlStore]:
    """Where nobody is patient."""
    with temporary_postgresql_url() as url, opened(url, patience=0.1) as store:
        furnish(store)
        registered(store, an_ect())
        yield store


@pytest.mark.parametrize("kind", HOLDS)
def test_the_second_waits_for_the_first(store: SqlStore, kind: Kind) -> None:
    """Until the first has done."""
    hold, _ = HOLDS[kind]
    with store.unit_of_work() as uow:
        uow.hold([hold])
        with pytest.raises(Contention):
            keep(store, holds=[hold])

    keep(store, holds=[hold])


@pytest.mark.parametrize(("one", "other"), list(combinations(EVERY_ONE, 2)))
def test_who_holds_something_else_does_not_wait(store: SqlStore, one: Hold, other: Hold) -> None:
    """Of the same kind, or of another."""
    with store.unit_of_work() as uow:
        uow.hold([one])
        keep(store, holds=[other])


@pytest.mark.parametrize("hold", EVERY_ONE)
@pytest.mark.parametrize("way", [1, -1], ids=["everything first", "everything last"])
def test_everything_is_held_by_one_alone(store: SqlStore, hold: Hold, way: int) -> None:
    """Whatever anybody else holds, before or after."""
    first, second = (Hold.EVERYTHING, hold)[::way]
    with store.unit_of_work() as uow:
        uow.hold([first])
        with pytest.raises(Contention):
            keep(store, holds=[second])


def test_who_only_looks_waits_for_nobody(store: SqlStore) -> None:
    """And nobody waits for them."""
    with store.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])

        assert seen(store, lambda look: look.teachers.known_as([ECT_TRN]))


def test_an_address_is_one_in_any_case(store: SqlStore) -> None:
    """As the rule compares it."""
    with store.unit_of_work() as uow:
        uow.hold([Hold.email(Email("A@Example.org"))])
        with pytest.raises(Contention):
            keep(store, holds=[Hold.email(Email("a@example.org"))])


def test_what_is_read_after_holding_is_as_of_then(store: SqlStore) -> None:
    """A unit of work that waited sees what the one before it has kept."""
    journey = a_journey()
    with store.unit_of_work() as uow:
        uow.sessions.everybody()  # a look before it holds: a snapshot would be taken here
        keep(store, lambda other: other.journeys.add(journey), holds=[])
        uow.hold([Hold.journey(journey.id)])

        assert uow.journeys.find(journey.id) == journey


def test_a_merge_that_came_between_is_contention() -> None:
    """The other TRN is not held, so the unit of work runs again, and holds both then."""
    with temporary_postgresql_url() as url, opened(url) as store, ThreadPoolExecutor(1) as thread:
        with store.unit_of_work() as uow:
            uow.hold([Hold.person(OLD), Hold.person(RETAINED)])
            uow.teachers.merge(OLD, RETAINED)
            waiting = thread.submit(keep, store, holds=[Hold.person(OLD)])
            _until_somebody_waits(store)
            uow.commit()
        with pytest.raises(Contention, match="merged"):
            waiting.result()

        keep(store, holds=[Hold.person(OLD)])


def _until_somebody_waits(store: SqlStore) -> None:
    waits = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with store.engine.connect() as connection:
        while not connection.scalar(waits):
            connection.rollback()
