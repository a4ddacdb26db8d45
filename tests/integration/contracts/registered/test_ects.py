from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    NOW,
    TERM_STARTS,
    URN,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_registration,
    a_school,
    a_teacher,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.values import Trn, Urn
from endings import left_on, without_causes
from integration.contracts.steps import (
    OTHER_URN,
    adding_ect,
    changing_ect,
    ids,
    keep,
    registered,
    seen,
    taken_on,
)

LAST_DAY = date(2025, 12, 19)


def _found(store, ect):
    return seen(store, lambda uow: uow.ects.find(ect.id))


def _somebody(number, **changes):
    return an_ect(
        teacher=a_teacher(trn=Trn(f"300000{number}")),
        email=Email(f"ect{number}@example.org"),
        **changes,
    )


def test_an_unknown_id_finds_nobody(store):
    """Also when there are others."""
    registered(store, an_ect())

    assert seen(store, lambda uow: uow.ects.find(EctId(uuid4()))) is None


def test_an_added_period_is_found_as_it_was(store):
    """With its trainings and mentorships, withdrawn ones included."""
    mentor = taken_on(store, a_mentor())
    keep(store, lambda uow: uow.partnerships.add(a_partnership()))
    ect = registered(
        store,
        an_ect(
            period=Period(TERM_STARTS, LAST_DAY),
            trainings=(
                a_training(
                    period=Period(TERM_STARTS, LAST_DAY), delivery_partner=DELIVERY_PARTNER
                ),
                a_training(
                    period=Period(date(2026, 1, 5)),
                    programme=Programme.SCHOOL_LED,
                    lead_provider=None,
                    withdrawn=True,
                ),
            ),
            mentorships=(
                a_mentorship(mentor, period=Period(TERM_STARTS, LAST_DAY)),
                a_mentorship(mentor, period=Period(date(2026, 1, 5)), withdrawn=True),
            ),
        ),
    )

    assert _found(store, ect) == ect


def test_an_address_is_kept_as_it_was_given(store):
    """Compared without case, shown as typed."""
    ect = registered(store, an_ect(email=Email("Asha.MARLOWE@Example.org")))

    assert _found(store, ect).email.address == "Asha.MARLOWE@Example.org"


def test_parts_that_were_never_known_stay_unknown(store):
    """Records brought in may lack a working pattern and choices."""
    ect = an_ect(
        working_pattern=None,
        registration=a_registration(choices=ProgrammeChoices(None, None)),
        completed=True,
    )
    registered(store, ect)

    assert _found(store, ect) == ect


def test_the_periods_of_people_come_oldest_first(store):
    """Of the people with these very TRNs, at any school."""
    later = _somebody(1, period=Period(date(2025, 1, 6), LAST_DAY))
    earlier = _somebody(1, period=Period(date(2023, 9, 1), date(2024, 7, 19)), school=OTHER_URN)
    between = _somebody(2, period=Period(date(2024, 9, 1)))
    stranger = _somebody(3)
    keep(store, *map(adding_ect, (later, earlier, between, stranger)))
    trns = [later.teacher.trn, between.teacher.trn]

    found = seen(store, lambda uow: uow.ects.of_people(trns))

    assert ids(found) == ids([earlier, between, later])


def test_those_known_come_with_their_periods(store):
    """In order of TRN, also who has none; periods oldest first, whosever they are."""
    stranger, nobody = Teacher(Trn("7654321"), "Joan Thackeray"), Trn("7654329")
    ect = registered(store, an_ect())
    keep(store, lambda uow: uow.teachers.save(stranger))
    found = seen(store, lambda uow: uow.ects.known_as([stranger.trn, nobody, ect.teacher.trn]))
    none = seen(store, lambda uow: uow.ects.known_as([]))

    assert (list(found.teachers), list(found.periods)) == ([ect.teacher, stranger], [ect])
    assert found.schools == {ect.school: a_school().name}
    assert (list(none.teachers), list(none.periods), none.schools) == ([], [], {})


@pytest.mark.parametrize("begin", ["reading", "unit_of_work"])
def test_an_ect_is_found_with_every_trn_of_the_person(store, begin):
    """Merges lead to the retained TRN in one step or in several, or there are none."""
    first, second, retained = Trn("7654321"), Trn("7654322"), Trn("7654323")
    ect = registered(store, attrs.evolve(_somebody(1), teacher=Teacher(first, "Joan Thackeray")))
    other = registered(store, _somebody(2))
    keep(store, lambda uow: uow.teachers.merge(first, second))
    keep(store, lambda uow: uow.teachers.merge(second, retained))
    with getattr(store, begin)() as uow:  # the one holds nobody, the other does
        found = uow.ects.find_with_trns(ect.id)
        alone = uow.ects.find_with_trns(other.id)
        nobody = uow.ects.find_with_trns(EctId(uuid4()))

    assert (found[0].id, found[1]) == (ect.id, {first, second, retained})
    assert alone == (other, {other.teacher.trn})
    assert nobody is None


def test_nobody_has_no_periods(store):
    """No TRNs, no periods; a stranger has none either."""
    registered(store, an_ect())

    assert list(seen(store, lambda uow: uow.ects.of_people([]))) == []
    assert list(seen(store, lambda uow: uow.ects.of_people([Trn("9999999")]))) == []


def test_a_schools_ects_come_latest_registration_first(store):
    """Of one moment, the one written later comes first; other schools' stay out."""
    early = _somebody(1, registration=a_registration(registered_at=NOW - timedelta(days=1)))
    first = _somebody(2, registration=a_registration(registered_at=NOW))
    second = _somebody(3, registration=a_registration(registered_at=NOW))
    elsewhere = _somebody(4, school=OTHER_URN)
    keep(store, *map(adding_ect, (first, early, second, elsewhere)))

    assert ids(seen(store, lambda uow: uow.ects.at_school(URN))) == ids([second, first, early])


def test_a_school_without_ects_has_none(store):
    """An empty answer, also for a school that we do not know."""
    assert list(seen(store, lambda uow: uow.ects.at_school(URN))) == []
    assert list(seen(store, lambda uow: uow.ects.at_school(Urn("999999")))) == []


def test_a_change_writes_what_differs(store):
    """Address, period, completed, and a training that ends with the period."""
    before = registered(store, an_ect(trainings=(a_training(),)))
    after = attrs.evolve(
        left_on(before, LAST_DAY),
        email=Email("new.address@example.org"),
        completed=True,
    )
    keep(store, changing_ect(before, after))

    assert _found(store, before) == after


def test_a_change_adds_and_changes_parts(store):
    """One mentorship ends and another begins; nothing is lost."""
    old, new = taken_on(store, a_mentor()), taken_on(store, _second_mentor())
    before = registered(store, an_ect(mentorships=(a_mentorship(old),)))
    ended = attrs.evolve(before.mentorships[0], period=Period(TERM_STARTS, date(2025, 10, 31)))
    begun = a_mentorship(new, period=Period(date(2025, 11, 1)))
    after = attrs.evolve(before, mentorships=(ended, begun))
    keep(store, changing_ect(before, after))

    assert _found(store, before) == after


def _second_mentor():
    return a_mentor(
        teacher=a_teacher(trn=Trn("2000002"), trs_name="Piers Hallam"),
        email=Email("piers.hallam@example.org"),
    )


def test_a_change_leaves_alone_what_does_not_differ(store):
    """What somebody else wrote meanwhile stays."""
    before = registered(store, an_ect())
    completed = attrs.evolve(before, completed=True)
    keep(store, changing_ect(before, completed))
    ended = attrs.evolve(before, period=Period(TERM_STARTS, LAST_DAY))
    keep(store, changing_ect(before, ended))

    assert _found(store, before) == attrs.evolve(ended, completed=True)


def test_a_change_without_a_difference_changes_nothing(store):
    """It is kept all the same."""
    ect = registered(store, an_ect(trainings=(a_training(),)))
    keep(store, changing_ect(ect, ect))

    assert _found(store, ect) == ect


def test_withdrawn_parts_begin_again_outside_the_period(store):
    """A transfer on the first day of training withdraws it, and its days no longer matter."""
    before = registered(store, an_ect(trainings=(a_training(period=Period(date(2025, 11, 3))),)))
    after = left_on(before, date(2025, 10, 31))
    keep(store, changing_ect(before, after))

    assert without_causes(_found(store, before)).trainings == (
        attrs.evolve(before.trainings[0], withdrawn=True),
    )
    assert _found(store, before) == after
