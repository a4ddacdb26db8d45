"""`ends-keep-their-cause`: a cause that came when a record had ended sooner holds after that."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import (
    LEAD_PROVIDER,
    THIS_YEAR,
    TODAY,
    URN,
    a_mentor,
    a_partnership,
    a_trs_person,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.endings import Cause
from ect_registration.domain.people.training import TrainingState
from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.use_cases.changing.change_documents import change_ect_by
from ect_registration.use_cases.changing.leaving import (
    look_at_ect_leaving,
    report_ect_leaving,
    report_mentor_leaving,
)
from ect_registration.use_cases.changing.undo.undoing import undo_ect
from ect_registration.use_cases.following.refresh import refresh
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.leavers import ect_leaves, mentor_leaves, the_ect, the_mentor
from unit.use_cases.mentoring import a_provider_led_ect, registers
from unit.use_cases.reference_rows import change
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.taking_back.test_undoing import _unread
from unit.use_cases.town import OTHER_SCHOOL

DAY = timedelta(days=1)
YESTERDAY, OCTOBER, NOVEMBER = TODAY - DAY, date(2025, 10, 15), date(2025, 11, 15)
THERE = Actor(USER, OTHER_SCHOOL)
PASSED = {"induction_status": "Passed", "induction_completed_on": TODAY}


def _trs_completes_the_ect(service):
    service.trs_now_says(a_trs_person(**PASSED))
    list(refresh(USER, service.ports))


def test_a_mentor_who_stays_after_all_mentors_no_ect_whom_trs_completed(service):
    """The mentorship had ended by the mentor's leaving when TRS told of the outcome."""
    ect = service.register().ect
    joan = registers(service, ect).mentor
    service.clock.wait(days=2)
    mentor_leaves(service, joan, TODAY + DAY)
    _trs_completes_the_ect(service)
    mentor_leaves(service, joan, None)
    [mentorship] = the_ect(service).mentorships

    assert {end.cause for end in mentorship.ends} == {Cause.COMPLETED}
    assert mentorship.period.finished_on == service.clock.today() - DAY


def test_training_of_an_ect_whom_trs_completed_stays_over_when_they_stay_after_all(service):
    """Their own last day was that of the outcome."""
    ect = service.register().ect
    ect_leaves(service, ect, TODAY)
    _trs_completes_the_ect(service)
    back = ect_leaves(service, ect, None)

    assert (back.period.finished_on, back.training.period.finished_on) == (None, TODAY)


def test_a_mentor_only_here_is_not_open_elsewhere_when_they_stay_there_after_all(service):
    """The last day there had been reported for a day before the first one here."""
    there = service.has_mentor(a_mentor(school=OTHER_SCHOOL, period=Period(date(2024, 9, 1))))
    report_mentor_leaving(there.id, OCTOBER, THERE, service.ports)
    ect = service.has_ect(a_provider_led_ect())
    registers(service, ect, only_here=True, start_date=str(NOVEMBER))
    told = _unread(THERE, service)
    back = report_mentor_leaving(there.id, None, THERE, service.ports)

    assert (told, back.period.finished_on) == ([], NOVEMBER - DAY)


def test_mentor_training_of_an_undone_ect_stays_withdrawn_when_the_mentor_stays(service):
    """The mentor's leaving had withdrawn it before the ECT was undone."""
    ect = service.register(start_date=str(OCTOBER)).ect
    joan = registers(service, ect).mentor
    mentor_leaves(service, joan, TODAY + DAY)
    undo_ect(ect.id, ACTOR, service.ports)
    mentor_leaves(service, joan, None)

    assert {training.withdrawn for training in the_mentor(service).trainings} == {True}


def test_a_last_day_on_the_day_of_the_transfer_is_the_schools_own(service):
    """It stays when the transfer is undone, whichever of them came first."""
    there = service.register(school=str(OTHER_SCHOOL), start_date="2025-09-01").ect
    report_ect_leaving(there.id, OCTOBER - 20 * DAY, THERE, service.ports)
    ect = service.register(start_date=str(OCTOBER)).ect
    report_ect_leaving(there.id, OCTOBER - DAY, THERE, service.ports)
    undo_ect(ect.id, ACTOR, service.ports)

    assert _find(service, there.id).period.finished_on == OCTOBER - DAY


def test_a_start_date_is_not_corrected_into_a_period_that_the_school_had_ended(service):
    """This registration had not ended it, so that its school would not be told."""
    there = service.register(school=str(OTHER_SCHOOL), start_date="2025-09-01").ect
    report_ect_leaving(there.id, OCTOBER - 20 * DAY, THERE, service.ports)
    ect = service.register(start_date=str(OCTOBER)).ect
    report_ect_leaving(there.id, OCTOBER - 2 * DAY, THERE, service.ports)
    document = {"school": str(URN), "start_date": str(OCTOBER - 10 * DAY)}
    outcome = change_ect_by(ect.id, document, USER, service.ports)
    undo_ect(ect.id, ACTOR, service.ports)

    assert outcome.rule.id == "overlaps-previous"
    assert (_unread(THERE, service), _find(service, there.id).ends[0].cause) == (
        [],
        Cause.LEAVING,
    )


@pytest.mark.parametrize("withdraws", [True, False])
def test_what_a_last_day_that_is_withdrawn_brings_back_is_shown_as_it_is_saved(service, withdraws):
    """The partnership ended meanwhile: training goes on as an expression of interest."""
    report_partnership(a_partnership(), USER, service.ports)
    ect = service.register().ect
    service.clock.wait(days=2)
    ect_leaves(service, ect, TODAY + DAY)
    key = {"school": str(URN), "lead_provider": LEAD_PROVIDER, "year": THIS_YEAR.starts_in}
    if withdraws:
        change(service, ReferenceKind.PARTNERSHIPS, key | {"active": False})
    shown = look_at_ect_leaving(ect.id, None, ACTOR, service.ports)
    saved = report_ect_leaving(ect.id, None, ACTOR, service.ports, shown=shown)

    expected = TrainingState.EXPRESSION_OF_INTEREST if withdraws else TrainingState.CONFIRMED
    assert (shown.ect, saved.training.state) == (saved, expected)


def _find(service, id):
    with service.store.reading() as uow:
        return uow.ects.find(id)
