"""Refusals are kept for support, each of a person once, until they are removed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest

from ect_registration.domain.notice import Role
from ect_registration.domain.records.refusal import Refusal, RefusalsCounted, RefusedPerson
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.errors import Conflict
from ect_registration.testing.examples import ECT_TRN, MENTOR_TRN, URN
from ect_registration.testing.steps import OTHER_URN, Action, Store, keep, seen

DAY = date(2025, 9, 10)
PERSON = RefusedPerson(ECT_TRN, URN, "user-1")
REFUSAL = Refusal(DAY, "email-in-use", Role.ECT, PERSON)


def _adding(*refusals: Refusal) -> Action:
    return lambda uow: uow.refusals.add(refusals)


def _about(store: Store, *trns: Trn) -> list[Refusal]:
    return list(seen(store, lambda uow: uow.refusals.about(trns)))


def _counted(store: Store, day: date) -> list[RefusalsCounted]:
    return list(seen(store, lambda uow: uow.refusals.counted_since(day)))


class KeptRefusals:
    """Refusals are kept for support, each of a person once, until they are removed."""

    def test_refusals_come_back_oldest_first(self, store: Store) -> None:
        """Refusals of the TRNs that were asked for are found, at every school."""
        earlier = attrs.evolve(REFUSAL, day=DAY - timedelta(days=1))
        there = attrs.evolve(REFUSAL, person=attrs.evolve(PERSON, school=OTHER_URN))
        other = attrs.evolve(REFUSAL, person=attrs.evolve(PERSON, trn=MENTOR_TRN))
        keep(store, _adding(REFUSAL, earlier, there, other))

        assert _about(store, ECT_TRN) == [earlier, REFUSAL, there]
        assert _about(store, ECT_TRN, MENTOR_TRN) == [earlier, REFUSAL, there, other]
        assert _about(store) == []
        assert list(seen(store, lambda uow: uow.refusals.since(DAY))) == [REFUSAL, there, other]

    @pytest.mark.parametrize(
        ("change", "number"),
        [
            ({}, 1),
            ({"rule": "overlaps-previous"}, 2),
            ({"role": Role.MENTOR}, 2),
            ({"day": DAY + timedelta(days=1)}, 2),
            ({"person": attrs.evolve(PERSON, user="user-2")}, 2),
        ],
    )
    def test_the_same_refusal_is_kept_once(
        self, store: Store, change: dict[str, Any], number: int
    ) -> None:
        """One user, person, rule and day have one row."""
        keep(store, _adding(REFUSAL))
        keep(store, _adding(attrs.evolve(REFUSAL, **change), REFUSAL))

        assert len(_about(store, ECT_TRN)) == number

    def test_refusals_without_a_person_only_count(self, store: Store) -> None:
        """Each refusal without a person counts, though nothing tells one from another."""
        nobody = Refusal(DAY, "induction-passed", Role.ECT)
        keep(store, _adding(nobody, nobody, REFUSAL))
        keep(store, _adding(attrs.evolve(nobody, day=DAY - timedelta(days=1))))

        assert list(seen(store, lambda uow: uow.refusals.since(DAY))) == [REFUSAL]
        assert _counted(store, DAY) == [
            RefusalsCounted(DAY, "email-in-use", Role.ECT, 1),
            RefusalsCounted(DAY, "induction-passed", Role.ECT, 2),
        ]

    def test_refusals_of_earlier_days_are_removed(self, store: Store) -> None:
        """Removing them again removes nothing."""
        keep(store, _adding(REFUSAL, attrs.evolve(REFUSAL, day=DAY - timedelta(days=1))))
        removed = []
        for _ in range(2):
            with store.unit_of_work() as uow:
                removed.append(uow.refusals.remove_before(DAY))
                uow.commit()

        assert (removed, _about(store, ECT_TRN)) == ([1, 0], [REFUSAL])

    def test_a_refusal_is_at_a_school_that_is_known(self, store: Store) -> None:
        """A refusal at an unknown school could not be looked up."""
        nowhere = attrs.evolve(REFUSAL, person=attrs.evolve(PERSON, school=Urn("999999")))
        with pytest.raises(Conflict):
            keep(store, _adding(nowhere))

        assert _about(store, ECT_TRN) == []
