"""Where several schools came after one, operators say who goes where."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_teacher,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import TrainingId
from ect_registration.domain.records.history import What
from ect_registration.domain.school import SchoolRecords
from ect_registration.domain.values import Trn, Urn
from ect_registration.use_cases.gias.closing import end_school
from ect_registration.use_cases.gias.moving import Moved
from ect_registration.use_cases.gias.moving_some import move_some
from ect_registration.use_cases.operating.person import history_of
from unit.use_cases.extracts import closed_school
from unit.use_cases.service import USER
from unit.use_cases.town import OTHER_SCHOOL


@pytest.fixture
def mentor(service):
    """Somebody who mentors, with training that waits for a partnership."""
    return service.has_mentor(a_mentor(trainings=(a_training(id=TrainingId(uuid4())),)))


@pytest.fixture
def ect(service, mentor):
    """An ECT whom they mentor."""
    return service.has_ect(an_ect(mentorships=(a_mentorship(mentor),)))


def _move(service, *periods, new=OTHER_SCHOOL, **options):
    return move_some([each.id for each in periods], URN, new, USER, service.ports, **options)


def test_those_who_are_named_move_and_history_says_so(service, ect, mentor):
    """Trainings that wait are confirmed by a partnership that is there."""
    partnership = a_partnership(school=OTHER_SCHOOL)
    service.do(lambda uow: uow.partnerships.add(partnership))
    outcome = _move(service, ect, mentor)
    [moved] = service.ects_of()
    with service.store.reading() as uow:
        there = uow.mentors.find(mentor.id)

    assert outcome == Moved(SchoolRecords(ects=1, mentors=1))
    assert (moved.school, there.school) == (OTHER_SCHOOL, OTHER_SCHOOL)
    assert there.trainings[0].delivery_partner == partnership.delivery_partner
    *moved, confirmed = service.history(OTHER_SCHOOL)
    assert [line.what for line in moved][-3:] == [What.SCHOOL_MOVED] * 3
    assert (confirmed.what, confirmed.about) == (What.PARTNERSHIP_REPORTED, mentor.id)


def test_the_move_of_a_person_is_found_by_their_trn(service, ect, mentor):
    """It says from which school to which, beside the history of the two schools."""
    _move(service, ect, mentor)
    people = {ect.teacher.trn: ect.id, mentor.teacher.trn: mentor.id}
    told = {trn: history_of(trn, service.ports)[-1] for trn in people}

    assert {trn: line.about for trn, line in told.items()} == people
    assert {
        (line.what, line.before["school"], line.after["school"]) for line in told.values()
    } == {(What.SCHOOL_MOVED, URN.digits, OTHER_SCHOOL.digits)}


def test_a_dry_run_moves_nobody(service, ect, mentor):
    """It says what would move."""
    outcome = _move(service, ect, mentor, dry_run=True)

    assert outcome == Moved(SchoolRecords(ects=1, mentors=1))
    assert service.ects_of()[0].school == URN


@pytest.mark.parametrize("alone", ["ect", "mentor"])
def test_nobody_is_parted_from_their_mentor(service, ect, mentor, alone):
    """The other one is named, with the id to give as well."""
    goes, stays = (ect, mentor) if alone == "ect" else (mentor, ect)
    outcome = _move(service, goes)

    assert isinstance(outcome, Blocked)
    assert f"{stays.id} ({stays.teacher.name})" in outcome.message


def test_ids_and_schools_that_are_unknown_are_told(service, ect, mentor):
    """Nothing moves."""
    stranger = attrs.evolve(mentor, id=MentorId(uuid4()))
    unknown, nowhere = _move(service, stranger), _move(service, ect, new=Urn("199999"))

    assert isinstance(unknown, Blocked)
    assert isinstance(nowhere, Blocked)
    assert str(stranger.id) in unknown.message
    assert "two schools we know" in nowhere.message


def test_ends_of_the_closing_are_taken_back_from_those_who_are_named(service, ect, mentor):
    """`school-opens-and-closes`: they go on at the other school; who stays behind stays ended."""
    colleague = a_teacher(trn=Trn("3000009"))
    stays = service.has_mentor(
        attrs.evolve(mentor, id=MentorId(uuid4()), teacher=colleague, email=None, trainings=())
    )
    service.do(lambda uow: uow.schools.save(closed_school()))
    end_school(URN, TODAY - timedelta(3), USER, service.ports)
    _move(service, ect, mentor)
    with service.store.reading() as uow:
        moved, there = uow.ects.find(ect.id), uow.mentors.find(mentor.id)
        ended = uow.mentors.find(stays.id)

    assert (moved, there) == tuple(
        attrs.evolve(each, school=OTHER_SCHOOL) for each in (ect, mentor)
    )
    assert ended.period.finished_on == TODAY - timedelta(3)
    assert [e.about for e in service.history() if e.what is What.SCHOOL_CLOSING_TAKEN_BACK] == [
        mentor.id,
        ect.id,
    ]


def _there(service, mentor, first, last=None):
    here = attrs.evolve(mentor, id=MentorId(uuid4()), school=OTHER_SCHOOL, email=None)
    return service.has_mentor(attrs.evolve(here, period=Period(first, last), trainings=()))


def test_of_two_periods_of_a_mentor_the_longer_standing_is_kept(service, ect, mentor):
    """As where a school moves as a whole."""
    there = _there(service, mentor, mentor.period.started_on - timedelta(100))
    _move(service, ect, mentor)
    with service.store.reading() as uow:
        kept, other = uow.mentors.find(there.id), uow.mentors.find(mentor.id)
    [moved] = service.ects_of()

    assert (kept.withdrawn, other.withdrawn) == (False, True)
    assert [m.mentor for m in moved.mentorships if not m.withdrawn] == [there.id]


def test_more_than_two_periods_of_a_mentor_are_left_to_people(service, ect, mentor):
    """Nothing moves."""
    _there(service, mentor, mentor.period.started_on - timedelta(100), TODAY)
    _there(service, mentor, TODAY + timedelta(1))
    outcome = _move(service, ect, mentor)

    assert isinstance(outcome, Blocked)
    assert service.ects_of()[0].school == URN
