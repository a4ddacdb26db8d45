"""Giving the organisations of the town other names."""

from __future__ import annotations

from collections.abc import Mapping

from builders import DELIVERY_PARTNER, HUB, LEAD_PROVIDER
from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.domain.school import Organisation, OrganisationKind
from unit.use_cases.reference_rows import BODIES, PARTNERS, PROVIDERS, set_row
from unit.use_cases.service import Service

BODY, PROVIDER, PARTNER = OrganisationKind
NEW = "Brightwater Learning"
OLD_NAMES = {BODY: HUB, PROVIDER: LEAD_PROVIDER, PARTNER: DELIVERY_PARTNER}
TABLE: Mapping[OrganisationKind, ReferenceKind] = {
    BODY: BODIES,
    PROVIDER: PROVIDERS,
    PARTNER: PARTNERS,
}


def of_kind(service: Service, kind: OrganisationKind) -> Mapping[str, Organisation]:
    """By their present names."""
    with service.store.reading() as uow:
        return {each.name: each for each in uow.organisations.of_kind(kind)}


def rename(
    service: Service, kind: OrganisationKind, name: str = NEW, before: str | None = None
) -> None:
    """The one with the name ``before``, or the one that examples choose."""
    set_row(service, TABLE[kind], {"name": before or OLD_NAMES[kind]}, name=name)
