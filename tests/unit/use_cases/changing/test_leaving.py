from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import ECT_TRN, MENTOR_TRN, TERM_STARTS, URN, a_mentorship, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Kind
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.periods.leaving import LEAVING
from ect_registration.use_cases.changing.leaving import report_ect_leaving, report_mentor_leaving
from unit.use_cases.leavers import (
    IN_DECEMBER,
    IN_OCTOBER,
    LAST_POSSIBLE,
    STRANGER,
    ect_leaves,
    ends,
    mentor_leaves,
    the_ect,
    the_mentor,
)
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import OTHER_SCHOOL


def test_an_ect_leaves_with_training_and_mentorship(service, ect):
    """All end on the last day."""
    left = ect_leaves(service, ect, IN_OCTOBER)

    assert (ends(left), the_ect(service)) == ([IN_OCTOBER] * 3, left)


def test_a_last_day_can_be_corrected(service, ect):
    """What ended with the period moves along, both ways."""
    last_days = [
        ends(ect_leaves(service, ect, day)) for day in (IN_DECEMBER, IN_OCTOBER, IN_DECEMBER)
    ]

    assert last_days == [[IN_DECEMBER] * 3, [IN_OCTOBER] * 3, [IN_DECEMBER] * 3]


def test_a_last_day_can_be_withdrawn(service, ect):
    """As if it had never been reported."""
    ect_leaves(service, ect, IN_OCTOBER)
    ect_leaves(service, ect, None)

    assert the_ect(service) == ect


def test_a_last_day_can_be_changed_until_its_end(service, ect):
    """Not on the day after."""
    ect_leaves(service, ect, IN_OCTOBER)
    service.clock.turn_to(IN_OCTOBER)
    on_the_day = ect_leaves(service, ect, IN_OCTOBER)
    service.clock.turn_to(date(2025, 10, 25))
    refused = [ect_leaves(service, ect, day) for day in (None, IN_DECEMBER)]

    assert ([ends(on_the_day)[0]], [(b.rule, b.kind) for b in refused]) == (
        [IN_OCTOBER],
        [(LEAVING, Kind.REFUSED)] * 2,
    )


@pytest.mark.parametrize(
    "day", [date(2025, 8, 31), date(2026, 1, 11)], ids=["before the first day", "too far ahead"]
)
def test_a_last_day_out_of_range_is_invalid(service, ect, mentor, day):
    """Up to four months ahead, and not before the first; of ECTs and mentors."""
    blocked = [ect_leaves(service, ect, day), mentor_leaves(service, mentor, day)]

    assert (
        [(b.rule, b.kind, b.field) for b in blocked],
        the_ect(service),
        the_mentor(service),
    ) == (
        [(LEAVING, Kind.INVALID, "last_day")] * 2,
        ect,
        mentor,
    )


@pytest.mark.parametrize("day", [TERM_STARTS, LAST_POSSIBLE], ids=["the first day", "the latest"])
def test_a_last_day_in_range_is_kept(service, ect, day):
    """Both ends count."""
    assert ends(ect_leaves(service, ect, day)) == [day] * 3


def test_an_earlier_end_of_the_mentorship_stays(service, mentor):
    """It did not end with the period."""
    mentorship = a_mentorship(mentor, period=Period(TERM_STARTS, date(2025, 9, 5)))
    ect = service.has_ect(an_ect(mentorships=(mentorship,)))
    ect_leaves(service, ect, IN_DECEMBER)
    ect_leaves(service, ect, None)

    assert the_ect(service) == ect


def test_what_would_not_have_begun_is_withdrawn(service, mentor):
    """Its row is kept, and stands again when the last day is withdrawn."""
    coming = a_mentorship(mentor, period=Period(date(2025, 11, 1)))
    ect = service.has_ect(an_ect(mentorships=(coming,)))
    ect_leaves(service, ect, IN_OCTOBER)
    [mentorship] = the_ect(service).mentorships
    ect_leaves(service, ect, None)

    assert (mentorship.withdrawn, mentorship.period) == (True, coming.period)
    assert the_ect(service) == ect


def test_a_mentorship_goes_no_further_than_its_mentor(service, ect, mentor):
    """Although the ECT stays after all."""
    ect_leaves(service, ect, IN_OCTOBER)
    mentor_leaves(service, mentor, IN_DECEMBER)
    stays = ect_leaves(service, ect, None)

    assert ends(stays) == [None, None, IN_DECEMBER]


def test_a_last_day_stays_when_somebody_has_been_registered_elsewhere(service):
    """The new school knows best; an earlier last day may still be reported."""
    ect = service.has_ect(an_ect(period=Period(date(2024, 9, 1))))
    service.register(school=str(OTHER_SCHOOL), start_date="2025-10-01")
    refused = [ect_leaves(service, ect, day) for day in (None, date(2025, 10, 1), IN_DECEMBER)]
    earlier = ect_leaves(service, ect, date(2025, 9, 29))

    assert ([(b.rule, b.kind) for b in refused], ends(earlier)) == (
        [(LEAVING, Kind.REFUSED), (LEAVING, Kind.INVALID), (LEAVING, Kind.INVALID)],
        [date(2025, 9, 29)],
    )


def test_an_earlier_period_does_not_count_as_the_next(service):
    """Only what begins later limits a last day."""
    gone = Period(date(2023, 9, 1), date(2024, 7, 31))
    service.has_ect(an_ect(school=OTHER_SCHOOL, period=gone))
    ect = service.has_ect(an_ect())

    assert ends(ect_leaves(service, ect, IN_OCTOBER)) == [IN_OCTOBER]


def test_another_schools_people_read_as_unknown_ones(service, ect, mentor):
    """And nothing is changed."""
    blocked = [
        ect_leaves(service, ect, IN_OCTOBER, STRANGER),
        report_ect_leaving(EctId(uuid4()), IN_OCTOBER, ACTOR, service.ports),
        mentor_leaves(service, mentor, IN_OCTOBER, STRANGER),
        report_mentor_leaving(MentorId(uuid4()), IN_OCTOBER, ACTOR, service.ports),
    ]

    assert (blocked, the_ect(service), the_mentor(service)) == (
        [OWN_SCHOOL_ONLY.refuses()] * 4,
        ect,
        mentor,
    )


def test_every_report_is_a_line_of_history(service, ect, mentor):
    """What it was and what it became."""
    ect_leaves(service, ect, IN_OCTOBER)
    mentor_leaves(service, mentor, IN_OCTOBER)
    ect_leaves(service, ect, None)
    line = Change(
        at=service.clock.now(),
        actor=USER,
        school=URN,
        what=What.ECT_LEAVING,
        rules=("leaving",),
        trn=ECT_TRN,
        about=ect.id,
        before={"finished_on": None},
        after={"finished_on": "2025-10-24"},
    )

    of_mentor = attrs.evolve(line, trn=MENTOR_TRN, about=mentor.id)
    assert [each for each in service.history() if each.what is not What.MENTORSHIP_MOVED] == [
        line,
        attrs.evolve(of_mentor, what=What.MENTOR_LEAVING),
        attrs.evolve(line, before=line.after, after=line.before),
    ]
    told = [each for each in service.history() if each.what is What.MENTORSHIP_MOVED]
    assert told[0] == attrs.evolve(
        of_mentor,
        what=What.MENTORSHIP_MOVED,
        before={"ect": ect.teacher.name, "finished_on": None},
        after={"finished_on": "2025-10-24", "because": "ect-leaving"},
    )


def test_history_says_that_a_mentor_who_was_to_come_will_not(service, ect, mentor):
    """In the history of the ECT, who leaves before, and in that of the mentor."""
    to_come = attrs.evolve(ect.mentorships[0], period=Period(IN_OCTOBER + timedelta(1)))
    service.do(lambda uow: uow.ects.change(ect, attrs.evolve(ect, mentorships=(to_come,))))
    ect_leaves(service, ect, IN_OCTOBER)
    _, cancelled, told = service.history()

    assert (cancelled.about, cancelled.before["mentor"], cancelled.after) == (
        ect.id,
        mentor.teacher.name,
        {"withdrawn": True},
    )
    assert (told.about, told.after["withdrawn"]) == (mentor.id, True)
