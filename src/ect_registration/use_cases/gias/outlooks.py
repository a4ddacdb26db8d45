"""What becomes of schools that an extract of GIAS says have closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ect_registration.domain.gias.extract import Extract
from ect_registration.domain.rules.operating.schools import Fate, Outlook, what_becomes_of
from ect_registration.domain.school import School, SchoolRecords, SchoolStatus
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.signing_in.sign_in import latest_successions


def outlooks_of(
    extract: Extract, records: Mapping[Urn, SchoolRecords], uow: UnitOfWork, today: date
) -> Mapping[Urn, Outlook]:
    """Returns what becomes of each school that GIAS says has closed, if anything does.

    A school without records has been followed when what came after it is remembered.
    """
    found: dict[Urn, Outlook] = {}
    for urn, school in sorted(extract.schools.items()):
        outlook = _outlook(school, records.get(urn, SchoolRecords()), extract, today)
        if outlook.fate is not Fate.STAYS:
            found[urn] = outlook
    remembered = latest_successions(found.keys() - records.keys(), uow)
    for urn, succession in remembered.items():
        if succession.successor == found[urn].successor:
            del found[urn]
    return found


def _outlook(school: School, records: SchoolRecords, extract: Extract, today: date) -> Outlook:
    successors = None
    if school.status is SchoolStatus.CLOSED and extract.successions is not None:
        urns = extract.successions.successors(school.urn, extract.schools)
        successors = [extract.schools[urn] for urn in sorted(urns)]
    return what_becomes_of(school, records, successors, today)
