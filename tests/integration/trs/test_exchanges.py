"""What goes over the wire, exchange by exchange, held against the contract's shapes."""

from __future__ import annotations

import pytest

from integration.trs import cast, contract
from integration.trs.support import (
    ANOTHER_DAY,
    ANOTHER_NUMBER,
    ASKING,
    BORN_ON,
    NUMBER,
    UNKNOWN_TRN,
)

ALL = (
    "Induction",
    "MandatoryQualifications",
    "PendingDetailChanges",
    "Alerts",
    "PreviousNames",
    "RoutesToProfessionalStatuses",
)
USUAL = ("Alerts", "Induction", "MandatoryQualifications", "RoutesToProfessionalStatuses")


@pytest.fixture
def get(http):
    """A record, by date of birth unless told otherwise."""

    def get(trn, includes=(), **query):
        query = query or {"dateOfBirth": BORN_ON.isoformat()}
        listed = {"include": ",".join(includes)} if includes else {}
        return http.get(f"/v3/persons/{trn}", params=query | listed, headers=ASKING)

    return get


def _empty(response):
    return (response.content, response.headers.get("Content-Type"))


EMPTY = (b"", None)
PROBLEM = "application/problem+json; charset=utf-8"


@pytest.mark.parametrize("person", cast.AGREED, ids=lambda person: person.trn.digits)
@pytest.mark.parametrize("includes", [(), USUAL, ALL, ("Induction", "PreviousNames")])
def test_a_record_has_exactly_what_was_asked_for(get, person, includes):
    """Ten keys always, and those of each include."""
    response = get(person.trn, includes)
    contract.check(response.json(), contract.person_with(*includes))

    assert response.headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("person", "induction"),
    [
        (cast.NO_QTS, ("None", None, None, 0)),
        (cast.MAYA, ("RequiredToComplete", None, None, 0)),
        (cast.IN_PROGRESS, ("InProgress", "2024-09-01", None, 0)),
        (cast.PASSED, ("Passed", "2019-09-02", "2021-07-16", 0)),
        (cast.FAILED, ("Failed", "2024-09-01", "2026-07-18", 0)),
        (cast.EXEMPT, ("Exempt", None, None, 1)),
        (cast.EXEMPT_WITHOUT_REASON, ("Exempt", None, None, 0)),
    ],
)
def test_an_induction_in_every_state(get, person, induction):
    """No induction is a status, never null; reasons may be missing."""
    shown = get(person.trn, USUAL).json()["induction"]
    dates = shown["startDate"], shown["completedDate"]

    assert (shown["status"], *dates, len(shown["exemptionReasons"])) == induction


def test_early_years_status_without_qts(get):
    """Two statuses, kept apart; the route is listed."""
    shown = get(cast.EARLY_YEARS.trn, USUAL).json()
    routes = [
        route["routeToProfessionalStatusType"]["professionalStatusType"]
        for route in shown["routesToProfessionalStatuses"]
    ]

    assert (shown["qts"], shown["eyts"]["holdsFrom"], routes) == (
        None,
        "2022-07-20",
        ["EarlyYearsTeacherStatus"],
    )


@pytest.mark.parametrize(
    ("person", "categories"),
    [
        (cast.MAYA, []),
        (cast.PROHIBITED, [("Prohibition from teaching", None)]),
        (cast.NO_LONGER_PROHIBITED, [("Prohibition from teaching", "2025-09-10")]),
        (cast.SANCTIONED, [("TRA Decision (SoS)", None)]),
        (cast.FAILED, [("Failed induction", None)]),
    ],
)
def test_alerts_open_and_closed_are_listed(get, person, categories):
    """Of every category."""
    alerts = get(person.trn, USUAL).json()["alerts"]

    assert [(a["alertType"]["alertCategory"]["name"], a["endDate"]) for a in alerts] == categories


def test_names_of_before(get):
    """Missing parts are empty text."""
    shown = get(cast.MANY_NAMES.trn, ("Induction", "PreviousNames")).json()

    assert (shown["middleName"], [name["middleName"] for name in shown["previousNames"]]) == (
        "Anna Maria",
        ["", "Anna"],
    )


def test_a_number_that_an_employer_gave_is_matched_and_not_shown(get):
    """What comes back is the number on record."""
    shown = get(cast.EMPLOYED.trn, nationalInsuranceNumber=NUMBER.characters).json()

    assert shown["nationalInsuranceNumber"] == ANOTHER_NUMBER.characters


@pytest.mark.parametrize("typed", [" jk 24-68 10b ", "JK\u00a0246810B"])
def test_numbers_are_matched_without_case_blanks_and_hyphens(get, typed):
    """On TRS's side too."""
    assert get(cast.MAYA.trn, nationalInsuranceNumber=typed).status_code == 200


def test_a_merged_record_moved(get):
    """No body; the way to it is relative and loses the query; no second fact was looked at."""
    response = get(cast.MERGED_TWICE.trn, USUAL, dateOfBirth="1900-01-01")
    location = response.headers["Location"]

    assert (response.status_code, location, _empty(response)) == (
        308,
        f"/v3/persons/{cast.MAYA.trn}",
        EMPTY,
    )


@pytest.mark.parametrize(
    ("trn", "query", "echo"),
    [
        (UNKNOWN_TRN, {"dateOfBirth": "1997-11-23"}, ""),
        (
            cast.MAYA.trn,
            {"dateOfBirth": ANOTHER_DAY.isoformat()},
            "\nDate of birth: '1991-03-02'",
        ),
        (
            cast.NUMBERLESS.trn,
            {"nationalInsuranceNumber": "jk246810b"},
            "\nNational insurance number: 'jk246810b'",
        ),
    ],
)
def test_unknown_and_mismatched_are_told_alike(get, trn, query, echo):
    """The same code and title; only the detail differs, and it repeats the secret."""
    response = get(trn, USUAL, **query)
    contract.check(response.json(), contract.DOMAIN_PROBLEM)

    assert (response.status_code, response.headers["Content-Type"], response.json()) == (
        404,
        PROBLEM,
        {
            "title": "Person not found.",
            "status": 404,
            "detail": f"TRN: '{trn}'{echo}",
            "errorCode": 10001,
        },
    )


@pytest.mark.parametrize("person", [cast.DEACTIVATED, cast.MERGED_INTO_DEACTIVATED])
def test_a_deactivated_record_is_gone(get, person):
    """Whatever the second fact, also at the end of a merger."""
    response = get(person.trn, USUAL, dateOfBirth="1900-01-01")
    contract.check(response.json(), contract.DOMAIN_PROBLEM)

    assert (response.status_code, response.json()["errorCode"]) == (410, 10058)


def test_two_second_facts_at_once_are_one_too_many(get):
    """The framework says so, without a code of TRS's."""
    both = {"dateOfBirth": "1997-11-23", "nationalInsuranceNumber": NUMBER.characters}
    response = get(cast.MAYA.trn, USUAL, **both)
    contract.check(response.json(), contract.FRAMEWORK_PROBLEM)

    assert (response.status_code, response.json()["title"]) == (400, "Bad Request")


def test_a_date_that_cannot_be_read_is_repeated(get):
    """In a validation problem."""
    response = get(cast.MAYA.trn, USUAL, dateOfBirth="the 23rd")
    contract.check(response.json(), contract.FRAMEWORK_PROBLEM)

    assert (response.status_code, response.json()["errors"]) == (
        400,
        {"dateOfBirth": ["The value 'the 23rd' is not valid."]},
    )


def test_a_record_without_a_date_of_birth_breaks_trs(get):
    """By TRN alone; with a date it simply does not match."""
    responses = [get(cast.UNDATED.trn, include="Induction"), get(cast.UNDATED.trn)]

    assert [(r.status_code, _empty(r) == EMPTY) for r in responses] == [(500, True), (404, False)]


def test_many_are_found_at_once(http):
    """Sorted by TRN; merged, deactivated, unknown and mismatched people are left out."""
    asked = [
        (cast.PASSED, BORN_ON),
        (cast.MAYA, BORN_ON),
        (cast.NO_QTS, ANOTHER_DAY),
        (cast.MERGED, ANOTHER_DAY),
        (cast.DEACTIVATED, BORN_ON),
    ]
    persons = [{"trn": p.trn.digits, "dateOfBirth": day.isoformat()} for p, day in asked]
    persons.append({"trn": UNKNOWN_TRN.digits, "dateOfBirth": "1997-11-23"})
    response = http.post("/v3/persons/find", json={"persons": persons}, headers=ASKING)
    contract.check(response.json(), contract.RESULTS)
    found = [result["trn"] for result in response.json()["results"]]

    assert (response.json()["total"], found) == (2, [cast.MAYA.trn.digits, cast.PASSED.trn.digits])


def test_a_trn_that_is_asked_for_twice_counts_once(http):
    """With its first date of birth."""
    days = (ANOTHER_DAY, BORN_ON)
    persons = [{"trn": cast.MAYA.trn.digits, "dateOfBirth": day.isoformat()} for day in days]
    response = http.post("/v3/persons/find", json={"persons": persons}, headers=ASKING)

    assert response.json() == {"total": 0, "results": []}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"{}",
        b'{"persons": 1}',
        b'{"persons": ["3000001"]}',
        b'{"persons": [{"trn": "3000001"}]}',
        b'{"persons": [{"trn": 3000001, "dateOfBirth": "1997-11-23"}]}',
        b'{"persons": [{"trn": "3000001", "dateOfBirth": "11/23/1997"}]}',
        b'{"persons": [{"trn": "3000001", "dateOfBirth": "1997-02-30"}]}',
        b"[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_a_bad_request(http, body):
    """In a body a date is an ISO date."""
    response = http.post("/v3/persons/find", content=body, headers=ASKING)
    contract.check(response.json(), contract.FRAMEWORK_PROBLEM)

    assert response.status_code == 400


@pytest.mark.parametrize(("number", "status"), [(500, 200), (501, 400)])
def test_five_hundred_at_once_and_no_more(http, number, status):
    """One more is a bad request."""
    persons = [{"trn": f"{n:07}", "dateOfBirth": "1997-11-23"} for n in range(number)]
    response = http.post("/v3/persons/find", json={"persons": persons}, headers=ASKING)

    assert response.status_code == status


@pytest.mark.parametrize(
    ("trn", "status", "location"),
    [
        (cast.MAYA.trn, 204, None),
        (cast.MERGED.trn, 308, f"/v3/trns/{cast.MAYA.trn}"),
        (cast.DEACTIVATED.trn, 410, None),
        (UNKNOWN_TRN, 404, None),
    ],
)
def test_a_trn_can_be_asked_about_alone(http, trn, status, location):
    """Without a word about who has it."""
    response = http.get(f"/v3/trns/{trn}", headers=ASKING)

    assert (response.status_code, response.headers.get("Location")) == (status, location)
