"""The registrations that a user may take up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import attrs

from ect_registration.domain.decisions import Kind
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.drafts.saved_journey import JourneyId, SavedJourney
from ect_registration.domain.notice import Role
from ect_registration.domain.people.teacher import TeacherRecord
from ect_registration.domain.values import Trn
from ect_registration.journeys.answers import given
from ect_registration.journeys.register_ect import check_found
from ect_registration.journeys.register_mentor import check_found_mentor
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.journeys.saved_journeys import open_journey
from ect_registration.use_cases.transactions import Actor, Ports


@attrs.frozen
class Unfinished:
    """One registration that can be continued, and the person it is about."""

    journey: SavedJourney
    draft: EctDraft | MentorDraft
    record: TeacherRecord

    @property
    def role(self) -> Role:
        """Returns what the person would be registered as."""
        return Role.MENTOR if isinstance(self.draft, MentorDraft) else Role.ECT

    @property
    def trn(self) -> Trn:
        """Returns the TRN under which the person was found."""
        return self.record.trn


def unfinished(actor: Actor, ports: Ports) -> Sequence[Unfinished]:
    """Returns this user's registrations that can be continued, latest use first."""
    with ports.reading() as uow:
        return unfinished_in(uow, actor, ports)


def to_discard(id: JourneyId, actor: Actor, ports: Ports) -> Unfinished | None:
    """Returns a registration that the user may discard; None before it is about a person.

    Raises Gone.
    """
    now = ports.clock.now()
    with ports.reading() as uow:
        return _about_somebody(open_journey(id, actor, now, uow), now)


def unfinished_in(uow: UnitOfWork, actor: Actor, ports: Ports) -> Sequence[Unfinished]:
    """Returns this user's registrations that can be continued, within the caller's unit of work.

    It is the latest of each person in each role, without people that TRS refuses and those the
    school has registered since. The others can be opened by their address until they expire.
    """
    now = ports.clock.now()
    begun = [
        found
        for journey in uow.journeys.of_user(actor.school, actor.user)
        if (found := _about_somebody(journey, now)) is not None
    ]
    latest: dict[tuple[Trn, Role], Unfinished] = {}
    for each in begun:
        latest.setdefault((each.trn, each.role), each)
    if not latest:
        return []
    here = uow.people.here(actor.school, {each.trn for each in begun}, ports.clock.today())
    return [each for key, each in latest.items() if key not in here and not _is_refused(each)]


def _about_somebody(journey: SavedJourney, now: datetime) -> Unfinished | None:
    """Returns a journey that can be continued; None before it has found a teacher's record."""
    draft = journey.draft
    if not isinstance(draft, EctDraft | MentorDraft) or draft.search is None:
        return None
    record = draft.search.record
    if record is None or journey.registered is not None or journey.is_over(now):
        return None
    return Unfinished(journey, draft, record)


def _is_refused(found: Unfinished) -> bool:
    """Says whether what TRS said refuses the person, which no other answer mends."""
    check = check_found_mentor if found.role is Role.MENTOR else check_found
    blocked = check(given(found.draft.search))
    return blocked is not None and blocked.kind is Kind.REFUSED
