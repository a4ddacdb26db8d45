"""Writes a record as TRS shows it, in version 20250627 and later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ect_registration.domain.world import TrsPerson
from trs_simulator.people import More, MoreAlert
from trs_simulator.reference import EYTS_ROUTE, QTS_ROUTE, alert_category, made_up_id

Body = dict[str, object]

INDUCTION, ALERTS, PREVIOUS_NAMES = "induction", "alerts", "previousNames"

_STARTED = {"InProgress", "Passed", "Failed", "FailedInWales"}
_COMPLETED = {"Passed", "Failed", "FailedInWales"}


def person_body(person: TrsPerson, more: More, includes: frozenset[str]) -> Body:
    """Returns the answer to a GET: ten keys, and what was asked for on top."""
    body: Body = {
        **_who(person),
        "nationalInsuranceNumber": _number(person),
        "emailAddress": more.email,
        **_qualifications(person, more),
    }
    optional = _optional(person, more)
    for include in sorted(includes):
        body |= optional[include]
    return body


def result_body(person: TrsPerson, more: More) -> Body:
    """Returns one result of *find*."""
    return {
        **_who(person),
        **_qualifications(person, more),
        PREVIOUS_NAMES: _previous_names(more),
        ALERTS: _alerts(person, more),
        INDUCTION: _induction(person, more),
    }


def _optional(person: TrsPerson, more: More) -> dict[str, Body]:
    """Returns the optional parts of a record by the name of the include, in lower case."""
    return {
        "induction": {INDUCTION: _induction(person, more)},
        "alerts": {ALERTS: _alerts(person, more)},
        "previousnames": {PREVIOUS_NAMES: _previous_names(more)},
        "pendingdetailchanges": {"pendingNameChange": False, "pendingDateOfBirthChange": False},
        "routestoprofessionalstatuses": {"routesToProfessionalStatuses": _routes(person, more)},
        "mandatoryqualifications": {"mandatoryQualifications": _qualifying(person, more)},
        "_allowidsigninwithprohibitions": {"allowIdSignInWithProhibitions": False},
    }


def _who(person: TrsPerson) -> Body:
    return {
        "trn": person.trn.digits,
        "firstName": person.first_name,
        "middleName": person.middle_name,
        "lastName": person.last_name,
        "dateOfBirth": _iso(person.date_of_birth),
    }


def _number(person: TrsPerson) -> str | None:
    number = person.national_insurance_number
    return None if number is None else number.characters


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _qualifications(person: TrsPerson, more: More) -> Body:
    return {
        "qts": _status_held(person.qts_from, QTS_ROUTE),
        "eyts": _status_held(more.eyts_from, EYTS_ROUTE),
        "qtlsStatus": "None",
    }


def _status_held(since: date | None, route: Mapping[str, str]) -> Body | None:
    if since is None:
        return None
    return {"holdsFrom": since.isoformat(), "routes": [{"routeToProfessionalStatusType": route}]}


def _induction(person: TrsPerson, more: More) -> Body:
    """Returns the induction; dates that a world lacks follow from the status, as in TRS."""
    status = person.induction_status
    year = 2023 if person.qts_from is None else person.qts_from.year
    given = more.induction_started_on or person.induction_started_on
    started = given or (date(year, 9, 1) if status in _STARTED else None)
    ended = more.induction_completed_on or person.induction_completed_on
    if ended is None and started is not None and status in _COMPLETED:
        ended = date(started.year + 2, 7, 18)
    reasons = [
        {"inductionExemptionReasonId": made_up_id(reason), "name": reason}
        for reason in more.exemption_reasons
    ]
    dates = {"startDate": _iso(started), "completedDate": _iso(ended)}
    return {"status": status, **dates, "exemptionReasons": reasons}


def _alerts(person: TrsPerson, more: More) -> list[Body]:
    """Returns the alerts without types for TRS's internal use, and so without some categories."""
    of_the_world = [MoreAlert(name, date(2024, 2, 1)) for name in person.alert_categories]
    bodies = [_alert(a, f"{person.trn}/{n}") for n, a in enumerate((*of_the_world, *more.alerts))]
    return [body for body in bodies if body]


def _alert(alert: MoreAlert, name: str) -> Body | None:
    category = alert_category(alert.category)
    if category.type_id is None:
        return None
    return {
        "alertId": made_up_id(f"alert {name}"),
        "alertType": {
            "alertTypeId": category.type_id,
            "alertCategory": {"alertCategoryId": category.id, "name": category.name},
            "name": category.type_name,
        },
        "details": alert.details,
        "startDate": _iso(alert.started_on),
        "endDate": alert.ends,
    }


def _previous_names(more: More) -> list[Body]:
    return [
        {"firstName": name.first, "middleName": name.middle, "lastName": name.last}
        for name in more.previous_names
    ]


def _qualifying(person: TrsPerson, more: More) -> list[Body]:
    return [
        {
            "mandatoryQualificationId": made_up_id(f"qualification {person.trn}/{number}"),
            "endDate": ended.isoformat(),
            "specialism": specialism,
        }
        for number, (specialism, ended) in enumerate(more.mandatory_qualifications)
    ]


def _routes(person: TrsPerson, more: More) -> list[Body]:
    held = ((QTS_ROUTE, person.qts_from), (EYTS_ROUTE, more.eyts_from))
    return [_route(person, route, since) for route, since in held if since is not None]


def _route(person: TrsPerson, route: Mapping[str, str], since: date) -> Body:
    """Returns a plain route: what a world does not say is null or empty, as in migrated data."""
    return {
        "routeToProfessionalStatusId": made_up_id(f"route {person.trn}/{route['name']}"),
        "routeToProfessionalStatusType": route,
        "status": "Holds",
        "holdsFrom": since.isoformat(),
        "trainingStartDate": None,
        "trainingEndDate": None,
        "trainingSubjects": [],
        "trainingAgeSpecialism": None,
        "trainingCountry": {"reference": "GB", "name": "United Kingdom"},
        "trainingProvider": None,
        "degreeType": None,
        "inductionExemption": {"isExempt": False, "exemptionReasons": []},
    }
