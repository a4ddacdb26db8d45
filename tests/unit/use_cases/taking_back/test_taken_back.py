"""`ends-keep-their-cause`: what comes back when a cause is taken back."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import attrs
import pytest

from builders import (
    ECT_TRN,
    LEAD_PROVIDER,
    MENTOR_TRN,
    THIS_YEAR,
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_teacher,
    a_training,
    a_trs_person,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.endings import Cause
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import TrainingState
from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.domain.rules.periods.leaving import WITHDRAWN
from ect_registration.domain.rules.periods.status import AtSchool, at_school
from ect_registration.domain.values import Trn
from ect_registration.use_cases.changing.leaving import report_ect_leaving, report_mentor_leaving
from ect_registration.use_cases.changing.undo.undoing import undo_ect, undo_mentor
from ect_registration.use_cases.following.refresh import refresh
from ect_registration.use_cases.gias.moving import move_school
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.operating.reports import merges_left
from ect_registration.use_cases.school.mentors_page import mentor_in_detail
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.leavers import IN_OCTOBER, mentor_leaves, the_ect, the_mentor
from unit.use_cases.mentoring import a_provider_led_ect, registers
from unit.use_cases.reference_rows import change
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import OTHER_SCHOOL

KEPT, ANOTHER_ID = Trn("3000002"), MentorId(uuid4())
THERE = Actor(USER, OTHER_SCHOOL)
IN_NOVEMBER = date(2025, 11, 15)
MERGED = (a_trs_person(state="merged", merged_into=KEPT), a_trs_person(trn=KEPT))
PASSED = {"induction_status": "Passed", "induction_completed_on": TODAY}


def _trs_says(service, *people):
    """The next night, TRS says this of these people."""
    service.clock.wait(days=1)
    service.trs_now_says(*people)
    list(refresh(USER, service.ports))


def _a_pair(service, since=date(2025, 9, 1)):
    """One person twice, whom TRS has merged: here with a mentor, and elsewhere since that day."""
    joan = service.has_mentor(a_mentor())
    here = service.has_ect(
        an_ect(mentorships=(a_mentorship(joan),), trainings=(a_training(),), email=None)
    )
    there = service.has_ect(
        an_ect(teacher=a_teacher(trn=KEPT), school=OTHER_SCHOOL, email=None, period=Period(since))
    )
    joans = a_trs_person(trn=MENTOR_TRN, induction_status="Passed")
    _trs_says(service, *MERGED, joans)
    assert len(merges_left(service.ports)) == 1
    return here, there


def test_a_last_day_is_reported_beside_another_record_of_the_same_person(service):
    """It is the day that was reported, and withdrawing it brings everything back."""
    here, _ = _a_pair(service)
    left = report_ect_leaving(here.id, IN_OCTOBER, ACTOR, service.ports)
    back = report_ect_leaving(here.id, None, ACTOR, service.ports)

    assert (left.withdrawn, left.period.finished_on) == (False, IN_OCTOBER)
    assert [end.cause for end in left.ends] == [Cause.LEAVING]
    assert {each.period.finished_on for each in (*left.trainings, *left.mentorships)} == {
        IN_OCTOBER
    }
    assert _days(back) == _days(here)


def test_a_mentors_last_day_is_reported_beside_another_record_here(service):
    """Two mentor records of one person at one school may overlap until operators decide."""
    joan = service.has_mentor(a_mentor(trainings=(a_training(),)))
    service.has_mentor(a_mentor(id=ANOTHER_ID, teacher=a_teacher(trn=KEPT), email=None))
    merged = a_trs_person(trn=MENTOR_TRN, state="merged", merged_into=KEPT)
    _trs_says(service, merged, a_trs_person(trn=KEPT))
    left = mentor_leaves(service, joan, IN_OCTOBER)

    assert (left.withdrawn, left.period.finished_on) == (False, IN_OCTOBER)
    assert _days(mentor_leaves(service, joan, None)) == _days(joan)


def test_the_day_before_the_other_record_begins_is_a_last_day_that_was_reported(service):
    """So mends an operator the pair: undoing the other record leaves it as it is."""
    here, there = _a_pair(service, since=date(2025, 9, 8))
    left = report_ect_leaving(here.id, date(2025, 9, 7), ACTOR, service.ports, any_day=True)
    undo_ect(there.id, THERE, service.ports, any_day=True)

    assert [end.cause for end in left.ends] == [Cause.LEAVING]
    assert the_ect(service) == left


def test_an_induction_that_trs_opens_again_cuts_no_record_of_a_merged_person(service):
    """The pair overlapped before, and is left to operators as it was."""
    here, there = _a_pair(service)
    _trs_says(service, MERGED[0], a_trs_person(trn=KEPT, **PASSED))
    _trs_says(service, *MERGED)

    assert [_days(each) for each in service.ects_of(ECT_TRN, KEPT)] == [_days(here), _days(there)]


def _to_come_and_passed(service):
    """Somebody to come, whom TRS has marked passed before they came."""
    ect = service.register(start_date="2025-10-24").ect
    _trs_says(service, a_trs_person(**PASSED))
    return ect


def test_a_period_that_a_transfer_kept_away_comes_back_when_the_transfer_is_undone(service):
    """TRS had withdrawn it; when it took that back, another school had registered the person."""
    ect = _to_come_and_passed(service)
    service.trs_now_says(a_trs_person())
    there = service.register(school=str(OTHER_SCHOOL), start_date="2025-10-24").ect
    _trs_says(service, a_trs_person())
    kept_away = _find(service, ect.id)
    undo_ect(there.id, THERE, service.ports)

    assert (kept_away.withdrawn, [end.cause for end in kept_away.ends]) == (True, [Cause.TRANSFER])
    assert _days(the_ect(service)) == _days(ect)


def test_a_registration_that_another_cause_withdrew_is_not_undone(service):
    """It is not called undone either: TRS completed it before it began."""
    ect = _to_come_and_passed(service)
    outcome = undo_ect(ect.id, ACTOR, service.ports, any_day=True)
    left = report_ect_leaving(ect.id, IN_OCTOBER, ACTOR, service.ports)

    assert outcome.rule.id == "registered-by-mistake"
    assert (left.rule.id, left.message) == ("leaving", WITHDRAWN)
    assert at_school(_find(service, ect.id), TODAY) is AtSchool.COMPLETED


def test_a_record_that_became_part_of_another_is_not_undone(service):
    """A mentor of two schools that merged has one record, and left the other."""
    here = service.has_mentor(a_mentor(email=None))
    there = attrs.evolve(here, id=ANOTHER_ID, school=OTHER_SCHOOL, period=Period(date(2025, 3, 1)))
    service.has_mentor(there)
    move_school(URN, OTHER_SCHOOL, USER, service.ports)
    outcome = undo_mentor(here.id, THERE, service.ports, any_day=True)
    shown = mentor_in_detail(here.id, OTHER_SCHOOL, service.ports)

    assert outcome.rule.id == "registered-by-mistake"
    assert (shown.is_undone, shown.is_open, shown.can_be_undone) == (False, False, False)


def test_training_that_a_transfer_cut_alone_comes_back_when_it_is_undone(service):
    """The mentor's last day was withdrawn meanwhile; training had ended before the new one."""
    first = Period(date(2024, 9, 1))
    joan = service.has_mentor(
        a_mentor(school=OTHER_SCHOOL, period=first, trainings=(a_training(period=first),))
    )
    report_mentor_leaving(joan.id, date(2025, 10, 15), THERE, service.ports)
    ect = service.has_ect(a_provider_led_ect())
    here = registers(service, ect, only_here=True, start_date=str(IN_NOVEMBER)).mentor
    report_mentor_leaving(joan.id, None, THERE, service.ports)
    undo_mentor(here.id, ACTOR, service.ports)

    assert _days(the_mentor(service)) == _days(joan)


@pytest.mark.parametrize("reported", [False, True])
def test_training_that_goes_on_again_follows_the_partnership_of_now(service, reported):
    """It waits for the lead provider, or is confirmed, as if it had never ended."""
    ect = service.register().ect
    _trs_says(service, a_trs_person(**PASSED))
    if reported:
        report_partnership(a_partnership(), USER, service.ports)
    _trs_says(service, a_trs_person())
    [training] = the_ect(service).trainings

    expected = TrainingState.CONFIRMED if reported else TrainingState.EXPRESSION_OF_INTEREST
    assert (training.id, training.state) == (ect.trainings[0].id, expected)


def test_training_is_not_confirmed_again_by_a_partnership_that_has_ended(service):
    """The ECT comes back from another school; the lead provider has gone meanwhile."""
    report_partnership(a_partnership(), USER, service.ports)
    ect = service.register().ect
    there = service.register(school=str(OTHER_SCHOOL), start_date="2025-09-10").ect
    key = {"school": str(URN), "lead_provider": LEAD_PROVIDER, "year": THIS_YEAR.starts_in}
    change(service, ReferenceKind.PARTNERSHIPS, key | {"active": False})
    undo_ect(there.id, THERE, service.ports)
    [training] = the_ect(service).trainings

    assert ect.training.state is TrainingState.CONFIRMED
    assert training.state is TrainingState.EXPRESSION_OF_INTEREST


def _find(service, id):
    with service.store.reading() as uow:
        return uow.ects.find(id)


def _days(row):
    """The days of a record and its parts, and what ended them."""
    parts = (row, *row.trainings, *getattr(row, "mentorships", ()))
    return [(each.period, each.withdrawn, each.ends) for each in parts]
