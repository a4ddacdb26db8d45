"""What the programs of lead providers are let in by, and what they may read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

import attrs

from ect_registration.domain.lead_providers.person import Person
from ect_registration.domain.lead_providers.records import Kind, Seen, SeenSchool
from ect_registration.domain.lead_providers.schools import SchoolFacts, SchoolSeen
from ect_registration.domain.lead_providers.statuses import TrainingStatus
from ect_registration.domain.lead_providers.tokens import Token, TokenId
from ect_registration.domain.school import Pairing


@attrs.frozen
class Admission:
    """The lead provider of a token, and the number of its requests since the window began."""

    token: TokenId
    lead_provider: str
    requests: int
    window_began_at: datetime


@attrs.frozen
class Shown:
    """The moment until which changes were shown, and the number of records removed by then."""

    until: datetime
    removed: int = 0


class ApiTokens(Protocol):
    """Tokens of lead providers, without their secrets."""

    def add(self, token: Token) -> None:
        """Adds a token. Conflict: an unknown lead provider, or its id or secret is taken."""

    def admit(self, secret_hash: str, now: datetime, window: timedelta) -> Admission | None:
        """Counts a request with this secret, and notes that the token was used.

        The count starts again when the window is over. None: no token has this secret, or it was
        revoked or has expired. However many ask at once, each is counted.
        """

    def begin_list(self, id: TokenId, list: str, shown: Shown) -> None:
        """Keeps how far a program was shown changes when it began to read a list."""

    def list_begun(self, id: TokenId, list: str) -> Shown | None:
        """Returns how far it was shown changes when it began this list, if it did."""

    def all(self) -> Sequence[Token]:
        """Returns every token, newest first."""

    def revoke(self, id: TokenId, moment: datetime) -> bool:
        """Revokes a token; says whether it was there and had not been revoked before."""


@attrs.frozen
class Waiting:
    """Changes that no lead provider has seen yet, by the ids of those they are about."""

    people: frozenset[UUID] = frozenset()
    schools: frozenset[UUID] = frozenset()
    delivery_partners: frozenset[UUID] = frozenset()
    more: bool = False  # there were too many for one go


class Order(StrEnum):
    """How a list is sorted; equal moments by id."""

    CREATED = "created_at"
    CREATED_LAST = "-created_at"
    UPDATED = "updated_at"
    UPDATED_LAST = "-updated_at"


@attrs.frozen(kw_only=True)
class Wanted:
    """Which records of one kind a lead provider asks for; what is not given does not narrow."""

    lead_provider: str
    kind: Kind
    day: date
    cohorts: frozenset[int] | None = None
    updated_since: datetime | None = None
    training_status: TrainingStatus | None = None
    from_participant: UUID | None = None
    delivery_partners: frozenset[UUID] | None = None
    order: Order = Order.CREATED


@attrs.frozen(kw_only=True)
class WantedSchools:
    """Which schools a lead provider asks for, in one academic year."""

    lead_provider: str
    cohort: int
    urn: str | None = None
    updated_since: datetime | None = None
    order: Order = Order.CREATED


class SeenRecords(Protocol):
    """What each lead provider sees, kept so that it is known when that last changed.

    Each write of a record leaves a note of it in the same transaction. Following these notes is
    work of its own, which makes no writer wait: see ``use_cases.lead_providers.following``.
    """

    def is_behind(self) -> bool:
        """Says whether anything changed that no lead provider has seen yet."""

    def take_waiting(self, most: int, now: datetime) -> Waiting:
        """Returns what changed, up to ``most`` changes, and forgets their notes.

        Those who were not known to lead providers get an id. A person whose every period has moved
        to the record that theirs was merged into is retired ``now``.

        Only one unit of work follows at a time: another finds that nothing waits.
        """

    def people(self, ids: Collection[UUID]) -> Sequence[Person]:
        """Returns these people as they are now."""

    def mentors_of(self, ids: Collection[UUID]) -> frozenset[UUID]:
        """Returns the people who mentor these ECTs, or did: they may see other changes."""

    def schools(self, ids: Collection[UUID]) -> Sequence[SchoolFacts]:
        """Returns these schools as they are now."""

    def pairings_of(self, ids: Collection[UUID]) -> Mapping[UUID, tuple[str, Sequence[Pairing]]]:
        """Returns the present names of these delivery partners, and their lead providers."""

    def seen(self, kinds: Collection[Kind], ids: Collection[UUID]) -> Sequence[Seen]:
        """Returns these records as they were last seen, by any lead provider."""

    def of_schools(self, ids: Collection[UUID]) -> Sequence[Seen]:
        """Returns the partnerships with these schools as they were last seen."""

    def schools_seen(self, ids: Collection[UUID]) -> Sequence[SchoolSeen]:
        """Returns these schools as they were last seen."""

    def latest(self) -> datetime | None:
        """Returns the latest moment of a change that was shown."""

    def shown(self) -> Shown | None:
        """Returns how far changes were shown; None before anything was."""

    def save(self, seen: Collection[Seen]) -> None:
        """Shows these records from now on."""

    def save_schools(
        self, changed: Collection[tuple[SchoolSeen, SchoolSeen]], moment: datetime
    ) -> None:
        """Shows these schools from now on, each given as it was seen before and as it is.

        The moment is that of every year and lead provider for which a value differs, or in which
        the school begins or ceases to be listed. Others keep theirs.
        """

    def remove(self, seen: Collection[Seen]) -> None:
        """Stops showing these records."""

    def look(self, wanted: Wanted, skip: int, most: int) -> Sequence[Seen]:
        """Returns ``most`` records after ``skip``."""

    def count_changed_after(self, wanted: Wanted, moment: datetime) -> int:
        """Returns how many of the wanted records were dated after a moment."""

    def find(self, lead_provider: str, kind: Kind, id: UUID) -> Seen | None:
        """Returns one record; None when this lead provider does not see it."""

    def look_at_schools(self, wanted: WantedSchools, skip: int, most: int) -> Sequence[SeenSchool]:
        """Returns ``most`` schools after ``skip`` that may register or have anything that year."""

    def count_schools_changed_after(self, wanted: WantedSchools, moment: datetime) -> int:
        """Returns how many schools were dated after a moment in that year, listed or not."""

    def find_school(self, lead_provider: str, cohort: int, id: UUID) -> SeenSchool | None:
        """Returns one such school, or None."""

    def urn_of(self, id: UUID) -> str | None:
        """Returns the URN of a school that lead providers know by this id."""
