"""What lead providers see of people changes with what was written."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.lead_providers.records import (
    Kind,
    Participant,
    ProgrammeChoice,
    SeenPartnership,
    Transfers,
    UnfundedMentor,
    WithdrawalReason,
)
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.teacher import InductionStatus, TrsFacts
from ect_registration.domain.values import PersonName
from ect_registration.testing.contract.lead_providers.lead_provider_steps import (
    everything_followed,
    new_training,
    records_seen,
    register_confirmed,
    register_interested,
    register_mentored,
    report_partnership,
    school_seen,
)
from ect_registration.testing.examples import (
    DELIVERY_PARTNER,
    ECT_TRN,
    LEAD_PROVIDER,
    NOW,
    TODAY,
    a_mentor,
    a_mentorship,
    an_ect,
)
from ect_registration.testing.steps import (
    OTHER_LEAD_PROVIDER,
    OTHER_URN,
    Store,
    adding_ect,
    adding_mentor,
    changing_ect,
    keep,
    seen,
)

P = TypeVar("P", EctAtSchool, MentorAtSchool)


def _undone(before: P) -> P:
    """Returns the record as undoing its registration leaves it."""
    end = End(Cause.UNDONE, before.id, TODAY, recorded_on=TODAY)
    trainings = tuple(attrs.evolve(each, withdrawn=True, ends=(end,)) for each in before.trainings)
    return attrs.evolve(before, withdrawn=True, ends=(end,), trainings=trainings)


def _reasons(record: object) -> list[WithdrawalReason | None]:
    assert isinstance(record, Participant)
    return [each.withdrawal.reason if each.withdrawal else None for each in record.enrolments]


class SeenPeople:
    """What lead providers see of people changes with what was written."""

    def test_an_interest_is_seen_with_the_school_until_it_is_confirmed(self, store: Store) -> None:
        """Once it is confirmed, the partnership and the person are seen."""
        register_interested(store)

        assert list(records_seen(store)) == []
        before = school_seen(store)
        assert (before.in_partnership, before.expression_of_interest) == (False, True)

        report_partnership(store)
        [participant] = records_seen(store)
        [partnership] = records_seen(store, Kind.PARTNERSHIP)
        after = school_seen(store)
        assert isinstance(participant.record, Participant)
        assert participant.record.trn == ECT_TRN.digits
        assert isinstance(partnership.record, SeenPartnership)
        assert partnership.record.school == after.id
        assert len(partnership.record.trainings) == 1
        assert (after.in_partnership, after.expression_of_interest) == (True, False)
        assert after.updated_at > before.updated_at
        assert after.created_at == before.created_at

    def test_another_lead_provider_sees_nothing_of_it(self, store: Store) -> None:
        """The person, the partnership and the interest are not shown to it."""
        register_confirmed(store)
        register_interested(store, 2)

        for kind in (Kind.PARTICIPANT, Kind.PARTNERSHIP):
            assert list(records_seen(store, kind, lead_provider=OTHER_LEAD_PROVIDER)) == []
        school = school_seen(store, lead_provider=OTHER_LEAD_PROVIDER)
        assert (school.in_partnership, school.expression_of_interest) == (False, False)
        assert school.programme_choice is ProgrammeChoice.PROVIDER_LED

    def test_nothing_is_dated_again_that_did_not_change(self, store: Store) -> None:
        """Following again, and saving what was there before, change no moment."""
        ect = register_confirmed(store)
        before = records_seen(store)
        keep(store, lambda uow: uow.teachers.save(ect.teacher))

        assert list(records_seen(store)) == list(before)

    def test_a_change_is_dated_later_than_all_before(self, store: Store) -> None:
        """A clock that was set back makes no difference; the first moment stays."""
        ect = register_confirmed(store)
        [before] = records_seen(store)
        named = attrs.evolve(ect.teacher, corrected_name=PersonName("Asha Bell"))
        keep(store, lambda uow: uow.teachers.save(named))
        everything_followed(store, seconds=-60)
        [after] = records_seen(store)

        assert isinstance(after.record, Participant)
        assert after.record.full_name == "Asha Bell"
        assert after.updated_at > before.updated_at
        assert after.created_at == before.created_at

    def test_what_trs_says_by_now_is_seen(self, store: Store) -> None:
        """Eligibility for funding and the first day of induction change without anything else."""
        ect = register_confirmed(store)
        [before] = records_seen(store)
        began = date(2025, 9, 1)
        facts = TrsFacts(
            has_qts=True,
            induction=InductionStatus.IN_PROGRESS,
            seen_at=NOW,
            induction_started_on=began,
        )
        keep(store, lambda uow: uow.teachers.save(attrs.evolve(ect.teacher, facts=facts)))
        [after] = records_seen(store)

        assert isinstance(after.record, Participant)
        [enrolment] = after.record.enrolments
        assert (enrolment.eligible_for_funding, enrolment.induction_started_on) == (True, began)
        assert after.updated_at > before.updated_at

    def test_a_transfer_is_seen_by_the_lead_provider_of_the_school_that_is_left(
        self, store: Store
    ) -> None:
        """It learns where the person went, when, and who trains them there."""
        before = register_confirmed(store)
        last_day = date(2025, 12, 19)
        left = attrs.evolve(
            before,
            period=Period(before.period.started_on, last_day),
            trainings=tuple(
                attrs.evolve(each, period=Period(each.period.started_on, last_day))
                for each in before.trainings
            ),
        )
        next_day = Period(date(2026, 1, 5))
        joined = an_ect(
            school=OTHER_URN,
            teacher=before.teacher,
            email=Email("new@example.org"),
            period=next_day,
            trainings=(new_training(lead_provider=OTHER_LEAD_PROVIDER, period=next_day),),
        )
        keep(store, changing_ect(before, left), adding_ect(joined))

        [seen_transfers] = records_seen(store, Kind.TRANSFER)
        assert isinstance(seen_transfers.record, Transfers)
        [transfer] = seen_transfers.record.transfers
        assert transfer.leaving.on == last_day
        assert transfer.joining is not None
        assert (transfer.joining.school, transfer.joining.lead_provider) == (
            OTHER_URN.digits,
            OTHER_LEAD_PROVIDER,
        )
        assert list(records_seen(store, Kind.TRANSFER, lead_provider=OTHER_LEAD_PROVIDER)) == []

    def test_a_mentor_whom_it_does_not_train_is_seen_by_the_ects_lead_provider(
        self, store: Store
    ) -> None:
        """The mentor is shown with the ECT, too, under the same id."""
        mentor = register_mentored(store)

        [unfunded] = records_seen(store, Kind.UNFUNDED_MENTOR)
        [ect] = records_seen(store)
        assert isinstance(unfunded.record, UnfundedMentor)
        assert unfunded.record.trn == mentor.teacher.trn.digits
        assert isinstance(ect.record, Participant)
        assert [each.mentor for each in ect.record.enrolments[0].mentors] == [unfunded.id]

    def test_a_mentor_whom_it_trains_is_a_participant(self, store: Store) -> None:
        """A mentor that the lead provider trains is not an unfunded mentor."""
        register_mentored(store, trainings=(new_training(delivery_partner=DELIVERY_PARTNER),))

        assert list(records_seen(store, Kind.UNFUNDED_MENTOR)) == []
        assert len(records_seen(store)) == 2

    def test_a_registration_that_was_undone_is_seen_as_withdrawn(self, store: Store) -> None:
        """A program that knows an ECT or a mentor learns that the registration was a mistake."""
        ect = register_confirmed(store)
        training = new_training(delivery_partner=DELIVERY_PARTNER)
        mentor = a_mentor(trainings=(training,))
        keep(store, adding_mentor(mentor))
        assert len(records_seen(store)) == 2
        keep(
            store,
            changing_ect(ect, _undone(ect)),
            lambda uow: uow.mentors.change(mentor, _undone(mentor)),
        )

        found = [each.record for each in records_seen(store)]
        assert [_reasons(each) for each in found] == [[WithdrawalReason.OTHER]] * 2

    def test_who_mentors_after_the_training_is_no_concern_of_its_lead_provider(
        self, store: Store
    ) -> None:
        """Only those who mentor on a day of it are seen, with the ECT and as unfunded mentors."""
        mentor = a_mentor()
        ect = register_confirmed(store)
        last_day = date(2025, 11, 9)
        ended = tuple(
            attrs.evolve(each, period=Period(each.period.started_on, last_day))
            for each in ect.trainings
        )
        mentorship = a_mentorship(mentor, period=Period(date(2025, 11, 10)))
        after = attrs.evolve(ect, trainings=ended, mentorships=(mentorship,))
        keep(store, adding_mentor(mentor), changing_ect(ect, after))

        [seen_ect] = records_seen(store)
        assert isinstance(seen_ect.record, Participant)
        assert seen_ect.record.enrolments[0].mentors == ()
        assert list(records_seen(store, Kind.UNFUNDED_MENTOR)) == []

    def test_a_record_without_an_address_is_not_seen_any_more(self, store: Store) -> None:
        """A period that comes back after its address was taken is not shown."""
        ect = register_confirmed(store)
        [participant] = records_seen(store)
        keep(store, changing_ect(ect, attrs.evolve(ect, email=None)))

        assert list(records_seen(store)) == []
        found = seen(
            store,
            lambda uow: uow.seen.find(LEAD_PROVIDER, Kind.PARTICIPANT, participant.id),
        )
        assert found is None
