"""Answers at each endpoint as TRS would, in its order of evaluation, once a caller is let in."""

from __future__ import annotations

import json
import re
from datetime import date

import attrs
from flask import Response, abort, request

from ect_registration.domain.world import TrsPerson
from trs_simulator.bodies import person_body, result_body
from trs_simulator.dates import read_date
from trs_simulator.keys import APPROPRIATE_BODY, Key
from trs_simulator.people import Absent, MergedInto, People
from trs_simulator.responses import (
    as_json,
    domain_problem,
    empty,
    framework_problem,
    moved,
    not_found,
    not_simulated,
)

NUMBER_LOOKUP_SINCE = "20250203"
SHAPES_SINCE = "20250627"  # we do not know the bodies of earlier versions
GONE_AND_MOVED_SINCE = "20260120"  # earlier versions answer 404 for both

MOST_AT_ONCE = 500

INCLUDES = frozenset(
    {
        "induction",
        "mandatoryqualifications",
        "pendingdetailchanges",
        "alerts",
        "previousnames",
        "routestoprofessionalstatuses",
        "_allowidsigninwithprohibitions",
    }
)
RESTRICTED_INCLUDES = frozenset({"induction", "alerts"})


@attrs.frozen
class Call:
    """Holds a request to an endpoint: its TRN, version, the caller's key and who is on record."""

    trn: str
    version: str
    key: Key
    people: People


@attrs.frozen
class _Asked:
    """Holds the query as TRS binds it: blank values and unreadable lists become nothing."""

    born_on: date | None = attrs.field(repr=False)
    number: str | None = attrs.field(repr=False)
    includes: frozenset[str]


def person(call: Call) -> Response:
    """Answers GET /v3/persons/{trn}."""
    asked = _bound(call.version)
    if asked.born_on is not None and asked.number is not None:
        return framework_problem()
    if APPROPRIATE_BODY in call.key.roles and not _fit_for_appropriate_body(asked):
        return domain_problem(403, 10040, "Forbidden.", "")
    found = call.people.of(call.trn)
    if isinstance(found, TrsPerson):
        return _checked(call, found, asked)
    # Decided before any second fact is looked at.
    if call.version >= GONE_AND_MOVED_SINCE:
        return _elsewhere(call, found, "persons")
    if isinstance(found, MergedInto):
        title = f"Record {call.trn} has been merged with {found.trn}."
        return domain_problem(404, 10059, title)
    return _elsewhere(call, found, "persons", gone=404)


def trn(call: Call) -> Response:
    """Answers GET /v3/trns/{trn}."""
    found = call.people.of(call.trn)
    return empty(204) if isinstance(found, TrsPerson) else _elsewhere(call, found, "trns")


def find(call: Call) -> Response:
    """Answers POST /v3/persons/find: up to 500 people by TRN, without those that do not match."""
    asked = _persons_asked_for()
    if call.version < SHAPES_SINCE:
        return not_simulated()
    matched = [
        found
        for number in sorted(asked)
        if isinstance(found := call.people.of(number), TrsPerson)
        and found.date_of_birth == asked[number]
    ]
    results = [result_body(person, call.people.more_of(person)) for person in matched]
    return as_json({"total": len(results), "results": results})


def _bound(version: str) -> _Asked:
    """Read names without case and, of a name that comes twice, the first value."""
    query = {name.lower(): value for name, value in reversed([*request.args.items(multi=True)])}
    typed = query.get("dateofbirth", "").strip()
    born_on = read_date(typed)
    if typed and born_on is None:
        abort(framework_problem({"dateOfBirth": [f"The value '{typed}' is not valid."]}))
    number = query.get("nationalinsurancenumber", "").strip()
    if version < NUMBER_LOOKUP_SINCE:
        number = ""
    # One item that is not valid loses all of them, without a word.
    items = frozenset(item.strip().lower() for item in query.get("include", "").split(","))
    return _Asked(born_on, number or None, items if items <= INCLUDES else frozenset())


def _fit_for_appropriate_body(asked: _Asked) -> bool:
    return asked.born_on is not None and asked.includes <= RESTRICTED_INCLUDES


def _elsewhere(call: Call, found: MergedInto | Absent, path: str, gone: int = 410) -> Response:
    """Answer for a TRN that has no active record."""
    if isinstance(found, MergedInto):
        return moved(f"/v3/{path}/{found.trn}")
    if found is Absent.UNKNOWN:
        return not_found(call.trn)
    return domain_problem(gone, 10058, f"Record {call.trn} is not active.")


def _checked(call: Call, found: TrsPerson, asked: _Asked) -> Response:
    if asked.born_on is not None and asked.born_on != found.date_of_birth:
        return not_found(call.trn, f"\nDate of birth: '{asked.born_on.isoformat()}'")
    if asked.number is not None and not _matches(asked.number, found, call.people):
        return not_found(call.trn, f"\nNational insurance number: '{asked.number}'")
    if found.date_of_birth is None:
        return empty(500)  # TRS cannot show such a record, and never will
    if call.version < SHAPES_SINCE:
        return not_simulated()
    return as_json(person_body(found, call.people.more_of(found), asked.includes))


def _matches(typed: str, found: TrsPerson, people: People) -> bool:
    """Compare with the record's own number, then with those that employers gave."""
    bare = "".join(typed.split()).replace("-", "").upper()
    numbers = (found.national_insurance_number, *people.more_of(found).employment_numbers)
    return any(number is not None and number.characters == bare for number in numbers)


def _persons_asked_for() -> dict[str, date]:
    """Read the body of a search. A TRN that comes twice keeps its first date."""
    try:
        content = json.loads(request.get_data())
    except (ValueError, RecursionError):
        abort(framework_problem({"$": ["The request is not JSON."]}))
    persons = content.get("persons") if isinstance(content, dict) else None
    if not isinstance(persons, list):
        abort(framework_problem({"persons": ["A list is required."]}))
    if len(persons) > MOST_AT_ONCE:
        abort(framework_problem({"persons": [f"No more than {MOST_AT_ONCE} are permitted."]}))
    asked: dict[str, date] = {}
    for place, person in enumerate(persons):
        try:
            asked.setdefault(person["trn"] + "", _iso_date(person["dateOfBirth"]))
        except (KeyError, TypeError, ValueError):
            problem = ["A TRN and a date of birth are required."]
            abort(framework_problem({f"$.persons[{place}]": problem}))
    return asked


def _iso_date(text: str) -> date:
    """Read a date in a body, which is stricter than in a query. Raises TypeError or ValueError."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not an ISO date")
    return date.fromisoformat(text)
