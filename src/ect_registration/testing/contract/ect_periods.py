"""A teacher has one ECT period at a time, made of names that the store knows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.teacher import InductionStatus, TrsFacts
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.testing.examples import (
    ECT_TRN,
    NOW,
    TERM_STARTS,
    a_mentor,
    a_registration,
    a_teacher,
    a_training,
    an_ect,
    choices,
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

LAST_DAY = date(2025, 12, 19)


def _somebody(number: int, **changes: Any) -> EctAtSchool:
    return an_ect(
        teacher=a_teacher(trn=Trn(f"300000{number}")),
        email=Email(f"ect{number}@example.org"),
        **changes,
    )


class EctPeriods:
    """A teacher has one ECT period at a time, made of names that the store knows."""

    def test_an_id_names_one_period_for_ever(self, store: Store) -> None:
        """A second period with the same id is refused."""
        ect = registered(store, an_ect())
        same = _somebody(1, id=ect.id)

        assert outcome(store, adding_ect(same)) == "conflict"

    def test_periods_of_a_teacher_never_overlap(self, store: Store) -> None:
        """A shared day is refused, at the same school and at another."""
        registered(store, an_ect(period=Period(TERM_STARTS, LAST_DAY)))
        overlapping = [
            an_ect(period=Period(TERM_STARTS, LAST_DAY)),
            an_ect(period=Period(LAST_DAY), school=OTHER_URN),
            an_ect(period=Period(date(2024, 9, 2), TERM_STARTS), school=OTHER_URN),
            an_ect(period=Period(date(2024, 9, 2))),
            an_ect(period=Period(date(2025, 10, 1), date(2025, 10, 1))),
        ]

        assert [outcome(store, adding_ect(ect)) for ect in overlapping] == ["conflict"] * 5

    def test_periods_of_a_teacher_may_follow_each_other(self, store: Store) -> None:
        """The next day is free, and so is the day before."""
        registered(store, an_ect(period=Period(TERM_STARTS, LAST_DAY)))
        beside = [
            an_ect(period=Period(LAST_DAY + timedelta(days=1)), school=OTHER_URN),
            an_ect(period=Period(date(2024, 9, 2), TERM_STARTS - timedelta(days=1))),
        ]

        assert [outcome(store, adding_ect(ect)) for ect in beside] == ["kept"] * 2

    def test_a_change_never_makes_periods_overlap(self, store: Store) -> None:
        """Moving a last day into the next period is refused."""
        before = registered(store, an_ect(period=Period(TERM_STARTS, LAST_DAY)))
        registered(store, an_ect(period=Period(date(2026, 1, 5)), school=OTHER_URN))
        longer = attrs.evolve(before, period=Period(TERM_STARTS, date(2026, 1, 5)))
        endless = attrs.evolve(before, period=Period(TERM_STARTS))

        assert outcome(store, changing_ect(before, longer)) == "conflict"
        assert outcome(store, changing_ect(before, endless)) == "conflict"

    def test_an_ended_period_makes_room_in_the_same_unit_of_work(self, store: Store) -> None:
        """A transfer ends one period and begins the next."""
        before = registered(store, an_ect(trainings=(a_training(),)))
        next_one = an_ect(school=OTHER_URN, period=Period(LAST_DAY + timedelta(days=1)))
        after = before.ended(End(Cause.TRANSFER, next_one.id, LAST_DAY, TERM_STARTS))
        keep(store, changing_ect(before, after), adding_ect(next_one))

        found = seen(store, lambda uow: uow.ects.of_people([ECT_TRN]))

        assert list(found) == [after, next_one]

    def test_a_period_needs_names_that_we_know(self, store: Store) -> None:
        """An unknown school, appropriate body or lead provider is refused."""
        dangling = [
            _somebody(1, school=Urn("999999")),
            _somebody(2, registration=a_registration(choices=choices(appropriate_body="Nobody"))),
            _somebody(3, registration=a_registration(choices=choices(lead_provider="Nobody"))),
        ]

        assert [outcome(store, adding_ect(ect)) for ect in dangling] == ["conflict"] * 3

    def test_a_period_needs_a_saved_teacher(self, store: Store) -> None:
        """A period of a teacher who was not saved is refused."""
        ect = an_ect(period=Period(TERM_STARTS, LAST_DAY))

        assert outcome(store, lambda uow: uow.ects.add(ect)) == "conflict"

    def test_what_trs_said_of_a_teacher_stays_until_it_says_more(self, store: Store) -> None:
        """Names can be saved without these facts; new facts replace old ones everywhere."""
        facts = TrsFacts(
            has_qts=True,
            induction=InductionStatus.IN_PROGRESS,
            seen_at=NOW,
            induction_started_on=TERM_STARTS,
        )
        later = TrsFacts(False, InductionStatus.NONE, NOW + timedelta(days=1), None, LAST_DAY)
        ect = registered(store, an_ect(teacher=a_teacher(facts=facts)))
        mentor = taken_on(store, a_mentor(teacher=a_teacher(trn=Trn("3000001"), facts=facts)))

        def told(uow: UnitOfWork) -> list[TrsFacts | None]:
            [known] = uow.teachers.known_as([ECT_TRN])
            found, mentoring = uow.ects.find(ect.id), uow.mentors.find(mentor.id)
            assert found is not None
            assert mentoring is not None
            return [known.facts, found.teacher.facts, mentoring.teacher.facts]

        def saving(**changes: Any) -> Action:
            return lambda uow: uow.teachers.save(a_teacher(**changes))

        assert seen(store, told) == [facts] * 3

        keep(store, saving(trs_name="Asha Quinn"))
        assert seen(store, told) == [facts] * 3

        keep(store, saving(facts=later))
        assert seen(store, told) == [later, later, facts]
