from __future__ import annotations

from datetime import date

import attrs
import pytest

from builders import TODAY, URN, a_mentor, a_mentorship, a_teacher, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.search.ect_search import SearchWords
from ect_registration.domain.search.mentor_search import Mentored, MentorStatus, MentorsWanted
from ect_registration.domain.values import Trn
from integration.contracts.steps import OTHER_URN, registered, seen, taken_on

FINISHED = Period(date(2024, 9, 1), date(2025, 7, 1))
NAMES = ("Zoe Long", "émile Abbot", "Ezra O’Neil", "Abe Gone")


def _mentor(number, **changes):
    mentor = a_mentor(
        teacher=a_teacher(trn=Trn(f"{4000000 + number}"), trs_name=NAMES[number]),
        email=Email(f"mentor{number}@example.org"),
        trainings=(),
    )
    return attrs.evolve(mentor, **changes)


@pytest.fixture
def mentors(store):
    """Four at the school, of whom the first by name has left."""
    everybody = [_mentor(0), _mentor(1), _mentor(2), _mentor(3, period=FINISHED)]
    return [taken_on(store, mentor) for mentor in everybody]


def _names(store, typed="", skip=0, most=20, status=None):
    wanted = MentorsWanted(URN, TODAY, SearchWords.parse(typed), status)
    found = seen(store, lambda uow: uow.mentors.look(wanted, skip, most))
    many = sum(found.counts.values()) if status is None else found.counts.get(status, 0)
    return many, [mentor.teacher.name for mentor in found.mentors]


def test_those_who_have_left_come_last_and_the_others_by_name(store, mentors):
    """Neither capitals nor accents matter."""
    assert _names(store) == (4, ["émile Abbot", "Ezra O’Neil", "Zoe Long", "Abe Gone"])


def test_some_of_them_are_found_with_how_many_there_are(store, mentors):
    """A page too far is the last one, full or not."""
    last = (4, ["Zoe Long", "Abe Gone"])

    assert [_names(store, skip=skip, most=2) for skip in (0, 2, 4, 10**9)] == [
        (4, ["émile Abbot", "Ezra O’Neil"]),
        *[last] * 3,
    ]
    assert _names(store, skip=6, most=3) == (4, ["Abe Gone"])
    assert _names(store, "nobody", skip=6, most=3) == (0, [])


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("emile", ["émile Abbot"]),
        ("oneil ezra", ["Ezra O’Neil"]),
        ("zoelong", ["Zoe Long"]),
        ("4000000", ["Zoe Long"]),
        ("%", []),
    ],
)
def test_mentors_are_found_by_words(store, mentors, typed, names):
    """In the name that is shown, or the TRN."""
    assert _names(store, typed)[1] == names


def test_mentors_have_one_status_each(store, mentors):
    """Mentoring, also from a day to come; without ECTs; or left. Every status is counted."""
    zoe, emile, ezra, _ = mentors
    registered(store, an_ect(mentorships=(a_mentorship(zoe, period=Period(date(2026, 1, 5))),)))
    was = a_mentorship(emile, period=Period(date(2025, 9, 1), date(2025, 9, 5)))
    off = a_mentorship(ezra, withdrawn=True)
    ect = an_ect(teacher=a_teacher(trn=Trn("5000000")), email=None, mentorships=(was, off))
    registered(store, ect)

    assert {status: _names(store, status=status) for status in MentorStatus} == {
        MentorStatus.MENTORING: (1, ["Zoe Long"]),
        MentorStatus.NO_ECTS: (2, ["émile Abbot", "Ezra O’Neil"]),
        MentorStatus.LEFT: (1, ["Abe Gone"]),
    }
    assert _names(store, skip=2, most=1, status=MentorStatus.NO_ECTS) == (2, ["Ezra O’Neil"])
    assert _names(store, "nobody", status=MentorStatus.LEFT) == (0, [])


def test_another_schools_mentors_are_not_found(store, mentors):
    """Each school has its own."""
    wanted = MentorsWanted(OTHER_URN, TODAY)

    assert seen(store, lambda uow: list(uow.mentors.look(wanted, 0, 20).mentors)) == []


def test_whom_mentors_mentor_is_told_by_first_day(store, mentors):
    """Before, now and coming, but nothing that was withdrawn."""
    zoe, emile, *_ = mentors
    before = a_mentorship(zoe, period=Period(date(2025, 9, 1), date(2025, 9, 5)))
    coming = a_mentorship(emile, period=Period(date(2026, 1, 5)))
    withdrawn = a_mentorship(zoe, period=Period(date(2025, 10, 1)), withdrawn=True)
    ect = registered(store, an_ect(mentorships=(coming, before, withdrawn)))
    found = seen(store, lambda uow: uow.mentors.mentored_by_any([emile.id, zoe.id]))
    nobody = seen(store, lambda uow: uow.mentors.mentored_by_any([]))

    assert (list(found), list(nobody)) == (
        [
            Mentored(zoe.id, ect.id, ect.teacher, before.period),
            Mentored(emile.id, ect.id, ect.teacher, coming.period),
        ],
        [],
    )
