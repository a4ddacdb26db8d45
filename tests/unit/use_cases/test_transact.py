from __future__ import annotations

import attrs
import pytest

from builders import ECT_TRN, URN, a_mentor, an_ect
from ect_registration.domain.email import Email
from ect_registration.ports.deadline import NEVER
from ect_registration.ports.errors import (
    Busy,
    Conflict,
    Contention,
    Rejected,
    Unavailable,
    Unstorable,
)
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.registering.outcomes import Registered
from ect_registration.use_cases.transactions import SAME_CONFLICTS, TRIES, transact
from unit.use_cases.town import OTHER_SCHOOL


class BusyStore:
    """A store whose first units of work fail, each in its way, at the end of the work."""

    def __init__(self, store, *errors, meanwhile=lambda: None):
        self._store = store
        self._errors = list(errors)
        self._meanwhile = meanwhile
        self.begun = 0

    def unit_of_work(self, deadline=NEVER):
        self.begun += 1
        error = self._errors.pop(0) if self._errors else None
        return _BusyUnit(self._store, error, self._meanwhile)


class _BusyUnit:
    def __init__(self, store, error, meanwhile):
        self._store = store
        self._error = error
        self._meanwhile = meanwhile

    def __enter__(self):
        self._unit = self._store.unit_of_work().__enter__()
        return self

    def __getattr__(self, name):
        return getattr(self._unit, name)

    def commit(self):
        if self._error is not None:
            raise self._error
        self._unit.commit()

    def __exit__(self, *raised):
        self._unit.__exit__(*raised)
        if self._error is not None:
            self._meanwhile()


def _busy(service, *errors, **how):
    store = BusyStore(service.store, *errors, **how)
    service.ports = attrs.evolve(service.ports, unit_of_work=store.unit_of_work)
    return store


def _save_a_school(uow):
    uow.hold([Hold.REFERENCE_DATA])
    uow.schools.save(uow.schools.find(URN))
    uow.commit()
    return "done"


def test_work_that_nothing_disturbs_is_done_once(service):
    """Without a pause."""
    store = _busy(service)

    assert (transact(service.ports, _save_a_school), store.begun, service.pauses) == (
        "done",
        1,
        [],
    )


@pytest.mark.parametrize("error", [Conflict(), Contention()], ids=["conflict", "contention"])
def test_work_that_was_disturbed_is_done_again(service, error):
    """In a fresh unit of work, after a pause."""
    store = _busy(service, error, error)

    assert (transact(service.ports, _save_a_school), store.begun, service.pauses) == (
        "done",
        3,
        [1, 2],
    )


def test_a_way_that_never_clears_is_an_outage(service):
    """Not an error that anybody has to read."""
    store = _busy(service, *[Contention()] * TRIES)
    with pytest.raises(Busy, match="the database is busy"):
        transact(service.ports, _save_a_school)

    assert store.begun == TRIES


def test_a_value_that_cannot_be_stored_is_told_at_once(service):
    """No race explains it, so nobody waits for a second try."""
    refused = Unstorable("trs_name_length")
    store = _busy(service, *[refused] * TRIES)
    with pytest.raises(Rejected) as caught:
        transact(service.ports, _save_a_school)

    assert str(caught.value) == "database rejects this change every time: trs_name_length"
    assert (caught.value.__cause__, store.begun, service.pauses) == (refused, 1, [])


def test_the_same_conflict_on_fresh_facts_is_not_tried_for_ever(service):
    """Its reason is kept for whoever wrote the store."""
    conflicts = [Conflict("claims: unknown column foo") for _ in range(TRIES)]
    store = _busy(service, *conflicts)
    with pytest.raises(Rejected, match="claims: unknown column foo") as caught:
        transact(service.ports, _save_a_school)

    assert store.begun == SAME_CONFLICTS
    assert caught.value.__cause__ is conflicts[SAME_CONFLICTS - 1]


@pytest.mark.parametrize(
    "errors",
    [
        [Conflict("one"), Conflict("two")] * SAME_CONFLICTS,
        [Conflict("one"), Contention("40001")] * SAME_CONFLICTS,
        [Contention("40001")] * SAME_CONFLICTS * 2,
    ],
    ids=["other conflicts", "contention between", "contention"],
)
def test_races_that_go_on_are_tried_on(service, errors):
    """Only the same conflict in a row says that nothing changes."""
    store = _busy(service, *errors)

    assert transact(service.ports, _save_a_school) == "done"
    assert store.begun == len(errors) + 1


def test_a_way_that_never_clears_keeps_the_last_reason(service):
    """For whoever has to find out what was in the way."""
    busy = [Contention(f"deadlock {number}") for number in range(TRIES)]
    _busy(service, *busy)
    with pytest.raises(Unavailable) as caught:
        transact(service.ports, _save_a_school)

    assert caught.value.__cause__ is busy[-1]


def test_any_other_error_is_not_tried_again(service):
    """It would come back."""
    store = _busy(service, Unavailable("database"))
    with pytest.raises(Unavailable):
        transact(service.ports, _save_a_school)

    assert (store.begun, service.pauses) == (1, [])


def test_after_a_conflict_the_rules_say_what_it_was(service):
    """Somebody else was faster; the refusal names the rule."""

    def somebody_else_is_faster():
        service.has_ect(an_ect())

    _busy(service, Conflict(), meanwhile=somebody_else_is_faster)
    outcome = service.register()

    assert (outcome.rule.id, service.pauses) == ("already-in-progress-here", [1])


def test_after_a_conflict_with_another_school_the_rules_say_so(service):
    """One start date, two schools: one registration."""

    def another_school_is_faster():
        service.has_ect(an_ect(school=OTHER_SCHOOL))

    _busy(service, Conflict(), meanwhile=another_school_is_faster)

    assert service.register().rule.id == "overlaps-previous"


def test_email_in_use_under_load_is_told_by_the_rule(service):
    """Somebody else was faster to claim the address."""

    def somebody_else_is_faster():
        service.has_mentor(a_mentor(email=Email("asha.marlowe@example.org")))

    _busy(service, Conflict(), meanwhile=somebody_else_is_faster)

    assert service.register().rule.id == "email-in-use"


def test_after_contention_the_registration_goes_through(service):
    """Once, and TRS is not asked again."""
    _busy(service, Contention())
    outcome = service.register()

    assert (
        isinstance(outcome, Registered),
        list(service.ects_of(ECT_TRN)),
        service.records.asked,
    ) == (
        True,
        [outcome.ect],
        ["date of birth"],
    )


def test_unavailable_says_what_is_out_of_reach():
    """And why, where that is known."""
    assert [str(Unavailable("TRS")), str(Unavailable("database", "full"))] == [
        "TRS is not available",
        "database is not available: full",
    ]
