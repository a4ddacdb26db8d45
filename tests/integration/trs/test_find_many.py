from __future__ import annotations

from datetime import timedelta

import pytest

from ect_registration.domain.people.teacher import NoMatch
from ect_registration.domain.values import Trn
from integration.trs import cast
from integration.trs.support import (
    ANOTHER_DAY,
    ANOTHER_TRN,
    BORN_ON,
    TRN,
    UNKNOWN_TRN,
    Script,
    Tally,
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

FACTS = [
    (UNKNOWN_TRN, BORN_ON),
    (cast.PASSED.trn, BORN_ON),
    (cast.MAYA.trn, ANOTHER_DAY),
    (cast.MERGED.trn, BORN_ON),
    (cast.DEACTIVATED.trn, BORN_ON),
    (cast.MAYA.trn, BORN_ON),
]

ONE = [(TRN, BORN_ON)]


def _found(**changes):
    """An answer to find, with that person."""
    left_out = {"nationalInsuranceNumber": ..., "emailAddress": ..., "previousNames": []}
    return {"total": 1, "results": [a_body(**left_out | changes)]}


def test_everybody_gets_what_a_lookup_of_them_alone_would_say(records):
    """In the order of asking."""
    alone = [(trn, records.by_date_of_birth(trn, born_on)) for trn, born_on in FACTS]

    assert list(records.many_by_date_of_birth(FACTS)) == alone


def test_whoever_is_left_out_costs_one_lookup_more(simulator):
    """Found people cost none; a merged record's lookup has its hop."""
    list(records_on(simulator).many_by_date_of_birth(FACTS))
    alone, hops = len({UNKNOWN_TRN, cast.MAYA.trn, cast.MERGED.trn, cast.DEACTIVATED.trn}) + 1, 1

    assert simulator.calls == {"find": 1, "person": alone + hops}


def test_nobody_asks_nothing(simulator):
    """Not even an empty question."""
    found = list(records_on(simulator).many_by_date_of_birth([]))

    assert (found, simulator.calls) == ([], {})


def test_five_hundred_are_asked_for_at_a_time():
    """And only as they are needed."""
    people = [a_person(trn=Trn(f"{4_000_000 + number}")) for number in range(1_001)]
    simulator = simulator_app(people)
    answers = records_on(simulator).many_by_date_of_birth((p.trn, BORN_ON) for p in people)
    calls = [simulator.calls["find"] for _ in answers]

    assert [calls.count(number) for number in (1, 2, 3)] == [500, 500, 1]


def test_two_dates_of_birth_of_one_trn_are_both_answered(records):
    """TRS would look at the first only."""
    facts = [(cast.MAYA.trn, BORN_ON + timedelta(days)) for days in (0, 1, 0)]
    outcomes = [outcome for _, outcome in records.many_by_date_of_birth(facts)]

    assert outcomes == [a_record(), NoMatch.DATE_OF_BIRTH_DIFFERS, a_record()]


def test_a_result_without_induction_is_asked_for_alone():
    """Null there is no status; the record itself has one."""
    script = Script([reply(200, _found(induction=None)), reply(200, a_body())])
    found = list(records_over(script).many_by_date_of_birth(ONE))

    assert (found, len(script.requests)) == ([(TRN, a_record())], 2)


@pytest.mark.parametrize(
    "answer",
    [
        _found(trn=ANOTHER_TRN.digits),
        _found(dateOfBirth=ANOTHER_DAY.isoformat()),
        {"total": 2, "results": _found()["results"] * 2},
        _found(alerts=...),
        _found(induction=...),
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
    records = records_over(script)
    outcome = outcome_of(lambda: list(records.many_by_date_of_birth(ONE)))

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
    records = records_over(script)
    outcome = outcome_of(lambda: list(records.many_by_date_of_birth(ONE)))

    assert (outcome, len(script.requests)) == ("unavailable", calls)


def test_a_fault_in_the_middle_keeps_what_was_answered_before():
    """A generator has given it out already."""
    script = Script([reply(200, _found()), reply(401)])
    answers = records_over(script).many_by_date_of_birth([*ONE, (UNKNOWN_TRN, BORN_ON)])
    first, second = next(answers), outcome_of(lambda: next(answers))

    assert (first, second) == ((TRN, a_record()), "unavailable")


def test_a_bulk_run_waits_for_the_next_minute():
    """Nobody waits for a page: the calls of a minute may be used up on the way."""
    limited = reply(429, {"status": 429}, Retry_After="55")
    script = Script([limited, reply(200, _found())])
    found = list(records_over(script).many_by_date_of_birth(ONE))

    assert found == [(TRN, a_record())]


def test_dates_of_birth_travel_in_the_body():
    """As JSON, posted."""
    script = Script([reply(200, _found())])
    list(records_over(script).many_by_date_of_birth(ONE))
    [request] = script.requests

    assert (request.method, str(request.url), request.headers["Content-Type"]) == (
        "POST",
        "https://trs.example/v3/persons/find",
        "application/json",
    )


def test_calls_and_people_left_out_are_counted():
    """Each under a name of its own."""
    tally = Tally()
    script = Script([reply(200, _found()), problem(404, 10001)])
    facts = [*ONE, (UNKNOWN_TRN, BORN_ON)]
    list(records_over(script, metrics=tally).many_by_date_of_birth(facts))

    assert [lookup[:2] for lookup in tally.lookups] == [
        ("find", "found"),
        ("left_out_of_find", "trn_not_found"),
    ]
