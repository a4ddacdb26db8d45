from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs

from builders import TODAY, URN, a_mentor, a_mentorship, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.use_cases.school.choose_mentor import MentorToChoose, choose_mentor
from unit.use_cases.town import OLD_TRN, OTHER_SCHOOL, RETAINED_TRN

DAY = timedelta(1)
A_YEAR_AGO, IN_OCTOBER = date(2024, 9, 1), date(2025, 10, 24)


def _mentor(service, number, name, *days, **changes):
    mentor = a_mentor(
        teacher=Teacher(Trn(f"200000{number}"), name),
        email=Email(f"mentor{number}@example.org"),
        period=Period(*days or [A_YEAR_AGO]),
    )
    return service.has_mentor(attrs.evolve(mentor, **changes))


def test_existing_or_new_mentor(service):
    """Everybody with an open period here, by name; those to come and to leave are marked."""
    ect = service.has_ect(an_ect())
    tilda = _mentor(service, 1, "Tilda Swan")
    adam = _mentor(service, 2, "Adam Vale", A_YEAR_AGO, TODAY)
    kit = _mentor(service, 3, "Kit Ames", TODAY + DAY, IN_OCTOBER)
    _mentor(service, 4, "Left Yesterday", A_YEAR_AGO, TODAY - DAY)
    _mentor(service, 5, "Other School", school=OTHER_SCHOOL)

    question = choose_mentor(ect.id, URN, service.ports)

    assert (question.ect.id, question.mentors) == (
        ect.id,
        [
            MentorToChoose(adam.id, "Adam Vale", "2000002", None, TODAY),
            MentorToChoose(kit.id, "Kit Ames", "2000003", TODAY + DAY, IN_OCTOBER),
            MentorToChoose(tilda.id, "Tilda Swan", "2000001", None, None),
        ],
    )


def test_nobody_is_offered_themself(service):
    """Not under a TRN that was merged either."""
    ect = service.has_ect(an_ect(teacher=Teacher(OLD_TRN, "Olga Former")))
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))
    _mentor(service, 1, "Olga Latter", teacher=Teacher(RETAINED_TRN, "Olga Latter"))
    tilda = _mentor(service, 2, "Tilda Swan")

    assert _offered(choose_mentor(ect.id, URN, service.ports)) == [tilda.id]


def test_whoever_is_the_mentor_to_the_end_is_not_offered(service):
    """Before a change that is to come the present mentor is: they may stay after all."""
    tilda, adam = _mentor(service, 1, "Tilda Swan"), _mentor(service, 2, "Adam Vale")
    ect = service.has_ect(an_ect(mentorships=(a_mentorship(tilda),)))
    alone = choose_mentor(ect.id, URN, service.ports, replace=True)
    coming = a_mentorship(adam, period=Period(IN_OCTOBER))
    service.do(lambda uow: uow.ects.change(ect, ect.mentored_from_then_on(coming, adam, TODAY)))
    followed = choose_mentor(ect.id, URN, service.ports, replace=True)

    assert (_offered(alone), _offered(followed)) == ([adam.id], [tilda.id])
    assert [each.mentors_them_now for each in followed.mentors] == [True]


def test_each_ect_of_a_mentor_counts_once(service):
    """ECTs whom the mentor has or will have count, and those whom they had do not."""
    tilda, ect = _mentor(service, 1, "Tilda Swan"), service.has_ect(an_ect())
    now, later = Period(A_YEAR_AGO, TODAY), Period(TODAY + DAY)
    for number, days in enumerate([(now, later), (later,), (Period(A_YEAR_AGO, TODAY - DAY),)]):
        mentorships = tuple(a_mentorship(tilda, period=period) for period in days)
        service.has_ect(
            an_ect(
                teacher=Teacher(Trn(f"900000{number}"), f"Ect {number}"),
                email=Email(f"ect{number}@example.org"),
                period=Period(A_YEAR_AGO),
                mentorships=mentorships,
            )
        )

    assert [mentor.ects for mentor in choose_mentor(ect.id, URN, service.ports).mentors] == [2]


def test_an_ect_with_a_mentor_is_not_asked_about_again(service):
    """Unless the mentor is to be changed."""
    ect = service.has_ect(an_ect(mentorships=(a_mentorship(_mentor(service, 1, "Tilda")),)))

    assert choose_mentor(ect.id, URN, service.ports).rule.id == "one-mentor-at-a-time"


def test_an_ect_who_has_left_is_not_asked_about(service):
    """They are supported by nobody here."""
    ect = service.has_ect(an_ect(period=Period(A_YEAR_AGO, TODAY - DAY)))

    assert choose_mentor(ect.id, URN, service.ports).rule.id == "mentor-now-or-later"


def test_another_schools_ect_reads_as_an_unknown_one(service):
    """Down to the last word."""
    theirs = service.has_ect(an_ect(school=OTHER_SCHOOL))
    questions = [choose_mentor(id, URN, service.ports) for id in (theirs.id, EctId(uuid4()))]

    assert questions[0] == questions[1]
    assert questions[0].rule.id == "own-school-only"


def _offered(question):
    return [mentor.id for mentor in question.mentors]
