"""The registrations that a user may take up again."""

from __future__ import annotations

import attrs
import pytest

from builders import ECT_TRN, URN, a_mentor, a_search, a_teacher, a_teacher_record, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.notice import Role
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.journeys.unfinished import unfinished
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.mentoring import a_school_led_ect
from unit.use_cases.service import ACTOR
from unit.use_cases.town import BRAM, NOBODY, OLD_TRN, OTHER_SCHOOL, RETAINED_TRN
from unit.use_cases.visit import MentorVisit, Visit

COLLEAGUE = Actor("user-2", URN)
SAME_USER_ELSEWHERE = Actor("user-1", OTHER_SCHOOL)


def _listed(service):
    return [(each.journey.id, each.role) for each in unfinished(ACTOR, service.ports)]


def test_unfinished_registrations_are_listed_by_latest_use(service):
    """Those of the user and the school, for each person that was found."""
    bram, asha = Visit.proven(service, trn=BRAM), Visit.proven(service)
    Visit.proven(service, COLLEAGUE, BRAM)
    Visit.proven(service, SAME_USER_ELSEWHERE, BRAM)
    service.clock.wait(minutes=1)
    bram.give("name", name=None)

    assert _listed(service) == [(bram.id, Role.ECT), (asha.id, Role.ECT)]
    assert [each.trn for each in unfinished(ACTOR, service.ports)] == [BRAM, ECT_TRN]


def test_of_one_person_only_the_newest_registration_is_listed(service):
    """The addresses of the others work until they expire."""
    older = Visit.proven(service, trn=BRAM)
    service.clock.wait(minutes=1)
    newest = Visit.proven(service, trn=BRAM)

    assert _listed(service) == [(newest.id, Role.ECT)]
    assert older.at == "name"


@pytest.mark.parametrize("trn", [None, NOBODY])
def test_a_registration_that_found_nobody_is_not_listed(service, trn):
    """Nor is one in which nothing was typed."""
    visit = Visit.begun(service)
    if trn is not None:
        visit.find(trn)

    assert _listed(service) == []
    assert visit.at == "find"


def test_a_registration_is_not_listed_once_the_person_is_registered(service):
    """By a colleague too, or under a TRN that was merged."""
    visit = Visit.proven(service)
    Visit.complete(service, COLLEAGUE).submit()
    Visit.proven(service, trn=RETAINED_TRN)
    before = [each.trn for each in unfinished(ACTOR, service.ports)]
    service.has_ect(an_ect(teacher=a_teacher(trn=OLD_TRN), email=Email("merged@example.org")))
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))

    assert before == [RETAINED_TRN]
    assert _listed(service) == []
    assert visit.look().journey.id == visit.id


def test_a_registration_is_listed_while_the_person_is_registered_elsewhere_or_has_left(service):
    """They may still be registered here."""
    visit = Visit.proven(service, trn=BRAM)
    today = service.clock.today()
    left = an_ect(
        teacher=a_teacher(trn=BRAM),
        email=None,
        period=Period(today.replace(year=today.year - 1), today.replace(month=today.month - 1)),
    )
    service.has_ect(left)

    assert _listed(service) == [(visit.id, Role.ECT)]

    service.do(lambda uow: uow.ects.change(left, attrs.evolve(left, completed=True)))

    assert _listed(service) == []


def test_a_registration_of_a_mentor_is_another_one(service):
    """The same person may be an ECT too; a mentor who is here by now is not listed."""
    ect = service.has_ect(a_school_led_ect())
    as_ect, as_mentor = Visit.proven(service, trn=BRAM), MentorVisit.for_ect(service, ect)
    service.clock.wait(minutes=1)
    as_mentor.find(BRAM)

    assert _listed(service) == [(as_mentor.id, Role.MENTOR), (as_ect.id, Role.ECT)]

    service.has_mentor(a_mentor(teacher=a_teacher(trn=BRAM), email=Email("bram@example.org")))

    assert _listed(service) == [(as_ect.id, Role.ECT)]


@pytest.mark.parametrize("role", Role)
def test_a_registration_of_somebody_whom_trs_refuses_is_not_listed(service, role):
    """No other answer mends that."""
    ect = service.has_ect(a_school_led_ect())
    visit = Visit.begun(service) if role is Role.ECT else MentorVisit.for_ect(service, ect)
    search = a_search(answer=a_teacher_record(trn=BRAM, prohibited=True))

    def prohibit(uow):
        journey = uow.journeys.find(visit.id)
        draft = attrs.evolve(journey.draft, search=search)
        uow.journeys.save(attrs.evolve(journey, draft=draft))

    service.do(prohibit)

    assert _listed(service) == []


def test_registrations_that_are_over_or_submitted_are_not_listed(service):
    """After 24 hours without use, and once there is a confirmation."""
    Visit.proven(service, trn=BRAM)
    Visit.complete(service).submit()
    service.clock.wait(hours=24)

    assert _listed(service) == []


def test_a_discarded_registration_uncovers_the_one_before(service):
    """Each is discarded on its own."""
    older, newest = Visit.proven(service, trn=BRAM), Visit.begun(service)
    service.clock.wait(minutes=1)
    newest.find(BRAM)
    saved_journeys.discard(newest.id, ACTOR, service.ports)

    assert _listed(service) == [(older.id, Role.ECT)]
