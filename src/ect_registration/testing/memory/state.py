"""What the in-memory store holds, and the copy that one unit of work sees."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

import attrs

from ect_registration.domain.attempts import Attempt, AttemptId
from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.drafts.saved_journey import JourneyId, SavedJourney
from ect_registration.domain.email import Email
from ect_registration.domain.lead_providers.tokens import Token, TokenId
from ect_registration.domain.notice import KeptNotice, NoticeId
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentor import MentorAtSchool, MentorTrainingHistory
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.announcement import Announcement, AnnouncementId
from ect_registration.domain.records.history import Change
from ect_registration.domain.records.refusal import Refusal
from ect_registration.domain.rules.school_year.following import Concern
from ect_registration.domain.school import (
    AppropriateBody,
    ClosedDays,
    DeliveryPartner,
    LeadProvider,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Pairing,
    Partnership,
    ProviderYear,
    School,
    Succession,
)
from ect_registration.domain.sessions import Session
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.stored.holds import Hold, Holding, Kind
from ect_registration.ports.stored.lead_providers import Admission, Shown
from ect_registration.testing.memory.shown import KeptSeen


@attrs.define
class State:
    """Everything, in the order of writing. What is in the containers is frozen."""

    schools: dict[Urn, School] = attrs.Factory(dict)
    successions: dict[Urn, Succession] = attrs.Factory(dict)  # by the school that closed
    years: dict[AcademicYear, bool] = attrs.Factory(dict)  # whether each is open
    closed_days: dict[date, ClosedDays] = attrs.Factory(dict)  # by first day
    organisations: dict[OrganisationId, Organisation] = attrs.Factory(dict)
    # By kind and key of the former name: the name, and whose it was last.
    former_names: dict[tuple[OrganisationKind, str], tuple[str, OrganisationId]] = attrs.Factory(
        dict
    )
    appropriate_bodies: dict[str, AppropriateBody] = attrs.Factory(dict)
    lead_providers: dict[str, LeadProvider] = attrs.Factory(dict)
    delivery_partners: dict[str, DeliveryPartner] = attrs.Factory(dict)
    # Years of lead providers and pairings that were ever saved, active or not.
    provider_years: set[ProviderYear] = attrs.Factory(set)
    pairings: set[Pairing] = attrs.Factory(set)
    partnerships: dict[tuple[Urn, str, AcademicYear], Partnership] = attrs.Factory(dict)
    ended_partnerships: set[Partnership] = attrs.Factory(set)  # some of them
    teachers: dict[Trn, Teacher] = attrs.Factory(dict)
    merges: set[tuple[Trn, Trn]] = attrs.Factory(set)  # each old TRN, and the one retained last
    ects: dict[EctId, EctAtSchool] = attrs.Factory(dict)
    mentors: dict[MentorId, MentorAtSchool] = attrs.Factory(dict)
    # When TRS was last asked about each teacher, and what operators have to look at since.
    trs_lookups: dict[Trn, tuple[datetime, Concern | None]] = attrs.Factory(dict)
    training_history: dict[Trn, MentorTrainingHistory] = attrs.Factory(dict)
    training_ids: set[UUID] = attrs.Factory(set)
    mentorship_ids: set[UUID] = attrs.Factory(set)
    claims: dict[Email, Trn] = attrs.Factory(dict)
    history: list[Change] = attrs.Factory(list)
    journeys: dict[JourneyId, SavedJourney] = attrs.Factory(dict)
    sessions: dict[str, Session] = attrs.Factory(dict)  # by key
    user_names: dict[str, str] = attrs.Factory(dict)
    user_addresses: dict[str, str] = attrs.Factory(dict)
    notices: dict[NoticeId, KeptNotice] = attrs.Factory(dict)
    announcements: dict[AnnouncementId, Announcement] = attrs.Factory(dict)
    read_by: dict[AnnouncementId, tuple[str, datetime]] = attrs.Factory(dict)
    attempts: dict[AttemptId, Attempt] = attrs.Factory(dict)
    refusals: list[Refusal] = attrs.Factory(list)
    tokens: dict[TokenId, Token] = attrs.Factory(dict)
    requests: dict[TokenId, Admission] = attrs.Factory(dict)
    lists: dict[tuple[TokenId, str], Shown] = attrs.Factory(dict)
    seen: KeptSeen = attrs.Factory(KeptSeen)

    def copy(self) -> State:
        """Returns the same facts in new containers."""
        names = [field.name for field in attrs.fields(State)]
        copies = {name: copy.copy(getattr(self, name)) for name in names}
        return State(**copies | {"seen": self.seen.copy()})

    def names_of_schools(
        self, periods: Iterable[EctAtSchool | MentorAtSchool]
    ) -> Mapping[Urn, str]:
        """Returns the names of the schools of these periods."""
        return {period.school: self.schools[period.school].name for period in periods}

    def has_periods(self, trn: Trn) -> bool:
        """Says whether the teacher with this very TRN was ever an ECT or mentor."""
        ects = (ect.teacher.trn for ect in self.ects.values())
        return trn in {*ects, *(mentor.teacher.trn for mentor in self.mentors.values())}

    def keep_alias(self, old: Trn, retained: Trn) -> None:
        """Keeps a merge; all that led to the old TRN leads to the retained one from then on."""
        leads_to = dict(self.merges)
        one, kept = (leads_to.get(trn, trn) for trn in (old, retained))
        if one != kept:
            again = {(trn, kept if to == one else to) for trn, to in self.merges}
            self.merges = {*again, (one, kept)}

    def one_person(self, trn: Trn) -> frozenset[Trn]:
        """Returns every TRN that merges have shown to be the same person as this one."""
        kept = dict(self.merges).get(trn, trn)
        return frozenset({kept, *(old for old, retained in self.merges if retained == kept)})


class Work:
    """One unit's copy of the state, until the unit is over.

    Nothing is written that the unit does not hold: here there is one writer at a time, but a
    database has many, and a test in memory has to fail where holding was forgotten.
    """

    def __init__(self, state: State, *, may_write: bool) -> None:
        self._state: State | None = state
        self._may_write = may_write
        self._holding = Holding()
        self._saved = False  # inside a savepoint, to which a conflict goes back

    @property
    def state(self) -> State:
        """Returns the state that the unit of work sees."""
        if self._state is None:
            raise RuntimeError("this unit of work is over")
        return self._state

    def hold(self, holds: Iterable[Hold]) -> None:
        """Counts these as held, a person under all their TRNs. Does nothing for a reader."""
        state = self.state
        if self._may_write:
            taken = self._holding.take(holds)
            people = (Trn(hold.key) for hold in taken if hold.kind is Kind.PERSON)
            families = (state.one_person(trn) for trn in people)
            self._holding.note([Hold.person(trn) for family in families for trn in family])

    @contextmanager
    def writing(self, *needed: Hold) -> Iterator[State]:
        """Yields the copy to change it. An error ends the unit of work.

        Raises RuntimeError unless what is ``needed`` is held.
        """
        state = self.state
        if not self._may_write:
            raise RuntimeError("this unit of work is for looking only")
        try:
            self._holding.must_have(needed)
            yield state
        except BaseException as error:
            if not (self._saved and isinstance(error, Conflict)):
                self.end()
            raise

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Goes back to the state before the block when it ends with a Conflict."""
        with self.writing() as state:
            before = state.copy()
        self._saved = True
        try:
            yield
        except Conflict:
            self._state = before
            raise
        finally:
            self._saved = False

    def end(self) -> None:
        """Drops the copy, so that this unit of work cannot reach it again."""
        self._state = None
