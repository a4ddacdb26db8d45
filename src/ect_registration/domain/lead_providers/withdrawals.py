"""Why a person's training with a lead provider is over, if another took its place."""

from __future__ import annotations

from datetime import date, datetime

from ect_registration.domain.lead_providers.person import Person, Trained
from ect_registration.domain.lead_providers.records import Role, Withdrawal, WithdrawalReason
from ect_registration.domain.people.endings import Cause, shortened_by
from ect_registration.domain.people.training import Programme

# A school that reports these says nothing about who trains the person next.
WITHOUT_A_SUCCESSOR = {Cause.LEAVING, Cause.COMPLETED, Cause.SCHOOL_CLOSED}


def withdrawal_of(
    trained: Trained, role: Role, person: Person, now: datetime
) -> Withdrawal | None:
    """Returns why and when the training was over, or None while it is the person's present one.

    It is dated its last day; training that had not begun or was undone, the moment ``now``.
    """
    reason = (
        WithdrawalReason.OTHER if trained.is_undone else _replaced_because(trained, role, person)
    )
    if reason is None:
        return None
    if trained.training.withdrawn or trained.days.last is None:
        return Withdrawal(reason, at=now)
    return Withdrawal(reason, on=trained.days.last)


def _replaced_because(trained: Trained, role: Role, person: Person) -> WithdrawalReason | None:
    successor = _successor(trained, role, person)
    if successor is None:
        return WithdrawalReason.OTHER if _was_merged_away(trained) else None
    if successor.training.programme is Programme.SCHOOL_LED:
        return WithdrawalReason.SCHOOL_LED
    if successor.training.lead_provider == trained.training.lead_provider:
        return None
    if successor.at_school.school != trained.at_school.school:
        return WithdrawalReason.MOVED_SCHOOL
    return WithdrawalReason.CHANGED_LEAD_PROVIDER


def _successor(trained: Trained, role: Role, person: Person) -> Trained | None:
    """Returns the training that took the place of this one, whatever came after it.

    A school that changed training has said which; otherwise it is the next one.
    """
    others = [
        each
        for each in person.trained(role)
        if each.training.id != trained.training.id
        and not each.at_school.withdrawn
        and not each.is_undone
    ]
    changed_to = [each for each in others if trained.was_changed_to(each)]
    later = sorted(
        (each for each in others if each.goes_on_from(trained)),
        key=lambda each: (each.days.first, not each.training.withdrawn),
    )
    return next(iter([*changed_to, *later]), None)


def _was_merged_away(trained: Trained) -> bool:
    """Says whether a training was withdrawn without a cause that explains it."""
    causes = {end.cause for end in shortened_by(trained.training)}
    return trained.training.withdrawn and not causes & WITHOUT_A_SUCCESSOR


def mentoring_until(person: Person) -> date | None:
    """Returns the last day on which the person is a mentor at any school; None without one."""
    standing = [each.period for each in person.mentors if not each.withdrawn]
    last_days = [period.finished_on for period in standing if period.finished_on is not None]
    return max(last_days) if last_days and len(last_days) == len(standing) else None
