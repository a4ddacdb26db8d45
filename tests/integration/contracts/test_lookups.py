"""What operators look for is found whatever its school, in every store alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from builders import ECT_TRN, MENTOR_TRN, NOW, URN, a_change, a_mentor, a_school, a_teacher, an_ect
from ect_registration.domain.email import Email
from ect_registration.domain.records.history import What
from ect_registration.domain.search.ect_search import SearchWords
from ect_registration.domain.values import PersonName, Trn, Urn
from integration.contracts.steps import OTHER_URN, keep, registered, seen, taken_on

OLD, KEPT = Trn("3000001"), Trn("3000002")


@pytest.fixture
def peopled(store):
    """An ECT and a mentor at two schools, and somebody whose corrected name has an accent."""
    registered(store, an_ect())
    taken_on(store, a_mentor(school=OTHER_URN))
    zoe = a_teacher(trn=KEPT, trs_name="Zoe Quill", corrected_name=PersonName("Zoë Quill-O’Brien"))
    registered(store, an_ect(teacher=zoe, email=Email("ZOE_100%@example.org"), school=OTHER_URN))
    return store


def people(store, typed="", address="", most=10):
    """The TRNs that are found, each with its kind."""
    words = SearchWords.parse(typed)
    found = seen(store, lambda uow: uow.lookups.people(words, address, most))
    return [(each.kind, each.trn) for each in found]


@pytest.mark.parametrize(
    ("typed", "address", "found"),
    [
        ("", "", []),
        ("zoe", "", [("ect", KEPT)]),
        ("ZOË obrien", "", [("ect", KEPT)]),
        ("quillobrien", "", [("ect", KEPT)]),
        ("zoe marlowe", "", []),
        ("3000002", "", [("ect", KEPT)]),
        ("3000001", "", [("ect", KEPT)]),
        ("00002", "", [("ect", KEPT)]),
        ("nobody", "zoe_1", [("ect", KEPT)]),
        ("nobody", "100%@", [("ect", KEPT)]),
        ("nobody", "zoex1", []),
    ],
)
def test_people_are_found_by_name_trn_and_address(peopled, typed, address, found):
    """Case, accents and signs do not count in a name; a merged TRN leads to the other."""
    keep(peopled, lambda uow: uow.teachers.merge(OLD, KEPT))

    assert people(peopled, typed, address) == found


def test_people_come_by_name_with_their_school(peopled):
    """ECTs and mentors together, and no more than were asked for."""
    found = seen(peopled, lambda uow: uow.lookups.people(SearchWords(), "@example.org", 10))
    first = people(peopled, address="@example.org", most=1)

    assert [each.name for each in found] == sorted(each.name for each in found)
    assert {(each.kind, each.trn, each.urn, each.school) for each in found} >= {
        ("ect", ECT_TRN, URN, a_school().name),
        ("mentor", MENTOR_TRN, OTHER_URN, "Fenwick Academy"),
    }
    assert len(first) == 1


@pytest.mark.parametrize(
    ("typed", "urns"),
    [
        ("", []),
        ("FENWICK", [OTHER_URN]),
        ("academy fen", [OTHER_URN]),
        ("10000", [OTHER_URN, URN]),
        ("100001", [URN]),
        ("cafe", [Urn("100009")]),
    ],
)
def test_schools_are_found_by_name_and_urn(store, typed, urns):
    """By any part of them."""
    keep(store, lambda uow: uow.schools.save(a_school(urn=Urn("100009"), name="Café School")))
    found = seen(store, lambda uow: uow.lookups.schools(SearchWords.parse(typed), 10))

    assert [school.urn for school in found if typed != "10000"] == (
        urns if typed != "10000" else []
    )
    assert {school.urn for school in found} >= set(urns)


def test_corrected_names_are_listed(peopled):
    """Only those that were corrected."""
    found = seen(peopled, lambda uow: uow.lookups.corrected())

    assert [teacher.trn for teacher in found] == [KEPT]


def test_whoever_is_known_under_two_merged_trns_is_listed(peopled):
    """A merge that moved nothing is left to operators; one of nobody else is not."""
    registered(peopled, an_ect(teacher=a_teacher(trn=OLD), email=Email("old@example.org")))
    assert seen(peopled, lambda uow: list(uow.lookups.known_twice())) == []
    keep(peopled, lambda uow: uow.teachers.merge(OLD, KEPT))
    [(old, retained)] = seen(peopled, lambda uow: uow.lookups.known_twice())

    assert (old.trn, retained.trn) == (OLD, KEPT)


def test_a_person_under_three_trns_is_listed_with_the_one_that_was_retained_last(store):
    """Also the record that was merged before: TRS has only one left."""
    first = Trn("3000003")
    for trn in (first, OLD, KEPT):
        registered(store, an_ect(teacher=a_teacher(trn=trn), email=None))
    keep(store, lambda uow: uow.teachers.merge(first, OLD))
    keep(store, lambda uow: uow.teachers.merge(OLD, KEPT))
    found = seen(store, lambda uow: uow.lookups.known_twice())

    assert [(old.trn, retained.trn) for old, retained in found] == [(OLD, KEPT), (first, KEPT)]


def test_changes_of_some_kinds_are_listed_from_a_moment_on(store):
    """Those of no school too, oldest first."""
    early = a_change(at=NOW - timedelta(days=2), what=What.ECT_REGISTERED)
    late = a_change(at=NOW, what=What.ECT_REGISTERED)
    other = a_change(at=NOW, what=What.EMAIL_CHANGED)
    nowhere = a_change(at=NOW, what=What.LOOKED_UP, school=None, about=None)
    keep(store, lambda uow: uow.history.add([early, late, other, nowhere]))
    wanted = {What.ECT_REGISTERED, What.LOOKED_UP}
    found = seen(store, lambda uow: uow.lookups.changes(NOW, wanted))

    assert list(found) == [late, nowhere]
