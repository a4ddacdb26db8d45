"""Giving an organisation another name: it stays the one that schools chose."""

from __future__ import annotations

from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.operating.organisations import ORGANISATIONS_KEEP_THEIR_IDENTITY
from ect_registration.domain.school import Organisation
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports


def rename_in(
    uow: UnitOfWork, organisation: Organisation, name: str, user: str, ports: Ports
) -> None:
    """Renames an organisation in the caller's unit of work, with its line of history."""
    uow.organisations.rename(organisation, name)
    change = Change(
        at=ports.clock.stamp(),
        actor=user,
        school=None,
        what=What.ORGANISATION_RENAMED,
        rules=(ORGANISATIONS_KEEP_THEIR_IDENTITY.id,),
        about=organisation.id,
        before={"kind": organisation.kind.value, "name": organisation.name},
        after={"name": name},
    )
    uow.history.add([change])
