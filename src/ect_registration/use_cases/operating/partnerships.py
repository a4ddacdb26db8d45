"""Reporting a partnership: who delivers a lead provider's training at a school in a year."""

from __future__ import annotations

from datetime import date, datetime

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import unknown_school
from ect_registration.domain.rules.operating.organisations import name_meant_among
from ect_registration.domain.rules.registering.programme import (
    CONFIRMED_OR_INTEREST,
    LEAD_PROVIDER_NOT_AVAILABLE,
    partnership_with,
)
from ect_registration.domain.school import OrganisationKind, Partnership
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.trained_people import (
    Followed,
    confirm_waiting,
    delivered_by_another,
)
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
    """Adds the partnership unless it is there, confirms what waits, and writes the history."""
    today, line = ports.clock.today(), partnership_line(partnership, user, ports.clock.stamp())
    if partnership not in uow.partnerships.of_school(partnership.school):
        followed = begun(partnership, line, today, uow)
        uow.history.add(followed.lines)
        return Reported(partnership, followed.number)
    followed = confirm_waiting(partnership, line, today, uow)
    if followed.number:
        uow.history.add([reported(line, followed.number), *followed.lines])
    return Reported(partnership, followed.number)


def begun(partnership: Partnership, line: Change, today: date, uow: UnitOfWork) -> Followed:
    """Adds a partnership, or takes it up again, and confirms what waits.

    The lines are its own, then those of the people concerned; the caller writes them.
    """
    people = delivered_by_another(partnership, line, uow)
    uow.partnerships.add(partnership)
    confirmed = confirm_waiting(partnership, line, today, uow)
    own = reported(line, confirmed.number)
    return attrs.evolve(confirmed, lines=(own, *people, *confirmed.lines))


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


def reported(line: Change, confirmed: int) -> Change:
    """Returns the line about a partnership itself, with the number of trainings confirmed."""
    return attrs.evolve(line, after={**line.after, "confirmed": confirmed})


def partnership_line(partnership: Partnership, user: str, at: datetime) -> Change:
    """Returns a line of history for a partnership that is reported, corrected or carried over."""
    return Change(
        at=at,
        actor=user,
        school=partnership.school,
        what=What.PARTNERSHIP_REPORTED,
        rules=(CONFIRMED_OR_INTEREST.id,),
        after={
            "lead_provider": partnership.lead_provider,
            "delivery_partner": partnership.delivery_partner,
            "year": partnership.year.starts_in,
        },
    )
