"""More situations in which a last day may be reported: where there is one already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import attrs

from builders import a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.use_cases.changing.leaving import report_ect_leaving, report_mentor_leaving
from unit.changing.situations import ect_situations, mentor_situations, moving_situations
from unit.changing.situations.situation import A_YEAR_AGO, Situation, a_town
from unit.use_cases.town import OTHER_SCHOOL

FIRST, AUTUMN, DECEMBER = date(2025, 9, 1), date(2025, 9, 30), date(2025, 12, 1)


def _there(here: Situation) -> Situation:
    """As the other school sees it, which a registration here has told of a last day."""
    rows = [*here.state.ects.values(), *here.state.mentors.values()]
    trn = here.row.teacher.trn
    there = next(row for row in rows if (row.teacher.trn, row.school) == (trn, OTHER_SCHOOL))
    return attrs.evolve(here, id=there.id, school=OTHER_SCHOOL)


def transferred_ect() -> Situation:
    """The last day there is the one before the first day here."""
    return _there(moving_situations.transferred())


def transferred_ect_corrected() -> Situation:
    """The other school has made the last day its own."""
    return _there(moving_situations.transferred_and_left_sooner())


def transferred_ect_of_december() -> Situation:
    """The other school had reported a later one."""
    return _there(moving_situations.transferred_before_the_last_day())


def transferred_mentor() -> Situation:
    """Who is only here from then on."""
    return _there(mentor_situations.only_here())


def transferred_mentor_corrected() -> Situation:
    """The other school has made the last day its own."""
    return _there(mentor_situations.only_here_and_left_sooner())


def transferred_mentor_long_ago() -> Situation:
    """The last day there has passed."""
    return _there(mentor_situations.only_here_long_ago())


def _late(days: int) -> Situation:
    """So many days after a last day was reported that had passed."""
    here = ect_situations.mentored()
    report_ect_leaving(here.id, AUTUMN, here.actor, here.service.ports)
    here.service.clock.wait(days=days)
    return here


def reported_late() -> Situation:
    """28 days ago."""
    return _late(28)


def reported_too_late() -> Situation:
    """29 days ago."""
    return _late(29)


def mentor_reported_late() -> Situation:
    """28 days ago; their ECTs go on."""
    here = mentor_situations.of_two_ects()
    report_mentor_leaving(here.id, date(2025, 10, 9), here.actor, here.service.ports)
    here.service.clock.wait(days=28)
    return here


def kept_before_causes_were() -> Situation:
    """With a last day that nobody gave a reason for, and parts that end on it, and sooner."""
    service, period = a_town(), Period(FIRST, DECEMBER)
    mentor = service.has_mentor(a_mentor(period=Period(A_YEAR_AGO)))
    ect: EctAtSchool = an_ect(
        period=period,
        trainings=(a_training(period=period),),
        mentorships=(
            a_mentorship(mentor, period=Period(FIRST, AUTUMN)),
            a_mentorship(mentor, period=Period(date(2025, 10, 24), DECEMBER)),
        ),
    )
    return Situation(service, service.has_ect(ect).id)


SITUATIONS: dict[str, Callable[[], Situation]] = {
    make.__name__.replace("_", " "): make
    for make in (
        transferred_ect,
        transferred_ect_corrected,
        transferred_ect_of_december,
        transferred_mentor,
        transferred_mentor_corrected,
        transferred_mentor_long_ago,
        reported_late,
        reported_too_late,
        mentor_reported_late,
        kept_before_causes_were,
    )
}
