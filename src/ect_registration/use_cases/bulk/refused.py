"""What is kept of the rows of a file that rules refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ect_registration.domain.notice import Role
from ect_registration.domain.records.refusal import Refusal
from ect_registration.use_cases.bulk.rows import Outcome, Proven, RowResult
from ect_registration.use_cases.operating.refusals import person_of, refusal_of
from ect_registration.use_cases.transactions import Actor


def refusals_of_rows(
    rows: Iterable[tuple[Proven | Outcome, RowResult]], user: str, today: date
) -> Sequence[Refusal]:
    """Returns what is to be kept of rows, given whether their person was found."""
    refusals: list[Refusal] = []
    for found, result in rows:
        person = None
        if isinstance(found, Proven):
            person = person_of(found.draft.search, Actor(user, found.school))
        refusals += refusal_of(result.outcome, Role.ECT, person, today)
    return refusals
