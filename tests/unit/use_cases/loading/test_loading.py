from __future__ import annotations

from datetime import date

import pytest

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    HUB,
    LEAD_PROVIDER,
    MENTOR_TRN,
    THIS_YEAR,
    URN,
    a_partnership,
    a_registration,
    a_teacher,
    an_ect,
    school_led,
)
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.training import ProgrammeChoices, TrainingState
from ect_registration.domain.records.history import What
from ect_registration.domain.world import OpenYear, World
from ect_registration.use_cases.operating.load_world import Loaded
from unit.use_cases.peopled import A_YEAR_AGO, EMAIL, a_world_ect, a_world_mentor, load
from unit.use_cases.service import Service
from unit.use_cases.town import BRAM, INDEPENDENT, LAST_YEAR, OLD_TRN, OTHER_SCHOOL, RETAINED_TRN


def test_a_world_is_loaded(service):
    """Everybody who was not there yet is counted."""
    loaded = load(service)
    [asha] = service.ects_of(ECT_TRN)

    assert (loaded, asha.mentorships[0].mentor_teacher.name, asha.teacher.name) == (
        Loaded(ects=1, mentors=1, mentorships=1),
        "Joan Thackeray",
        "Asha Marlowe",
    )


def test_an_ect_is_brought_in_as_the_world_has_it(service):
    """The expected year follows from its two days."""
    load(service, ects=(a_world_ect(completed=True, working_pattern=None),))
    [asha] = service.ects_of(ECT_TRN)

    assert (asha.completed, asha.working_pattern, asha.registration) == (
        True,
        None,
        a_registration(
            registered_at=asha.registration.registered_at,
            expected_training_start_year=LAST_YEAR,
            brought_in=True,
        ),
    )


@pytest.mark.parametrize(
    ("registered_on", "started_on", "year"),
    [
        (date(2024, 7, 1), date(2024, 9, 1), 2024),
        (date(2024, 9, 1), date(2024, 7, 1), 2024),
        (date(2024, 8, 31), date(2024, 8, 31), 2023),
    ],
)
def test_the_expected_year_is_that_of_the_later_day(service, registered_on, started_on, year):
    """Of registration and start."""
    ect = a_world_ect(registered_on=registered_on, period=Period(started_on))
    load(service, ects=(ect,), mentorships=())
    [asha] = service.ects_of(ECT_TRN)

    assert (asha.registration.expected_training_start_year, asha.training.year) == (
        AcademicYear(year),
        AcademicYear(year),
    )


@pytest.mark.parametrize(
    ("partnerships", "state"),
    [
        ((a_partnership(year=LAST_YEAR),), TrainingState.CONFIRMED),
        ((a_partnership(),), TrainingState.EXPRESSION_OF_INTEREST),
        ((), TrainingState.EXPRESSION_OF_INTEREST),
    ],
    ids=["of the year", "of another year", "none"],
)
def test_training_is_confirmed_by_a_partnership_of_its_year(service, partnerships, state):
    """Whichever the world has."""
    load(service, partnerships=partnerships)

    assert service.ects_of(ECT_TRN)[0].training.state is state


@pytest.mark.parametrize(
    ("chosen", "state"),
    [
        (school_led(), TrainingState.SCHOOL_LED),
        (ProgrammeChoices(HUB, None), None),
        (ProgrammeChoices(None, None), None),
    ],
    ids=["school-led", "no programme", "nothing"],
)
def test_training_follows_from_the_choices(service, chosen, state):
    """Where no programme is known there is none."""
    load(service, ects=(a_world_ect(choices=chosen),))
    training = service.ects_of(ECT_TRN)[0].training

    assert (training.state if training else None) is state


def test_training_lasts_as_long_as_the_period(service):
    """For somebody who has left."""
    period = Period(date(2024, 9, 1), date(2025, 7, 31))
    load(service, ects=(a_world_ect(period=period),), mentorships=())

    assert service.ects_of(ECT_TRN)[0].training.period == period


def test_mentors_bring_no_training(service):
    """Whatever they did before."""
    load(service)
    with service.store.reading() as uow:
        [joan] = uow.mentors.of_people([MENTOR_TRN])

    assert (joan.trainings, joan.period) == ((), A_YEAR_AGO)


def test_reference_data_is_set_to_what_the_world_says(service):
    """Loading again overwrites it."""
    service.do(lambda uow: uow.offers.save_academic_year(THIS_YEAR, open_for_registration=False))
    load(service)
    with service.store.reading() as uow:
        this_year = uow.offers.training_year(THIS_YEAR)

    assert this_year.open_for_registration is True


def test_a_year_is_closed_again(service):
    """When the world says so."""
    closed = OpenYear(THIS_YEAR, open_for_registration=False)
    load(service, academic_years=(closed,), ects=(), mentorships=())

    assert service.register().rule.id == "cannot-register-yet"


def test_a_teacher_we_know_keeps_the_name_we_know(service):
    """A correction is not undone by loading a world."""
    known = a_teacher(trs_name="Asha Before")
    service.has_ect(
        an_ect(
            school=OTHER_SCHOOL, teacher=known, period=Period(date(2023, 9, 1), date(2024, 7, 1))
        )
    )
    load(service)

    assert service.ects_of(ECT_TRN)[-1].teacher == known


def test_somebody_known_under_another_trn_is_the_same_person(service):
    """Their email is their own; TRS merged the two TRNs."""
    service.register(trn=str(OLD_TRN), school=str(OTHER_SCHOOL))
    load(service, mentors=(a_world_mentor(trn=OLD_TRN, email=EMAIL),), ects=(), mentorships=())
    with service.store.reading() as uow:
        [olga] = uow.mentors.of_people([RETAINED_TRN])

    assert olga.email == EMAIL


def test_an_email_known_under_both_trns_is_their_own(service):
    """Also where both TRNs were known before TRS merged them."""
    for trn, school in ((OLD_TRN, OTHER_SCHOOL), (RETAINED_TRN, INDEPENDENT)):
        service.has_ect(
            an_ect(
                school=school,
                teacher=a_teacher(trn=trn),
                email=Email(f"{trn}@example.org"),
                period=A_YEAR_AGO,
            )
        )
    service.register(trn=str(OLD_TRN))
    load(service, mentors=(a_world_mentor(trn=OLD_TRN, email=EMAIL),), ects=(), mentorships=())
    with service.store.reading() as uow:
        [olga] = uow.mentors.of_people([OLD_TRN])

    assert olga.email == EMAIL


def test_everybody_brought_in_is_a_line_of_history(service):
    """Signed by whoever loads."""
    load(service)
    with service.store.reading() as uow:
        history = uow.history.of_school(URN)

    assert [(change.actor, change.what, change.trn) for change in history] == [
        ("loader", What.BROUGHT_IN, ECT_TRN),
        ("loader", What.BROUGHT_IN, MENTOR_TRN),
        ("loader", What.BROUGHT_IN, ECT_TRN),
    ]
    assert [change.after for change in history[:2]] == [{}, {}]
    assert history[2].after == {
        "mentor": "Joan Thackeray",
        "started_on": "2024-09-01",
        "finished_on": None,
    }


def test_an_empty_world_is_a_world():
    """Every part is optional."""
    service = Service.of(World())

    assert service.register().rule.id == "own-school-only"


def test_people_who_left_bring_their_emails_without_holding_them(service):
    """Somebody else may have the address since."""
    gone = a_world_ect(period=Period(date(2024, 9, 1), date(2025, 7, 31)))
    former = a_world_mentor(email=EMAIL, period=Period(date(2023, 9, 1), date(2024, 7, 31)))
    here_now = a_world_ect(trn=BRAM)
    loaded = load(service, ects=(here_now, gone), mentors=(former,), mentorships=())

    assert loaded == Loaded(ects=2, mentors=1, mentorships=0)


def test_a_lead_provider_and_a_partner_are_kept_as_given(service):
    """The pairings of the world are those on offer."""
    load(service)
    with service.store.reading() as uow:
        this_year = uow.offers.training_year(THIS_YEAR)

    assert (LEAD_PROVIDER, DELIVERY_PARTNER) in this_year.pairs


def test_records_without_an_email_are_brought_in(service):
    """They hold no address, and are the same record when the world is loaded again."""
    ects, mentors = (a_world_ect(email=None),), (a_world_mentor(email=None),)
    for _ in range(2):
        load(service, ects=ects, mentors=mentors, mentorships=())

    (ect,) = service.ects_of(ECT_TRN)
    with service.store.reading() as uow:
        (mentor,) = uow.mentors.of_people([MENTOR_TRN])
    assert (ect.email, mentor.email) == (None, None)
