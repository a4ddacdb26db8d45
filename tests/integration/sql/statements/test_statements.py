"""Statements run through SQLAlchemy: its cache, its events, and every value there and back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import CacheStats

from builders import THIS_YEAR, TODAY, URN, a_change, a_journey, a_mentor, a_teacher, an_ect
from ect_registration.domain.search.ect_search import EctsWanted, SearchWords
from ect_registration.domain.search.mentor_search import MentorsWanted
from ect_registration.domain.values import Trn
from integration.contracts.steps import adding_ect, adding_mentor, furnish, keep, seen

TRNS = [Trn(f"100000{number}") for number in range(5)]


@pytest.mark.parametrize("lengths", [(1, 2, 5), (5, 1, 5)])
def test_lists_may_have_any_length(store, lengths):
    """A statement finds as many teachers as it is given TRNs, whatever was asked before."""
    furnish(store)
    keep(store, *(lambda uow, trn=trn: uow.teachers.save(a_teacher(trn=trn)) for trn in TRNS))
    found = [
        [teacher.trn for teacher in seen(store, lambda uow, n=n: uow.teachers.known_as(TRNS[:n]))]
        for n in lengths
    ]

    assert found == [TRNS[:n] for n in lengths]


def test_tracing_tools_hear_each_statement_begin_and_end(store):
    """Instruments listen to SQLAlchemy's two events about the cursor; values are in their care."""
    began, ended = [], []

    @sa.event.listens_for(store.engine, "before_cursor_execute")
    def begin(connection, cursor, statement, values, context, many):
        began.append((statement.split()[0], many))

    @sa.event.listens_for(store.engine, "after_cursor_execute")
    def end(connection, cursor, statement, values, context, many):
        ended.append((statement.split()[0], many))

    furnish(store)
    seen(store, lambda uow: uow.schools.find(URN))

    assert {("INSERT", False), ("INSERT", True), ("UPDATE", False), ("SELECT", False)} <= {*began}
    assert ended == began


def test_tracing_tools_hear_of_a_statement_that_fails(store):
    """The event carries the driver's error, which goes no further than that."""
    heard = []
    sa.event.listen(store.engine, "handle_error", lambda context: heard.append(context.statement))
    with pytest.raises(Exception, match=r"schema|no such"), store.reading() as uow:
        uow._transaction.rows(sa.text("SELECT missing FROM nowhere"))

    assert heard == ["SELECT missing FROM nowhere"]


def ask_and_write(store):
    """Runs the statements that most pages and submissions run, searches among them."""
    journey, mentor = a_journey(), a_mentor()
    words = [SearchWords(), SearchWords.parse("asha")]
    keep(store, adding_ect(an_ect()), adding_mentor(mentor))
    keep(store, lambda uow: uow.journeys.add(journey), lambda uow: uow.history.add([a_change()]))
    keep(store, lambda uow: uow.journeys.save(uow.journeys.find(journey.id)))
    with store.reading() as uow:
        for searched in words:
            uow.ects.look(EctsWanted(URN, TODAY, searched), 0, 20)
            uow.mentors.look(MentorsWanted(URN, TODAY, searched), 0, 20)
        uow.schools.with_offer(URN, THIS_YEAR)
        uow.mentors.mentored_by_any([mentor.id])


def test_sqlalchemy_compiles_each_statement_once(store):
    """To compile one takes as long as many executions, so each must have a key for the cache."""
    without_key = set()

    @sa.event.listens_for(store.engine, "after_cursor_execute")
    def note(connection, cursor, statement, values, context, many):
        if context.compiled and context.cache_hit not in (
            CacheStats.CACHE_HIT,
            CacheStats.CACHE_MISS,
        ):
            without_key.add(statement)

    furnish(store)
    ask_and_write(store)

    assert without_key == set()
