from __future__ import annotations

import pytest

from builders import ECT_TRN, MENTOR_TRN, a_mentor, a_mentorship, a_teacher, an_ect
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import PersonName, Trn
from integration.contracts.steps import keep, outcome, registered, seen, taken_on

FIRST, SECOND, THIRD, STRANGER = (Trn(f"500000{number}") for number in range(1, 5))


def _known_as(store, *trns):
    return list(seen(store, lambda uow: uow.teachers.known_as(trns)))


def _saving(*trns):
    return lambda uow: [uow.teachers.save(Teacher(trn, f"Teacher {trn}")) for trn in trns]


def _merging(old, retained):
    return lambda uow: uow.teachers.merge(old, retained)


def test_a_saved_teacher_is_known(empty_store):
    """With both names."""
    teacher = a_teacher(corrected_name=PersonName("Asha Marlowe-Quinn"))
    keep(empty_store, lambda uow: uow.teachers.save(teacher))

    assert _known_as(empty_store, ECT_TRN) == [teacher]


def test_nobody_is_known_under_a_strangers_trn(empty_store):
    """Nor under no TRN at all."""
    keep(empty_store, _saving(FIRST))

    assert _known_as(empty_store, STRANGER) == []
    assert _known_as(empty_store) == []


def test_teachers_come_in_order_of_trn(empty_store):
    """Whatever the order of asking and writing."""
    keep(empty_store, _saving(THIRD, FIRST, SECOND))

    assert [t.trn for t in _known_as(empty_store, THIRD, FIRST, SECOND)] == [FIRST, SECOND, THIRD]


def test_saving_a_teacher_again_sets_the_names(empty_store):
    """The latest correction wins, and confirming clears it."""
    corrected = a_teacher(corrected_name=PersonName("Asha M"))
    confirmed = a_teacher(trs_name="Asha Quinn")
    keep(empty_store, lambda uow: uow.teachers.save(corrected))
    keep(empty_store, lambda uow: uow.teachers.save(confirmed))

    assert _known_as(empty_store, ECT_TRN) == [confirmed]


def test_a_teacher_without_a_name_in_trs_has_a_corrected_one(empty_store):
    """And the other way round: one of the two is always there."""
    teacher = Teacher(FIRST, "", PersonName("Asha Quinn"))

    assert outcome(empty_store, lambda uow: uow.teachers.save(teacher)) == "kept"
    assert _known_as(empty_store, FIRST) == [teacher]


@pytest.mark.parametrize("name", ["", "x" * 501])
def test_a_teacher_whom_no_list_could_show_is_not_kept(empty_store, name):
    """Without any name, or with one that is too long to keep."""
    teacher = Teacher(FIRST, name)

    assert outcome(empty_store, lambda uow: uow.teachers.save(teacher)) == "conflict"


def test_a_new_name_shows_at_every_school(store):
    """On periods and mentorships written before, too."""
    mentor = taken_on(store, a_mentor())
    ect = registered(store, an_ect(mentorships=(a_mentorship(mentor),)))
    keep(
        store,
        lambda uow: uow.teachers.save(Teacher(ECT_TRN, "Asha Quinn")),
        lambda uow: uow.teachers.save(Teacher(MENTOR_TRN, "Joan Thackeray", PersonName("Jo T"))),
    )

    found = seen(store, lambda uow: uow.ects.find(ect.id))
    names = [found.teacher.name, found.mentorships[0].mentor_teacher.name]

    assert names == ["Asha Quinn", "Jo T"]
    assert seen(store, lambda uow: uow.mentors.find(mentor.id)).teacher.name == "Jo T"


def test_a_merged_teacher_is_known_under_the_retained_trn(empty_store):
    """And found under either."""
    keep(empty_store, _saving(FIRST), _merging(FIRST, SECOND))
    moved = [Teacher(SECOND, f"Teacher {FIRST}")]

    assert _known_as(empty_store, FIRST) == moved
    assert _known_as(empty_store, SECOND) == moved


def test_periods_and_mentorships_follow_a_merge(store):
    """Nothing is left behind under the old TRN."""
    mentor = taken_on(store, a_mentor())
    ect = registered(store, an_ect(mentorships=(a_mentorship(mentor),)))
    keep(store, _merging(ECT_TRN, FIRST), _merging(MENTOR_TRN, SECOND))

    found = seen(store, lambda uow: uow.ects.find(ect.id))

    assert (found.teacher.trn, found.mentorships[0].mentor_teacher.trn) == (FIRST, SECOND)
    assert list(seen(store, lambda uow: uow.ects.of_people([FIRST]))) == [found]
    assert list(seen(store, lambda uow: uow.ects.of_people([ECT_TRN]))) == []
    assert [m.id for m in seen(store, lambda uow: uow.mentors.of_people([SECOND]))] == [mentor.id]


def test_known_under_both_trns_nothing_moves(empty_store):
    """Both are one person now, and both are found under either."""
    keep(empty_store, _saving(FIRST, SECOND), _merging(FIRST, SECOND))

    assert [t.trn for t in _known_as(empty_store, FIRST)] == [FIRST, SECOND]
    assert [t.trn for t in _known_as(empty_store, SECOND)] == [FIRST, SECOND]


def test_merging_again_changes_nothing(empty_store):
    """A lookup may be repeated."""
    keep(empty_store, _saving(FIRST), _merging(FIRST, SECOND))

    assert outcome(empty_store, _merging(FIRST, SECOND)) == "kept"
    assert [t.trn for t in _known_as(empty_store, FIRST)] == [SECOND]


def test_a_merge_may_come_before_the_teacher(empty_store):
    """Nobody has to be known yet for a TRN to be an alias."""
    keep(empty_store, _merging(FIRST, SECOND))
    keep(empty_store, _saving(SECOND))

    assert [t.trn for t in _known_as(empty_store, FIRST)] == [SECOND]


def test_a_chain_of_merges_leads_to_one_person(empty_store):
    """First into second, later second into third."""
    keep(empty_store, _saving(FIRST), _merging(FIRST, SECOND))
    keep(empty_store, _merging(SECOND, THIRD))

    assert [t.trn for t in _known_as(empty_store, FIRST)] == [THIRD]
    assert [t.trn for t in _known_as(empty_store, THIRD)] == [THIRD]


def test_a_trn_that_trs_now_merges_elsewhere_belongs_to_the_same_person(empty_store):
    """First into second; later TRS says first into third, having merged second as well."""
    keep(empty_store, _saving(FIRST, THIRD), _merging(FIRST, SECOND))
    keep(empty_store, _merging(FIRST, THIRD))

    assert [t.trn for t in _known_as(empty_store, FIRST)] == [SECOND, THIRD]
    assert [t.trn for t in _known_as(empty_store, SECOND)] == [SECOND, THIRD]
