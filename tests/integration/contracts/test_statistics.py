"""What every store counts for statistics."""

from __future__ import annotations

from datetime import date

import attrs

from builders import (
    ECT_TRN,
    MENTOR_TRN,
    NOW,
    THIS_YEAR,
    URN,
    a_mentor,
    a_mentorship,
    a_registration,
    a_school,
    a_training,
    an_ect,
    choices,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.funding import Funding
from ect_registration.domain.people.teacher import InductionStatus, Teacher, TrsFacts
from ect_registration.domain.people.training import Programme
from ect_registration.domain.statistics.counting import Area
from ect_registration.domain.values import Trn
from integration.contracts.steps import OTHER_URN, adding_ect, adding_mentor, keep, seen

LONDON = {
    "region": "London",
    "local_authority": "Camden",
    "la_code": "202",
    "new_la_code": "E09000007",
}
AREA = Area("London", "E12000007", "Camden", "202", "E09000007")
OTHER_TRN = Trn("1000002")


def saving(**changes):
    """Save a school."""
    return lambda uow: uow.schools.save(a_school(**changes))


def counted_in(store, year=THIS_YEAR):
    """The ECTs of a year, those of the first area first."""
    found = seen(store, lambda uow: uow.statistics.ects_of(year))
    return sorted(found, key=lambda ect: (ect.area != AREA, len(ect.mentors)))


def another(trn=OTHER_TRN, **changes):
    """Another ECT, with an address of their own."""
    teacher = Teacher(trn, "Omar Haddad")
    return an_ect(teacher=teacher, email=Email(f"{trn}@example.org"), **changes)


def test_areas_are_those_of_schools_in_england(store):
    """Each with the number of its schools."""
    keep(store, saving(**LONDON), saving(urn=OTHER_URN, in_england=False))

    assert seen(store, lambda uow: uow.statistics.areas()) == {AREA: 1}


def test_an_ect_counts_once_at_the_latest_school_of_the_year(store):
    """A transfer counts where it went, and the next year not at all."""
    first = an_ect(period=Period(date(2025, 9, 1), date(2026, 3, 31)))
    then = an_ect(school=OTHER_URN, period=Period(date(2026, 4, 1), date(2026, 8, 31)))
    next_year = an_ect(
        school=OTHER_URN,
        period=Period(date(2026, 9, 1)),
        registration=a_registration(expected_training_start_year=THIS_YEAR.plus(1)),
    )
    keep(store, saving(urn=OTHER_URN, name="Fenwick Academy", **LONDON))
    keep(store, *(adding_ect(ect) for ect in (first, then, next_year)))

    assert [ect.area for ect in counted_in(store)] == [AREA]
    assert counted_in(store, THIS_YEAR.plus(1)) == []


def test_programme_pattern_and_mentors_are_those_at_the_end_of_the_year(store):
    """What begins later, or was withdrawn, does not count."""
    mentor, later, never = (
        a_mentor(
            teacher=Teacher(Trn(f"200000{number}"), f"Mentor {number}"),
            email=Email(f"mentor{number}@example.org"),
        )
        for number in (1, 2, 3)
    )
    ect = an_ect(
        trainings=(
            a_training(period=Period(date(2025, 9, 1), date(2025, 12, 31))),
            a_training(
                period=Period(date(2026, 1, 1), date(2026, 8, 31)),
                programme=Programme.SCHOOL_LED,
                lead_provider=None,
            ),
            a_training(period=Period(date(2026, 9, 1))),
        ),
        mentorships=(
            a_mentorship(mentor, period=Period(date(2025, 9, 1), date(2026, 8, 31))),
            a_mentorship(later, period=Period(date(2026, 9, 1))),
            a_mentorship(never, withdrawn=True),
        ),
    )
    unknown = another(
        working_pattern=None,
        registration=a_registration(choices=choices(programme=None, lead_provider=None)),
    )
    keep(store, *(adding_mentor(each) for each in (mentor, later, never)))
    keep(store, adding_ect(ect), adding_ect(unknown))
    without, mentored = counted_in(store)

    assert (mentored.programme, mentored.working_pattern) == (
        Programme.SCHOOL_LED,
        WorkingPattern.FULL_TIME,
    )
    assert mentored.mentors == {"2000001"}
    assert (without.programme, without.working_pattern) == (None, None)
    assert without.mentors == frozenset()


def test_merged_trns_are_one_person(store):
    """An ECT known under two TRNs counts once, and so does a mentor."""
    old, retained = an_ect(period=Period(date(2025, 9, 1), date(2025, 12, 31))), another()
    retained = another(school=OTHER_URN, period=Period(date(2026, 1, 1)))
    keep(store, adding_ect(old), adding_ect(retained))
    separate = len(counted_in(store))
    keep(store, lambda uow: uow.teachers.merge(ECT_TRN, OTHER_TRN))

    assert (separate, len(counted_in(store))) == (2, 1)


def test_a_school_outside_england_is_not_counted(store):
    """Its records were brought in from elsewhere."""
    keep(store, adding_ect(an_ect()))
    before = len(counted_in(store))
    keep(store, saving(urn=URN, in_england=False))

    assert (before, counted_in(store)) == (1, [])


def test_mentors_are_people(store):
    """Two periods of one mentor are one person."""
    mentor = a_mentor()
    ects = (
        an_ect(mentorships=(a_mentorship(mentor),)),
        another(mentorships=(a_mentorship(mentor),)),
    )
    keep(store, adding_mentor(mentor), *(adding_ect(ect) for ect in ects))

    assert [ect.mentors for ect in counted_in(store)] == [{MENTOR_TRN.digits}] * 2


def test_what_was_withdrawn_counts_for_nothing(store):
    """An undone registration neither counts nor says in which year its person counts."""
    undone = an_ect(
        withdrawn=True,
        registration=a_registration(expected_training_start_year=THIS_YEAR.plus(-1)),
    )
    keep(store, adding_ect(undone), adding_ect(an_ect()))

    assert len(counted_in(store)) == 1
    assert counted_in(store, THIS_YEAR.plus(-1)) == []


def test_eligibility_for_funding_is_what_trs_said_last(store):
    """Not known of somebody whom nobody has looked up."""
    facts = TrsFacts(has_qts=True, induction=InductionStatus.IN_PROGRESS, seen_at=NOW)
    looked_up = an_ect(teacher=attrs.evolve(an_ect().teacher, facts=facts))
    keep(store, adding_ect(looked_up), adding_ect(another()))

    assert {ect.funding for ect in counted_in(store)} == {Funding.YES, Funding.NOT_KNOWN}
