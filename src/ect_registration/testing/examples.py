"""Examples for tests. Each is complete and valid; keywords change what a test is about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

import attrs

from ect_registration.domain.attempts import Attempt, Attempted, AttemptId
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.drafts.ect_draft import EctDraft, NameAnswer, ReuseAnswer
from ect_registration.domain.drafts.saved_journey import JourneyId, SavedJourney
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, EctId, Registration, WorkingPattern
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId, Mentorship, MentorshipId
from ect_registration.domain.people.teacher import InductionStatus, Search, Teacher, TeacherRecord
from ect_registration.domain.people.training import (
    Programme,
    ProgrammeChoices,
    Training,
    TrainingId,
)
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.school import (
    AppropriateBody,
    BodyKind,
    DeliveryPartner,
    LeadProvider,
    Pairing,
    Partnership,
    School,
    TrainingYear,
)
from ect_registration.domain.sessions import Session, SessionId
from ect_registration.domain.values import NationalInsuranceNumber, Trn, Urn
from ect_registration.domain.world import OpenYear, TrsPerson, World

T = TypeVar("T")

TODAY = date(2025, 9, 10)
NOW = datetime(2025, 9, 10, 9, 30, tzinfo=UTC)
THIS_YEAR = AcademicYear(2025)
TERM_STARTS = date(2025, 9, 1)

URN = Urn("100001")
ECT_TRN = Trn("1000001")
MENTOR_TRN = Trn("2000001")

HUB = "Alpha Teaching School Hub"
LEAD_PROVIDER = "Harbour Teacher Development"
DELIVERY_PARTNER = "Lantern Learning Alliance"


def _with(example: T, changes: dict[str, Any]) -> T:
    changed: T = attrs.evolve(example, **changes)  # type: ignore[misc]  # T is an attrs class
    return changed


def a_school(**changes: Any) -> School:
    """Returns an open, state-funded school in England."""
    return _with(School(URN, "Larkfield School"), changes)


def an_appropriate_body(**changes: Any) -> AppropriateBody:
    """Returns a teaching school hub, active since 2020."""
    hub = AppropriateBody(HUB, BodyKind.TEACHING_SCHOOL_HUB, active_from=date(2020, 9, 1))
    return _with(hub, changes)


def a_lead_provider(**changes: Any) -> LeadProvider:
    """Returns a lead provider that works in this year and the one before."""
    return _with(LeadProvider(LEAD_PROVIDER, frozenset({THIS_YEAR.plus(-1), THIS_YEAR})), changes)


def a_pairing(**changes: Any) -> Pairing:
    """Returns a pairing of this year."""
    return _with(Pairing(LEAD_PROVIDER, DELIVERY_PARTNER, THIS_YEAR), changes)


def a_delivery_partner(**changes: Any) -> DeliveryPartner:
    """Returns a delivery partner of the lead provider in this year and the one before."""
    pairings = frozenset({a_pairing(year=THIS_YEAR.plus(-1)), a_pairing()})
    return _with(DeliveryPartner(DELIVERY_PARTNER, pairings), changes)


def a_partnership(**changes: Any) -> Partnership:
    """Returns a partnership of this year."""
    return _with(Partnership(URN, LEAD_PROVIDER, DELIVERY_PARTNER, THIS_YEAR), changes)


def a_training_year(**changes: Any) -> TrainingYear:
    """Returns this year, open, with one lead provider and its delivery partner."""
    year = TrainingYear(
        THIS_YEAR,
        open_for_registration=True,
        lead_providers=frozenset({LEAD_PROVIDER}),
        pairs=frozenset({(LEAD_PROVIDER, DELIVERY_PARTNER)}),
        all_lead_providers=frozenset({LEAD_PROVIDER}),
    )
    return _with(year, changes)


def a_teacher(**changes: Any) -> Teacher:
    """Returns a teacher known by the name in TRS."""
    return _with(Teacher(ECT_TRN, "Asha Marlowe"), changes)


def a_teacher_record(**changes: Any) -> TeacherRecord:
    """Returns a qualified teacher's record, induction required and no alerts."""
    record = TeacherRecord(
        trn=ECT_TRN,
        name="Asha Marlowe",
        induction=InductionStatus.REQUIRED_TO_COMPLETE,
        prohibited=False,
        has_qts=True,
    )
    return _with(record, changes)


def a_search(**changes: Any) -> Search:
    """Returns a search that was proven this morning."""
    return _with(Search(ECT_TRN, a_teacher_record(), NOW), changes)


def choices(**changes: Any) -> ProgrammeChoices:
    """Returns provider-led choices with the hub."""
    return _with(ProgrammeChoices(HUB, Programme.PROVIDER_LED, LEAD_PROVIDER), changes)


def school_led(**changes: Any) -> ProgrammeChoices:
    """Returns school-led choices with the hub."""
    return _with(ProgrammeChoices(HUB, Programme.SCHOOL_LED), changes)


def a_registration(**changes: Any) -> Registration:
    """Returns a registration made this morning."""
    return _with(Registration(NOW, THIS_YEAR, choices()), changes)


def a_training(**changes: Any) -> Training:
    """Returns provider-led training since the start of term, an expression of interest."""
    training = Training(
        id=TrainingId(uuid4()),
        period=Period(TERM_STARTS),
        programme=Programme.PROVIDER_LED,
        year=THIS_YEAR,
        lead_provider=LEAD_PROVIDER,
    )
    return _with(training, changes)


def an_ect(**changes: Any) -> EctAtSchool:
    """Returns an ECT period open since the start of term, without training or mentor."""
    ect = EctAtSchool(
        id=EctId(uuid4()),
        school=URN,
        teacher=a_teacher(),
        email=Email("asha.marlowe@example.org"),
        period=Period(TERM_STARTS),
        registration=a_registration(),
        working_pattern=WorkingPattern.FULL_TIME,
    )
    return _with(ect, changes)


def a_mentor(**changes: Any) -> MentorAtSchool:
    """Returns a mentor period open since the start of term, without training."""
    mentor = MentorAtSchool(
        id=MentorId(uuid4()),
        school=URN,
        teacher=Teacher(MENTOR_TRN, "Joan Thackeray"),
        email=Email("joan.thackeray@example.org"),
        period=Period(TERM_STARTS),
    )
    return _with(mentor, changes)


def a_mentorship(mentor: MentorAtSchool, **changes: Any) -> Mentorship:
    """Returns a mentorship by this mentor since the start of term."""
    mentorship = Mentorship(
        id=MentorshipId(uuid4()),
        mentor=mentor.id,
        mentor_teacher=mentor.teacher,
        period=Period(TERM_STARTS),
    )
    return _with(mentorship, changes)


def a_draft(**changes: Any) -> EctDraft:
    """Returns a draft with every question answered and nothing reused."""
    draft = EctDraft(
        search=a_search(),
        name=NameAnswer(),
        registered_before_seen=True,
        email=Email("asha.marlowe@example.org"),
        start_date=TERM_STARTS,
        working_pattern=WorkingPattern.FULL_TIME,
        reuse=ReuseAnswer(wanted=False),
        appropriate_body=HUB,
        programme=Programme.PROVIDER_LED,
        lead_provider=LEAD_PROVIDER,
    )
    return _with(draft, changes)


def a_journey(**changes: Any) -> SavedJourney:
    """Returns a journey that has just begun."""
    journey = SavedJourney(
        id=JourneyId(uuid4()), school=URN, user="user-1", draft=EctDraft(), used_at=NOW
    )
    return _with(journey, changes)


def a_session(**changes: Any) -> Session:
    """Returns the session of a user who has just signed in."""
    session = Session(
        id=SessionId(uuid4()),
        key=uuid4().hex * 2,
        user="user-1",
        name="Hannah Abbott",
        begun_at=NOW,
        used_at=NOW,
        school=a_school(),
        schools=(URN,),
    )
    return _with(session, changes)


def a_change(**changes: Any) -> Change:
    """Returns a registration as history has it."""
    change = Change(
        at=NOW,
        actor="user-1",
        school=URN,
        what=What.ECT_REGISTERED,
        rules=("trn-not-found", "email-in-use"),
        trn=ECT_TRN,
        about=UUID("00000000-0000-4000-8000-000000000001"),
        before={},
        after={"started_on": "2025-09-01", "expected_training_start_year": 2025},
    )
    return _with(change, changes)


def an_attempt(**changes: Any) -> Attempt:
    """Returns a wrong fact about the ECT."""
    attempt = Attempt(
        id=AttemptId(uuid4()), what=Attempted.WRONG_FACT, key="user-1", at=NOW, trn=ECT_TRN
    )
    return _with(attempt, changes)


def a_trs_person(**changes: Any) -> TrsPerson:
    """Returns a person with an active record, both facts and induction required."""
    person = TrsPerson(
        trn=ECT_TRN,
        first_name="Asha",
        last_name="Marlowe",
        date_of_birth=date(1999, 1, 31),
        national_insurance_number=NationalInsuranceNumber("AB123456C"),
        induction_status="RequiredToComplete",
        qts_from=date(2025, 7, 1),
    )
    return _with(person, changes)


def a_world(**changes: Any) -> World:
    """Returns one of each choice and two people in TRS, with no ECT or mentor registered."""
    mentor = a_trs_person(
        trn=MENTOR_TRN,
        first_name="Joan",
        last_name="Thackeray",
        date_of_birth=date(1979, 5, 17),
        national_insurance_number=NationalInsuranceNumber("CE654321A"),
        induction_status="Passed",
    )
    world = World(
        academic_years=(OpenYear(THIS_YEAR, open_for_registration=True),),
        schools=(a_school(),),
        appropriate_bodies=(an_appropriate_body(),),
        lead_providers=(a_lead_provider(),),
        delivery_partners=(a_delivery_partner(),),
        trs_people=(a_trs_person(), mentor),
    )
    return _with(world, changes)
