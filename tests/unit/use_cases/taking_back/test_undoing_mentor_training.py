"""What becomes of a mentor's training when the ECT whose assignment set it up is undone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.teacher import Teacher
from ect_registration.use_cases.changing.change_documents import change_ect_by, change_mentor_by
from ect_registration.use_cases.changing.removing_mentor import remove_mentor
from ect_registration.use_cases.changing.undo.undoing import undo_ect
from ect_registration.use_cases.operating.partnerships import report_partnership
from unit.use_cases.mentoring import assigns, mentors_of, registers
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import BRAM, THIS_YEAR_ONLY

A_YEAR_AGO = date(2024, 9, 1)
SCHOOL_LED = {"programme": "school_led", "lead_provider": None}


def _changes(service, change, row, **keys):
    changed = change(row.id, {"school": str(URN)} | keys, USER, service.ports)
    assert not isinstance(changed, Blocked)


def _standing(service):
    return [t.lead_provider for t in mentors_of(service)[0].trainings if not t.withdrawn]


def _bram(service, **document):
    return service.register(trn=BRAM.digits, email="bram@example.org", **document).ect


@pytest.mark.parametrize("first_day", ["2025-10-03", "2025-11-03"])
def test_it_is_withdrawn_after_the_ects_start_was_corrected(service, first_day):
    """The mentorship moved along; the training began on the day that was given first."""
    ect = service.register(start_date="2025-10-24").ect
    registers(service, ect)
    _changes(service, change_ect_by, ect, start_date=first_day)
    undo_ect(ect.id, ACTOR, service.ports)

    assert _standing(service) == []


@pytest.mark.parametrize("first_day", ["2025-09-05", "2025-09-20"])
def test_it_is_withdrawn_after_the_mentors_start_was_corrected(service, first_day):
    """The training of a new mentor moves along with their first day."""
    ect = service.register().ect
    joan = registers(service, ect).mentor
    _changes(service, change_mentor_by, joan, start_date=first_day)
    undo_ect(ect.id, ACTOR, service.ports)

    assert _standing(service) == []


def test_it_is_withdrawn_though_it_was_set_up_when_the_ect_became_provider_led(service):
    """Days after the mentor was assigned."""
    ect = service.register(**SCHOOL_LED).ect
    registers(service, ect)
    service.clock.wait(days=5)
    _changes(service, change_ect_by, ect, programme="provider_led", lead_provider=LEAD_PROVIDER)
    assert _standing(service) == [LEAD_PROVIDER]
    undo_ect(ect.id, ACTOR, service.ports)

    assert _standing(service) == []


@pytest.mark.parametrize("confirmed", [True, False])
def test_it_is_withdrawn_after_the_mentors_lead_provider_was_changed(service, confirmed):
    """With whichever provider, and whatever of it has taken place."""
    ect = service.register().ect
    joan = registers(service, ect).mentor
    if confirmed:
        report_partnership(a_partnership(), USER, service.ports)
    service.clock.wait(days=5)
    _changes(service, change_mentor_by, joan, lead_provider=THIS_YEAR_ONLY)
    undo_ect(ect.id, ACTOR, service.ports)

    assert _standing(service) == []


def test_it_stays_when_the_mentor_was_in_training_before(service):
    """Also when it has gone on with another lead provider since."""
    report_partnership(a_partnership(), USER, service.ports)
    training = a_training(period=Period(A_YEAR_AGO), delivery_partner=DELIVERY_PARTNER)
    joan = service.has_mentor(a_mentor(period=Period(A_YEAR_AGO), trainings=(training,)))
    ect = service.register().ect
    assigns(service, ect, joan)
    _changes(service, change_mentor_by, joan, lead_provider=THIS_YEAR_ONLY)
    undo_ect(ect.id, ACTOR, service.ports)

    assert _standing(service) == [LEAD_PROVIDER, THIS_YEAR_ONLY]


def test_it_stays_when_an_ect_set_it_up_whom_the_mentor_mentors_no_more(service):
    """The ECT who is undone was given the mentor later, with a training that was there."""
    first = service.register(start_date="2025-10-24").ect
    joan = registers(service, first).mentor
    service.clock.wait(days=1)
    second = _bram(service)
    assigns(service, second, joan)
    remove_mentor(first.id, TODAY + timedelta(1), ACTOR, service.ports)
    undo_ect(second.id, ACTOR, service.ports)

    assert _standing(service) == [LEAD_PROVIDER]


def test_it_is_withdrawn_with_the_first_ect_where_the_others_are_school_led(service):
    """Their assignment sets no training up."""
    led_by_school = _bram(service, **SCHOOL_LED)
    joan = registers(service, led_by_school).mentor
    ect = service.register().ect
    assigns(service, ect, joan)
    assert _standing(service) == [LEAD_PROVIDER]
    undo_ect(ect.id, ACTOR, service.ports)

    assert _standing(service) == []


def test_it_is_withdrawn_when_the_mentor_was_assigned_twice(service):
    """And removed in between."""
    ect = service.register().ect
    joan = registers(service, ect).mentor
    remove_mentor(ect.id, TODAY, ACTOR, service.ports)
    service.clock.wait(days=5)
    assigns(service, ect, joan)
    undo_ect(ect.id, ACTOR, service.ports)

    assert _standing(service) == []


def test_it_is_withdrawn_when_another_ect_was_mentored_before_it_began(service):
    """As mentors have who were brought in, without training."""
    before = Period(A_YEAR_AGO, date(2025, 7, 31))
    joan = service.has_mentor(a_mentor(period=Period(A_YEAR_AGO)))
    bram = an_ect(
        teacher=Teacher(BRAM, "Bram Okafor"),
        email=None,
        period=before,
        trainings=(a_training(period=before),),
        mentorships=(a_mentorship(joan, period=before),),
    )
    service.has_ect(bram)
    ect = service.register().ect
    assigns(service, ect, joan)
    assert _standing(service) == [LEAD_PROVIDER]
    undo_ect(ect.id, ACTOR, service.ports)

    assert _standing(service) == []
