"""What lead providers were shown, as the store in memory keeps it."""

from __future__ import annotations

import copy
from datetime import datetime
from uuid import UUID

import attrs

from ect_registration.domain.lead_providers.records import Kind, Seen
from ect_registration.domain.lead_providers.schools import SchoolSeen
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
    moment: datetime | None = None
    removed: int = 0

    def copy(self) -> KeptSeen:
        """Returns the same facts in new containers."""
        names = [field.name for field in attrs.fields(KeptSeen)]
        return KeptSeen(**{name: copy.copy(getattr(self, name)) for name in names})
