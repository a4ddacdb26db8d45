from __future__ import annotations

from datetime import date, timedelta

from builders import NOW, URN, a_registration, a_school, a_teacher, an_ect, school_led
from ect_registration.domain.email import Email
from ect_registration.domain.school import SchoolStatus, SchoolType
from ect_registration.domain.values import Trn, Urn
from endings import left_on
from integration.contracts.steps import OTHER_URN, adding_ect, keep, seen


def test_an_unknown_school_is_not_found(empty_store):
    """Nobody made up a school."""
    assert seen(empty_store, lambda uow: uow.schools.find(URN)) is None


def test_an_unknown_school_has_no_latest_registration(empty_store):
    """Nor what it registered last."""
    assert seen(empty_store, lambda uow: uow.schools.with_latest_registration(URN)) is None


def test_a_saved_school_is_found_as_it_was(empty_store):
    """Every attribute comes back."""
    school = a_school(
        type=SchoolType.INDEPENDENT,
        section_41=True,
        status=SchoolStatus.PROPOSED_TO_CLOSE,
        in_england=False,
        opened_on=date(1950, 9, 1),
        closed_on=date(2026, 8, 31),
        local_authority="Harbourshire",
        region="South West",
        phase="Primary",
        la_code="201",
        new_la_code="E09000001",
        ukprn="11500017",
    )
    keep(empty_store, lambda uow: uow.schools.save(school))

    assert seen(empty_store, lambda uow: uow.schools.find(school.urn)) == school


def test_a_school_of_any_status_and_type_is_found_as_it_was(empty_store):
    """Those of the service that publishes schools; a URN has up to seven digits."""
    for status in SchoolStatus:
        for type in SchoolType:
            school = a_school(urn=Urn("1000001"), status=status, type=type)
            keep(empty_store, lambda uow, school=school: uow.schools.save(school))

            assert seen(empty_store, lambda uow: uow.schools.find(Urn("1000001"))) == school


def test_saving_a_school_again_sets_it_to_what_is_given(store):
    """A school that closed reads closed, and the others stay as they were."""
    closed = a_school(name="Larkfield School (closed)", status=SchoolStatus.CLOSED)
    keep(store, lambda uow: uow.schools.save(closed))

    assert seen(store, lambda uow: uow.schools.find(URN)) == closed
    assert seen(store, lambda uow: uow.schools.find(OTHER_URN)).status is SchoolStatus.OPEN


def test_a_school_that_never_registered_anybody_has_no_latest_registration(store):
    """The school alone comes back, whatever others registered."""
    keep(store, adding_ect(an_ect(school=OTHER_URN)))

    assert seen(store, lambda uow: uow.schools.with_latest_registration(URN)) == (
        a_school(),
        None,
    )


def _registered_at(store, number, moment, chosen):
    ect = an_ect(
        teacher=a_teacher(trn=Trn(f"300000{number}")),
        email=Email(f"ect{number}@example.org"),
        registration=a_registration(registered_at=moment, choices=chosen),
    )
    keep(store, adding_ect(ect))
    return ect


def test_the_latest_registration_is_the_one_of_the_latest_moment(store):
    """A record brought in later with an earlier moment is not the latest."""
    latest = _registered_at(store, 1, NOW, school_led())
    _registered_at(store, 2, NOW - timedelta(microseconds=1), school_led(appropriate_body=None))

    _, registration = seen(store, lambda uow: uow.schools.with_latest_registration(URN))

    assert registration == latest.registration


def test_of_registrations_of_one_moment_the_one_written_later_is_the_latest(store):
    """Ties go to the later row."""
    _registered_at(store, 1, NOW, school_led(appropriate_body=None))
    latest = _registered_at(store, 2, NOW, school_led())

    _, registration = seen(store, lambda uow: uow.schools.with_latest_registration(URN))

    assert registration == latest.registration


def test_the_latest_registration_is_what_was_chosen_then(store):
    """Somebody who left counts, with the choices of the registration."""
    ect = _registered_at(store, 1, NOW, school_led())
    gone = left_on(ect, ect.period.started_on)
    keep(store, lambda uow: uow.ects.change(ect, gone))

    _, registration = seen(store, lambda uow: uow.schools.with_latest_registration(URN))

    assert registration == ect.registration
