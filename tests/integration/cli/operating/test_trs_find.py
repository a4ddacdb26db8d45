"""`ect trs find`: what the service would decide of a record, for operators."""

from __future__ import annotations

import pytest

from integration.cli.terminal import ect
from integration.cli.town import (
    ANOTHER_DAY,
    ANOTHER_NUMBER,
    BORN,
    MAYA,
    MERGED,
    NUMBERS,
    PASSED,
    RETAINED,
    UNKNOWN,
    a_registration,
)
from trs_simulator.app import simulator_app
from trs_simulator.server import SimulatorServer

MAYA_ON_RECORD = {
    "trn": MAYA,
    "name": "Maya Okonkwo",
    "induction": "required_to_complete",
    "prohibited": False,
    "has_qts": True,
    "merged_from": None,
    "induction_started_on": None,
    "induction_completed_on": None,
}


def find(settings, trn, fact, *options):
    """With the second fact on standard input."""
    return ect("trs", "find", trn, *options, stdin=f"{fact}\n".encode(), **settings)


def test_a_record_is_shown_as_the_service_sees_it(settings):
    """Neither of the two facts is in it."""
    ran = find(settings, MAYA, BORN[MAYA])

    assert (ran.status, ran.json) == (0, {"outcome": "found", "record": MAYA_ON_RECORD})


def test_the_number_will_do_instead(settings):
    """However it is typed."""
    ran = find(settings, "RP10/00001", NUMBERS[MAYA].lower(), "--by-number")

    assert (ran.status, ran.json["record"]) == (0, MAYA_ON_RECORD)


def test_a_merged_trn_is_followed(settings):
    """Both are told."""
    record = find(settings, MERGED, BORN[MERGED]).json["record"]

    assert (record["trn"], record["merged_from"]) == (RETAINED, MERGED)


@pytest.mark.parametrize(
    ("trn", "fact", "options", "expected"),
    [
        (UNKNOWN, ANOTHER_DAY, (), (1, "refused", "trn-not-found")),
        (MAYA, ANOTHER_DAY, (), (2, "needs", "date-of-birth-differs")),
        (MAYA, ANOTHER_NUMBER, ("--by-number",), (1, "refused", "details-do-not-match")),
        (PASSED, BORN[PASSED], (), (1, "refused", "induction-passed")),
    ],
    ids=["unknown", "another day", "another number", "passed"],
)
def test_what_would_stop_a_registration_is_told(settings, trn, fact, options, expected):
    """With the exit status that registering has."""
    assert find(settings, trn, fact, *options).verdict == expected


def test_why_somebody_is_refused_comes_with_the_record(settings):
    """So that an operator sees what it was decided on."""
    ran = find(settings, PASSED, BORN[PASSED])

    assert ran.json["record"]["induction"] == "passed"


@pytest.mark.parametrize(
    ("trn", "fact", "options", "field"),
    [
        ("12345678", "", (), "trn"),
        (MAYA, "", (), "date_of_birth"),
        (MAYA, "yesterday", (), "date_of_birth"),
        (MAYA, "\udcff", (), "date_of_birth"),
        (MAYA, "2020-02-29", (), "date_of_birth"),
        (MAYA, "", ("--by-number",), "national_insurance_number"),
        (MAYA, "AB12345", ("--by-number",), "national_insurance_number"),
    ],
)
def test_what_cannot_be_right_is_told_at_its_field(settings, trn, fact, options, field):
    """As when registering; TRS is not asked."""
    stdin = fact.encode("utf-8", "surrogateescape")
    ran = ect("trs", "find", trn, *options, stdin=stdin, **settings)

    assert (*ran.verdict, ran.json["field"]) == (2, "invalid", "two-facts", field)


def test_no_fact_is_taken_from_an_argument(settings):
    """There is no place for it."""
    ran = ect("trs", "find", MAYA, "1990-01-01", **settings)

    assert (ran.status, "unexpected extra argument" in ran.err) == (2, True)


def test_a_database_is_not_needed(settings):
    """Nothing is looked up there."""
    del settings["ECT_DATABASE_URL"]

    assert find(settings, MAYA, BORN[MAYA]).status == 0


def test_trs_out_of_reach_is_told_with_the_reason(settings):
    """Exit status 3; the reason is for operators, and so on standard error."""
    nowhere = {"ECT_TRS_URL": "http://127.0.0.1:1", "ECT_TRS_API_KEY": "a-key"}
    ran = find(settings | nowhere, MAYA, BORN[MAYA])

    assert ran.verdict == (3, "unavailable", "trs-unavailable")
    assert ran.line.startswith("TRS cannot answer: ")


def test_trs_that_refuses_our_key_is_told_with_the_reason(settings):
    """It never passes by itself, so an operator must be able to tell it from an outage."""
    simulator = simulator_app([])
    with SimulatorServer(simulator) as server:
        told = settings | {"ECT_TRS_URL": server.address, "ECT_TRS_API_KEY": "revoked"}
        found = find(told, MAYA, BORN[MAYA])
        others = [
            ect(command, "--from", "-", stdin=a_registration(), **told)
            for command in ("register-ect", "check-ect")
        ]

    assert {ran.verdict for ran in (found, *others)} == {(3, "unavailable", "trs-unavailable")}
    assert {ran.line for ran in (found, *others)} == {
        "TRS cannot answer: it does not accept our API key (401); run ect doctor to find out more"
    }
