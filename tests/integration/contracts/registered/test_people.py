from __future__ import annotations

from datetime import timedelta

import attrs
import pytest

from builders import (
    ECT_TRN,
    MENTOR_TRN,
    NOW,
    a_change,
    a_journey,
    a_mentor,
    a_teacher_record,
    an_ect,
)
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import NoMatch, Search, Teacher
from ect_registration.domain.records.history import What
from ect_registration.domain.values import Trn
from integration.contracts.steps import OTHER_URN, adding_ect, adding_mentor, keep, seen

OLD, OLDER, NOBODY = Trn("7000001"), Trn("7000002"), Trn("7999999")


def _trns(store, trn):
    return list(seen(store, lambda uow: uow.people.trns(trn)))


@pytest.mark.parametrize("asked", [OLDER, OLD, ECT_TRN])
def test_a_person_has_every_trn_that_was_merged(store, asked):
    """Whichever of them is given, in order."""
    keep(
        store,
        lambda uow: uow.teachers.save(Teacher(ECT_TRN, "Asha Marlowe")),
        lambda uow: uow.teachers.merge(OLDER, OLD),
        lambda uow: uow.teachers.merge(OLD, ECT_TRN),
    )

    assert _trns(store, asked) == [ECT_TRN, OLD, OLDER]


def test_a_trn_that_nobody_knows_is_all_there_is(store):
    """It need not be one that anybody has registered."""
    assert _trns(store, NOBODY) == [NOBODY]


def test_the_addresses_that_somebody_holds(store):
    """As they are compared; those of others stay out."""
    ect, mentor = an_ect(email=Email("Asha@Example.org")), a_mentor()
    keep(store, adding_ect(ect), adding_mentor(mentor))
    keep(store, lambda uow: uow.emails.claim(Email("a@example.org"), ECT_TRN, NOW.date()))

    assert list(seen(store, lambda uow: uow.people.email_addresses([ECT_TRN]))) == [
        "a@example.org",
        "asha@example.org",
    ]
    assert list(seen(store, lambda uow: uow.people.email_addresses([NOBODY]))) == []


def test_what_happened_to_somebody_at_every_school(store):
    """Oldest first, and where no school was concerned."""
    here, there = a_change(), a_change(school=OTHER_URN, what=What.ECT_TRANSFERRED)
    nowhere = a_change(school=None, trn=OLD, about=None)
    keep(store, lambda uow: uow.history.add([here, a_change(trn=MENTOR_TRN), there, nowhere]))

    assert list(seen(store, lambda uow: uow.people.history([ECT_TRN, OLD]))) == [
        here,
        there,
        nowhere,
    ]
    assert list(seen(store, lambda uow: uow.people.history([NOBODY]))) == []


def _searching(trn, answer, minutes):
    search = Search(trn, answer, NOW)
    used_at = NOW + timedelta(minutes=minutes)
    return a_journey(draft=EctDraft(search=search), used_at=used_at)


def test_unfinished_registrations_of_somebody(store):
    """Looked for or found, by whomever; the latest use first."""
    record = attrs.evolve(a_teacher_record(), trn=ECT_TRN, merged_from=None)
    found = _searching(ECT_TRN, record, 1)
    merged = _searching(OLD, attrs.evolve(record, merged_from=OLD), 2)
    missed = _searching(ECT_TRN, NoMatch.DATE_OF_BIRTH_DIFFERS, 3)
    other = _searching(MENTOR_TRN, NoMatch.TRN_NOT_FOUND, 4)
    keep(
        store,
        lambda uow: [uow.journeys.add(j) for j in (found, merged, missed, other, a_journey())],
    )

    def about(*trns):
        return list(seen(store, lambda uow: uow.people.journeys(trns)))

    assert about(ECT_TRN, OLD) == [missed, merged, found]
    assert about(OLD) == [merged]
    assert about(NOBODY) == []
