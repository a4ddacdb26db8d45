"""Giving the organisations of the town other names."""

from __future__ import annotations

from collections.abc import Mapping

from builders import DELIVERY_PARTNER, HUB, LEAD_PROVIDER
from ect_registration.domain.school import Organisation, OrganisationKind
from ect_registration.use_cases.operating.organisations import rename_organisation
from unit.use_cases.service import USER, Service

BODY, PROVIDER, PARTNER = OrganisationKind
NEW = "Brightwater Learning"
OLD_NAMES = {BODY: HUB, PROVIDER: LEAD_PROVIDER, PARTNER: DELIVERY_PARTNER}


def of_kind(service: Service, kind: OrganisationKind) -> Mapping[str, Organisation]:
    """By their present names."""
    with service.store.reading() as uow:
        return {each.name: each for each in uow.organisations.of_kind(kind)}


def rename(
    service: Service,
    kind: OrganisationKind,
    name: str = NEW,
    before: str | None = None,
    *,
    dry_run: bool = False,
) -> object:
    """The one with the name ``before``, or the one that examples choose."""
    id = of_kind(service, kind)[before or OLD_NAMES[kind]].id
    return rename_organisation(kind, id, name, USER, service.ports, dry_run=dry_run)
