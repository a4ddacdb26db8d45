"""Small looks at the store: names, summaries, statistics, and what a unit of work holds."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import attrs
import pytest

from builders import ECT_TRN, THIS_YEAR, TODAY, URN, a_draft, a_journey, a_mentor, an_ect
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.notice import Role
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.domain.rules.periods.leaving import last_day_can_change
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import Contention
from ect_registration.ports.stored.holds import MOST_AT_ONCE, Hold, Holding
from ect_registration.testing.steps import adding_ect, adding_mentor, keep
from ect_registration.use_cases.changing.subjects import name_of
from ect_registration.use_cases.holding import hold_what_it_rests_on
from ect_registration.use_cases.journeys.unfinished import to_discard
from ect_registration.use_cases.operating.statistics import funding_statistics_of, statistics_of
from ect_registration.use_cases.school.mentors import summary_of_changed
from unit.use_cases.reference_rows import mistakes
from unit.use_cases.service import ACTOR, Service
from unit.use_cases.town import town


@pytest.fixture
def service() -> Service:
    """The town."""
    return Service.of(town())


def test_a_change_is_about_somebody_of_the_school(service: Service) -> None:
    """An ECT or a mentor by name; another school's is unknown."""
    ect, mentor = an_ect(), a_mentor()
    keep(service.store, adding_ect(ect), adding_mentor(mentor))

    assert name_of(Role.ECT, ect.id, ACTOR, service.ports) == ect.teacher.name
    assert name_of(Role.MENTOR, mentor.id, ACTOR, service.ports) == mentor.teacher.name
    assert isinstance(name_of(Role.ECT, uuid4(), ACTOR, service.ports), Blocked)


def test_a_mentor_is_summed_up_as_they_would_be(service: Service) -> None:
    """With a change that is not saved yet, a withdrawn period among them."""
    mentor = a_mentor()
    keep(service.store, adding_mentor(mentor))
    changed = attrs.evolve(mentor, school=URN)

    assert summary_of_changed(changed, service.ports).id == mentor.id
    withdrawn = attrs.evolve(mentor, withdrawn=True)
    assert summary_of_changed(withdrawn, service.ports).id == mentor.id


def test_a_registration_can_be_discarded_that_is_about_somebody(service: Service) -> None:
    """It says whom."""
    journey = a_journey(user=ACTOR.user, school=ACTOR.school, draft=a_draft())
    keep(service.store, lambda uow: uow.journeys.add(journey))
    found = to_discard(journey.id, ACTOR, service.ports)

    assert found is not None
    assert found.journey.id == journey.id


def test_a_year_without_registrations_has_counts_of_none(service: Service) -> None:
    """Each of them is published."""
    rows = [
        *statistics_of(THIS_YEAR.plus(5), service.ports),
        *funding_statistics_of(THIS_YEAR.plus(5), service.ports),
    ]

    assert len(rows) > 4
    assert {str(row["ect_count"]) for row in rows} == {"0"}


def test_a_last_day_of_a_withdrawn_period_cannot_change() -> None:
    """There is none to report."""
    end = End(Cause.UNDONE, uuid4(), date(2025, 8, 31), recorded_on=TODAY)
    undone = attrs.evolve(an_ect(), withdrawn=True, ends=(end,))

    assert not last_day_can_change(undone, TODAY)
    assert last_day_can_change(an_ect(), TODAY)


def test_one_unit_of_work_holds_a_thousand_things_at_most() -> None:
    """Whoever needs more holds everything."""
    people = [Hold.person(Trn(f"{number:07}")) for number in range(MOST_AT_ONCE + 1)]
    holding = Holding()

    assert not holding
    with pytest.raises(RuntimeError, match="hold everything"):
        holding.take(people)
    assert len(holding.take([Hold.EVERYTHING])) == 1
    assert holding
    assert holding.take(people) == ()


def test_what_turns_out_to_rest_on_more_is_tried_again(service: Service) -> None:
    """What was read before it was held had changed by the second look."""
    looks = iter([[Hold.person(ECT_TRN)], [Hold.person(ECT_TRN), Hold.person(Trn("2000009"))]])

    with service.ports.unit_of_work() as uow, pytest.raises(Contention):
        hold_what_it_rests_on(uow, lambda _: next(looks))


def test_so_many_partnerships_that_they_cannot_be_held_one_by_one(service: Service) -> None:
    """Everything is held for them, and each is told what is wrong with it."""
    rows = [
        {"school": f"{number:06}", "lead_provider": "Nobody", "year": 2025}
        for number in range(MOST_AT_ONCE)
    ]

    assert len(mistakes(service, ReferenceKind.PARTNERSHIPS, *rows)) >= 1
