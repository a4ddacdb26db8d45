from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs

from builders import (
    TERM_STARTS,
    URN,
    a_mentor,
    a_mentorship,
    a_teacher,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import PersonName, Trn, Urn
from integration.contracts.steps import (
    OTHER_URN,
    adding_ect,
    adding_mentor,
    changing_mentor,
    ids,
    keep,
    outcome,
    registered,
    seen,
    taken_on,
)

LAST_DAY = date(2025, 12, 19)


def _found(store, mentor):
    return seen(store, lambda uow: uow.mentors.find(mentor.id))


def _somebody(number, name="Piers Hallam", **changes):
    return a_mentor(
        teacher=Teacher(Trn(f"400000{number}"), name),
        email=Email(f"mentor{number}@example.org"),
        **changes,
    )


def _mentored(number, mentor, started_on, **changes):
    return an_ect(
        teacher=a_teacher(trn=Trn(f"300000{number}")),
        email=Email(f"ect{number}@example.org"),
        period=Period(started_on),
        mentorships=(a_mentorship(mentor, period=Period(date(2025, 10, 1)), **changes),),
    )


def test_an_unknown_id_finds_nobody(store):
    """Also when there are others."""
    taken_on(store, a_mentor())

    assert seen(store, lambda uow: uow.mentors.find(MentorId(uuid4()))) is None


def test_an_added_period_is_found_as_it_was(store):
    """With its trainings, and the address as it was given."""
    mentor = taken_on(
        store,
        a_mentor(
            teacher=Teacher(Trn("4000001"), "Piers Hallam", PersonName("Piers H")),
            email=Email("Piers.HALLAM@Example.org"),
            period=Period(TERM_STARTS, LAST_DAY),
            trainings=(
                a_training(period=Period(TERM_STARTS, LAST_DAY)),
                a_training(period=Period(date(2026, 1, 5)), withdrawn=True),
            ),
        ),
    )

    assert _found(store, mentor) == mentor
    assert _found(store, mentor).email.address == "Piers.HALLAM@Example.org"


def test_the_periods_of_people_come_oldest_first(store):
    """Of the people with these very TRNs, at any school."""
    later = _somebody(1, period=Period(date(2025, 1, 6)))
    earlier = _somebody(1, school=OTHER_URN, period=Period(date(2023, 9, 1)))
    between = _somebody(2, period=Period(date(2024, 9, 2)))
    keep(store, *map(adding_mentor, (later, between, earlier, _somebody(3))))
    trns = [later.teacher.trn, between.teacher.trn]

    found = seen(store, lambda uow: uow.mentors.of_people(trns))

    assert ids(found) == ids([earlier, between, later])
    assert list(seen(store, lambda uow: uow.mentors.of_people([]))) == []


def test_mentors_are_found_by_their_ids_oldest_first(store):
    """Withdrawn periods and those at other schools as well; unknown ids are left out."""
    later = _somebody(1, period=Period(date(2025, 1, 6)))
    earlier = _somebody(2, school=OTHER_URN, period=Period(date(2023, 9, 1)), withdrawn=True)
    keep(store, *map(adding_mentor, (later, earlier, _somebody(3))))
    wanted = [later.id, earlier.id, MentorId(uuid4())]

    found = seen(store, lambda uow: uow.mentors.with_ids(wanted))

    assert list(found) == [earlier, later]
    assert list(seen(store, lambda uow: uow.mentors.with_ids([]))) == []


def test_a_schools_mentors_come_by_name_then_oldest_first(store):
    """By the name that is shown: a correction counts, the TRS name under it does not."""
    corrected = _somebody(1, "Zoe Abbott")
    corrected = attrs.evolve(
        corrected, teacher=attrs.evolve(corrected.teacher, corrected_name=PersonName("Ada Abbott"))
    )
    returned = _somebody(2, "Noor Baker", period=Period(date(2025, 9, 1)))
    left = _somebody(2, "Noor Baker", period=Period(date(2020, 9, 1), date(2021, 7, 16)))
    last = _somebody(3, "Tom Carr", period=Period(date(2019, 9, 2)))
    elsewhere = _somebody(4, "Bea Adams", school=OTHER_URN)
    keep(store, *map(adding_mentor, (last, returned, left, elsewhere, corrected)))

    found = seen(store, lambda uow: uow.mentors.at_school(URN))

    assert ids(found) == ids([corrected, left, returned, last])


def test_a_school_without_mentors_has_none(store):
    """An empty answer, also for a school that we do not know."""
    assert list(seen(store, lambda uow: uow.mentors.at_school(URN))) == []
    assert list(seen(store, lambda uow: uow.mentors.at_school(Urn("999999")))) == []


def test_the_ects_of_a_mentor_come_oldest_first(store):
    """Each once, others' not, and a withdrawn mentorship does not count."""
    mentor, other = taken_on(store, a_mentor()), taken_on(store, _somebody(1))
    later = _mentored(1, mentor, date(2025, 9, 1))
    earlier = _mentored(2, mentor, date(2024, 9, 2))
    ended, again = (
        attrs.evolve(earlier.mentorships[0], id=a_mentorship(mentor).id, period=period)
        for period in (Period(date(2025, 9, 1), date(2025, 9, 5)), Period(date(2025, 9, 8)))
    )
    earlier = attrs.evolve(earlier, mentorships=(ended, again))
    withdrawn = _mentored(3, mentor, date(2023, 9, 1), withdrawn=True)
    others = _mentored(4, other, date(2023, 9, 1))
    keep(store, *map(adding_ect, (later, earlier, withdrawn, others)))

    found = seen(store, lambda uow: uow.mentors.mentored_by(mentor.id))

    assert list(found) == [earlier, later]


def test_nobody_is_mentored_by_a_new_mentor(store):
    """Nor by one whom we do not know."""
    mentor = taken_on(store, a_mentor())

    assert list(seen(store, lambda uow: uow.mentors.mentored_by(mentor.id))) == []
    assert list(seen(store, lambda uow: uow.mentors.mentored_by(MentorId(uuid4())))) == []


def test_a_change_writes_what_differs(store):
    """Address, period, and a training that ends with it."""
    before = taken_on(store, a_mentor(trainings=(a_training(),)))
    period = Period(TERM_STARTS, LAST_DAY)
    after = attrs.evolve(
        before,
        email=Email("new.address@example.org"),
        period=period,
        trainings=(attrs.evolve(before.trainings[0], period=period),),
    )
    keep(store, changing_mentor(before, after))

    assert _found(store, before) == after


def test_a_change_adds_trainings(store):
    """The first provider-led ECT sets one up."""
    before = taken_on(store, a_mentor())
    after = attrs.evolve(before, trainings=(a_training(),))
    keep(store, changing_mentor(before, after))

    assert _found(store, before) == after


def test_an_id_names_one_period_for_ever(store):
    """A second period with the same id is refused."""
    mentor = taken_on(store, a_mentor())

    assert outcome(store, adding_mentor(_somebody(1, id=mentor.id))) == "conflict"


def test_mentor_periods_of_a_teacher_at_a_school_never_overlap(store):
    """One shared day is refused; the next day, and another school, are free."""
    taken_on(store, a_mentor(period=Period(TERM_STARTS, LAST_DAY)))
    after = LAST_DAY + timedelta(days=1)

    assert outcome(store, adding_mentor(a_mentor(period=Period(LAST_DAY)))) == "conflict"
    assert outcome(store, adding_mentor(a_mentor(period=Period(date(2020, 9, 1))))) == "conflict"
    assert outcome(store, adding_mentor(a_mentor(period=Period(after)))) == "kept"
    assert outcome(store, adding_mentor(a_mentor(school=OTHER_URN))) == "kept"


def test_a_change_never_makes_mentor_periods_overlap(store):
    """Moving a last day into the next period is refused."""
    before = taken_on(store, a_mentor(period=Period(TERM_STARTS, LAST_DAY)))
    taken_on(store, a_mentor(period=Period(date(2026, 1, 5))))
    endless = attrs.evolve(before, period=Period(TERM_STARTS))

    assert outcome(store, changing_mentor(before, endless)) == "conflict"


def test_a_teacher_may_be_ect_and_mentor_at_once(store):
    """At one school, with one address."""
    ect = registered(store, an_ect())
    mentor = a_mentor(teacher=ect.teacher, email=ect.email)

    assert outcome(store, adding_mentor(mentor)) == "kept"


def test_a_mentor_period_needs_a_known_school_and_a_saved_teacher(store):
    """Nothing dangles."""
    nowhere = a_mentor(school=Urn("999999"))
    unsaved = _somebody(1, period=Period(TERM_STARTS, LAST_DAY))

    assert outcome(store, adding_mentor(nowhere)) == "conflict"
    assert outcome(store, lambda uow: uow.mentors.add(unsaved)) == "conflict"
