from __future__ import annotations

from uuid import uuid4

import pytest

from builders import (
    ECT_TRN,
    MENTOR_TRN,
    TODAY,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Kind
from ect_registration.domain.email import Email
from ect_registration.domain.rules.status import Status, status_of
from ect_registration.domain.teacher import Teacher
from ect_registration.use_cases.writing_mentors import Assigned
from unit.use_cases.mentoring import (
    JOANS_EMAIL,
    a_provider_led_ect,
    registers,
)
from unit.use_cases.service import Service
from unit.use_cases.town import (
    BRAM,
    DEACTIVATED,
    NOBODY,
    PASSED,
    PROHIBITED,
    UNKNOWN_SCHOOL,
    UNKNOWN_STATUS,
    WITHOUT_QTS,
    town,
)


@pytest.fixture
def service():
    """The town."""
    return Service.of(town())


@pytest.fixture
def ect(service):
    """Asha, provider-led, without a mentor."""
    return service.has_ect(a_provider_led_ect())


def _mentors_of(service, *trns):
    with service.store.reading() as uow:
        return uow.mentors.of_people(trns or [MENTOR_TRN])


def test_mentor_all_or_nothing(service, ect):
    """Confirming registers the mentor, assigns them and completes the ECT's registration."""
    outcome = registers(service, ect)
    [mentor], [kept] = _mentors_of(service), service.ects_of()

    assert isinstance(outcome, Assigned)
    assert (outcome.is_new, outcome.mentor, outcome.ect) == (True, mentor, kept)
    assert (mentor.teacher.name, mentor.email, mentor.period) == (
        "Joan Thackeray",
        Email(JOANS_EMAIL),
        Period(TODAY),
    )
    assert [(m.mentor, m.period) for m in kept.mentorships] == [(mentor.id, Period(TODAY))]
    assert status_of(kept, TODAY) is Status.REGISTERED


@pytest.mark.parametrize(
    ("trn", "name"),
    [
        pytest.param(PASSED, "Pia Passmore", id="passed induction"),
        pytest.param(WITHOUT_QTS, "Noor Quill", id="without qualified teacher status"),
        pytest.param(UNKNOWN_STATUS, "Una Newell", id="an induction status that we do not know"),
    ],
)
def test_mentor_record_is_all_that_a_mentor_needs(service, ect, trn, name):
    """Qualified teacher status and induction do not matter."""
    outcome = registers(service, ect, trn=str(trn))

    assert outcome.mentor.teacher == Teacher(trn, name)


@pytest.mark.parametrize(
    ("changes", "rule", "kind", "field"),
    [
        ({"trn": str(NOBODY)}, "trn-not-found", Kind.REFUSED, None),
        ({"trn": str(DEACTIVATED)}, "trn-not-found", Kind.REFUSED, None),
        ({"trn": str(PROHIBITED)}, "prohibited-from-teaching", Kind.REFUSED, None),
        ({"trn": str(ECT_TRN)}, "own-mentor", Kind.REFUSED, None),
        (
            {"date_of_birth": "1998-01-31"},
            "date-of-birth-differs",
            Kind.NEEDS,
            "national_insurance_number",
        ),
        (
            {"date_of_birth": "1998-01-31", "national_insurance_number": "CE654321A"},
            "details-do-not-match",
            Kind.REFUSED,
            None,
        ),
        ({"email": "asha.marlowe@example.org"}, "email-in-use", Kind.REFUSED, "email"),
        ({"start_date": "2025-09-11"}, "mentor-start-date", Kind.INVALID, "start_date"),
        (
            {"lead_provider": "Quarry Hill Teaching"},
            "lead-provider-not-available",
            Kind.REFUSED,
            "lead_provider",
        ),
        (
            {"lead_provider": "Nobody We Know"},
            "lead-provider-not-available",
            Kind.INVALID,
            "lead_provider",
        ),
        ({"school": "100002"}, "own-school-only", Kind.REFUSED, "ect"),
        ({"school": str(UNKNOWN_SCHOOL)}, "own-school-only", Kind.INVALID, "school"),
        ({"ect": str(uuid4())}, "own-school-only", Kind.REFUSED, "ect"),
        ({"ect": "the one with glasses"}, "own-school-only", Kind.REFUSED, "ect"),
    ],
)
def test_what_stands_against_a_mentor(service, ect, changes, rule, kind, field):
    """The first rule in the order of the journey, and nothing is written."""
    before = service.history()
    outcome = registers(service, ect, **changes)

    assert (outcome.rule.id, outcome.kind, outcome.field) == (rule, kind, field)
    assert (_mentors_of(service, MENTOR_TRN, PROHIBITED), service.history()) == ([], before)
    assert service.ects_of() == [ect]


def test_mentor_details_follow_the_rules_of_an_ects(service, ect):
    """A corrected name is shown everywhere from now on; the person may reuse their own email."""
    bram = Teacher(BRAM, "Bram Okafor")
    email = Email("bram@example.org")
    service.has_ect(an_ect(teacher=bram, email=email))
    outcome = registers(
        service, ect, trn=str(BRAM), corrected_name="Bram Quinn", email="BRAM@example.org"
    )
    [as_ect] = service.ects_of(BRAM)

    assert (outcome.mentor.teacher.name, outcome.mentor.teacher.trs_name) == (
        "Bram Quinn",
        "Bram Okafor",
    )
    assert as_ect.teacher == outcome.mentor.teacher
