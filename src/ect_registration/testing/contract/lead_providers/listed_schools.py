"""A school that begins or ceases to be listed in a year is dated in that year alone.

It is listed in a year while it may register, or has training or a partnership of that year.
"""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest

from ect_registration.domain.lead_providers.records import SeenSchool
from ect_registration.domain.reference.columns import Row
from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.domain.school import SchoolStatus
from ect_registration.ports.stored.lead_providers import WantedSchools
from ect_registration.testing.contract.lead_providers.lead_provider_steps import (
    everything_followed,
    register_interested,
    report_partnership,
    school_seen,
    schools_seen,
)
from ect_registration.testing.examples import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    THIS_YEAR,
    URN,
    a_school,
)
from ect_registration.testing.steps import (
    OTHER_LEAD_PROVIDER,
    Store,
    changing_ect,
    keep,
    seen,
)

YEAR_BEFORE = THIS_YEAR.starts_in - 1


class ListedSchools:
    """A school that begins or ceases to be listed in a year is dated in that year alone."""

    def test_closing_dates_no_year_in_which_the_school_stays_listed(self, store: Store) -> None:
        """It shows the same, and a program that asks for changes is not shown it."""
        register_interested(store)
        before = _seen_by_both(store)
        _close(store)
        closed = _seen_by_both(store)
        _open(store)

        assert closed == before
        assert _seen_by_both(store) == before
        assert _since(store, before[0]) == []

    def test_opening_again_dates_a_year_in_which_the_school_has_nothing(
        self, store: Store
    ) -> None:
        """It comes back into the list, and a program that asks for changes is shown it."""
        register_interested(store)
        before = school_seen(store, cohort=YEAR_BEFORE)
        _close(store)
        assert list(schools_seen(store, cohort=YEAR_BEFORE, urn=URN.digits)) == []
        _open(store)

        again = school_seen(store, cohort=YEAR_BEFORE)
        assert again == attrs.evolve(before, updated_at=again.updated_at)
        assert again.updated_at > before.updated_at
        assert _since(store, before, cohort=YEAR_BEFORE) == [again]

    def test_opening_again_dates_a_year_in_which_nothing_is_left(self, store: Store) -> None:
        """What the school once had in the year says nothing of when it came back."""
        ect = register_interested(store)
        withdrawn = tuple(attrs.evolve(each, withdrawn=True) for each in ect.trainings)
        everything_followed(store)
        keep(store, changing_ect(ect, attrs.evolve(ect, trainings=withdrawn)))
        before = school_seen(store)
        _close(store)
        assert list(schools_seen(store, urn=URN.digits)) == []
        _open(store)

        again = school_seen(store)
        assert again.updated_at > before.updated_at
        assert _since(store, before) == [again]

    def test_a_school_keeps_its_moment_when_a_year_begins_and_ends_to_have_anything(
        self, store: Store
    ) -> None:
        """Other lead providers see no difference while the school may register."""
        everything_followed(store)
        _close(store)
        _open(store)
        before = school_seen(store, lead_provider=OTHER_LEAD_PROVIDER)
        report_partnership(store)
        with_partnership = school_seen(store, lead_provider=OTHER_LEAD_PROVIDER)
        _close(store)
        closed = school_seen(store, lead_provider=OTHER_LEAD_PROVIDER)
        _open(store)
        everything_followed(store)
        _end_partnership(store)

        assert with_partnership == closed == before
        assert school_seen(store, lead_provider=OTHER_LEAD_PROVIDER) == before

    def test_a_new_name_dates_every_year(self, store: Store) -> None:
        """Each keeps the moment of the name when the school closes and opens again after it."""
        register_interested(store)
        before = _seen_by_both(store)
        name = "Larkfield Primary School"
        keep(store, lambda uow: uow.schools.save(a_school(name=name)))
        renamed = _seen_by_both(store)
        for _ in range(2):
            _close(store, name=name)
            assert _seen_by_both(store) == renamed
            _open(store, name=name)
            assert _seen_by_both(store) == renamed
        keep(store, lambda uow: uow.schools.save(a_school()))

        back = _seen_by_both(store)
        moments = [[each.updated_at for each in both] for both in (before, renamed, back)]
        assert moments == sorted(moments)
        assert len({moment for both in moments for moment in both}) == len(moments)

    def test_a_new_name_and_opening_again_are_one_change(self, store: Store) -> None:
        """Every year is dated, and keeps that moment when the school closes after it."""
        register_interested(store)
        before = school_seen(store)
        _close(store)
        _open(store, name="Larkfield Primary School")
        renamed = school_seen(store)
        _close(store, name="Larkfield Primary School")

        assert renamed.updated_at > before.updated_at
        assert school_seen(store) == renamed

    @pytest.mark.parametrize("had_anything_before", [False, True])
    def test_a_school_that_closes_with_its_first_partnership_stays_listed(
        self, store: Store, had_anything_before: bool
    ) -> None:
        """Other lead providers see no difference in the year of the partnership."""
        if had_anything_before:
            report_partnership(store)
            everything_followed(store)
            _end_partnership(store)
        before = school_seen(store, lead_provider=OTHER_LEAD_PROVIDER)
        report_partnership(store)
        _close_unseen(store)

        assert school_seen(store, lead_provider=OTHER_LEAD_PROVIDER) == before

    def test_a_school_that_opens_when_its_last_partnership_ends_stays_listed(
        self, store: Store
    ) -> None:
        """Other lead providers see no difference, and none when the school closes and opens."""
        report_partnership(store)
        _close(store)
        before = school_seen(store, lead_provider=OTHER_LEAD_PROVIDER)
        _end_partnership(store)
        keep(store, lambda uow: uow.schools.save(a_school()))

        assert school_seen(store, lead_provider=OTHER_LEAD_PROVIDER) == before
        _close(store)
        _open(store)
        again = school_seen(store, lead_provider=OTHER_LEAD_PROVIDER)
        assert again.updated_at > before.updated_at

    def test_a_school_that_leaves_a_list_is_counted_where_it_was_listed(
        self, store: Store
    ) -> None:
        """So that no page passes over those after it, which move up."""
        register_interested(store)
        before = school_seen(store)
        _close(store)

        assert _count_changed(store, before, THIS_YEAR.starts_in) == 0
        assert _count_changed(store, before, YEAR_BEFORE) == 1


def _close(store: Store, **changes: object) -> None:
    _close_unseen(store, **changes)
    everything_followed(store)


def _close_unseen(store: Store, **changes: object) -> None:
    closed = a_school(status=SchoolStatus.CLOSED, **changes)
    keep(store, lambda uow: uow.schools.save(closed))


def _open(store: Store, **changes: object) -> None:
    keep(store, lambda uow: uow.schools.save(a_school(**changes)))
    everything_followed(store)


def _end_partnership(store: Store) -> None:
    ended: Row = {
        "school": URN.digits,
        "lead_provider": LEAD_PROVIDER,
        "year": THIS_YEAR.starts_in,
        "delivery_partner": DELIVERY_PARTNER,
        "active": False,
    }
    keep(store, lambda uow: uow.reference.save(ReferenceKind.PARTNERSHIPS, [ended]))


def _seen_by_both(store: Store) -> tuple[SeenSchool, SeenSchool]:
    """Returns the school as its lead provider and as another one sees it this year."""
    return school_seen(store), school_seen(store, lead_provider=OTHER_LEAD_PROVIDER)


def _since(store: Store, known: SeenSchool, cohort: int = THIS_YEAR.starts_in) -> list[SeenSchool]:
    """Returns the school if it was dated after this, and no other."""
    later = known.updated_at + timedelta(microseconds=1)
    return list(schools_seen(store, urn=URN.digits, cohort=cohort, updated_since=later))


def _count_changed(store: Store, known: SeenSchool, cohort: int) -> int:
    """Returns how many schools were dated after this one in a year."""
    everything_followed(store)
    wanted = WantedSchools(lead_provider=LEAD_PROVIDER, cohort=cohort)
    return seen(store, lambda uow: uow.seen.count_schools_changed_after(wanted, known.updated_at))
