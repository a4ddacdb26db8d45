"""TRS's bodies as JSON Schema, written from its contract: version 20250627 and later."""

from __future__ import annotations

from typing import Any

import jsonschema

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
DATE: Schema = {"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}
GUID: Schema = {"type": "string", "format": "uuid", "pattern": "^[0-9a-f-]{36}$"}
TRN: Schema = {"type": "string", "pattern": "^[0-9]{7}$"}
TRUTH: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}


def one_of(*values: str) -> Schema:
    """An enum, sent as text."""
    return {"enum": list(values)}


def nullable(schema: Schema) -> Schema:
    """Null is written out, never left out."""
    return {"anyOf": [schema, {"type": "null"}]}


def list_of(schema: Schema) -> Schema:
    """Any number of them."""
    return {"type": "array", "items": schema}


def object_of(optional: Schema | None = None, /, **keys: Schema) -> Schema:
    """These keys, all of them, and no others but the optional ones."""
    return {
        "type": "object",
        "properties": keys | (optional or {}),
        "required": sorted(keys),
        "additionalProperties": False,
    }


ROUTE_TYPE = object_of(
    routeToProfessionalStatusTypeId=GUID,
    name=TEXT,
    professionalStatusType=one_of(
        "QualifiedTeacherStatus",
        "EarlyYearsTeacherStatus",
        "EarlyYearsProfessionalStatus",
        "PartialQualifiedTeacherStatus",
    ),
)
HELD = object_of(
    holdsFrom=DATE, routes=list_of(object_of(routeToProfessionalStatusType=ROUTE_TYPE))
)
REASON = object_of(inductionExemptionReasonId=GUID, name=TEXT)
INDUCTION = object_of(
    status=one_of(
        "None",
        "RequiredToComplete",
        "Exempt",
        "InProgress",
        "Passed",
        "Failed",
        "FailedInWales",
    ),
    startDate=nullable(DATE),
    completedDate=nullable(DATE),
    exemptionReasons=list_of(REASON),
)
ALERT = object_of(
    alertId=GUID,
    alertType=object_of(
        alertTypeId=GUID, alertCategory=object_of(alertCategoryId=GUID, name=TEXT), name=TEXT
    ),
    details=nullable({"type": "string", "maxLength": 4000}),
    startDate=nullable(DATE),
    endDate=nullable(DATE),
)
NAME = object_of(firstName=TEXT, middleName=TEXT, lastName=TEXT)
REFERENCED = object_of(reference=TEXT, name=TEXT)
ROUTE = object_of(
    routeToProfessionalStatusId=GUID,
    routeToProfessionalStatusType=ROUTE_TYPE,
    status=one_of(
        "InTraining",
        "Holds",
        "Deferred",
        "DeferredForSkillsTest",
        "Failed",
        "Withdrawn",
        "UnderAssessment",
    ),
    holdsFrom=nullable(DATE),
    trainingStartDate=nullable(DATE),
    trainingEndDate=nullable(DATE),
    trainingSubjects=list_of(REFERENCED),
    trainingAgeSpecialism=nullable(object_of({"from": WHOLE, "to": WHOLE}, type=TEXT)),
    trainingCountry=nullable(REFERENCED),
    trainingProvider=nullable(object_of(ukprn=nullable(TEXT), name=TEXT)),
    degreeType=nullable(object_of(degreeTypeId=GUID, name=TEXT)),
    inductionExemption=object_of(isExempt=TRUTH, exemptionReasons=list_of(REASON)),
)
QUALIFICATION = object_of(mandatoryQualificationId=GUID, endDate=DATE, specialism=TEXT)

ALWAYS: Schema = {
    "trn": TRN,
    "firstName": TEXT,
    "middleName": TEXT,
    "lastName": TEXT,
    "dateOfBirth": DATE,
    "nationalInsuranceNumber": nullable(TEXT),
    "emailAddress": nullable(TEXT),
    "qts": nullable(HELD),
    "eyts": nullable(HELD),
    "qtlsStatus": one_of("None", "Expired", "Active"),
}
INCLUDED: dict[str, Schema] = {
    "Induction": {"induction": INDUCTION},
    "MandatoryQualifications": {"mandatoryQualifications": list_of(QUALIFICATION)},
    "PendingDetailChanges": {"pendingNameChange": TRUTH, "pendingDateOfBirthChange": TRUTH},
    "Alerts": {"alerts": list_of(ALERT)},
    "PreviousNames": {"previousNames": list_of(NAME)},
    "RoutesToProfessionalStatuses": {"routesToProfessionalStatuses": list_of(ROUTE)},
    "_AllowIdSignInWithProhibitions": {"allowIdSignInWithProhibitions": TRUTH},
}
NOT_IN_RESULTS = {"nationalInsuranceNumber", "emailAddress"}

RESULTS = object_of(
    total=WHOLE,
    results=list_of(
        object_of(
            **{key: schema for key, schema in ALWAYS.items() if key not in NOT_IN_RESULTS},
            **INCLUDED["PreviousNames"],
            **INCLUDED["Alerts"],
            **INCLUDED["Induction"],
        )
    ),
)
DOMAIN_PROBLEM = object_of({"detail": TEXT}, title=TEXT, status=WHOLE, errorCode=WHOLE)
FRAMEWORK_PROBLEM = object_of(
    {"errors": {"type": "object", "additionalProperties": list_of(TEXT)}},
    type=TEXT,
    title=TEXT,
    status=WHOLE,
    traceId=TEXT,
)
QUOTA_PROBLEM = object_of(title=TEXT, status=WHOLE, detail=TEXT)


def person_with(*includes: str) -> Schema:
    """A record and exactly what was asked for on top."""
    keys = dict(ALWAYS)
    for include in includes:
        keys |= INCLUDED[include]
    return object_of(**keys)


def check(body: object, schema: Schema) -> None:
    """Raises ValidationError where a body is not as agreed."""
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(schema, format_checker=checker).validate(body)
