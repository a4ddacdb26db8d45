"""Says what a world file looks like: a row here has the keys of a row there.

Rows that look the same in the file and in the core are those of the core.
"""

from __future__ import annotations

from datetime import date

import attrs

from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.training import Programme
from ect_registration.domain.school import AppropriateBody, LeadProvider, Partnership, School
from ect_registration.domain.values import Trn, Urn
from ect_registration.domain.world import DemoUser, OpenYear, TrsPerson


@attrs.frozen
class CooperationRow:
    """Lists the years in which a delivery partner works with a lead provider."""

    lead_provider: str
    years: frozenset[AcademicYear] = frozenset()


@attrs.frozen
class DeliveryPartnerRow:
    """Holds a delivery partner, with all its lead providers."""

    name: str
    works_with: tuple[CooperationRow, ...] = ()


@attrs.frozen(kw_only=True)
class PeriodRow:
    """Holds what every row about a stretch of time has."""

    started_on: date
    finished_on: date | None = None

    @property
    def period(self) -> Period:
        """Returns the period of the row; raises ValueError when it finishes before it starts."""
        return Period(self.started_on, self.finished_on)


@attrs.frozen(kw_only=True)
class EctRow(PeriodRow):
    """Holds an ECT period."""

    school: Urn
    trn: Trn
    email: Email | None
    completed: bool = False
    registered_on: date | None = None  # the first day
    working_pattern: WorkingPattern | None = None
    appropriate_body: str | None = None
    programme: Programme | None = None
    lead_provider: str | None = None


@attrs.frozen(kw_only=True)
class MentorRow(PeriodRow):
    """Holds a mentor period."""

    school: Urn
    trn: Trn
    email: Email | None


@attrs.frozen(kw_only=True)
class MentorshipRow(PeriodRow):
    """Says which mentor mentors which ECT."""

    school: Urn
    ect_trn: Trn
    mentor_trn: Trn


@attrs.frozen
class WorldFile:
    """Holds the whole file; every key is optional."""

    academic_years: tuple[OpenYear, ...] = ()
    schools: tuple[School, ...] = ()
    appropriate_bodies: tuple[AppropriateBody, ...] = ()
    lead_providers: tuple[LeadProvider, ...] = ()
    delivery_partners: tuple[DeliveryPartnerRow, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    trs_people: tuple[TrsPerson, ...] = ()
    ects: tuple[EctRow, ...] = ()
    mentors: tuple[MentorRow, ...] = ()
    mentorships: tuple[MentorshipRow, ...] = ()
    mentor_training_history: tuple[MentorTrainingHistory, ...] = ()
    users: tuple[DemoUser, ...] = ()
