"""What saving an ECT's details and saving a mentor's have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.email import Email, address_of
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.rules.check_answers import SAVED_AS_SHOWN
from ect_registration.domain.rules.school_year.changing import keeps_end_of
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.changing.beside import standing_again
from ect_registration.use_cases.changing.change_outcomes import EctChange, MentorChange
from ect_registration.use_cases.changing.records import save_name
from ect_registration.use_cases.transactions import Ports

P = TypeVar("P", EctAtSchool, MentorAtSchool)
C = TypeVar("C", EctChange, MentorChange)
T = TypeVar("T")


def holds_on_others(
    email: Email | None,
    row: EctAtSchool | MentorAtSchool,
    others: Iterable[EctAtSchool | MentorAtSchool],
) -> Sequence[Hold]:
    """Returns the addresses concerned, to be held.

    The ``others`` that end by this registration may go on for longer, with their addresses and
    the partnerships of their schools.
    """
    again = [other for other in others if keeps_end_of(row, other)]
    schools = [Hold.school(other.school) for other in again]
    emails = (email, row.email, *(other.email for other in again))
    return [*schools, *(Hold.email(each) for each in emails if each is not None)]


def with_their_emails(
    pairs: Iterable[tuple[P, P]], uow: UnitOfWork, today: date
) -> list[tuple[P, P]]:
    """Claims the addresses of periods that go on again.

    A period whose address another person has by now goes on without one.
    """
    return [
        (before, standing_again(before, after, uow, today, keep=True)) for before, after in pairs
    ]


def save_if_as_shown(
    change: C | Blocked, shown: C | None, write: Callable[[C], None], uow: UnitOfWork
) -> C | Blocked:
    """Writes and commits a change that is allowed, and still what was shown if anything was."""
    if isinstance(change, Blocked):
        return change
    if shown is not None and shown.as_shown != change.as_shown:
        return _no_longer_as_shown()
    if change.changed:
        write(change)
        uow.commit()
    return change


def if_as_shown(outcome: T, shown: object | None) -> T | Blocked:
    """Returns the outcome, or why nothing is saved when something else was shown."""
    return outcome if shown is None or outcome == shown else _no_longer_as_shown()


def _no_longer_as_shown() -> Blocked:
    return SAVED_AS_SHOWN.refuses(changed="what this comes to")


def save_person(
    before: EctAtSchool | MentorAtSchool,
    after: EctAtSchool | MentorAtSchool,
    today: date,
    ports: Ports,
    uow: UnitOfWork,
) -> None:
    """Saves another name and claims another address; notices that failed are tried again."""
    if after.teacher != before.teacher:
        save_name(after.teacher, uow)
    if after.email is not None and address_of(after.email) != address_of(before.email):
        uow.emails.claim(after.email, after.teacher.trn, today)
        uow.outbox.try_again(after.id, ports.clock.now())
