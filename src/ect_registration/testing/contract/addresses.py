"""One email address, and the people who want it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.ports.store import UnitOfWork
from ect_registration.testing.examples import TODAY, a_mentor, a_teacher, an_ect
from ect_registration.testing.steps import Action, Store, seen

ADDRESS = Email("shared.address@example.org")
SAME_ADDRESS = Email("Shared.ADDRESS@Example.ORG")
ONE, OTHER, RETAINED = (Trn(f"600000{number}") for number in range(1, 4))
YESTERDAY = TODAY - timedelta(days=1)


def holding(store: Store, email: Email | None = ADDRESS, today: date = TODAY) -> list[Trn]:
    """Return the TRNs that hold an address on a day."""
    return list(seen(store, lambda uow: uow.emails.holders(email, today) if email else []))


def claiming(email: Email, trn: Trn, today: date = TODAY) -> Action:
    """Return an action that saves a teacher and claims the address."""

    def claim(uow: UnitOfWork) -> None:
        uow.teachers.save(Teacher(trn, f"Teacher {trn}"))
        uow.emails.claim(email, trn, today)

    return claim


def ect_with_address(trn: Trn, **changes: Any) -> EctAtSchool:
    """Return an ECT period of this TRN with the address."""
    return an_ect(teacher=a_teacher(trn=trn), email=ADDRESS, **changes)


def mentor_with_address(trn: Trn, **changes: Any) -> MentorAtSchool:
    """Return a mentor period of this TRN with the address."""
    return a_mentor(teacher=a_teacher(trn=trn), email=ADDRESS, **changes)
