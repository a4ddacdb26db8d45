"""Stores unfinished registrations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.drafts import (
    WrittenDraft,
    draft_from_json,
    draft_to_json,
    kind_of,
)
from adapters.sql.queries.lookups import number_if_given, number_of
from adapters.sql.queries.rows import Row, Values
from adapters.sql.tables.offers import appropriate_bodies, lead_providers, schools
from adapters.sql.tables.people import ect_periods, mentor_periods
from adapters.sql.tables.records import journeys
from ect_registration.domain.drafts.saved_journey import AnyDraft, JourneyId, SavedJourney
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.values import Urn

_THIS = journeys.c.public_id == sa.bindparam("of_id")

SELECT_JOURNEYS = (
    sa.select(
        journeys.c.public_id,
        schools.c.urn,
        journeys.c.user_id,
        journeys.c.kind,
        journeys.c.draft,
        journeys.c.used_at,
        ect_periods.c.public_id.label("registered"),
        mentor_periods.c.public_id.label("mentor"),
        appropriate_bodies.c.name.label("appropriate_body"),
        lead_providers.c.name.label("lead_provider"),
    )
    .join(schools, schools.c.id == journeys.c.school_id)
    .outerjoin(ect_periods, ect_periods.c.id == journeys.c.registered_ect_id)
    .outerjoin(mentor_periods, mentor_periods.c.id == journeys.c.registered_mentor_id)
    .outerjoin(appropriate_bodies, appropriate_bodies.c.id == journeys.c.appropriate_body_id)
    .outerjoin(lead_providers, lead_providers.c.id == journeys.c.lead_provider_id)
)
_FIND = SELECT_JOURNEYS.where(_THIS)
_OF_USER = SELECT_JOURNEYS.where(
    schools.c.urn == sa.bindparam("of_urn"), journeys.c.user_id == sa.bindparam("of_user")
).order_by(journeys.c.used_at.desc())

_PROGRESS = {
    "registered_ect_id": number_if_given(ect_periods.c.public_id, "of_ect"),
    "registered_mentor_id": number_if_given(mentor_periods.c.public_id, "of_mentor"),
    # Null for a name that no row has: the rules say so, and the draft keeps what was typed.
    "appropriate_body_id": number_of(appropriate_bodies.c.name, "of_body"),
    "lead_provider_id": number_of(lead_providers.c.name, "of_provider"),
}
_ADD = (
    sa.insert(journeys).inline().values(school_id=number_of(schools.c.urn, "of_urn"), **_PROGRESS)
)
_SAVE = sa.update(journeys).where(_THIS).values(**_PROGRESS)
_REMOVE_UNUSED = sa.delete(journeys).where(journeys.c.used_at <= sa.bindparam("moment"))
_REMOVE = sa.delete(journeys).where(_THIS)

CHOSEN = ("appropriate_body", "lead_provider")


@attrs.frozen
class SqlJourneys:
    """Stores journeys by id."""

    _transaction: Transaction
    _found: dict[JourneyId, WrittenDraft] = attrs.field(init=False, factory=dict)

    def add(self, journey: SavedJourney) -> None:
        """Adds a journey; raises Conflict when the id is taken."""
        owner = {
            "public_id": journey.id,
            "of_urn": journey.school.digits,
            "user_id": journey.user,
            "kind": kind_of(journey.draft),
        }
        self._transaction.write(_ADD, owner | _progress(journey))

    def find(self, id: JourneyId) -> SavedJourney | None:
        """Returns the journey with this id, or None when there is none."""
        return next(iter(self._from(self._transaction.rows(_FIND, {"of_id": id}))), None)

    def of_user(self, school: Urn, user: str) -> Sequence[SavedJourney]:
        """Returns the user's journeys at the school, latest use first."""
        values = {"of_urn": school.digits, "of_user": user}
        return list(self._from(self._transaction.rows(_OF_USER, values)))

    def save(self, journey: SavedJourney) -> None:
        """Saves the draft, the last use and the outcome; school, user and kind never change.

        Answers that a newer version wrote stay until there is an outcome.
        """
        if journey.id not in self._found:
            self.find(journey.id)
        found = self._found.get(journey.id) if journey.registered is None else None
        values = {"of_id": journey.id} | _progress(journey, found)
        self._transaction.write_one(_SAVE, values)

    def remove_unused_since(self, moment: datetime) -> int:
        """Removes the journeys last used at that moment or before, and returns their number."""
        return self._transaction.write(_REMOVE_UNUSED, {"moment": moment})

    def remove(self, id: JourneyId) -> None:
        """Removes a journey; does nothing when it is gone already."""
        self._transaction.write(_REMOVE, {"of_id": id})

    def _from(self, rows: Iterable[Row]) -> Iterator[SavedJourney]:
        """Yields the journeys in these rows, and remembers how their drafts are written."""
        for row, written in _drafts_in(rows):
            self._found[JourneyId(row.public_id)] = written
            yield _with_draft(row, written.draft)


def journeys_from(rows: Iterable[Row]) -> Sequence[SavedJourney]:
    """Returns the journeys in these rows with their outcomes, except unreadable drafts."""
    return [_with_draft(row, written.draft) for row, written in _drafts_in(rows)]


def _drafts_in(rows: Iterable[Row]) -> Iterator[tuple[Row, WrittenDraft]]:
    for row in rows:
        written = draft_from_json(row.draft, row.kind)
        if written is not None:
            yield row, written


def _with_draft(row: Row, draft: AnyDraft) -> SavedJourney:
    return SavedJourney(
        id=JourneyId(row.public_id),
        school=Urn(row.urn),
        user=row.user_id,
        draft=_under_present_names(draft, row),
        used_at=row.used_at,
        registered=row.registered and EctId(row.registered),
        mentor=row.mentor and MentorId(row.mentor),
    )


def _under_present_names(draft: AnyDraft, row: Row) -> AnyDraft:
    """Replaces the names of chosen organisations in a draft with their present names."""
    answered = (key for key in CHOSEN if getattr(draft, key, None) is not None)
    chosen = {key: name for key in answered if (name := getattr(row, key)) is not None}
    return attrs.evolve(draft, **chosen) if chosen else draft


def _progress(journey: SavedJourney, found: WrittenDraft | None = None) -> Values:
    return {
        "draft": draft_to_json(journey.draft, found),
        "used_at": journey.used_at,
        "of_ect": journey.registered,
        "of_mentor": journey.mentor,
        "of_body": _as_a_name(getattr(journey.draft, "appropriate_body", None)),
        "of_provider": _as_a_name(journey.draft.lead_provider),
    }


def _as_a_name(typed: str | None) -> str | None:
    """Returns what was typed, or None for text that PostgreSQL cannot even look for."""
    return None if typed is None or "\0" in typed else typed
