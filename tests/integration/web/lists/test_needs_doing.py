"""What the ECTs page says that a school should do, and the page of somebody without a mentor."""

from __future__ import annotations

import re
from datetime import date

import attrs
import pytest

from builders import LEAD_PROVIDER, TODAY, a_mentor, a_mentorship, a_training
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from integration.web.changes.test_leaving import _confirm, _post
from integration.web.school import School, somebody, text_of

SEPTEMBER, OCTOBER, JANUARY = date(2025, 9, 1), date(2025, 10, 17), date(2026, 1, 5)


@pytest.fixture
def school() -> School:
    """Nobody is registered yet."""
    return School.of()


def _tasks(school, query=""):
    page = school.user().get(f"/school/ects{query}").text
    section = page.partition('<section class="app-tasks"')[2].partition("</section>")[0]
    return [
        (" ".join(re.sub("<[^>]*>", "", item).split()), re.findall('href="([^"]*)"', item))
        for item in section.split("<li>")[1:]
    ]


def test_nothing_to_do_is_not_said(school):
    """The list is not there."""
    mentor = school.has_mentor(a_mentor())
    school.has(somebody(1, mentorships=(a_mentorship(mentor),)))

    assert _tasks(school) == []
    assert "What you need to do" not in school.user().get("/school/ects").text


def test_each_thing_to_do_is_a_sentence_with_one_link(school):
    """Most urgent first."""
    mentor = school.has_mentor(a_mentor())
    needs, gap, late = somebody(1, "Asha"), somebody(2, "Bram"), somebody(3, "Cleo")
    ends = a_mentorship(mentor, period=Period(SEPTEMBER, OCTOBER))
    begins = a_mentorship(mentor, period=Period(JANUARY))
    school.has(
        needs,
        somebody(2, "Bram", id=gap.id, mentorships=(ends, begins)),
        somebody(
            3,
            "Cleo",
            id=late.id,
            mentorships=(a_mentorship(mentor),),
            trainings=(a_training(period=Period(SEPTEMBER)),),
        ),
    )

    started = "1 September 2025"

    assert _tasks(school) == [
        ("Assign a mentor to Asha", [f"/school/ects/{needs.id}/mentor"]),
        (
            "Bram has no mentor from 18 October 2025 to 4 January 2026",
            [f"/school/ects/{gap.id}"],
        ),
        (
            f"Ask {LEAD_PROVIDER} to confirm the training of Cleo, which started on {started}",
            [f"/school/ects/{late.id}"],
        ),
    ]
    assert _tasks(school, "?search=asha") == []


def test_five_of_a_kind_are_named_and_the_others_counted(school):
    """With a way to see them."""
    school.has(*(somebody(number) for number in range(1, 9)))
    *named, (others, ways) = _tasks(school)

    assert len(named) == 5
    assert (others, ways) == (
        "See 3 other ECTs who need a mentor",
        ["/school/ects?status=mentor_required"],
    )


def test_a_mentor_without_an_email_address_is_among_what_needs_doing(school):
    """The line leads to the question; with an address it is gone."""
    joan = school.has_mentor(a_mentor(email=None))
    user, address = school.user(), f"/school/mentors/{joan.id}/change/email"

    assert _tasks(school) == [
        ("Add an email address for Joan Thackeray, who is a mentor", [address])
    ]

    _confirm(user, _post(user, address, email="joan@example.org"))

    assert _tasks(school) == []


def test_five_mentors_without_an_email_address_are_named_and_the_others_counted(school):
    """The others are found on the mentors page."""
    for number in range(1, 8):
        teacher = Teacher(Trn(f"700000{number}"), f"Mentor {number}")
        school.has_mentor(a_mentor(teacher=teacher, email=None))
        if number in {6, 7}:
            last, ways = _tasks(school)[-1]
            others = "1 other mentor" if number == 6 else "2 other mentors"
            assert last == f"See {others} without an email address"
            assert (len(_tasks(school)), ways) == (6, ["/school/mentors"])


def test_others_with_a_need_of_either_status_are_found_in_the_whole_list(school):
    """Whoever has no address may need a mentor, too."""
    school.has(*(attrs.evolve(somebody(number), email=None) for number in range(1, 8)))

    assert _tasks(school)[-1] == (
        "See 2 other ECTs without an email address",
        ["/school/ects"],
    )


@pytest.mark.parametrize(
    ("mentored", "days"),
    [
        ([Period(SEPTEMBER, TODAY)], "No mentor from 11 September 2025"),
        ([Period(date(2025, 9, 11))], "No mentor on 10 September 2025"),
        (
            [Period(SEPTEMBER, OCTOBER), Period(JANUARY)],
            "No mentor from 18 October 2025 to 4 January 2026",
        ),
        (
            [Period(date(2025, 9, 11), OCTOBER)],
            "No mentor on 10 September 2025 and from 18 October 2025",
        ),
    ],
)
def test_registered_says_on_which_days_there_is_no_mentor(school, mentored, days):
    """In the list, on the page and in the file."""
    mentor = school.has_mentor(a_mentor())
    ect = somebody(1, mentorships=tuple(a_mentorship(mentor, period=p) for p in mentored))
    school.has(ect)
    user = school.user()
    pages = [text_of(user.get(f"/school/ects{path}").text) for path in ("", f"/{ect.id}")]

    assert [("Registered" in page, days in page) for page in pages] == [(True, True)] * 2
    assert days.removeprefix("No mentor ") in user.get("/school/ects.csv").text


def test_back_from_a_mentor_leads_to_the_ect(school):
    """Where the user came from there; otherwise to the list, with its search."""
    mentor = school.has_mentor(a_mentor())
    ect = somebody(1, mentorships=(a_mentorship(mentor),))
    school.has(ect)
    user, address = school.user(), f"/school/mentors/{mentor.id}"
    shown = user.get(f"/school/ects/{ect.id}").text

    assert f'href="{address}?ect={ect.id}"' in shown
    for query, back in (
        (f"?ect={ect.id}", f"/school/ects/{ect.id}"),
        ("?search=joan&status=mentoring", "/school/mentors?search=joan&amp;status=mentoring"),
        ("?ect=//example.org", "/school/mentors"),
        ("", "/school/mentors"),
    ):
        assert f'href="{back}" class="govuk-back-link"' in user.get(f"{address}{query}").text
