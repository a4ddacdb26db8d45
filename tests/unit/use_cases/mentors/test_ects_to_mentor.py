"""Registering a mentor from the mentors page: which ECTs there are to choose from."""

from __future__ import annotations

from datetime import date, timedelta

from builders import TODAY, URN, a_mentor, a_mentorship, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.use_cases.school.ects_to_mentor import ects_to_mentor
from unit.use_cases.town import OTHER_SCHOOL

YESTERDAY = TODAY - timedelta(days=1)


def _ect(service, number, name="", **changes):
    teacher = Teacher(Trn(f"{3000000 + number}"), name or f"Teacher {number}")
    return service.has_ect(
        an_ect(teacher=teacher, email=Email(f"ect{number}@example.org"), **changes)
    )


def test_those_in_progress_are_offered_and_those_without_a_mentor_first(service):
    """Not those who left or completed, nor another school's."""
    joan = service.has_mentor(a_mentor())
    mentored = _ect(service, 1, mentorships=(a_mentorship(joan),))
    waiting = _ect(service, 2)
    _ect(service, 3, completed=True)
    _ect(service, 4, period=Period(date(2024, 9, 1), YESTERDAY), trainings=())
    _ect(service, 5, school=OTHER_SCHOOL)
    page = ects_to_mentor(URN, "", 1, service.ports)

    assert [ect.id for ect in page.ects] == [waiting.id, mentored.id]
    assert [ect.mentor for ect in page.ects] == [None, "Joan Thackeray"]
    assert (page.found, page.number, page.pages) == (2, 1, 1)


def test_twenty_stand_on_a_page_and_a_search_finds_one(service):
    """A page number past the end is the last page."""
    for number in range(21):
        _ect(service, number, f"Teacher {number:02}")
    first, last = (ects_to_mentor(URN, "", number, service.ports) for number in (1, 9))
    found = ects_to_mentor(URN, "teacher 07", 1, service.ports)

    assert (len(first.ects), len(last.ects), last.number, last.pages) == (20, 1, 2, 2)
    assert [ect.name for ect in found.ects] == ["Teacher 07"]


def test_a_school_without_ects_has_nobody_to_offer(service):
    """One empty page."""
    page = ects_to_mentor(URN, "", 1, service.ports)

    assert (page.ects, page.found, page.number, page.pages) == ([], 0, 1, 1)
