"""What saving an ECT's details and saving a mentor's have in common: a name and an address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.email import Email, address_of
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.rules.changing import ended_by
from ect_registration.ports.holds import Hold
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.beside import with_email_if_free
from ect_registration.use_cases.changing.records import save_name
from ect_registration.use_cases.signing_in.limits import count_in
from ect_registration.use_cases.transactions import Actor, Ports

P = TypeVar("P", EctAtSchool, MentorAtSchool)


def count_email_question(
    email: Email | None,
    row: EctAtSchool | MentorAtSchool | None,
    actor: Actor,
    ports: Ports,
    uow: UnitOfWork,
) -> Blocked | None:
    """Counts a question about another address; blocked when there were too many."""
    if email is None or row is None or row.email == email:
        return None
    return count_in(uow, Attempted.EMAIL_QUESTION, actor.user, ports)


def holds_on_emails(
    email: Email | None,
    row: EctAtSchool | MentorAtSchool,
    others: Iterable[EctAtSchool | MentorAtSchool],
    actor: Actor,
    *,
    counted: bool,
) -> Sequence[Hold]:
    """Returns the addresses concerned, and the user's counter when the question counts.

    Those of ``others`` that this registration ended are among them: they may go on for longer.
    """
    again = [other.email for other in others if ended_by(row, other)]
    holds = [Hold.email(each) for each in (email, row.email, *again) if each is not None]
    if counted:
        holds.append(Hold.counter(Attempted.EMAIL_QUESTION, actor.user))
    return holds


def with_their_emails(
    pairs: Iterable[tuple[P, P]], uow: UnitOfWork, today: date
) -> list[tuple[P, P]]:
    """Claims the addresses of periods that go on again.

    A period whose address another person has by now goes on without one.
    """
    return [
        (before, with_email_if_free(before, after, uow, today, keep=True))
        for before, after in pairs
    ]


def save_person(
    before: EctAtSchool | MentorAtSchool,
    after: EctAtSchool | MentorAtSchool,
    ports: Ports,
    uow: UnitOfWork,
) -> None:
    """Saves another name and claims another address; notices that failed are tried again."""
    if after.teacher != before.teacher:
        save_name(after.teacher, uow)
    if after.email is not None and address_of(after.email) != address_of(before.email):
        uow.emails.claim(after.email, after.teacher.trn, ports.clock.today())
        uow.outbox.try_again(after.id, ports.clock.now())
