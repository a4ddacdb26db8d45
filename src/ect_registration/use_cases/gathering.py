"""Looking up the facts of a case: the single place that does."""

from __future__ import annotations

from datetime import date

import attrs

from ect_registration.case import EctCase
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.draft import EctDraft
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
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
    known, periods = uow.ects.known_as(case.record.trns)
    email = case.draft.email
    return attrs.evolve(
        case,
        known=tuple(known),
        periods=tuple(periods),
        email_holders=() if email is None else tuple(uow.emails.holders(email, case.today)),
    )


def _with_offer(case: EctCase, uow: UnitOfWork) -> EctCase:
    offer = uow.offers.to_school(case.school.urn, case.expected_year)
    return attrs.evolve(
        case,
        bodies=offer.bodies,
        training_year=offer.year,
        partnerships=offer.partnerships,
    )
