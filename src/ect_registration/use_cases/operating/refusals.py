"""Keeping what rules refused, after the answer and beside it: a refusal never waits for this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.notice import Role
from ect_registration.domain.people.teacher import NoMatch, Search
from ect_registration.domain.records.refusal import Refusal, RefusedPerson
from ect_registration.domain.rules.identifying.identity import DATE_OF_BIRTH_DIFFERS
from ect_registration.domain.rules.operating.refusals import check_refusals_kept, first_day_kept
from ect_registration.ports.deadline import Deadline
from ect_registration.ports.errors import Conflict, Contention, Unavailable
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Actor, Ports, transact

PATIENCE = 1.0  # seconds: the refusal was answered already, or a user waits for it


def person_of(search: Search | None, actor: Actor) -> RefusedPerson | None:
    """Returns the person a refusal is about; None while there is no proof of identity."""
    record = None if search is None else search.record
    return None if record is None else RefusedPerson(record.trn, actor.school, actor.user)


def refusal_of(
    outcome: object, role: Role, person: RefusedPerson | None, today: date
) -> Sequence[Refusal]:
    """Returns what is to be kept of an outcome: nothing unless a rule refused."""
    if not isinstance(outcome, Blocked) or outcome.kind is not Kind.REFUSED:
        return ()
    decided = check_refusals_kept(outcome.rule, proven=person is not None)
    return [Refusal(today, outcome.rule.id, role, person if decided.because["kept"] else None)]


def number_asked(search: Search | None, role: Role, today: date) -> Sequence[Refusal]:
    """Returns a count of the National Insurance number being called for, if it was."""
    if search is None or search.answer is not NoMatch.DATE_OF_BIRTH_DIFFERS:
        return ()
    return [Refusal(today, DATE_OF_BIRTH_DIFFERS.id, role)]


def counting_numbers(role: Role, ports: Ports) -> Callable[[Search], None]:
    """Returns what notes each search whose date of birth differs."""

    def note(search: Search) -> None:
        keep_refusals(number_asked(search, role, ports.clock.today()), ports)

    return note


def keep_refusals(refusals: Sequence[Refusal], ports: Ports) -> bool:
    """Keeps refusals in a unit of work of their own; says whether that could be done.

    It is tried once and for a moment only: that something was refused is told either way.
    """
    if not refusals:
        return True
    try:
        with ports.unit_of_work(deadline=Deadline.after(PATIENCE)) as uow:
            uow.refusals.add(refusals)
            uow.commit()
    except (Unavailable, Contention, Conflict):
        return False
    return True


def refusals_since(day: date, ports: Ports) -> Sequence[Refusal]:
    """Returns the refusals of persons from this day on, oldest first."""
    with ports.reading() as uow:
        return uow.refusals.since(day)


def purge_refusals(ports: Ports) -> int:
    """Removes the refusals that are too old, and returns the number removed."""
    return transact(ports, partial(_remove, first_day_kept(ports.clock.today())))


def _remove(day: date, uow: UnitOfWork) -> int:
    removed = uow.refusals.remove_before(day)
    uow.commit()
    return removed
