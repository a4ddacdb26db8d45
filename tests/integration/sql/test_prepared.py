"""Statements are written once for a database, and take every value there and back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from adapters.sql.connection.prepared import Preparing
from adapters.sql.repositories import teachers
from builders import a_teacher
from ect_registration.domain.values import Trn
from integration.contracts.steps import furnish, keep, seen

TRNS = [Trn(f"100000{number}") for number in range(5)]


@pytest.mark.parametrize("lengths", [(1, 2, 5), (5, 1, 5)])
def test_lists_may_have_any_length(store, lengths):
    """Whatever was asked before."""
    furnish(store)
    keep(store, *(lambda uow, trn=trn: uow.teachers.save(a_teacher(trn=trn)) for trn in TRNS))
    found = [
        [teacher.trn for teacher in seen(store, lambda uow, n=n: uow.teachers.known_as(TRNS[:n]))]
        for n in lengths
    ]

    assert found == [TRNS[:n] for n in lengths]


def test_a_statement_is_written_once(store):
    """For the same names of values."""
    preparing = Preparing(store.engine.dialect)
    statement = sa.select(teachers.teachers).where(teachers.teachers.c.trn == sa.bindparam("of"))

    assert preparing.prepared(statement, {"of": "1"}) is preparing.prepared(statement, {"of": "2"})


def test_who_listens_to_statements_hears_of_ours(store):
    """Instruments made for SQLAlchemy still work; values are theirs to be careful with."""
    heard = []

    def listen(connection, cursor, statement, values, context, many):
        heard.append((statement.split()[0], many))

    sa.event.listen(store.engine, "before_cursor_execute", listen)
    furnish(store)

    assert {("INSERT", False), ("INSERT", True), ("UPDATE", False)} <= set(heard)
