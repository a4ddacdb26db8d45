"""Looking up the facts of a case: the single place that does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from ect_registration.case import EctCase
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.draft import EctDraft
from ect_registration.domain.ect import EctAtSchool
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.teacher import Teacher
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork


def gather(draft: EctDraft, urn: Urn, today: date, uow: UnitOfWork) -> EctCase | Blocked:
    """The facts that the answers so far call for, and no more; blocked by an unknown school."""
    found = uow.schools.with_latest_registration(urn)
    if found is None:
        return OWN_SCHOOL_ONLY.finds_invalid("school", "Enter the URN of a school we know")
    school, latest = found
    return with_draft(EctCase(draft, today, school, latest), draft, uow)


def with_draft(case: EctCase, draft: EctDraft, uow: UnitOfWork) -> EctCase:
    """The same case with other answers, and the facts that these call for."""
    case = attrs.evolve(case, draft=draft)
    if case.proven:
        case = _with_person(case, uow)
    if case.draft.start_date is not None:
        case = _with_offer(case, uow)
    return case


def _with_person(case: EctCase, uow: UnitOfWork) -> EctCase:
    known = tuple(uow.teachers.known_as(case.record.trns))
    email = case.draft.email
    return attrs.evolve(
        case,
        known=known,
        periods=tuple(_periods_of(known, uow)),
        email_holders=() if email is None else tuple(uow.emails.holders(email, case.today)),
    )


def _periods_of(known: Sequence[Teacher], uow: UnitOfWork) -> Sequence[EctAtSchool]:
    return uow.ects.of_people([teacher.trn for teacher in known]) if known else ()


def _with_offer(case: EctCase, uow: UnitOfWork) -> EctCase:
    return attrs.evolve(
        case,
        bodies=tuple(uow.offers.appropriate_bodies()),
        training_year=uow.offers.training_year(case.expected_year),
        partnerships=tuple(uow.partnerships.of_school(case.school.urn)),
    )
