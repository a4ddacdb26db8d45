from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    HUB,
    LEAD_PROVIDER,
    MENTOR_TRN,
    NOW,
    TERM_STARTS,
    URN,
    a_mentor,
    a_mentorship,
    a_registration,
    a_teacher,
    a_training,
    an_ect,
    school_led,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Kind
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.funding import Funding, FundingNeed
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import Programme, ProgrammeChoices, TrainingState
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.periods.status import AtSchool, Status
from ect_registration.domain.values import Trn
from ect_registration.use_cases.school.ects import EctSummary, list_ects, show_ect, summary_of
from unit.use_cases.town import BRAM, OTHER_SCHOOL, UNKNOWN_SCHOOL

TODAY = NOW.date()
LEFT = Period(date(2024, 9, 1), date(2025, 9, 9))


def _numbered(service, number, **changes):
    """One of several ECTs, registered that many hours before now."""
    trn = Trn(f"300000{number}")
    ect = an_ect(
        teacher=Teacher(trn, f"Number {number}"),
        email=Email(f"number{number}@example.org"),
        registration=a_registration(registered_at=NOW - timedelta(hours=number)),
    )
    return service.has_ect(attrs.evolve(ect, **changes))


def _names(service, school=URN):
    return [ect.name for ect in list_ects(school, service.ports)]


def test_an_ect_is_shown_with_everything_about_it(service):
    """In plain words."""
    ect = service.register(corrected_name="Asha Quinn").ect

    assert show_ect(ect.id, URN, service.ports) == EctSummary(
        id=ect.id,
        trn="1000001",
        name="Asha Quinn",
        email="asha.marlowe@example.org",
        status=Status.MENTOR_REQUIRED,
        at_school=AtSchool.IN_PROGRESS,
        started_on=TERM_STARTS,
        finished_on=None,
        working_pattern="full_time",
        expected_training_start_year=2025,
        appropriate_body=HUB,
        programme=Programme.PROVIDER_LED,
        lead_provider=LEAD_PROVIDER,
        delivery_partner=None,
        training=TrainingState.EXPRESSION_OF_INTEREST,
        mentor=None,
        without_mentor=(Period(TODAY),),
        training_started_on=TERM_STARTS,
        funding=Funding.NO,
        funding_needs=(FundingNeed.INDUCTION_PERIOD,),
    )


def test_the_latest_training_speaks():
    """Not what was chosen at registration."""
    ect = an_ect(
        trainings=(
            a_training(period=Period(TERM_STARTS, date(2025, 9, 5))),
            a_training(period=Period(date(2025, 9, 6)), delivery_partner=DELIVERY_PARTNER),
            a_training(period=Period(date(2025, 9, 7)), withdrawn=True),
        ),
        registration=a_registration(choices=school_led()),
    )
    summary = summary_of(ect, TODAY)

    assert (summary.programme, summary.training, summary.delivery_partner) == (
        Programme.PROVIDER_LED,
        TrainingState.CONFIRMED,
        DELIVERY_PARTNER,
    )


@pytest.mark.parametrize(
    "choices", [ProgrammeChoices(None, None), ProgrammeChoices(HUB, None, LEAD_PROVIDER)]
)
def test_without_training_the_choices_speak(choices):
    """Of a record brought in from elsewhere."""
    ect = an_ect(registration=a_registration(choices=choices), working_pattern=None)
    summary = summary_of(ect, TODAY)

    assert (
        summary.appropriate_body,
        summary.programme,
        summary.lead_provider,
        summary.training,
        summary.working_pattern,
    ) == (choices.appropriate_body, None, choices.lead_provider, None, None)


def test_the_mentor_is_named():
    """The one whose mentorship begins first of those that are open."""
    mentor = a_mentor()
    gone, coming = (
        a_mentor(teacher=Teacher(MENTOR_TRN, name)) for name in ("Joan Gone", "Joan Coming")
    )
    ect = an_ect(
        mentorships=(
            a_mentorship(coming, period=Period(date(2025, 10, 1))),
            a_mentorship(mentor, period=Period(date(2025, 9, 5), date(2025, 9, 30))),
            a_mentorship(gone, period=Period(TERM_STARTS, date(2025, 9, 4))),
        )
    )
    summary = summary_of(ect, TODAY)

    assert (summary.mentor, summary.status) == ("Joan Thackeray", Status.REGISTERED)


@pytest.mark.parametrize(
    ("changes", "at_school"),
    [({"period": LEFT}, AtSchool.LEFT), ({"completed": True}, AtSchool.COMPLETED)],
)
def test_only_an_ect_in_progress_has_a_status(changes, at_school):
    """Nobody needs a mentor after that."""
    summary = summary_of(an_ect(**changes), TODAY)

    assert (summary.at_school, summary.status) == (at_school, None)


def test_the_latest_registration_comes_first(service):
    """Among those who need a mentor."""
    for number in (2, 1, 3):
        _numbered(service, number)

    assert _names(service) == ["Number 1", "Number 2", "Number 3"]


def test_mentor_required_comes_first(service):
    """Before everybody else, whenever they were registered."""
    mentor = service.has_mentor(a_mentor(period=Period(date(2024, 9, 1))))
    _numbered(service, 1, mentorships=(a_mentorship(mentor),))
    _numbered(service, 2, period=LEFT)
    _numbered(service, 3)
    _numbered(service, 4, completed=True)
    _numbered(service, 5)

    assert _names(service) == ["Number 3", "Number 5", "Number 1", "Number 2", "Number 4"]


def test_everybody_ever_registered_is_listed(service):
    """Somebody who returned twice, and nobody of another school."""
    service.has_ect(an_ect(period=Period(date(2023, 9, 1), date(2024, 7, 31))))
    service.has_ect(an_ect(teacher=a_teacher(trn=BRAM), school=OTHER_SCHOOL))
    service.register(email="asha@larkfield.example.org")

    assert [ect.at_school for ect in list_ects(URN, service.ports)] == [
        AtSchool.IN_PROGRESS,
        AtSchool.LEFT,
    ]


def test_a_school_without_ects_has_an_empty_list(service):
    """It is known, and that is enough."""
    assert list(list_ects(OTHER_SCHOOL, service.ports)) == []


def test_an_unknown_school_has_no_list(service):
    """Its number is a slip."""
    blocked = list_ects(UNKNOWN_SCHOOL, service.ports)

    assert (blocked.rule, blocked.kind, blocked.field) == (
        OWN_SCHOOL_ONLY,
        Kind.INVALID,
        "school",
    )


def test_another_schools_ect_reads_as_an_unknown_one(service):
    """Exactly."""
    ect = service.register().ect
    known, unknown = (ect.id, OTHER_SCHOOL), (EctId(uuid4()), URN)
    blocked = [show_ect(id, school, service.ports) for id, school in (known, unknown)]

    assert blocked == [OWN_SCHOOL_ONLY.refuses()] * 2
