from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from builders import NOW, URN, a_mentor, a_mentorship, a_registration, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.rules.periods.status import Status
from ect_registration.domain.search.ect_needs import Need
from ect_registration.domain.search.ect_search import ShownStatus
from ect_registration.domain.values import Trn
from ect_registration.use_cases.school.ects import list_ects
from ect_registration.use_cases.school.ects_page import every_ect, page_of_ects
from ect_registration.use_cases.school.paging import A_PAGE
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.service import USER
from unit.use_cases.town import OTHER_SCHOOL, UNKNOWN_SCHOOL
from unit.use_cases.visit import Visit

LEFT = Period(date(2024, 9, 1), date(2025, 9, 9))


def _has(service, number, **changes):
    """One of several ECTs, registered that many hours before now."""
    ect = an_ect(
        teacher=Teacher(Trn(f"30000{number:02}"), f"Number {number}"),
        email=Email(f"number{number}@example.org"),
        registration=a_registration(registered_at=NOW - timedelta(hours=number)),
    )
    return service.has_ect(attrs.evolve(ect, **changes))


def _page(service, typed="", status=None, number=1, school=URN):
    return page_of_ects(Actor(USER, school), typed, status, number, service.ports)


def _names(page):
    return [ect.name for ect in page.ects]


@pytest.fixture
def busy(service):
    """Forty-one ECTs who need a mentor, and one of every other status."""
    mentor = service.has_mentor(a_mentor(period=Period(date(2024, 9, 1))))
    _has(service, 1, mentorships=(a_mentorship(mentor),))
    _has(service, 2, period=LEFT)
    _has(service, 3, completed=True)
    for number in range(4, 45):
        _has(service, number)
    return service


@pytest.mark.parametrize("school", [OTHER_SCHOOL, UNKNOWN_SCHOOL])
def test_a_school_without_ects_has_one_empty_page(service, school):
    """Whether it never registered anybody or is unknown to us."""
    page = _page(service, school=school, number=3)

    assert (page.ects, page.everybody, page.found, page.number, page.pages) == ([], 0, 0, 1, 1)


def test_a_page_shows_twenty(busy):
    """In the order of the list of everybody."""
    whole = [ect.name for ect in list_ects(URN, busy.ports)]
    pages = [_page(busy, number=number) for number in (1, 2, 3)]

    assert [_names(page) for page in pages] == [whole[:20], whole[20:40], whole[40:]]
    assert [(page.number, page.pages) for page in pages] == [(1, 3), (2, 3), (3, 3)]
    assert A_PAGE == 20


@pytest.mark.parametrize(("asked_for", "shown"), [(-1, 1), (0, 1), (3, 3), (4, 3), (10**30, 3)])
def test_a_page_that_is_not_there_is_the_nearest(busy, asked_for, shown):
    """Old addresses lead to something sensible."""
    page = _page(busy, number=asked_for)

    assert (page.number, len(page.ects) > 0) == (shown, True)


def test_full_pages_are_not_followed_by_an_empty_one(service):
    """Twenty are one page, twenty-one are two."""
    pages = []
    for number in range(1, 22):
        _has(service, number)
        pages.append(_page(service).pages)

    assert pages[19:] == [1, 2]


def test_everybody_is_counted_by_status(busy):
    """Zero is said too; on whichever page and for whichever filter."""
    counts = {
        ShownStatus.MENTOR_REQUIRED: 41,
        ShownStatus.REGISTERED: 1,
        ShownStatus.COMPLETED: 1,
        ShownStatus.LEFT: 1,
    }

    assert _page(busy, number=2).counts == counts
    assert _page(busy, status=ShownStatus.LEFT).counts == counts
    assert _page(busy, typed="nobody").counts == dict.fromkeys(ShownStatus, 0)


@pytest.mark.parametrize(
    ("status", "names"),
    [
        (ShownStatus.REGISTERED, ["Number 1"]),
        (ShownStatus.LEFT, ["Number 2"]),
        (ShownStatus.COMPLETED, ["Number 3"]),
    ],
)
def test_a_filter_leaves_one_status(busy, status, names):
    """Completed and left ECTs can be found."""
    page = _page(busy, status=status, number=2)

    assert (_names(page), page.found, page.number, page.pages) == (names, 1, 1, 1)


def test_a_filter_has_pages_of_its_own(busy):
    """As many as it needs."""
    page = _page(busy, status=ShownStatus.MENTOR_REQUIRED, number=3)

    assert (_names(page), page.found, page.pages) == (["Number 44"], 41, 3)
    assert page.ects[0].status is Status.MENTOR_REQUIRED


def test_words_and_filter_go_together(busy):
    """The counts are of those with the words."""
    page = _page(busy, typed="4 number", status=ShownStatus.MENTOR_REQUIRED)

    assert _names(page) == [f"Number {n}" for n in (4, 14, 24, 34, 40, 41, 42, 43, 44)]
    assert (page.found, page.everybody) == (9, 9)


def test_the_page_has_what_the_user_may_take_up_again(service):
    """Nobody else's, and nothing that is over."""
    visit = Visit.proven(service)
    Visit.proven(service, Actor("somebody-else", URN))

    assert [each.journey.id for each in _page(service).unfinished] == [visit.id]

    service.clock.wait(hours=24)

    assert list(_page(service).unfinished) == []


def test_the_page_begins_with_what_needs_doing(service):
    """Most urgent first; five are named and the others counted, on the first whole page alone."""
    for number in range(1, 8):
        _has(service, number, period=Period(date(2025, 9, number)))
    _has(service, 20, email=None)
    page = _page(service)
    said = [([ect.name for ect in each.ects], each.more) for each in page.to_do]

    assert [each.need for each in page.to_do] == [Need.MENTOR, Need.EMAIL]
    assert said == [([f"Number {number}" for number in (1, 20, 2, 3, 4)], 3), (["Number 20"], 0)]
    assert page.to_do[0].many == 8
    assert [
        list(other.to_do)
        for other in (
            _page(service, typed="number"),
            _page(service, status=ShownStatus.REGISTERED),
            _page(service, number=2),
            _page(service, school=OTHER_SCHOOL),
        )
    ] == [[], [], [], []]


def test_every_ect_is_all_pages_in_one(busy):
    """With the same words and filter."""
    assert list(every_ect(URN, "", None, busy.ports)) == list(list_ects(URN, busy.ports))
    assert [e.name for e in every_ect(URN, "", ShownStatus.LEFT, busy.ports)] == ["Number 2"]
    assert list(every_ect(URN, "nobody", None, busy.ports)) == []
