"""Reporting and changing a lead provider's own partnerships, by the ids that it knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import Blocked, Decision
from ect_registration.domain.lead_providers.records import Kind, Seen, SeenPartnership
from ect_registration.domain.lead_providers.schools import partnership_id
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.outputs.lead_providers import (
    LEAD_PROVIDER_CONFIRMS,
    NO_SUCH_PARTNER,
    NO_SUCH_SCHOOL,
    check_lead_provider_confirms,
    check_partner_change,
)
from ect_registration.domain.school import Organisation, OrganisationKind, Partnership, School
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Busy
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.lead_providers.following import follow
from ect_registration.use_cases.lead_providers.reading import one_record
from ect_registration.use_cases.operating.partnerships import add_and_confirm
from ect_registration.use_cases.trained_people import delivered_by_another
from ect_registration.use_cases.transactions import DATABASE, Ports, transact

TRIES = 20  # with pauses: as long as another follows what changed


@attrs.frozen
class Report:
    """What a lead provider reports: a school, a year and a delivery partner."""

    school: UUID
    year: AcademicYear
    delivery_partner: UUID


def report_own_partnership(report: Report, lead_provider: str, ports: Ports) -> Seen | Blocked:
    """Keeps the partnership, confirms what waited for it, and returns it as it is seen.

    Raises Unavailable.
    """
    follow(ports)

    def work(uow: UnitOfWork) -> UUID | Blocked:
        school = _held_school(report.school, uow)
        if school is None:
            return LEAD_PROVIDER_CONFIRMS.finds_invalid("school_id", because=NO_SUCH_SCHOOL)
        partner = _delivery_partner(report.delivery_partner, uow)
        if partner is None:
            return _unknown_partner()
        partnership = Partnership(school.urn, lead_provider, partner.name, report.year)
        decision = _decide(school, partnership, report.school, ports.clock.today(), uow)
        if isinstance(decision, Blocked):
            return decision
        add_and_confirm(partnership, lead_provider, ports, uow)
        id = partnership_id(report.school, _id_of(lead_provider, uow), partnership)
        uow.commit()
        return id

    return _as_seen(transact(ports, work), report.delivery_partner, lead_provider, ports)


def change_own_partnership(
    id: UUID, delivery_partner: UUID, lead_provider: str, ports: Ports
) -> Seen | Blocked | None:
    """Gives a partnership, and all training under it, another delivery partner.

    None: the lead provider has no such partnership. Raises Unavailable.
    """
    seen = one_record(lead_provider, Kind.PARTNERSHIP, id, ports)
    if seen is None or not isinstance(seen.record, SeenPartnership):
        return None
    urn, year = Urn(seen.record.urn), AcademicYear(seen.record.cohort)

    def work(uow: UnitOfWork) -> UUID | Blocked | None:
        partner = _delivery_partner(delivery_partner, uow)
        if partner is None:
            return _unknown_partner()
        uow.hold([Hold.school(urn)])
        before = _existing(urn, lead_provider, year, uow)
        if before is None:
            return None
        after = attrs.evolve(before, delivery_partner=partner.name)
        decision = check_partner_change(after, uow.offers.training_year(year))
        if isinstance(decision, Blocked):
            return decision
        if after != before:
            line = _changed(before, after, ports)
            people = delivered_by_another(after, line, uow)
            uow.partnerships.change(after)
            uow.history.add([line, *people])
            uow.commit()
        return id

    outcome = transact(ports, work)
    if outcome is None:
        return None
    return _as_seen(outcome, delivery_partner, lead_provider, ports)


def _decide(
    school: School, partnership: Partnership, id: UUID, today: date, uow: UnitOfWork
) -> Decision:
    [facts] = uow.seen.schools([id])
    pair = (partnership.lead_provider, partnership.year.starts_in)
    return check_lead_provider_confirms(
        school,
        partnership,
        uow.offers.training_year(partnership.year),
        uow.partnerships.of_school(school.urn),
        training_waits=pair in facts.interested_in(today),
    )


def _held_school(id: UUID, uow: UnitOfWork) -> School | None:
    """Returns the school with its partnerships and waiting trainings held."""
    urn = uow.seen.urn_of(id)
    if urn is None:
        return None
    uow.hold([Hold.school(Urn(urn))])
    return uow.schools.find(Urn(urn))


def _delivery_partner(id: UUID, uow: UnitOfWork) -> Organisation | None:
    every = uow.organisations.of_kind(OrganisationKind.DELIVERY_PARTNER)
    return next((each for each in every if each.id == id), None)


def _unknown_partner() -> Blocked:
    return LEAD_PROVIDER_CONFIRMS.finds_invalid("delivery_partner_id", because=NO_SUCH_PARTNER)


def _existing(
    urn: Urn, lead_provider: str, year: AcademicYear, uow: UnitOfWork
) -> Partnership | None:
    here: Sequence[Partnership] = uow.partnerships.of_school(urn)
    theirs = (each for each in here if (each.lead_provider, each.year) == (lead_provider, year))
    return next(theirs, None)


def _id_of(lead_provider: str, uow: UnitOfWork) -> UUID:
    every = uow.organisations.of_kind(OrganisationKind.LEAD_PROVIDER)
    return next(each.id for each in every if each.name == lead_provider)


def _as_seen(
    outcome: UUID | Blocked, delivery_partner: UUID, lead_provider: str, ports: Ports
) -> Seen | Blocked:
    """Returns the partnership as the lead provider sees it from now on."""
    if isinstance(outcome, Blocked):
        return outcome
    for tries in range(1, TRIES + 1):
        follow(ports)
        with ports.reading() as uow:
            seen = uow.seen.find(lead_provider, Kind.PARTNERSHIP, outcome)
        if seen is not None and _delivered_by(seen) == delivery_partner:
            return seen
        ports.pause(tries)  # another is following
    raise Busy(DATABASE, "the partnership is kept, and will be seen in a moment")


def _delivered_by(seen: Seen) -> UUID | None:
    return seen.record.delivery_partner if isinstance(seen.record, SeenPartnership) else None


def _changed(before: Partnership, after: Partnership, ports: Ports) -> Change:
    return Change(
        at=ports.clock.stamp(),
        actor=before.lead_provider,
        school=before.school,
        what=What.PARTNERSHIP_CHANGED,
        rules=(LEAD_PROVIDER_CONFIRMS.id,),
        before={
            "lead_provider": before.lead_provider,
            "year": before.year.starts_in,
            "delivery_partner": before.delivery_partner,
        },
        after={"delivery_partner": after.delivery_partner},
    )
