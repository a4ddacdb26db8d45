"""What lead providers were shown, as the store in memory keeps it."""

from __future__ import annotations

import copy
from datetime import datetime
from uuid import UUID

import attrs

from ect_registration.domain.lead_providers.records import Kind, Seen
from ect_registration.domain.lead_providers.schools import SchoolSeen, years_seen_to_change
from ect_registration.domain.values import Trn, Urn


@attrs.frozen
class Retired:
    """A person turned out to be another one."""

    into: UUID
    at: datetime


SchoolRow = tuple[UUID, int | tuple[str, int] | None]  # in a year, or with a lead provider in it


@attrs.define
class KeptSeen:
    """Ids that stay, what was shown last, and what it was worked out from."""

    people: dict[Trn, UUID] = attrs.Factory(dict)
    schools: dict[Urn, UUID] = attrs.Factory(dict)
    retired: dict[UUID, Retired] = attrs.Factory(dict)
    followed: dict[UUID, object] = attrs.Factory(dict)
    records: dict[tuple[str, Kind, UUID], Seen] = attrs.Factory(dict)
    shown_schools: dict[UUID, SchoolSeen] = attrs.Factory(dict)
    created: dict[UUID, datetime] = attrs.Factory(dict)  # of schools
    updated: dict[SchoolRow, datetime] = attrs.Factory(dict)
    listed: dict[UUID, datetime] = attrs.Factory(dict)  # for years that are not in updated
    moment: datetime | None = None
    removed: int = 0

    def copy(self) -> KeptSeen:
        """Returns the same facts in new containers."""
        names = [field.name for field in attrs.fields(KeptSeen)]
        return KeptSeen(**{name: copy.copy(getattr(self, name)) for name in names})

    def school_updated_at(self, id: UUID, lead_provider: str, year: int) -> datetime:
        """Returns when what a lead provider sees of a school in a year last changed."""
        moments = (
            self.updated[id, None],
            self.updated.get((id, year), self.listed[id]),
            self.updated.get((id, (lead_provider, year))),
        )
        return max(each for each in moments if each is not None)

    def date_school(self, before: SchoolSeen, after: SchoolSeen, moment: datetime) -> None:
        """Dates what differs between a school as it was seen before and as it is."""
        id, years = after.id, before.choices.keys() | after.choices.keys()
        if before.name != after.name:
            self.updated[id, None] = moment
        listed = self.listed.setdefault(id, moment)
        for year in years:
            self.updated.setdefault((id, year), listed)
        dated: set[int | tuple[str, int]] = {*years_seen_to_change(before, after)}
        if before.may_register != after.may_register:
            self.listed[id] = moment
            dated |= {row for of, row in self.updated if of == id and isinstance(row, int)} - years
        dated |= {
            pair
            for pair in before.with_lead_providers.keys() | after.with_lead_providers.keys()
            if before.with_lead_providers.get(pair) != after.with_lead_providers.get(pair)
        }
        for row in dated:
            self.updated[id, row] = moment
