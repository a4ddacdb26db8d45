"""Reads what TRS says of a person with distrust: a missing key is never read as "none"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import attrs

from adapters.trs.faults import OutsideContract
from ect_registration.domain.people.teacher import LONGEST_TRS_NAME, InductionStatus
from ect_registration.domain.values import Trn, full_name

PROHIBITION_FROM_TEACHING = "b2b19019-b165-47a3-8745-3297ff152581"  # an alert category

INDUCTION_STATUSES = {
    "None": InductionStatus.NONE,
    "RequiredToComplete": InductionStatus.REQUIRED_TO_COMPLETE,
    "Exempt": InductionStatus.EXEMPT,
    "InProgress": InductionStatus.IN_PROGRESS,
    "Passed": InductionStatus.PASSED,
    "Failed": InductionStatus.FAILED,
    "FailedInWales": InductionStatus.FAILED_IN_WALES,
}

Json = Mapping[str, object]


@attrs.frozen
class Person:
    """Holds an active record, whose date of birth stays in this adapter."""

    trn: Trn
    born_on: date = attrs.field(repr=False)
    name: str
    induction: InductionStatus
    prohibited: bool
    has_qts: bool
    induction_started_on: date | None = None
    induction_completed_on: date | None = None


def read_person(body: object, today: date) -> Person:
    """Returns the person in a body; raises OutsideContract."""
    record = _object(body, "the record")
    return Person(
        trn=_trn(record),
        born_on=_date_of_birth(record),
        name=_name(record),
        induction=_induction(record),
        prohibited=_prohibited(record, today),
        has_qts=_has_qts(record),
        induction_started_on=_day_of_induction(record, "startDate"),
        induction_completed_on=_day_of_induction(record, "completedDate"),
    )


def read_results(body: object) -> list[Json]:
    """Returns the records in an answer to *find*, still to be read; raises OutsideContract."""
    results = _value(_object(body, "the answer"), "results")
    return [_object(result, "a result") for result in _list(results, "results")]


def trn_of(record: Json) -> Trn:
    """Returns whose record it is; raises OutsideContract."""
    return _trn(record)


def _object(value: object, where: str) -> Json:
    if not isinstance(value, dict):
        raise OutsideContract(where, "is not a JSON object")
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise OutsideContract(where, "is not a list")
    return value


def _value(record: Json, key: str) -> object:
    if key not in record:
        raise OutsideContract(key, "is missing")
    return record[key]


def _text(record: Json, key: str) -> str:
    value = _value(record, key)
    if not isinstance(value, str):
        raise OutsideContract(key, "is not text")
    return value


def _trn(record: Json) -> Trn:
    digits = _text(record, "trn")
    if not re.fullmatch(r"[0-9]{7}", digits):
        raise OutsideContract("trn", "does not have seven digits")
    return Trn(digits)


def iso_date(text: str) -> date | None:
    """Returns the date, or None when it is not a real date in the form 2025-09-01."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _date_of_birth(record: Json) -> date:
    born_on = iso_date(_text(record, "dateOfBirth"))
    if born_on is None:
        raise OutsideContract("dateOfBirth", "is not a date")
    return born_on


def _name(record: Json) -> str:
    """Returns the full name; empty where every part is absent: the school is asked for it."""
    parts = [_text(record, key) for key in ("firstName", "middleName", "lastName")]
    if re.search(r"[\x00\ud800-\udfff]", "".join(parts)):
        raise OutsideContract("the name", "is not text")
    name = full_name(*parts)
    if len(name) > LONGEST_TRS_NAME:
        raise OutsideContract("the name", f"is longer than {LONGEST_TRS_NAME} characters")
    return name


def _induction(record: Json) -> InductionStatus:
    induction = _object(_value(record, "induction"), "induction")
    return INDUCTION_STATUSES.get(_text(induction, "status"), InductionStatus.UNKNOWN)


def _day_of_induction(record: Json, key: str) -> date | None:
    """Returns a day that no rule decides on, or None for text that is not a date."""
    day = _object(_value(record, "induction"), "induction").get(key)
    return iso_date(day) if isinstance(day, str) else None


def _has_qts(record: Json) -> bool:
    qts = _value(record, "qts")
    return qts is not None and _object(qts, "qts") is not None


def _prohibited(record: Json, today: date) -> bool:
    alerts = [_object(alert, "an alert") for alert in _list(_value(record, "alerts"), "alerts")]
    # Read every category before answering: one that cannot be read may be a prohibition.
    prohibitions = [alert for alert in alerts if _category(alert) == PROHIBITION_FROM_TEACHING]
    return any(_is_open(alert, today) for alert in prohibitions)


def _category(alert: Json) -> str:
    alert_type = _object(_value(alert, "alertType"), "alertType")
    category = _object(_value(alert_type, "alertCategory"), "alertCategory")
    return _text(category, "alertCategoryId").lower()


def _is_open(alert: Json, today: date) -> bool:
    """Says whether an alert is open; an absent or unreadable end counts as open.

    Better one refusal too many.
    """
    end = alert.get("endDate")
    ends_on = iso_date(end) if isinstance(end, str) else None
    return ends_on is None or ends_on > today
