from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import MENTOR_TRN, TODAY, a_mentor
from ect_registration.domain.decisions import Blocked
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from ect_registration.use_cases.registering.outcomes import Assigned, Registered
from unit.use_cases.mentoring import a_provider_led_ect, registers, the_assignment
from unit.use_cases.reference_rows import CLOSED_DAYS, change
from unit.use_cases.service import USER

DAY = timedelta(1)
A_WEEK = timedelta(6)


def _close(service, first: date = TODAY, last: date = TODAY + A_WEEK) -> None:
    change(service, CLOSED_DAYS, {"from": first, "to": last})


@pytest.mark.parametrize(
    ("first", "last"), [(TODAY, TODAY), (TODAY - A_WEEK, TODAY), (TODAY, TODAY + A_WEEK)]
)
def test_no_ect_is_registered_on_a_closed_day(service, first, last):
    """`registration-closed`: TRS is not asked, and the day is named."""
    _close(service, first, last)
    outcome = service.register()

    assert isinstance(outcome, Blocked)
    assert outcome.rule.id == "registration-closed"
    assert outcome.because["opens_on"] == (last + DAY).isoformat()
    assert (service.records.asked, service.ects_of()) == ([], [])


@pytest.mark.parametrize(
    ("first", "last"),
    [(TODAY - A_WEEK, TODAY - DAY), (TODAY + DAY, TODAY + A_WEEK)],
)
def test_on_other_days_ects_are_registered(service, first, last):
    """The day before and the day after."""
    _close(service, first, last)

    assert isinstance(service.register(), Registered)


def test_days_that_are_made_inactive_are_open(service):
    """As soon as it is said."""
    _close(service)
    change(service, CLOSED_DAYS, {"from": TODAY, "active": False})

    assert isinstance(service.register(), Registered)


def test_no_mentor_is_registered_on_a_closed_day(service):
    """The ECT still needs one."""
    ect = service.has_ect(a_provider_led_ect())
    _close(service)
    outcome = registers(service, ect)

    assert isinstance(outcome, Blocked)
    assert (outcome.rule.id, service.records.asked) == ("registration-closed", [])


def test_a_mentor_of_the_school_is_assigned_on_a_closed_day(service):
    """Assigning goes on."""
    ect = service.has_ect(a_provider_led_ect())
    mentor = service.has_mentor(a_mentor())
    _close(service)
    outcome = assign_mentor(the_assignment(ect, mentor), USER, service.ports)

    assert isinstance(outcome, Assigned)
    assert outcome.ect.mentorships[0].mentor_teacher.trn == MENTOR_TRN


def test_what_closes_while_trs_answers_is_closed(service):
    """Decided again in the transaction that writes."""
    service.records.meanwhile = lambda: _close(service)
    outcome = service.register()

    assert isinstance(outcome, Blocked)
    assert (outcome.rule.id, service.ects_of()) == ("registration-closed", [])
