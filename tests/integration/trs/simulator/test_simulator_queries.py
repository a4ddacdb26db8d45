"""The traps in TRS's query, which a stand-in must set as well."""

from __future__ import annotations

from datetime import date

import pytest

from integration.trs import cast
from integration.trs.support import ASKING
from trs_simulator.dates import read_date

PERSON = f"/v3/persons/{cast.MAYA.trn}"

OPTIONAL = {"induction", "alerts", "previousNames", "pendingNameChange"}


def _included(response):
    return sorted(OPTIONAL & set(response.json()))


@pytest.mark.parametrize(
    ("query", "included"),
    [
        ("include=Induction,Alerts", ["alerts", "induction"]),
        ("include=induction,%20ALERTS%20", ["alerts", "induction"]),
        ("INCLUDE=Induction", ["induction"]),
        ("include=PendingDetailChanges", ["pendingNameChange"]),
        ("include=_AllowIdSignInWithProhibitions,Alerts", ["alerts"]),
        ("include=Induction&include=Alerts", ["induction"]),
        ("include=Induction,Alert", []),
        ("include=Induction,NpqQualifications", []),
        ("include=All", []),
        ("include=None,Induction", []),
        ("include=", []),
        ("", []),
    ],
)
def test_includes_are_one_list_that_one_mistake_empties(http, query, included):
    """Only the first list is read, and nothing is said of what is wrong with it."""
    response = http.get(f"{PERSON}?{query}", headers=ASKING)

    assert (response.status_code, _included(response)) == (200, included)


@pytest.mark.parametrize(
    "query",
    [
        "dateOfBirth=",
        "dateOfBirth=%20",
        "nationalInsuranceNumber=",
        "nationalInsuranceNumber=%20%20",
        "dateOfBirth=&nationalInsuranceNumber=JK246810B",
        "DATEOFBIRTH=1997-11-23",
        "dateOfBirth=1997-11-23&dateOfBirth=1900-01-01",
    ],
)
def test_an_empty_second_fact_is_no_second_fact(http, query):
    """The whole record is shown to whoever sends one."""
    assert http.get(f"{PERSON}?{query}", headers=ASKING).status_code == 200


def test_blanks_around_a_trn_do_not_matter(http):
    """TRS trims."""
    response = http.get(f"/v3/persons/%20{cast.MAYA.trn}%20", headers=ASKING)

    assert response.json()["trn"] == cast.MAYA.trn.digits


def test_what_is_no_trn_is_unknown(http):
    """TRS does not look at its form; find is a TRN like any other to a GET."""
    codes = [
        http.get(f"/v3/persons/{trn}", headers=ASKING).json()["errorCode"]
        for trn in ("find", "300", "RP30-00001", "３０００００１")  # noqa: RUF001
    ]

    assert codes == [10001] * 4


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1990-02-01", date(1990, 2, 1)),
        ("1990-2-1", date(1990, 2, 1)),
        ("1990/02/01", date(1990, 2, 1)),
        ("01/02/1990", date(1990, 1, 2)),
        ("1/2/1990", date(1990, 1, 2)),
        ("01-02-1990", date(1990, 1, 2)),
        ("2 January 1990", date(1990, 1, 2)),
        ("02 jan 1990", date(1990, 1, 2)),
        ("January 2, 1990", date(1990, 1, 2)),
        ("23/04/1990", None),
        ("30 February 1990", None),
        ("2 Janvier 1990", None),
        ("1990-02-30", None),
        ("yesterday", None),
        ("1990-02-01T00:00:00", None),
    ],
)
def test_dates_are_read_month_first(typed, day):
    """Leniently; what no reading makes a date of is an error."""
    assert read_date(typed) == day
