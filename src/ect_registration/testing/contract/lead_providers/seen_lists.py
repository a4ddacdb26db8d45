"""What lead providers ask for is narrowed, sorted and paged."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.lead_providers.records import (
    Kind,
    Participant,
)
from ect_registration.domain.lead_providers.statuses import TrainingStatus
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import PersonName, Trn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.lead_providers import Order, Wanted
from ect_registration.testing.contract.lead_providers.lead_provider_steps import (
    everything_followed,
    ids_of_partners,
    new_training,
    records_seen,
    register_confirmed,
    register_mentored,
)
from ect_registration.testing.examples import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    MENTOR_TRN,
    TODAY,
    URN,
    a_teacher,
)
from ect_registration.testing.steps import (
    Store,
    changing_ect,
    keep,
    seen,
)


def _saving(teacher: Teacher, uow: UnitOfWork) -> None:
    uow.teachers.save(teacher)


def _merging(old: Trn, into: Trn, uow: UnitOfWork) -> None:
    uow.teachers.merge(old, into)


class SeenLists:
    """What lead providers ask for is narrowed, sorted and paged."""

    def test_what_changed_since_a_moment_is_found(self, store: Store) -> None:
        """Records from the moment on are found, so that one dated then is shown again."""
        first, second = register_confirmed(store, 1), register_confirmed(store, 2)
        before = records_seen(store)
        named = attrs.evolve(second.teacher, corrected_name=PersonName("Asha Bell"))
        keep(store, lambda uow: uow.teachers.save(named))
        everything_followed(store)
        latest = max(each.updated_at for each in before)

        later = records_seen(store, updated_since=latest + timedelta(microseconds=1))
        assert [each.record.trn for each in later if isinstance(each.record, Participant)] == [
            second.teacher.trn.digits
        ]
        assert len(records_seen(store, updated_since=latest)) == 2
        assert first != second

    def test_a_last_day_to_come_dates_only_the_answer_that_it_changes(self, store: Store) -> None:
        """The person is shown as leaving, while today's count under the partnership stays."""
        ect = register_confirmed(store)
        [person], [partnership] = records_seen(store), records_seen(store, Kind.PARTNERSHIP)
        period = attrs.evolve(ect.period, finished_on=TODAY + timedelta(days=20))
        trainings = tuple(attrs.evolve(each, period=period) for each in ect.trainings)
        keep(store, changing_ect(ect, attrs.evolve(ect, period=period, trainings=trainings)))
        [leaving], [the_same] = records_seen(store), records_seen(store, Kind.PARTNERSHIP)

        assert leaving.updated_at > person.updated_at
        assert the_same.record != partnership.record
        assert the_same.updated_at == partnership.updated_at

    def test_a_change_that_no_answer_shows_takes_no_moment_back(self, store: Store) -> None:
        """Mentoring that ends on a day to come changes nothing today: the mentor stays."""
        register_mentored(store)
        before = records_seen(store)
        [ect] = seen(store, lambda uow: uow.ects.at_school(URN))
        [mentorship] = ect.mentorships
        period = attrs.evolve(mentorship.period, finished_on=TODAY + timedelta(days=20))
        ended = attrs.evolve(ect, mentorships=(attrs.evolve(mentorship, period=period),))
        rename = attrs.evolve(ect.teacher, corrected_name=PersonName("Asha Bell"))
        keep(store, lambda uow: uow.teachers.save(rename))
        named = records_seen(store)
        shown = seen(store, lambda uow: uow.seen.latest())
        keep(store, changing_ect(ect, ended))
        after = records_seen(store)

        assert [each.updated_at for each in after] == [each.updated_at for each in named]
        assert [each.record for each in after] != [each.record for each in named]
        assert seen(store, lambda uow: uow.seen.latest()) == shown
        assert len(before) == len(after)

    def test_a_person_who_is_another_is_known_by_that_ones_id(self, store: Store) -> None:
        """The old id is found by asking for it, and nothing is kept under it."""
        keep(store, lambda uow: uow.teachers.save(a_teacher(trn=MENTOR_TRN)))
        ect = register_confirmed(store)
        [before] = records_seen(store)
        keep(store, lambda uow: uow.teachers.merge(MENTOR_TRN, ect.teacher.trn))

        [after] = records_seen(store)
        assert isinstance(after.record, Participant)
        [change] = after.record.id_changes
        assert (after.id, change.after) == (before.id, before.id)
        assert list(records_seen(store, from_participant=change.before)) == [after]
        assert list(records_seen(store, from_participant=uuid4())) == []

    def test_who_turned_out_to_be_another_twice_leads_to_the_last(self, store: Store) -> None:
        """Both former ids are found, and are said to have become the one that is kept."""
        first, second, kept = Trn("3000001"), Trn("3000002"), register_confirmed(store)
        keep(store, *(partial(_saving, a_teacher(trn=trn)) for trn in (first, second)))
        everything_followed(store)
        for old, into in ((first, second), (second, kept.teacher.trn)):
            keep(store, partial(_merging, old, into))
            everything_followed(store)

        [seen] = records_seen(store)
        assert isinstance(seen.record, Participant)
        assert {each.after for each in seen.record.id_changes} == {seen.id}
        found = [
            records_seen(store, from_participant=each.before) for each in seen.record.id_changes
        ]
        assert [list(each) for each in found] == [[seen], [seen]]

    def test_lists_are_narrowed(self, store: Store) -> None:
        """Lists are narrowed by cohort, status, delivery partner and moment."""
        register_confirmed(store)
        partner = ids_of_partners(store)

        def numbers(kind: Kind, name: str, *values: object) -> list[int]:
            return [len(records_seen(store, kind, **{name: value})) for value in values]

        cohorts = (frozenset({2024}), frozenset({2024, 2025}), frozenset[int]())
        assert numbers(Kind.PARTICIPANT, "cohorts", *cohorts) == [0, 1, 0]
        assert numbers(Kind.PARTNERSHIP, "cohorts", *cohorts) == [0, 1, 0]
        assert numbers(Kind.DELIVERY_PARTNER, "cohorts", *cohorts) == [1, 2, 0]
        assert numbers(Kind.PARTICIPANT, "training_status", *TrainingStatus) == [1, 0, 0]
        partners = (frozenset({partner[DELIVERY_PARTNER]}), frozenset({uuid4()}))
        assert numbers(Kind.PARTNERSHIP, "delivery_partners", *partners) == [1, 0]

    def test_a_mentor_is_withdrawn_from_the_day_after_mentoring_is_over(
        self, store: Store
    ) -> None:
        """The list follows the day that is asked for."""
        period = Period(date(2025, 9, 1), TODAY)
        register_mentored(
            store,
            period=period,
            trainings=(new_training(delivery_partner=DELIVERY_PARTNER, period=period),),
        )

        def of_mentors(day: date) -> list[bool]:
            return [
                any(
                    isinstance(each.record, Participant) and each.record.trn == MENTOR_TRN.digits
                    for each in records_seen(store, training_status=status, day=day)
                )
                for status in (TrainingStatus.ACTIVE, TrainingStatus.WITHDRAWN)
            ]

        assert of_mentors(TODAY) == [True, False]
        assert of_mentors(TODAY + timedelta(days=1)) == [False, True]

    def test_a_list_is_paged_in_any_order(self, store: Store) -> None:
        """Every record is on one page, also when pages are found from the end."""
        for number in range(1, 6):
            register_confirmed(store, number)
            everything_followed(store)
        wanted = Wanted(lead_provider=LEAD_PROVIDER, kind=Kind.PARTICIPANT, day=TODAY)
        for order in Order:
            asked = attrs.evolve(wanted, order=order)
            with store.reading() as uow:
                pages = [uow.seen.look(asked, skip, 2) for skip in (0, 2, 4, 6)]
            everything = [each for page in pages for each in page]
            moments = [
                each.updated_at if "updated" in order else each.created_at for each in everything
            ]
            assert [len(page) for page in pages] == [2, 2, 1, 0]
            assert len({each.id for each in everything}) == 5
            assert moments == sorted(moments, reverse=order.startswith("-"))
