"""The failure table where it is about the bodies of records."""

from __future__ import annotations

from typing import Any

import httpx

from ect_registration.domain.people.teacher import InductionStatus, NoMatch
from integration.trs.support import ANOTHER_DAY, ANOTHER_TRN, a_body, a_record, an_alert, reply
from integration.trs.table.rows import DEEP, FOUND, GOOD, LONG, PAGE, UNAVAILABLE, Row


def _changed(**changes: Any) -> list[httpx.Response]:
    return [reply(200, a_body(**changes))]


def _prohibited(**changes: Any) -> list[httpx.Response]:
    return _changed(alerts=[an_alert(**changes)])


MALFORMED = [
    Row("200 empty", [reply(200)], UNAVAILABLE, calls=2),
    Row("200 truncated", [reply(200, GOOD.content[:-20])], UNAVAILABLE, calls=2),
    Row("200 with a page", [reply(200, PAGE, Content_Type="text/html")], UNAVAILABLE, calls=2),
    Row("200 with an unlabelled page", [reply(200, PAGE)], UNAVAILABLE, calls=2),
    Row(
        "200 labelled as a page",
        [reply(200, a_body(), Content_Type="text/html")],
        UNAVAILABLE,
        calls=2,
    ),
    Row("200 with a list", [reply(200, [a_body()])], UNAVAILABLE, calls=2),
    Row("200 with null", [reply(200, b"null")], UNAVAILABLE, calls=2),
    Row("200 with bytes", [reply(200, b"\x00\xff\xfe")], UNAVAILABLE, calls=2),
    Row("200 far too long", [reply(200, LONG)], UNAVAILABLE, calls=2),
    Row("200 far too deep", [reply(200, DEEP)], UNAVAILABLE, calls=2),
    Row("malformed once", [reply(200, PAGE), GOOD], FOUND, calls=2),
    Row("malformed, failed, malformed", [reply(200), reply(500)], UNAVAILABLE, calls=4),
    Row("unlabelled", [reply(200, GOOD.content)], FOUND),
    Row(
        "labelled in another case", [reply(200, a_body(), Content_Type="Application/JSON")], FOUND
    ),
    *(
        Row(f"JSON labelled {label}", [reply(200, a_body(), Content_Type=label)], FOUND)
        for label in ("text/plain", "text/plain; charset=utf-8", "application/octet-stream", "?")
    ),
    Row(
        "a page labelled as text",
        [reply(200, PAGE, Content_Type="text/plain")],
        UNAVAILABLE,
        calls=2,
    ),
    Row(
        "200 labelled as another kind of page",
        [reply(200, a_body(), Content_Type="Application/XHTML+xml")],
        UNAVAILABLE,
        calls=2,
    ),
]

SOMEBODY_ELSE = [
    Row("the TRN of another", _changed(trn=ANOTHER_TRN.digits), UNAVAILABLE),
    Row("a TRN of six digits", _changed(trn="300000"), UNAVAILABLE),
    Row(
        "another date of birth",
        _changed(dateOfBirth=ANOTHER_DAY.isoformat()),
        NoMatch.DATE_OF_BIRTH_DIFFERS,
        by_number=FOUND,
    ),
    Row("another National Insurance number", _changed(nationalInsuranceNumber=None), FOUND),
]

MISSING = [
    *(
        Row(f"{key} is missing", _changed(**{key: ...}), UNAVAILABLE)
        for key in (
            "trn",
            "firstName",
            "middleName",
            "lastName",
            "dateOfBirth",
            "qts",
            "induction",
            "alerts",
        )
    ),
    *(
        Row(f"{key} is null", _changed(**{key: None}), UNAVAILABLE)
        for key in ("trn", "firstName", "middleName", "dateOfBirth", "induction", "alerts")
    ),
    Row("induction without a status", _changed(induction={}), UNAVAILABLE),
    Row("a status that is null", _changed(induction={"status": None}), UNAVAILABLE),
    Row("a date of birth in words", _changed(dateOfBirth="23 November"), UNAVAILABLE),
    Row("a date of birth that never was", _changed(dateOfBirth="1997-02-30"), UNAVAILABLE),
    Row("alerts in an object", _changed(alerts={}), UNAVAILABLE),
    Row("an alert in words", _changed(alerts=["prohibited"]), UNAVAILABLE),
    Row("an alert without a type", _prohibited(alertType=...), UNAVAILABLE),
    Row("an alert without a category", _prohibited(alertType={"name": "x"}), UNAVAILABLE),
    Row("QTS in words", _changed(qts="yes"), UNAVAILABLE),
    Row("a name longer than any store holds", _changed(lastName="x" * 500), UNAVAILABLE),
    Row("a name that no store can hold", _changed(lastName="\x00"), UNAVAILABLE),
    Row("half a character in a name", _changed(lastName="\ud800"), UNAVAILABLE),
]

TOLERATED = [
    Row("no name at all", _changed(firstName=" ", middleName="", lastName=""), a_record(name="")),
    Row(
        "full stops for every name",
        _changed(firstName=".", middleName="", lastName="-"),
        a_record(name=""),
    ),
    Row(
        "a full stop for the first name",
        _changed(firstName=".", middleName="", lastName="Marlowe"),
        a_record(name="Marlowe"),
    ),
    Row(
        "what steers a terminal and reorders text in a name",
        _changed(firstName="A\x1b[2J", middleName="", lastName="\u202eMar\x9blowe\u200b"),
        a_record(name="A[2J Marlowe"),
    ),
    Row(
        "a name as long as stores hold",
        _changed(firstName="x", middleName="", lastName="x" * 498),
        a_record(name=f"x {'x' * 498}"),
    ),
    Row(
        "a status nobody has met",
        _changed(induction={"status": "Postponed"}),
        a_record(induction=InductionStatus.UNKNOWN),
    ),
    Row(
        "a status in another case",
        _changed(induction={"status": "passed"}),
        a_record(induction=InductionStatus.UNKNOWN),
    ),
    Row("another enum nobody has met", _changed(qtlsStatus="Perhaps"), FOUND),
    Row("keys nobody asked for", _changed(favouriteColour="green", previousNames=None), FOUND),
    Row("no reasons and dates", _changed(induction={"status": "RequiredToComplete"}), FOUND),
    Row("QTS without a date", _changed(qts={}), FOUND),
    Row("no QTS", _changed(qts=None), a_record(has_qts=False)),
]

_PROHIBITED = a_record(prohibited=True)

ALERTS = [
    Row("no end", _prohibited(), _PROHIBITED),
    Row("no end and no key for it", _prohibited(endDate=...), _PROHIBITED),
    Row("ends tomorrow", _prohibited(endDate="2025-09-11"), _PROHIBITED),
    Row("ended today", _prohibited(endDate="2025-09-10"), FOUND),
    Row("an end in words", _prohibited(endDate="last year"), _PROHIBITED),
    Row("an end with a time", _prohibited(endDate="2020-01-01T00:00:00"), _PROHIBITED),
    Row("an end without hyphens", _prohibited(endDate="20200101"), _PROHIBITED),
    Row("an end that never was", _prohibited(endDate="2020-02-30"), _PROHIBITED),
    Row("an end in figures", _prohibited(endDate=20200101), _PROHIBITED),
    Row(
        "one that ended, one that did not",
        _changed(alerts=[an_alert(endDate="2020-01-01"), an_alert()]),
        _PROHIBITED,
    ),
]
