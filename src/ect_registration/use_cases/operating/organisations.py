"""Giving an organisation another name: it stays the one that schools chose."""

from __future__ import annotations

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.organisations import (
    ORGANISATIONS_KEEP_THEIR_IDENTITY,
    check_new_name,
)
from ect_registration.domain.school import Organisation, OrganisationId, OrganisationKind
from ect_registration.ports.holds import Hold
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports, transact


@attrs.frozen
class Renamed:
    """The organisation as it was, and the name that it has from now on; they may be equal."""

    before: Organisation
    name: str


def rename_organisation(
    kind: OrganisationKind,
    id: OrganisationId,
    name: str,
    user: str,
    ports: Ports,
    *,
    dry_run: bool = False,
) -> Renamed | Blocked:
    """Give it this name, unless another of its kind has it. Its old name still finds it.

    A dry run says what would come of it. Raises Unavailable without a database.
    """
    wanted = " ".join(name.split())
    if dry_run:
        with ports.reading() as uow:
            return _planned(kind, id, wanted, uow)

    def work(uow: UnitOfWork) -> Renamed | Blocked:
        uow.hold([Hold.REFERENCE_DATA])
        renamed = _planned(kind, id, wanted, uow)
        if isinstance(renamed, Renamed) and renamed.name != renamed.before.name:
            rename_in(uow, renamed, user, ports)
            uow.commit()
        return renamed

    return transact(ports, work)


def rename_in(uow: UnitOfWork, renamed: Renamed, user: str, ports: Ports) -> None:
    """Renames an organisation in the caller's unit of work, with its line of history."""
    uow.organisations.rename(renamed.before, renamed.name)
    uow.history.add([_change(renamed, user, ports)])


def _planned(
    kind: OrganisationKind, id: OrganisationId, name: str, uow: UnitOfWork
) -> Renamed | Blocked:
    organisations = uow.organisations.of_kind(kind)
    before = next((each for each in organisations if each.id == id), None)
    if before is None:
        what = kind.replace("_", " ")
        return ORGANISATIONS_KEEP_THEIR_IDENTITY.finds_invalid(
            "id", f"Enter the id of an organisation we know as a {what}"
        )
    decision = check_new_name(name, before, organisations)
    return decision if isinstance(decision, Blocked) else Renamed(before, name)


def _change(renamed: Renamed, user: str, ports: Ports) -> Change:
    return Change(
        at=ports.clock.stamp(),
        actor=user,
        school=None,
        what=What.ORGANISATION_RENAMED,
        rules=(ORGANISATIONS_KEEP_THEIR_IDENTITY.id,),
        about=renamed.before.id,
        before={"kind": renamed.before.kind.value, "name": renamed.before.name},
        after={"name": renamed.name},
    )
