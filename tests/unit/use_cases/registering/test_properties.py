"""What holds of every registration, whoever it is about and whatever is typed."""

from __future__ import annotations

from datetime import date

import attrs
from hypothesis import given

from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked
from ect_registration.use_cases.registering.outcomes import Registered
from unit.use_cases.situations import TRNS, registrations, services
from unit.use_cases.town import NOBODY, OLD_TRN, RETAINED_TRN


@given(services(), registrations)
def test_registering_twice_is_refused(service, registration):
    """Whoever was registered is in progress here; whatever stood against it still does."""
    first = service.register(**registration)
    second = service.register(**registration)

    assert (
        second == first
        if isinstance(first, Blocked)
        else second.rule.id == "already-in-progress-here"
    )


@given(services(), registrations)
def test_a_dry_run_comes_to_the_same(service, registration):
    """As the registration that follows."""
    dry, real = service.check(**registration).outcome, service.register(**registration)

    assert _without_ids(dry) == _without_ids(real)


def _without_ids(outcome):
    if isinstance(outcome, Blocked):
        return outcome
    training = attrs.evolve(outcome.ect.training, id=None)
    return attrs.evolve(outcome, ect=attrs.evolve(outcome.ect, id=None, trainings=(training,)))


@given(services(), registrations)
def test_a_refusal_writes_nothing_but_itself(service, registration):
    """Neither a name nor a line of history; only a merge that TRS shows is true all the same."""
    if registration.get("trn") == str(OLD_TRN):
        service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))
    before = service.store.state
    outcome = service.register(**registration)

    assert (
        isinstance(outcome, Registered)
        or attrs.evolve(service.store.state, refusals=before.refusals) == before
    )


@given(services(), registrations)
def test_a_registration_keeps_everything_that_was_there(service, registration):
    """Periods may get an earlier last day; nothing else of them changes, and one is added."""
    before = {ect.id: ect for ect in service.ects_of(*TRNS)}
    outcome = service.register(**registration)
    after = {ect.id: ect for ect in service.ects_of(*TRNS)}
    added = [ect for id, ect in after.items() if id not in before]
    kept = [
        (ect.school, ect.period.started_on, ect.registration, ect.completed)
        == (old.school, old.period.started_on, old.registration, old.completed)
        for id, old in before.items()
        if (ect := after[id])
    ]

    assert (all(kept), added) == (True, [outcome.ect] if isinstance(outcome, Registered) else [])


@given(services(), registrations)
def test_nobody_is_at_two_schools_once_registered(service, registration):
    """On the first day of the new period they are nowhere else, under neither TRN."""
    outcome = service.register(**registration)
    new = outcome.ect if isinstance(outcome, Registered) else None
    person = {new.teacher.trn, outcome.merged_from or new.teacher.trn} if new else {NOBODY}
    first_day = Period(new.period.started_on, new.period.started_on) if new else Period(date.max)
    there = [e.id for e in service.ects_of(*person) if e.period.overlaps(first_day)]

    assert there == ([new.id] if new else [])
