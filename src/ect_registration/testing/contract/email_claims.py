"""An email address belongs to one person at a time."""

from __future__ import annotations

from datetime import date, timedelta

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.testing.contract.addresses import (
    ADDRESS,
    ONE,
    OTHER,
    RETAINED,
    SAME_ADDRESS,
    YESTERDAY,
    claiming,
    ect_with_address,
    holding,
    mentor_with_address,
)
from ect_registration.testing.examples import (
    ECT_TRN,
    MENTOR_TRN,
    TERM_STARTS,
    TODAY,
    a_mentor,
    a_teacher,
    an_ect,
)
from ect_registration.testing.steps import (
    Store,
    adding_ect,
    adding_mentor,
    changing_ect,
    changing_mentor,
    keep,
    outcome,
    registered,
    seen,
    taken_on,
)


class EmailClaims:
    """An email address belongs to one person at a time."""

    def test_an_address_in_use_cannot_be_claimed_by_somebody_else(self, store: Store) -> None:
        """Any spelling of it is refused until the holder's last day has passed."""
        registered(store, ect_with_address(ONE, period=Period(TERM_STARTS, TODAY)))

        assert outcome(store, claiming(SAME_ADDRESS, OTHER)) == "conflict"
        assert outcome(store, claiming(SAME_ADDRESS, OTHER, TODAY + timedelta(days=1))) == "kept"

    def test_an_address_in_use_by_a_mentor_cannot_be_claimed_either(self, store: Store) -> None:
        """Mentors hold addresses as ECTs do."""
        taken_on(store, mentor_with_address(ONE))

        assert outcome(store, claiming(ADDRESS, OTHER)) == "conflict"

    def test_every_open_period_of_the_holder_counts(self, store: Store) -> None:
        """A finished period does not free the address while another is open."""
        registered(store, ect_with_address(ONE, period=Period(date(2024, 9, 2), YESTERDAY)))
        taken_on(store, mentor_with_address(ONE))

        assert outcome(store, claiming(ADDRESS, OTHER)) == "conflict"

    def test_a_claim_without_a_period_holds_nobody_up(self, store: Store) -> None:
        """A claim that no period uses does not keep others away."""
        keep(store, claiming(ADDRESS, ONE))

        assert outcome(store, claiming(ADDRESS, OTHER)) == "kept"

    def test_claiming_again_changes_nothing(self, store: Store) -> None:
        """A person may register again, here or elsewhere, as mentor or ECT."""
        registered(store, ect_with_address(ONE))

        assert outcome(store, claiming(SAME_ADDRESS, ONE)) == "kept"
        assert outcome(store, adding_mentor(mentor_with_address(ONE))) == "kept"

    def test_a_claim_needs_a_saved_teacher(self, store: Store) -> None:
        """A claim for a teacher who was not saved is refused."""
        assert outcome(store, lambda uow: uow.emails.claim(ADDRESS, ONE, TODAY)) == "conflict"

    def test_an_open_ended_period_needs_the_claim_of_its_address(self, store: Store) -> None:
        """An ECT or a mentor is never added with another person's address, or an unclaimed one."""
        keep(store, claiming(ADDRESS, ONE), lambda uow: uow.teachers.save(a_teacher(trn=OTHER)))

        assert outcome(store, lambda uow: uow.ects.add(ect_with_address(OTHER))) == "conflict"
        assert (
            outcome(store, lambda uow: uow.mentors.add(mentor_with_address(OTHER))) == "conflict"
        )
        unclaimed = an_ect(teacher=a_teacher(trn=OTHER))
        assert outcome(store, lambda uow: uow.ects.add(unclaimed)) == "conflict"

    def test_a_period_without_an_address_needs_no_claim(self, store: Store) -> None:
        """A person may be brought in without an address, and get one later, with its claim."""
        ect = registered(store, an_ect(teacher=a_teacher(trn=ONE), email=None))
        mentor = taken_on(store, a_mentor(teacher=a_teacher(trn=OTHER), email=None))

        assert seen(store, lambda uow: uow.ects.find(ect.id)) == ect
        assert seen(store, lambda uow: uow.mentors.find(mentor.id)) == mentor
        given = changing_ect(ect, attrs.evolve(ect, email=ADDRESS))
        assert outcome(store, given) == "conflict"
        assert outcome(store, claiming(ADDRESS, ONE), given) == "kept"
        assert holding(store) == [ONE]

    def test_an_address_may_be_taken_away(self, store: Store) -> None:
        """Another person may claim it from then on."""
        ect = registered(store, ect_with_address(ONE))
        mentor = taken_on(store, mentor_with_address(ONE))
        keep(store, changing_ect(ect, attrs.evolve(ect, email=None)))
        keep(store, changing_mentor(mentor, attrs.evolve(mentor, email=None)))

        assert holding(store) == []
        keep(store, lambda uow: uow.teachers.save(a_teacher(trn=OTHER)))
        assert outcome(store, claiming(ADDRESS, OTHER)) == "kept"

    def test_a_finished_period_may_be_brought_in_without_a_claim(self, store: Store) -> None:
        """A finished period's address may be in use for another person by now."""
        registered(store, ect_with_address(ONE))
        finished = ect_with_address(OTHER, period=Period(date(2020, 9, 1), date(2021, 7, 16)))
        keep(store, lambda uow: uow.teachers.save(finished.teacher))

        assert outcome(store, lambda uow: uow.ects.add(finished)) == "kept"
        assert holding(store) == [ONE]

    def test_a_changed_address_needs_its_claim(self, store: Store) -> None:
        """ECTs and mentors both need the claim of a changed address."""
        registered(store, ect_with_address(ONE))
        ect = registered(store, an_ect())
        mentor = taken_on(store, a_mentor())

        own, another = Email("new.address@example.org"), Email("other.address@example.org")

        assert outcome(store, changing_ect(ect, attrs.evolve(ect, email=ADDRESS))) == "conflict"
        renamed = changing_ect(ect, attrs.evolve(ect, email=own))
        assert outcome(store, claiming(own, ECT_TRN), renamed) == "kept"
        taking = changing_mentor(mentor, attrs.evolve(mentor, email=ADDRESS))
        assert outcome(store, taking) == "conflict"
        renamed = changing_mentor(mentor, attrs.evolve(mentor, email=another))
        assert outcome(store, claiming(another, MENTOR_TRN), renamed) == "kept"

    def test_another_spelling_of_an_address_is_kept(self, store: Store) -> None:
        """Two spellings are one mailbox, which is shown as it was given last."""
        before = registered(store, ect_with_address(ONE))
        keep(store, changing_ect(before, attrs.evolve(before, email=SAME_ADDRESS)))

        found = seen(store, lambda uow: uow.ects.find(before.id))

        assert found is not None
        assert found.email is not None
        assert found.email.address == SAME_ADDRESS.address

    def test_a_finished_period_is_not_opened_again_with_an_address_that_went_to_somebody(
        self, store: Store
    ) -> None:
        """Another person has the claim by now, so the change is refused."""
        before = registered(store, ect_with_address(ONE, period=Period(TERM_STARTS, YESTERDAY)))
        registered(store, ect_with_address(OTHER))
        opened = attrs.evolve(before, period=Period(TERM_STARTS))

        assert outcome(store, changing_ect(before, opened)) == "conflict"

    def test_an_address_that_was_taken_over_is_held_by_its_new_holder(self, store: Store) -> None:
        """The person who had it before cannot claim it back."""
        registered(store, ect_with_address(ONE, period=Period(TERM_STARTS, YESTERDAY)))
        registered(store, ect_with_address(OTHER))

        assert holding(store) == [OTHER]
        assert outcome(store, claiming(ADDRESS, ONE)) == "conflict"

    def test_a_claim_follows_a_merge(self, store: Store) -> None:
        """A person known under the retained TRN keeps the address."""
        registered(store, ect_with_address(ONE))
        keep(store, lambda uow: uow.teachers.merge(ONE, RETAINED))

        assert holding(store) == [RETAINED]
        assert outcome(store, adding_mentor(mentor_with_address(RETAINED))) == "kept"
        assert outcome(store, claiming(ADDRESS, OTHER)) == "conflict"

    def test_two_trns_of_one_person_share_an_address(self, store: Store) -> None:
        """Either TRN may use what the other claimed; another person may not."""
        taken_on(store, mentor_with_address(ONE))
        keep(
            store,
            lambda uow: uow.teachers.save(a_teacher(trn=RETAINED)),
            lambda uow: uow.teachers.merge(ONE, RETAINED),
        )

        assert outcome(store, adding_ect(ect_with_address(RETAINED))) == "kept"
        assert holding(store) == [ONE, RETAINED]
        assert outcome(store, claiming(ADDRESS, OTHER)) == "conflict"

    def test_an_address_stays_taken_while_either_trn_of_a_person_has_it_open(
        self, store: Store
    ) -> None:
        """It does not matter which of the two TRNs claimed it first."""
        mentor = taken_on(store, mentor_with_address(ONE))
        keep(
            store,
            lambda uow: uow.teachers.save(a_teacher(trn=RETAINED)),
            lambda uow: uow.teachers.merge(ONE, RETAINED),
            adding_ect(ect_with_address(RETAINED)),
            changing_mentor(mentor, attrs.evolve(mentor, period=Period(TERM_STARTS, YESTERDAY))),
        )

        assert outcome(store, claiming(ADDRESS, OTHER)) == "conflict"

    def test_merging_does_not_disturb_addresses_of_others(self, store: Store) -> None:
        """Other people keep the addresses that they claimed."""
        ect, mentor = registered(store, an_ect()), taken_on(store, a_mentor())
        keep(store, lambda uow: uow.teachers.merge(ECT_TRN, RETAINED))

        assert holding(store, ect.email) == [RETAINED]
        assert holding(store, mentor.email) == [MENTOR_TRN]
