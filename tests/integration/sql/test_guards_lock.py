"""PostgreSQL's guards make others wait before they look, so that no two writers slip through.

Each pair is tried both ways round, in the weakest isolation that there is: neither writer can see
what the other has not committed yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
import sqlalchemy as sa

from adapters.sql.connection.errors import speaking_our_errors
from adapters.sql.connection.waiting import Waiting, waiting_at_most
from adapters.sql.guarantees.probe_rows import (
    JANUARY,
    NEW_YEARS_EVE,
    OTHER,
    a_change,
    a_mentor,
    a_mentorship,
    a_training,
    address,
    an_ect,
    make_rows,
)
from adapters.sql.store import SqlStore
from adapters.sql.tables.people import ect_periods, email_claims, mentor_periods
from ect_registration.ports.errors import Contention
from integration.postgresql import temporary_postgresql_url
from integration.sql.databases import opened

MARCH = date(2026, 3, 31)

of_teacher_2 = sa.update(email_claims).where(email_claims.c.email_key == address(-2))

PAIRS = {
    "training, and the end of an ECT period": (
        a_training(OTHER),
        a_change(ect_periods, -1, finished_on=MARCH),
    ),
    "mentorship, and the end of an ECT period": (
        a_mentorship(OTHER, mentor=-3, teacher=-3),
        a_change(ect_periods, -1, finished_on=MARCH),
    ),
    "mentorship, and the end of a mentor period": (
        a_mentorship(OTHER, mentor=-3, teacher=-3),
        a_change(mentor_periods, -3, finished_on=MARCH),
    ),
    "mentorship, and another": (
        a_mentorship(OTHER, mentor=-3, teacher=-3),
        a_mentorship(OTHER - 1, mentor=-3, teacher=-3, finished_on=MARCH),
    ),
    "ECT period, and another": (
        an_ect(OTHER, teacher=-3),
        an_ect(OTHER - 1, teacher=-3, school_id=-2, started_on=JANUARY),
    ),
    "address taken over, and used again": (
        of_teacher_2.values(teacher_id=-3, taken_on=JANUARY),
        a_mentor(OTHER, teacher=-2, school_id=-2, started_on=JANUARY),
    ),
}


@contextmanager
def writing(store: SqlStore) -> Iterator[sa.Connection]:
    """As units of work do, but nobody is patient."""
    waiting = Waiting(patience=0.1)
    with waiting_at_most(waiting), store.engine.connect() as connection, connection.begin():
        yield connection


@pytest.fixture(scope="module")
def store() -> Iterator[SqlStore]:
    """Where made-up rows are committed, and teacher -2 has left."""
    with temporary_postgresql_url() as url, opened(url) as store:
        with writing(store) as connection:
            make_rows(connection)
            connection.execute(a_change(mentor_periods, -2, finished_on=NEW_YEARS_EVE))
        yield store


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("way", [1, -1], ids=["this way round", "the other way round"])
def test_the_second_writer_waits_for_the_first(store, pair, way):
    """Otherwise each would find everything in order, and both would be kept."""
    first, second = PAIRS[pair][::way]
    with writing(store) as connection:
        connection.execute(first)
        with pytest.raises(Contention), speaking_our_errors(), writing(store) as other:
            other.execute(second)
        connection.rollback()


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("way", [1, -1], ids=["this way round", "the other way round"])
def test_the_second_writer_is_refused_when_the_first_is_kept(store, pair, way):
    """What it could not see then, it sees now."""
    first, second = PAIRS[pair][::way]
    with writing(store) as connection:
        connection.execute(first)
        with pytest.raises(sa.exc.IntegrityError):
            connection.execute(second)
        connection.rollback()
