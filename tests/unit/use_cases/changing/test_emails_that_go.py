"""`history`: a record that goes on without its email keeps the address in its history."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import MENTOR_TRN, TODAY, URN, a_mentor, a_trs_person, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.closing import closing_of
from ect_registration.domain.people.endings import End
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import What
from ect_registration.use_cases.changing.change_documents import change_ect_by, change_mentor_by
from ect_registration.use_cases.changing.undo.undoing import undo_ect, undo_mentor
from ect_registration.use_cases.following.refresh import refresh
from ect_registration.use_cases.gias.closing import take_closing_back
from ect_registration.use_cases.gias.moving import move_school
from ect_registration.use_cases.operating.person import history_of
from unit.use_cases.leavers import ect_leaves, mentor_leaves
from unit.use_cases.mentoring import a_provider_led_ect, registers
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import BRAM, OTHER_SCHOOL

DAY = timedelta(1)
ADDRESS = Email("shared@example.org")
LATER = (TODAY + 9 * DAY).isoformat()


def _is_taken(service):
    """Somebody else has the address by now."""
    service.has_ect(an_ect(id=uuid4(), teacher=Teacher(BRAM, "Bram Okafor"), email=ADDRESS))


def _last_day_of_an_ect_withdrawn(service):
    left = service.has_ect(an_ect(email=ADDRESS))
    ect_leaves(service, left, TODAY - DAY)
    _is_taken(service)
    ect_leaves(service, left, None)
    return left


def _last_day_of_a_mentor_withdrawn(service):
    left = service.has_mentor(a_mentor(email=ADDRESS))
    mentor_leaves(service, left, TODAY - DAY)
    _is_taken(service)
    mentor_leaves(service, left, None)
    return left


def _elsewhere(service, row):
    """There since last year."""
    there = attrs.evolve(
        row, id=uuid4(), school=OTHER_SCHOOL, period=Period(date(2024, 9, 1)), email=ADDRESS
    )
    return service.has_ect(there) if hasattr(row, "mentorships") else service.has_mentor(there)


def _transferred_ect(service):
    there = _elsewhere(service, an_ect())
    here = service.register(start_date=TODAY.isoformat()).ect
    _is_taken(service)
    return there, here


def _transferred_mentor(service):
    there = _elsewhere(service, a_mentor())
    ect = service.has_ect(a_provider_led_ect())
    here = registers(service, ect, only_here=True, start_date=TODAY.isoformat()).mentor
    _is_taken(service)
    return there, here


def _registration_of_an_ect_undone(service):
    there, here = _transferred_ect(service)
    undo_ect(here.id, ACTOR, service.ports)
    return there


def _registration_of_a_mentor_undone(service):
    there, here = _transferred_mentor(service)
    undo_mentor(here.id, ACTOR, service.ports)
    return there


def _start_date_of_an_ect_corrected(service):
    there, here = _transferred_ect(service)
    change_ect_by(here.id, {"school": str(URN), "start_date": LATER}, USER, service.ports)
    return there


def _start_date_of_a_mentor_corrected(service):
    there, here = _transferred_mentor(service)
    change_mentor_by(here.id, {"school": str(URN), "start_date": LATER}, USER, service.ports)
    return there


def _ended_by_closing(row):
    closing = closing_of(URN, TODAY)
    return attrs.evolve(row, email=ADDRESS).ended(
        End(closing.cause, closing.by, TODAY - DAY, TODAY)
    )


def _school_of_an_ect_reopened(service):
    ended = service.has_ect(_ended_by_closing(an_ect()))
    _is_taken(service)
    service.do(lambda uow: take_closing_back(URN, USER, service.ports, uow))
    return ended


def _school_of_a_mentor_reopened(service):
    ended = service.has_mentor(_ended_by_closing(a_mentor()))
    _is_taken(service)
    service.do(lambda uow: take_closing_back(URN, USER, service.ports, uow))
    return ended


def _induction_open_again(service):
    to_come = service.has_ect(an_ect(period=Period(TODAY + 30 * DAY), email=ADDRESS))
    passed = {"induction_status": "Passed", "induction_completed_on": TODAY - DAY}
    for facts in (passed, {}):
        service.trs_now_says(a_trs_person(**facts))
        list(refresh(USER, service.ports))
        if facts:
            _is_taken(service)
            service.clock.wait(days=1)
    return to_come


def _two_records_of_a_mentor_became_one(service):
    service.has_mentor(a_mentor(email=None))
    over = Period(date(2024, 9, 1), TODAY - DAY)
    kept = a_mentor(id=MentorId(uuid4()), school=OTHER_SCHOOL, period=over, email=ADDRESS)
    service.has_mentor(kept)
    _is_taken(service)
    move_school(URN, OTHER_SCHOOL, USER, service.ports)
    return kept


@pytest.mark.parametrize(
    ("comes_back", "what"),
    [
        (_last_day_of_an_ect_withdrawn, What.ECT_LEAVING),
        (_last_day_of_a_mentor_withdrawn, What.MENTOR_LEAVING),
        (_registration_of_an_ect_undone, What.ECT_UNDONE),
        (_registration_of_a_mentor_undone, What.MENTOR_UNDONE),
        (_start_date_of_an_ect_corrected, What.DETAILS_CHANGED),
        (_start_date_of_a_mentor_corrected, What.DETAILS_CHANGED),
        (_school_of_an_ect_reopened, What.SCHOOL_CLOSING_TAKEN_BACK),
        (_school_of_a_mentor_reopened, What.SCHOOL_CLOSING_TAKEN_BACK),
        (_induction_open_again, What.ECT_REOPENED),
        (_two_records_of_a_mentor_became_one, What.SCHOOL_MOVED),
    ],
)
def test_history_keeps_the_email_that_a_record_comes_back_without(service, comes_back, what):
    """Another person has the address by now, and the record has none."""
    record = comes_back(service)
    with service.store.reading() as uow:
        rows = uow.mentors if record.teacher.trn == MENTOR_TRN else uow.ects
        assert rows.find(record.id).email is None
    lines = history_of(record.teacher.trn, service.ports)
    [*_, line] = [line for line in lines if line.about == record.id]

    assert line.what is what
    assert (line.before["email"], line.after["email"]) == (ADDRESS.address, None)
