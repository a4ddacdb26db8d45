"""Reporting a partnership: who delivers a lead provider's training at a school in a year."""

from __future__ import annotations

from datetime import datetime

import attrs

from ect_registration.domain.decisions import Blocked, Evidence
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import unknown_school
from ect_registration.domain.rules.organisations import name_meant_among
from ect_registration.domain.rules.programme import (
    CONFIRMED_OR_INTEREST,
    LEAD_PROVIDER_NOT_AVAILABLE,
    partnership_with,
)
from ect_registration.domain.school import OrganisationKind, Partnership
from ect_registration.ports.holds import Hold
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports, transact

DIFFERENT_PARTNER = "The school has a partnership with this lead provider and another delivery \
partner in that year already"
NOT_WORKING_TOGETHER = "The delivery partner does not work with this lead provider in that year"


@attrs.frozen
class Reported:
    """The partnership, and how many waiting trainings it confirmed."""

    partnership: Partnership
    confirmed: int


def report_partnership(
    partnership: Partnership, user: str, ports: Ports, *, dry_run: bool = False
) -> Reported | Blocked:
    """Keeps it, and confirms the waiting trainings of that school, lead provider and year.

    Reporting the same again confirms what may have come to wait meanwhile.
    """

    def work(uow: UnitOfWork) -> Reported | Blocked:
        uow.hold([Hold.school(partnership.school)])
        named = _under_present_names(partnership, uow)
        blocked = stands_against(named, uow)
        if blocked is not None:
            return blocked
        reported = add_and_confirm(named, user, ports, uow)
        if not dry_run:
            uow.commit()
        return reported

    return transact(ports, work)


def _under_present_names(partnership: Partnership, uow: UnitOfWork) -> Partnership:
    providers = uow.organisations.of_kind(OrganisationKind.LEAD_PROVIDER)
    partners = uow.organisations.of_kind(OrganisationKind.DELIVERY_PARTNER)
    return attrs.evolve(
        partnership,
        lead_provider=name_meant_among(partnership.lead_provider, providers),
        delivery_partner=name_meant_among(partnership.delivery_partner, partners),
    )


def add_and_confirm(
    partnership: Partnership, user: str, ports: Ports, uow: UnitOfWork
) -> Reported:
    """Add the partnership unless it is there, confirm what waits, and write the history."""
    known = partnership in uow.partnerships.of_school(partnership.school)
    if not known:
        uow.partnerships.add(partnership)
    confirmed = uow.partnerships.confirm_waiting(partnership, ports.clock.today())
    if confirmed or not known:
        uow.history.add([partnership_change(partnership, confirmed, user, ports.clock.stamp())])
    return Reported(partnership, confirmed)


def stands_against(partnership: Partnership, uow: UnitOfWork) -> Blocked | None:
    """Returns what keeps a partnership from being reported."""
    if uow.schools.find(partnership.school) is None:
        return unknown_school()
    existing = partnership_with(
        uow.partnerships.of_school(partnership.school),
        partnership.lead_provider,
        partnership.year,
    )
    if existing is not None and existing != partnership:
        return CONFIRMED_OR_INTEREST.refuses(DIFFERENT_PARTNER, field="delivery_partner")
    return None if existing is not None else _unknown_pair(partnership, uow)


def _unknown_pair(partnership: Partnership, uow: UnitOfWork) -> Blocked | None:
    offer = uow.offers.training_year(partnership.year)
    if partnership.lead_provider not in offer.all_lead_providers:
        return LEAD_PROVIDER_NOT_AVAILABLE.finds_invalid(
            "lead_provider", "Enter the name of a lead provider we know"
        )
    if (partnership.lead_provider, partnership.delivery_partner) not in offer.pairs:
        return CONFIRMED_OR_INTEREST.refuses(NOT_WORKING_TOGETHER, field="delivery_partner")
    return None


def partnership_change(
    partnership: Partnership, confirmed: int, user: str, at: datetime
) -> Change:
    """Returns the line of history for a partnership, reported or carried over."""
    after: Evidence = {
        "lead_provider": partnership.lead_provider,
        "delivery_partner": partnership.delivery_partner,
        "year": partnership.year.starts_in,
        "confirmed": confirmed,
    }
    return Change(
        at=at,
        actor=user,
        school=partnership.school,
        what=What.PARTNERSHIP_REPORTED,
        rules=(CONFIRMED_OR_INTEREST.id,),
        after=after,
    )
