"""The endpoints, once a caller is let in: what TRS would answer, in its order of evaluation."""

from __future__ import annotations

from datetime import date

import attrs

from adapters.trs.simulator.bodies import person_body
from adapters.trs.simulator.dates import read_date
from adapters.trs.simulator.keys import APPROPRIATE_BODY, Key
from adapters.trs.simulator.people import Absent, MergedInto, People
from adapters.trs.simulator.responses import (
    Response,
    as_json,
    domain_problem,
    framework_problem,
    moved,
    not_found,
    not_simulated,
)
from adapters.trs.simulator.versions import (
    GONE_AND_MOVED_SINCE,
    NUMBER_LOOKUP_SINCE,
    SHAPES_SINCE,
    Route,
)
from ect_registration.domain.values import NationalInsuranceNumber
from ect_registration.domain.world import TrsPerson

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

Query = dict[str, str]  # names in lower case, the first value of each


@attrs.frozen
class Asked:
    """The query as TRS binds it: blank values and unreadable lists become nothing."""

    born_on: date | None = attrs.field(default=None, repr=False)
    number: str | None = attrs.field(default=None, repr=False)
    includes: frozenset[str] = frozenset()


def person(route: Route, query: Query, key: Key, people: People) -> Response:
    """GET /v3/persons/{trn}."""
    asked = _bound(query, route.version)
    if isinstance(asked, Response):
        return asked
    if asked.born_on is not None and asked.number is not None:
        return framework_problem()
    if APPROPRIATE_BODY in key.roles and not _fit_for_appropriate_body(asked):
        return domain_problem(403, 10040, "Forbidden.", "")
    found = people.of(route.trn)
    if isinstance(found, Absent | MergedInto):
        return _no_active(route, found)
    return _checked(route, found, asked, people)


def trn(route: Route, people: People) -> Response:
    """GET /v3/trns/{trn}."""
    found = people.of(route.trn)
    if isinstance(found, MergedInto):
        return moved(f"/v3/trns/{found.trn}")
    if isinstance(found, Absent):
        return _absent(route, found, gone=410)
    return Response(204)


def _bound(query: Query, version: str) -> Asked | Response:
    typed = query.get("dateofbirth", "").strip()
    born_on = read_date(typed) if typed else None
    if typed and born_on is None:
        return framework_problem({"dateOfBirth": [f"The value '{typed}' is not valid."]})
    number = query.get("nationalinsurancenumber", "").strip()
    if version < NUMBER_LOOKUP_SINCE:
        number = ""
    return Asked(born_on, number or None, _includes(query.get("include", "")))


def _includes(listed: str) -> frozenset[str]:
    """One item that is not valid loses all of them, without a word."""
    items = frozenset(item.strip().lower() for item in listed.split(","))
    return items if items <= INCLUDES else frozenset()


def _fit_for_appropriate_body(asked: Asked) -> bool:
    return asked.born_on is not None and asked.includes <= RESTRICTED_INCLUDES


def _no_active(route: Route, found: Absent | MergedInto) -> Response:
    """Decided before any second fact is looked at."""
    recent = route.version >= GONE_AND_MOVED_SINCE
    if isinstance(found, Absent):
        return _absent(route, found, gone=410 if recent else 404)
    if recent:
        return moved(f"/v3/persons/{found.trn}")
    title = f"Record {route.trn} has been merged with {found.trn}."
    return domain_problem(404, 10059, title)


def _absent(route: Route, found: Absent, *, gone: int) -> Response:
    if found is Absent.UNKNOWN:
        return not_found(route.trn)
    return domain_problem(gone, 10058, f"Record {route.trn} is not active.")


def _checked(route: Route, found: TrsPerson, asked: Asked, people: People) -> Response:
    if asked.born_on is not None and asked.born_on != found.date_of_birth:
        return not_found(route.trn, f"\nDate of birth: '{asked.born_on.isoformat()}'")
    if asked.number is not None and not _matches(asked.number, found, people):
        return not_found(route.trn, f"\nNational insurance number: '{asked.number}'")
    if found.date_of_birth is None:
        return Response(500)  # TRS cannot show such a record, and never will
    if route.version < SHAPES_SINCE:
        return not_simulated()
    return as_json(person_body(found, people.more_of(found), asked.includes))


def _matches(typed: str, found: TrsPerson, people: People) -> bool:
    """Against the record's own number, then those that employers gave."""
    bare = "".join(typed.split()).replace("-", "").upper()
    numbers: list[NationalInsuranceNumber] = list(people.more_of(found).employment_numbers)
    if found.national_insurance_number is not None:
        numbers.append(found.national_insurance_number)
    return any(number.characters == bare for number in numbers)
