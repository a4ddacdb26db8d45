from __future__ import annotations

from datetime import date

from builders import (
    ECT_TRN,
    TERM_STARTS,
    a_mentor,
    a_mentorship,
    a_partnership,
    an_ect,
    school_led,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.use_cases.changing.leaving import report_ect_leaving, report_mentor_leaving
from ect_registration.use_cases.operating.load_world import Loaded
from unit.use_cases.peopled import (
    A_YEAR_AGO,
    a_world_ect,
    a_world_mentor,
    a_world_mentorship,
    load,
)
from unit.use_cases.service import ACTOR
from unit.use_cases.town import OTHER_SCHOOL


def test_loading_again_changes_nothing(service):
    """Not a row, not a line of history."""
    load(service, partnerships=(a_partnership(),))
    before = service.store.state
    again = load(service, partnerships=(a_partnership(),))

    assert (again, service.store.state) == (Loaded(0, 0, 0), before)


def test_a_period_that_exists_is_left_as_it_is(service):
    """Whatever else the world says of it now."""
    load(service)
    before = service.ects_of(ECT_TRN)
    changed = a_world_ect(email=Email("other@example.org"), completed=True, choices=school_led())
    loaded = load(service, ects=(changed,))

    assert (loaded.ects, service.ects_of(ECT_TRN)) == (0, before)


def test_another_first_day_or_school_is_another_period(service):
    """Of the same person."""
    earlier = a_world_ect(period=Period(date(2022, 9, 1), date(2023, 7, 31)))
    elsewhere = a_world_ect(
        school=OTHER_SCHOOL, period=Period(date(2023, 9, 1), date(2024, 7, 31))
    )
    load(service)
    loaded = load(service, ects=(earlier, elsewhere))

    assert (loaded.ects, len(service.ects_of(ECT_TRN))) == (2, 3)


def test_loading_again_after_a_transfer_changes_nothing(service):
    """The mentorship has been cut with the period; it is the same one."""
    load(service)
    service.register(school=str(OTHER_SCHOOL))
    before = service.store.state
    again = load(service)

    assert (again, service.store.state) == (Loaded(0, 0, 0), before)


def test_loading_again_after_somebody_leaves_changes_nothing(service):
    """Neither of the ECT nor of the mentor."""
    load(service)
    [asha] = service.ects_of(ECT_TRN)
    report_ect_leaving(asha.id, date(2025, 12, 19), ACTOR, service.ports)
    report_mentor_leaving(asha.mentorships[0].mentor, date(2025, 10, 1), ACTOR, service.ports)
    before = service.store.state
    again = load(service)

    assert (again, service.store.state) == (Loaded(0, 0, 0), before)


def test_a_mentorship_from_another_day_is_another_one(service):
    """Of the same two people."""
    first = a_world_mentorship(period=Period(date(2024, 9, 1), date(2025, 7, 31)))
    load(service, mentorships=(first,))
    loaded = load(service, mentorships=(first, a_world_mentorship(period=Period(TERM_STARTS))))

    assert (loaded.mentorships, len(service.ects_of(ECT_TRN)[0].mentorships)) == (1, 2)


def test_a_mentorship_at_another_school_is_another_one(service):
    """Withdrawn there when the ECT came here, with a mentor who works at both."""
    mentor = service.has_mentor(a_mentor(school=OTHER_SCHOOL, period=A_YEAR_AGO))
    withdrawn = a_mentorship(mentor, period=Period(TERM_STARTS), withdrawn=True)
    gone = Period(date(2024, 9, 1), date(2025, 8, 31))
    service.has_ect(an_ect(school=OTHER_SCHOOL, period=gone, mentorships=(withdrawn,)))
    now = {"period": Period(TERM_STARTS)}
    loaded = load(
        service,
        ects=(a_world_ect(**now),),
        mentors=(a_world_mentor(**now),),
        mentorships=(a_world_mentorship(**now),),
    )

    assert loaded == Loaded(ects=1, mentors=1, mentorships=1)
