"""A world: everything a demo, a test or a new installation starts with, in our words."""

from __future__ import annotations

from datetime import date

import attrs

from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.training import ProgrammeChoices
from ect_registration.domain.school import (
    AppropriateBody,
    DeliveryPartner,
    LeadProvider,
    Partnership,
    School,
)
from ect_registration.domain.values import NationalInsuranceNumber, Trn, Urn, full_name


@attrs.frozen
class OpenYear:
    """An academic year, and whether ECTs may be registered for it."""

    year: AcademicYear
    open_for_registration: bool


@attrs.frozen
class TrsPerson:
    """A person as TRS knows them. They stay outside our database, their secrets above all."""

    trn: Trn
    first_name: str
    last_name: str
    middle_name: str = ""
    date_of_birth: date | None = attrs.field(default=None, repr=False)
    national_insurance_number: NationalInsuranceNumber | None = attrs.field(
        default=None, repr=False
    )
    state: str = "active"  # or deactivated, or merged
    merged_into: Trn | None = None
    induction_status: str = "None"  # in TRS's words, those that we do not know included
    qts_from: date | None = None
    alert_categories: tuple[str, ...] = ()
    induction_started_on: date | None = None
    induction_completed_on: date | None = None

    @property
    def name(self) -> str:
        """Returns the first, middle and last names together."""
        return full_name(self.first_name, self.middle_name, self.last_name)


@attrs.frozen
class WorldEct:
    """An ECT period brought in."""

    school: Urn
    trn: Trn
    email: Email | None
    period: Period
    registered_on: date
    choices: ProgrammeChoices
    working_pattern: WorkingPattern | None = None
    completed: bool = False


@attrs.frozen
class WorldMentor:
    """A mentor period brought in."""

    school: Urn
    trn: Trn
    email: Email | None
    period: Period


@attrs.frozen
class WorldMentorship:
    """A mentor and their ECT at a school, by TRN; the periods at the school contain it."""

    school: Urn
    ect: Trn
    mentor: Trn
    period: Period


@attrs.frozen
class DemoUser:
    """A user to sign in as in the demo."""

    id: str
    name: str
    email: str
    school: Urn


@attrs.frozen
class World:
    """The parts, in the order in which they depend on each other."""

    academic_years: tuple[OpenYear, ...] = ()
    schools: tuple[School, ...] = ()
    appropriate_bodies: tuple[AppropriateBody, ...] = ()
    lead_providers: tuple[LeadProvider, ...] = ()
    delivery_partners: tuple[DeliveryPartner, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    trs_people: tuple[TrsPerson, ...] = ()
    ects: tuple[WorldEct, ...] = ()
    mentors: tuple[WorldMentor, ...] = ()
    mentorships: tuple[WorldMentorship, ...] = ()
    mentor_training_history: tuple[MentorTrainingHistory, ...] = ()
    users: tuple[DemoUser, ...] = ()


@attrs.define
class InvalidWorld(Exception):
    """A mistake in a world, with the JSON path of where it is. Nothing was loaded."""

    path: str
    problem: str
    rule: str | None = None  # which rule says so, if one does

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"
