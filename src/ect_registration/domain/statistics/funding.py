"""How many ECTs of a year are eligible for funding: a second table, of England only.

The table by programme and working pattern has columns that others rely on. Both count the same
people, so the total here says no more than the total there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.funding import Funding
from ect_registration.domain.statistics.counting import NOT_KNOWN, CountedEct
from ect_registration.domain.statistics.hiding import is_small
from ect_registration.domain.statistics.publication import (
    OF_ENGLAND,
    SUPPRESSED,
    Row,
    of_time,
)

COLUMNS = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "eligible_for_funding",
    "ect_count",
)
_NAMES = {Funding.YES: "Yes", Funding.NO: "No", Funding.NOT_KNOWN: NOT_KNOWN}


def published_by_funding(
    year: AcademicYear, ects: Collection[CountedEct], total: str | int
) -> Sequence[Row]:
    """Returns the rows of a year. ``total`` is that of all ECTs, as the other table shows it."""
    found = Counter(ect.funding for ect in ects)
    parts = {funding: found[funding] for funding in Funding}
    hidden = _hidden(parts) if total != SUPPRESSED else set(Funding)
    shown = {
        _NAMES[funding]: SUPPRESSED if many and funding in hidden else many
        for funding, many in parts.items()
    }
    return [
        {
            **of_time(year),
            "geographic_level": "National",
            **OF_ENGLAND,
            "eligible_for_funding": name,
            "ect_count": many,
        }
        for name, many in {"Total": total, **shown}.items()
    ]


def _hidden(parts: Mapping[Funding, int]) -> set[Funding]:
    """Returns the small parts, and as many others as keep them from being worked out.

    What the suppressed ones come to together is known, and that each is one at least.
    """
    hidden = {part for part, many in parts.items() if is_small(many)}
    shown = [part for part, many in parts.items() if many and part not in hidden]
    others = sorted(shown, key=lambda part: parts[part])
    while hidden and others and _could_be_worked_out([parts[part] for part in hidden]):
        hidden.add(others.pop(0))
    return hidden


def _could_be_worked_out(counts: Sequence[int]) -> bool:
    return len(counts) == 1 or sum(counts) == len(counts)
