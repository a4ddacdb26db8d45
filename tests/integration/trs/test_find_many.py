"""Many people are found by one call; whoever is left out is nobody's answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect_registration.domain.values import Trn
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from integration.trs import cast
from integration.trs.simulator.test_any_world import days, people, trns
from integration.trs.support import (
    ANOTHER_DAY,
    ANOTHER_TRN,
    BORN_ON,
    TRN,
    UNKNOWN_TRN,
    Script,
    a_body,
    a_person,
    a_record,
    outcome_of,
    problem,
    records_on,
    records_over,
    reply,
)
from trs_simulator.app import simulator_app

FACTS = {
    UNKNOWN_TRN: BORN_ON,
    cast.PASSED.trn: BORN_ON,
    cast.MAYA.trn: ANOTHER_DAY,
    cast.MERGED.trn: BORN_ON,
    cast.DEACTIVATED.trn: BORN_ON,
}

ONE = {TRN: BORN_ON}


def _found(**changes):
    """Returns an answer to find, with that person."""
    left_out = {"nationalInsuranceNumber": ..., "emailAddress": ..., "previousNames": []}
    return {"total": 1, "results": [a_body(**left_out | changes)]}


def test_whoever_matches_gets_what_a_lookup_of_them_alone_would_say(records):
    """Merged, deactivated, unknown and those with another date of birth are left out."""
    alone = {cast.PASSED.trn: records.by_date_of_birth(cast.PASSED.trn, BORN_ON)}

    assert records.matching(FACTS) == alone


def test_nobody_asks_nothing(simulator):
    """An empty question is not sent."""
    found = records_on(simulator).matching({})

    assert (found, simulator.calls) == ({}, {})


def test_five_hundred_are_asked_for_at_a_time():
    """TRS takes no more in one call."""
    crowd = [a_person(trn=Trn(f"{4_000_000 + number}")) for number in range(1_001)]
    simulator = simulator_app(crowd)
    found = records_on(simulator).matching({person.trn: BORN_ON for person in crowd})

    assert (len(found), simulator.calls) == (1_001, {"find": 3})


@given(people(), st.dictionaries(trns, days, max_size=8))
def test_many_are_who_they_are_in_memory(world, facts):
    """Found or left out, over HTTP as in memory."""
    over_http, in_memory = records_on(simulator_app(world)), MemoryTeacherRecords(world)

    assert over_http.matching(facts) == in_memory.matching(facts)


@pytest.mark.parametrize(
    "spoilt",
    [{"induction": None}, {"induction": ...}, {"alerts": ...}, {"firstName": "x" * 501}],
)
def test_a_result_that_cannot_be_read_is_left_out(spoilt):
    """One record must not stop all others: a lookup of it alone says what is the matter."""
    results = [a_body(**spoilt), a_body(trn=ANOTHER_TRN.digits)]
    found = records_over(Script([reply(200, {"total": 2, "results": results})])).matching(
        {TRN: BORN_ON, ANOTHER_TRN: BORN_ON}
    )

    assert found == {ANOTHER_TRN: a_record(trn=ANOTHER_TRN)}


@pytest.mark.parametrize(
    "answer",
    [
        _found(trn=ANOTHER_TRN.digits),
        _found(dateOfBirth=ANOTHER_DAY.isoformat()),
        _found(trn="30"),
        {"total": 2, "results": _found()["results"] * 2},
        {"total": 0},
        {"results": {}},
        {"results": [1]},
        {"results": None},
        [],
        1,
    ],
)
def test_results_that_were_not_agreed_are_no_answer(answer):
    """Somebody else's, twice the same, or in another shape: once is enough."""
    script = Script([reply(200, answer)])
    outcome = outcome_of(lambda: records_over(script).matching(ONE))

    assert (outcome, len(script.requests)) == ("unavailable", 1)


@pytest.mark.parametrize(
    ("answer", "calls"),
    [
        (reply(400, {"errors": {"persons": ["Too many."]}}), 1),
        (reply(401), 1),
        (reply(403), 1),
        (reply(404), 1),
        (problem(404, 10001), 1),
        (problem(410, 10058), 1),
        (reply(308, Location="/v3/persons/3000002"), 1),
        (reply(204), 1),
        (reply(500), 4),
        (reply(200, b"{"), 2),
        (reply(200, b"<html>", Content_Type="text/html"), 2),
    ],
)
def test_a_fault_in_find_is_never_an_empty_answer(answer, calls):
    """Not found and gone have no meaning there either."""
    script = Script([answer])
    outcome = outcome_of(lambda: records_over(script).matching(ONE))

    assert (outcome, len(script.requests)) == ("unavailable", calls)


def test_a_run_that_nobody_watches_waits_for_the_next_minute():
    """The calls of a minute may be used up on the way; somebody at a page is told at once."""
    limited = reply(429, {"status": 429}, Retry_After="55")
    unattended = records_over(Script([limited, reply(200, _found())]), unattended=True)
    at_a_page = records_over(Script([limited, reply(200, _found())]))

    assert unattended.matching(ONE) == {TRN: a_record()}
    assert outcome_of(lambda: at_a_page.matching(ONE)) == "unavailable"


def test_dates_of_birth_travel_in_the_body():
    """They are posted as JSON, and stand in no address."""
    script = Script([reply(200, _found())])
    records_over(script).matching(ONE)
    [request] = script.requests

    assert (request.method, str(request.url), request.headers["Content-Type"]) == (
        "POST",
        "https://trs.example/v3/persons/find",
        "application/json",
    )
