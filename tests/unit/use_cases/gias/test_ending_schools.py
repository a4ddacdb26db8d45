"""`school-opens-and-closes`: operators end what is open at a closed school, on a day."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import attrs
import pytest

from builders import TODAY, URN, a_school, a_teacher, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.records.history import What
from ect_registration.domain.school import SchoolStatus
from ect_registration.domain.values import Trn, Urn
from ect_registration.use_cases.changing.beside import write_mentor_and_ects
from ect_registration.use_cases.gias.closing import end_school, take_closing_back
from endings import left_on
from unit.use_cases.service import USER
from unit.use_cases.town import OTHER_SCHOOL

WRONG, RIGHT = TODAY - timedelta(8), TODAY - timedelta(3)
OPENED = TODAY - timedelta(400)


@pytest.fixture(autouse=True)
def closed_school(service):
    """The school has closed, and nobody knows when."""
    school = a_school(status=SchoolStatus.CLOSED, opened_on=OPENED)
    service.do(lambda uow: uow.schools.save(school))


def _end(service, day, urn=URN, **options):
    return end_school(urn, day, USER, service.ports, **options)


def _ect(service, ect):
    with service.store.reading() as uow:
        return uow.ects.find(ect.id)


def _mentor(service, mentor):
    with service.store.reading() as uow:
        return uow.mentors.find(mentor.id)


def _last_days(*records):
    """The last day of the periods of these and of their parts."""
    parts = [
        part
        for record in records
        for part in (record, *record.trainings, *getattr(record, "mentorships", ()))
    ]
    return {part.period.finished_on for part in parts if not part.withdrawn}


def _written(service):
    """The history of the school, as what happened and the last days before and after."""
    return [
        (line.what, line.before["finished_on"], line.after["finished_on"])
        for line in service.history()
    ]


def test_a_school_is_ended_by_hand(service, ect, mentor):
    """Where no closing day is published; a dry run says how many people."""
    assert _end(service, RIGHT, dry_run=True) == 2
    assert _ect(service, ect).period == ect.period
    assert _end(service, RIGHT) == 2
    assert _last_days(_ect(service, ect), _mentor(service, mentor)) == {RIGHT}


def test_ending_on_the_same_day_again_changes_nothing(service, ect, mentor):
    """No record, and no history, on a later day too."""
    _end(service, RIGHT)
    ended, written = _ect(service, ect), service.history()
    service.clock.wait(days=30)

    assert _end(service, RIGHT) == 0
    assert (_ect(service, ect), service.history()) == (ended, written)


@pytest.mark.parametrize(("wrong", "right"), [(WRONG, RIGHT), (RIGHT, WRONG), (WRONG, TODAY)])
def test_a_mistyped_day_is_corrected(service, ect, mentor, wrong, right):
    """To a later day or an earlier one, with training and mentorships; history has both."""
    _end(service, wrong)
    assert _end(service, right, dry_run=True) == 2
    assert _end(service, right) == 2
    ended, left = _ect(service, ect), _mentor(service, mentor)

    assert _last_days(ended, left) == {right}
    assert [end.last_day for end in ended.ends] == [right]
    before, after = wrong.isoformat(), right.isoformat()
    assert _written(service) == [
        (What.SCHOOL_CLOSED, None, before),
        (What.SCHOOL_CLOSED, None, before),
        (What.SCHOOL_CLOSED, before, after),
        (What.SCHOOL_CLOSED, before, after),
    ]


def test_a_day_before_the_first_day_is_corrected(service, ect, mentor):
    """What was withdrawn stands again up to the right day."""
    _end(service, ect.period.started_on - timedelta(30))
    assert _ect(service, ect).withdrawn
    _end(service, RIGHT)
    ended = _ect(service, ect)

    assert (ended.withdrawn, ended.period.finished_on) == (False, RIGHT)
    assert [each.withdrawn for each in ended.mentorships] == [False]


def test_a_reopening_after_a_correction_restores_everything(service, ect, mentor):
    """One cause is taken back, and not the days of both runs."""
    _end(service, WRONG)
    _end(service, RIGHT)
    service.do(lambda uow: take_closing_back(URN, USER, service.ports, uow))

    assert _ect(service, ect).period == ect.period
    assert _mentor(service, mentor).period == mentor.period
    assert _ect(service, ect).mentorships[0].period == ect.mentorships[0].period


def test_an_ect_who_had_left_is_not_touched(service, ect, mentor):
    """A last day before today stays, although it is after the school's last day."""
    left = left_on(ect, TODAY - timedelta(1))
    service.do(lambda uow: uow.ects.change(ect, left))
    ended = _end(service, RIGHT)

    assert _ect(service, ect).period == left.period
    assert _last_days(_mentor(service, mentor)) == {RIGHT}
    assert ended == 2  # the mentor, and the ECT, whose mentor is there no longer than that


def test_mentorships_of_an_ect_who_had_left_end_with_their_mentor(service, ect, mentor):
    """A mentorship lies inside the mentor's period; correcting and taking back move it too."""
    last_day = TODAY - timedelta(1)
    left = left_on(ect, last_day)
    service.do(lambda uow: uow.ects.change(ect, left))
    for day in (WRONG, RIGHT):
        _end(service, day)
        [mentorship] = _ect(service, ect).mentorships
        assert mentorship.period.finished_on == day
    [*_, line] = [line for line in service.history() if line.about == ect.id]
    assert line.before == {"mentor": mentor.teacher.name, "finished_on": WRONG.isoformat()}
    assert line.after == {"finished_on": RIGHT.isoformat()}

    service.do(lambda uow: take_closing_back(URN, USER, service.ports, uow))
    [mentorship] = _ect(service, ect).mentorships
    assert mentorship.period.finished_on == last_day
    [*_, line] = [line for line in service.history() if line.about == ect.id]
    assert (line.what, line.after) == (
        What.SCHOOL_CLOSING_TAKEN_BACK,
        {"finished_on": last_day.isoformat()},
    )


def test_a_mentor_who_had_left_is_not_touched(service, ect, mentor):
    """Their ECT ends, and nothing of the mentor does."""
    left = left_on(mentor, TODAY - timedelta(1))
    alone = ect.mentor_ended(mentor, left.ends[-1])
    service.do(lambda uow: write_mentor_and_ects(mentor, left, [(ect, alone)], uow))

    assert _end(service, RIGHT) == 1
    assert _mentor(service, mentor) == left


def test_somebody_whose_last_day_is_today_ends(service, ect):
    """They are here today."""
    service.do(lambda uow: uow.ects.change(ect, left_on(ect, TODAY)))
    _end(service, RIGHT)

    assert _ect(service, ect).period.finished_on == RIGHT


def test_a_last_day_to_come_that_passes_stays_ended(service, ect, mentor):
    """What was open at the first run ends at the second, too."""
    service.do(lambda uow: uow.ects.change(ect, left_on(ect, TODAY + timedelta(5))))
    _end(service, WRONG)
    service.clock.wait(days=10)

    assert _end(service, WRONG) == 0
    _end(service, RIGHT)
    assert _ect(service, ect).period.finished_on == RIGHT


def test_somebody_ended_although_they_had_left_gets_their_day_back(service, ect):
    """Earlier versions reached periods that had finished: the next run corrects that."""
    left = left_on(ect, WRONG + timedelta(1))
    end = End(Cause.SCHOOL_CLOSED, UUID(int=int(URN.digits)), WRONG, TODAY)
    service.do(lambda uow: uow.ects.change(ect, left.ended(end)))

    assert _end(service, WRONG) == 2  # their mentor ends
    assert _ect(service, ect).period == left.period


def test_somebody_who_came_after_a_run_ends_with_the_next(service, ect, mentor):
    """Those who had ended on that day stay as they are."""
    _end(service, RIGHT)
    colleague = a_teacher(trn=Trn("3000009"))
    other = attrs.evolve(mentor, id=MentorId(uuid4()), teacher=colleague, email=None, trainings=())
    service.has_mentor(other)

    assert _end(service, RIGHT) == 1
    assert _last_days(_mentor(service, other)) == {RIGHT}


def test_a_correction_goes_no_further_than_the_next_school(service, ect, mentor):
    """Another school has registered the ECT by now."""
    _end(service, WRONG)
    there = an_ect(
        id=EctId(uuid4()), school=OTHER_SCHOOL, period=Period(RIGHT - timedelta(1)), mentorships=()
    )
    service.has_ect(there)
    _end(service, RIGHT)

    assert _ect(service, ect).period.finished_on == RIGHT - timedelta(2)
    assert _ect(service, there) == there


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (TODAY + timedelta(1), "Give a day with --on that is not after today, 2025-09-10"),
        (date(2099, 1, 1), "Give a day with --on that is not after today, 2025-09-10"),
        (
            OPENED - timedelta(1),
            f"Give a day with --on that is not before the school opened, {OPENED}",
        ),
    ],
)
def test_a_day_that_cannot_be_right_is_not_valid(service, ect, day, message):
    """A school cannot have had its last day after today, or before it opened."""
    outcome = _end(service, day)

    assert isinstance(outcome, Blocked)
    assert (outcome.kind, outcome.field, outcome.message) == (Kind.INVALID, "on", message)
    assert outcome.rule.id == "school-opens-and-closes"
    assert _ect(service, ect) == ect


@pytest.mark.parametrize(
    ("urn", "rule"),
    [(OTHER_SCHOOL, "school-opens-and-closes"), (Urn("200001"), "own-school-only")],
)
def test_an_open_or_unknown_school_is_not_ended(service, urn, rule):
    """The rule says whether the school is open or unknown."""
    outcome = _end(service, RIGHT, urn)

    assert (isinstance(outcome, Blocked), outcome.rule.id) == (True, rule)
