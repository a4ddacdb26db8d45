"""What an import of an extract comes to, for the schools of the town."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import attrs

from builders import TODAY, a_school
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.gias.extract import Extract
from ect_registration.domain.gias.links import Link, Successions
from ect_registration.domain.school import School, SchoolStatus
from ect_registration.use_cases.gias.import_schools import Imported, import_schools
from unit.use_cases.service import USER, Service
from unit.use_cases.town import SCHOOLS

EVERY_COLUMN = frozenset(
    field.name for field in attrs.fields(type(SCHOOLS[0])) if field.name != "urn"
)
LONG_AGO = TODAY - timedelta(60)

Told = list[tuple[str, str, object, object]]  # key, column, before, after


def imported(
    service: Service,
    *changed: School,
    links: Iterable[Sequence[object]] | None = (),
    columns: frozenset[str] = EVERY_COLUMN,
    **options: bool,
) -> tuple[Imported | Blocked, Told]:
    """What importing the town's schools comes to, with these in their place, and its lines."""
    with service.store.reading() as uow:
        schools = {each.urn: each for each in uow.schools.with_urns([s.urn for s in SCHOOLS])}
    schools |= {school.urn: school for school in changed}
    successions = None if links is None else Successions.of(Link(*link) for link in links)
    told = []
    given = Extract(schools, columns, successions)
    outcome = import_schools(
        given, USER, service.ports, told.extend, **({"confirmed": True} | options)
    )
    lines = [(each.key, each.column, each.before, each.after) for each in told]
    return outcome, lines


def closed_school(on: date | None = LONG_AGO, **changes: object) -> School:
    """Larkfield, which has closed."""
    return a_school(status=SchoolStatus.CLOSED, closed_on=on, **changes)
