from __future__ import annotations

from datetime import date
from uuid import uuid4

from builders import TERM_STARTS, TODAY, URN, a_change, a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.use_cases.school.ect_details import ect_in_detail
from ect_registration.use_cases.school.ects import summary_of
from unit.use_cases.service import USER
from unit.use_cases.town import OTHER_SCHOOL

SUMMER = Period(TERM_STARTS, date(2025, 9, 5))
NOW_ON = Period(date(2025, 9, 6))


def _details(service, ect):
    return ect_in_detail(ect.id, ect.school, service.ports)


def test_an_ect_is_shown_as_in_the_list(service):
    """And with all that belongs to them."""
    ect = service.register().ect

    assert _details(service, ect).summary == summary_of(ect, TODAY)


def test_trainings_and_mentorships_come_latest_first(service):
    """Without those that were withdrawn."""
    mentor = service.has_mentor(a_mentor())
    trainings = [a_training(period=SUMMER), a_training(period=NOW_ON)]
    mentorships = [a_mentorship(mentor, period=days) for days in (SUMMER, NOW_ON)]
    ect = service.has_ect(
        an_ect(
            trainings=(*trainings, a_training(withdrawn=True)),
            mentorships=(*mentorships, a_mentorship(mentor, withdrawn=True)),
        )
    )
    details = _details(service, ect)

    assert list(details.trainings) == trainings[::-1]
    assert list(details.mentorships) == mentorships[::-1]


def test_the_history_comes_latest_first(service):
    """Who did what, with both sides of it; of this period only."""
    ect = service.register().ect
    later = a_change(about=ect.id, what=What.EMAIL_CHANGED, before={"email": "a@example.org"})
    service.do(lambda uow: uow.history.add([later, a_change(about=uuid4())]))
    history = _details(service, ect).history

    assert [event.what for event in history] == [What.EMAIL_CHANGED, What.ECT_REGISTERED]
    assert (history[0].actor, history[0].at) == (USER, later.at)
    assert (history[0].before, history[0].after) == (later.before, later.after)


def test_nobody_learns_who_works_at_another_school(service):
    """A transfer says that it happened, and no more."""
    ect = service.has_ect(an_ect(school=OTHER_SCHOOL))
    transfer = a_change(about=ect.id, school=OTHER_SCHOOL, what=What.ECT_TRANSFERRED)
    service.do(lambda uow: uow.history.add([transfer]))

    assert _details(service, ect).history[0].actor is None


def test_another_schools_ect_reads_as_an_unknown_one(service):
    """Exactly."""
    ect = service.register().ect
    asked = [(ect.id, OTHER_SCHOOL), (EctId(uuid4()), URN)]
    blocked = [ect_in_detail(id, school, service.ports) for id, school in asked]

    assert blocked == [OWN_SCHOOL_ONLY.refuses()] * 2
