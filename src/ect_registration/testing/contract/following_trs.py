"""When each person was looked up in TRS, and two records of TRS that become one person's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import attrs
import pytest

from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.completion import Completion, Outcome
from ect_registration.domain.people.training import TrainingId
from ect_registration.domain.policy import COMPLETION_FOLLOWED
from ect_registration.domain.records.trs_lookup import TrsLookup
from ect_registration.domain.rules.school_year.following import Concern
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.following import Concerned
from ect_registration.testing.examples import (
    ECT_TRN,
    MENTOR_TRN,
    NOW,
    TERM_STARTS,
    TODAY,
    a_mentor,
    a_mentorship,
    a_teacher,
    a_training,
    an_ect,
)
from ect_registration.testing.steps import (
    OTHER_URN,
    Action,
    Store,
    adding_ect,
    changing_ect,
    keep,
    outcome,
    registered,
    seen,
    taken_on,
)

DAY = timedelta(days=1)
EARLIER, LATER = NOW - DAY, NOW + DAY
OLD, KEPT, NOBODY = Trn("3000001"), Trn("3000002"), Trn("3999999")
YEAR_BEFORE = Period(date(2024, 9, 1), date(2025, 7, 31))


def _noting(trn: Trn, at: datetime, concern: Concern | None = None) -> Action:
    return lambda uow: uow.trs_lookups.note(trn, at, concern)


def _never(store: Store, after: Trn | None = None, most: int = 9) -> list[Trn]:
    return list(seen(store, lambda uow: uow.trs_lookups.never_asked(TODAY, after, most)))


def _before(store: Store, moment: datetime, most: int = 9) -> list[Trn]:
    return list(seen(store, lambda uow: uow.trs_lookups.asked_before(moment, TODAY, most)))


class FollowingTrs:
    """Lookups in TRS are kept, and two records of TRS can become one person's."""

    def test_whoever_was_never_looked_up_comes_by_trn(self, store: Store) -> None:
        """People come in parts: those after a TRN, and no more than the number asked for."""
        registered(store, an_ect())
        taken_on(store, a_mentor())

        assert _never(store) == [ECT_TRN, MENTOR_TRN]
        assert _never(store, most=1) == [ECT_TRN]
        assert _never(store, after=ECT_TRN) == [MENTOR_TRN]

        keep(store, _noting(ECT_TRN, NOW))
        assert _never(store) == [MENTOR_TRN]

    def test_others_come_by_when_they_were_last_looked_up(self, store: Store) -> None:
        """TRNs looked up longest ago come first, and none looked up at the moment or later."""
        registered(store, an_ect())
        taken_on(store, a_mentor())
        keep(store, _noting(ECT_TRN, NOW), _noting(MENTOR_TRN, EARLIER))

        assert _before(store, LATER) == [MENTOR_TRN, ECT_TRN]
        assert _before(store, LATER, most=1) == [MENTOR_TRN]
        assert _before(store, NOW) == [MENTOR_TRN]
        assert seen(store, lambda uow: uow.trs_lookups.waiting(NOW, TODAY)) == 1
        assert seen(store, lambda uow: uow.trs_lookups.last(ECT_TRN)) == TrsLookup(ECT_TRN, NOW)

        keep(store, _noting(MENTOR_TRN, LATER))
        assert _before(store, LATER) == [ECT_TRN]

    @pytest.mark.parametrize(
        ("period", "withdrawn", "is_here"),
        [
            (Period(TERM_STARTS), False, True),
            (Period(TERM_STARTS, TODAY), False, True),
            (Period(TODAY + DAY), False, True),
            (Period(TERM_STARTS, TODAY - DAY), False, False),
            (Period(TERM_STARTS), True, False),
        ],
    )
    def test_only_people_with_an_open_period_wait_for_a_lookup(
        self, store: Store, period: Period, withdrawn: bool, is_here: bool
    ) -> None:
        """The period may be open now or be to come, as an ECT or a mentor."""
        registered(store, an_ect(period=period, withdrawn=withdrawn))
        taken_on(store, a_mentor(period=period, withdrawn=withdrawn))

        assert _never(store) == ([ECT_TRN, MENTOR_TRN] if is_here else [])
        assert seen(store, lambda uow: uow.trs_lookups.waiting(NOW, TODAY)) == 2 * is_here
        keep(store, _noting(ECT_TRN, NOW, Concern.NOT_FOUND), _noting(MENTOR_TRN, NOW))
        assert _before(store, LATER) == ([ECT_TRN, MENTOR_TRN] if is_here else [])
        assert len(seen(store, lambda uow: uow.trs_lookups.concerns(TODAY))) == is_here

    def test_a_period_that_trs_withdrew_waits_to_be_taken_back(self, store: Store) -> None:
        """The outcome of the induction is kept with the period."""
        said = Completion(Outcome.EXEMPT, None)
        ect = registered(store, an_ect(withdrawn=True, completion=said))

        assert _never(store) == [ECT_TRN]
        found = seen(store, lambda uow: uow.ects.find(ect.id))
        assert found is not None
        assert found.completion == said

    @pytest.mark.parametrize(
        ("said", "left", "waits"),
        [
            (Completion(Outcome.PASSED, None), DAY, True),
            (Completion(Outcome.PASSED, None), COMPLETION_FOLLOWED.value, True),
            (Completion(Outcome.PASSED, None), COMPLETION_FOLLOWED.value + DAY, False),
            (None, DAY, False),
        ],
    )
    def test_somebody_who_left_waits_for_a_year_if_trs_marked_them_completed(
        self, store: Store, said: Completion | None, left: timedelta, waits: bool
    ) -> None:
        """TRS may take the mark back, which their school would go by."""
        over = Period(date(2023, 9, 1), TODAY - left)
        registered(store, an_ect(period=over, completed=True, completion=said))

        assert _never(store) == [ECT_TRN] * waits
        assert seen(store, lambda uow: uow.trs_lookups.waiting(NOW, TODAY)) == waits
        keep(store, _noting(ECT_TRN, NOW))
        assert _before(store, LATER) == [ECT_TRN] * waits

    def test_a_lookup_of_nobody_we_know_is_not_kept(self, store: Store) -> None:
        """A lookup is kept only for a person who can be looked up again."""
        keep(store, _noting(NOBODY, NOW))

        assert seen(store, lambda uow: uow.trs_lookups.last(NOBODY)) is None

    @pytest.mark.parametrize("concern", list(Concern))
    def test_whom_operators_have_to_look_at_is_found_until_trs_says_otherwise(
        self, store: Store, concern: Concern
    ) -> None:
        """People to check are listed with the name that is shown."""
        ect = registered(store, an_ect())
        keep(store, _noting(ECT_TRN, NOW, concern))
        last = seen(store, lambda uow: uow.trs_lookups.last(ECT_TRN))

        assert last == TrsLookup(ECT_TRN, NOW, concern)
        assert list(seen(store, lambda uow: uow.trs_lookups.concerns(TODAY))) == [
            Concerned(ect.teacher, concern, NOW)
        ]
        keep(store, _noting(ECT_TRN, LATER))
        assert list(seen(store, lambda uow: uow.trs_lookups.concerns(TODAY))) == []

    def test_a_completion_is_kept_changed_and_taken_back(self, store: Store) -> None:
        """The mark of the period changes with the outcome."""
        ect = registered(store, an_ect())
        for completion in (
            Completion(Outcome.PASSED, TODAY),
            Completion(Outcome.FAILED, None, marked_before=True),
            None,
        ):
            before = seen(store, lambda uow: uow.ects.find(ect.id))
            assert before is not None
            marked = attrs.evolve(before, completed=bool(completion), completion=completion)
            keep(store, changing_ect(before, marked))
            assert seen(store, lambda uow: uow.ects.find(ect.id)) == marked

    def test_that_a_correction_is_older_than_the_name_is_kept(self, store: Store) -> None:
        """The next name in TRS settles it."""

        def told(uow: UnitOfWork) -> list[bool]:
            return [each.trs_name_changed_since for each in uow.teachers.known_as([ECT_TRN])]

        def saving(since: bool) -> Action:
            return lambda uow: uow.teachers.save(a_teacher(trs_name_changed_since=since))

        for since in (True, False):
            keep(store, saving(since))
            assert seen(store, told) == [since]

    def _one_person_twice(self, store: Store, old: Period, kept: Period) -> Action:
        """Keeps one person as ECT and mentor under an old TRN, and as ECT under the kept one."""
        mentor = taken_on(store, a_mentor())
        former = a_teacher(trn=OLD)
        ect = an_ect(
            teacher=former,
            period=old,
            email=Email("old@example.org"),
            trainings=(a_training(id=TrainingId(uuid4()), period=old),),
            mentorships=(a_mentorship(mentor, period=old),) if old == kept else (),
        )
        registered(store, ect)
        taken_on(store, a_mentor(teacher=former, email=None, school=OTHER_URN))
        registered(store, an_ect(teacher=a_teacher(trn=KEPT), period=kept))
        keep(store, _noting(OLD, NOW), lambda uow: uow.teachers.merge(OLD, KEPT))
        return lambda uow: uow.teachers.move_periods(OLD, KEPT)

    def test_periods_move_under_the_retained_trn_with_all_their_parts(self, store: Store) -> None:
        """No period is left under the old TRN, so that operators need not see the pair."""
        move = self._one_person_twice(store, YEAR_BEFORE, Period(TERM_STARTS))
        before = seen(store, lambda uow: uow.ects.of_people([OLD]))
        assert len(seen(store, lambda uow: uow.lookups.known_twice())) == 1
        keep(store, move)
        after = seen(store, lambda uow: uow.ects.of_people([KEPT]))

        assert seen(store, lambda uow: uow.ects.of_people([OLD])) == []
        assert [each.period for each in after] == [YEAR_BEFORE, Period(TERM_STARTS)]
        assert attrs.evolve(after[0], teacher=before[0].teacher) == before[0]
        assert len(seen(store, lambda uow: uow.mentors.of_people([KEPT]))) == 1
        assert list(seen(store, lambda uow: uow.lookups.known_twice())) == []
        assert list(seen(store, lambda uow: uow.people.email_addresses([OLD]))) == []

    def test_nothing_moves_where_a_guarantee_stands_in_the_way(self, store: Store) -> None:
        """Overlapping periods stay, and the rest of the unit of work goes on."""
        both = Period(TERM_STARTS)
        move = self._one_person_twice(store, both, both)
        before = seen(store, lambda uow: uow.ects.of_people([OLD]))

        def tried(uow: UnitOfWork) -> None:
            try:
                with uow.savepoint():
                    move(uow)
            except Conflict:
                uow.trs_lookups.note(KEPT, LATER, None)

        assert outcome(store, move) == "conflict"
        keep(store, tried)
        assert seen(store, lambda uow: uow.ects.of_people([OLD])) == before
        assert len(seen(store, lambda uow: uow.mentors.of_people([OLD]))) == 1
        assert len(seen(store, lambda uow: uow.lookups.known_twice())) == 1
        assert seen(store, lambda uow: uow.trs_lookups.last(KEPT)) == TrsLookup(KEPT, LATER)

    def test_nobody_comes_to_mentor_themself_by_a_merge(self, store: Store) -> None:
        """A merge makes no person their own mentor, nor trained twice as a mentor on one day."""
        mentor = taken_on(store, a_mentor(teacher=a_teacher(trn=OLD)))
        mentored = an_ect(teacher=a_teacher(trn=KEPT), mentorships=(a_mentorship(mentor),))
        registered(store, mentored)
        keep(store, lambda uow: uow.teachers.merge(OLD, KEPT))

        assert outcome(store, lambda uow: uow.teachers.move_periods(OLD, KEPT)) == "conflict"

        trained = (a_training(id=TrainingId(uuid4())),)
        first, second = Trn("3000003"), Trn("3000004")
        taken_on(store, a_mentor(teacher=a_teacher(trn=first), email=None, trainings=trained))
        trained = (a_training(id=TrainingId(uuid4())),)
        elsewhere = a_mentor(
            teacher=a_teacher(trn=second), email=None, trainings=trained, school=OTHER_URN
        )
        taken_on(store, elsewhere)
        keep(store, lambda uow: uow.teachers.merge(first, second))

        assert outcome(store, lambda uow: uow.teachers.move_periods(first, second)) == "conflict"

    def test_a_withdrawn_mentorship_keeps_no_pair_apart(self, store: Store) -> None:
        """It counts nowhere; among the periods of one person it can never stand again."""
        mentor = taken_on(store, a_mentor(teacher=a_teacher(trn=OLD)))
        withdrawn = a_mentorship(mentor, withdrawn=True)
        ect = registered(store, an_ect(teacher=a_teacher(trn=KEPT), mentorships=(withdrawn,)))
        keep(store, lambda uow: uow.teachers.merge(OLD, KEPT))
        keep(store, lambda uow: uow.teachers.move_periods(OLD, KEPT))

        moved = seen(store, lambda uow: uow.ects.find(ect.id))
        assert moved is not None
        [mentorship] = moved.mentorships
        assert (mentorship.mentor_teacher, mentorship.withdrawn) == (moved.teacher, True)
        assert list(seen(store, lambda uow: uow.lookups.known_twice())) == []
        standing = attrs.evolve(mentorship, withdrawn=False)
        again = attrs.evolve(moved, mentorships=(standing,))
        assert outcome(store, changing_ect(moved, again)) == "conflict"

    def test_a_lookup_goes_along_when_a_teacher_gets_the_retained_trn(self, store: Store) -> None:
        """A lookup belongs to the person, under whichever TRN."""
        keep(store, adding_ect(an_ect(teacher=a_teacher(trn=OLD))), _noting(OLD, NOW))
        keep(store, lambda uow: uow.teachers.merge(OLD, KEPT))

        assert seen(store, lambda uow: uow.trs_lookups.last(KEPT)) == TrsLookup(KEPT, NOW)
        assert _before(store, LATER) == [KEPT]
