"""Changing reference data row by row: looked at first, all or nothing, and in history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

import attrs

from ect_registration.domain.decisions import Evidence, Plain
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.reference.columns import Value
from ect_registration.domain.reference.tables import TABLES, Difference, ReferenceKind
from ect_registration.domain.rules.operating.operators import REFERENCE_CHANGES
from ect_registration.domain.school import Organisation, OrganisationId
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import MOST_AT_ONCE, Hold
from ect_registration.ports.stored.holds import Kind as HeldKind
from ect_registration.use_cases.operating.organisations import rename_in
from ect_registration.use_cases.operating.partnerships import partnership_line, reported
from ect_registration.use_cases.operating.reference.given import GivenRow
from ect_registration.use_cases.operating.reference.partnership_effects import (
    Effect,
    corrected,
    follow,
)
from ect_registration.use_cases.operating.reference.plan import RowChange, plan
from ect_registration.use_cases.transactions import Ports, transact


def change_reference(
    kind: ReferenceKind,
    given: Sequence[GivenRow],
    user: str,
    ports: Ports,
    *,
    adding: bool = True,
    dry_run: bool = False,
) -> Sequence[Difference]:
    """Sets the given columns of the given rows, all or nothing; returns what differs.

    With ``adding``, rows that are not there yet are added. A dry run returns the same and changes
    nothing. Raises InvalidReference with every mistake, and Unavailable without a database.
    """

    def work(uow: UnitOfWork) -> Sequence[Difference]:
        uow.hold(_holds(kind, given))
        changes = plan(TABLES[kind], given, uow, ports.new_id, adding=adding)
        differences = make_changes(changes, user, ports, uow)
        if differences and not dry_run:
            uow.commit()
        return differences

    return transact(ports, work)


def _holds(kind: ReferenceKind, given: Sequence[GivenRow]) -> Collection[Hold]:
    """Returns what changes of these rows rest on; a partnership is held with its school."""
    if kind is not ReferenceKind.PARTNERSHIPS:
        return [Hold.REFERENCE_DATA]
    given_keys = (row.values if row.key is None else row.key for row in given)
    schools = {str(key.get("school")) for key in given_keys}
    if len(schools) >= MOST_AT_ONCE:
        return [Hold.EVERYTHING]
    return [Hold.REFERENCE_DATA, *(Hold(HeldKind.SCHOOL, urn) for urn in schools)]


def make_changes(
    changes: Sequence[RowChange], user: str, ports: Ports, uow: UnitOfWork
) -> Sequence[Difference]:
    """Makes planned changes of one kind in the caller's unit of work; returns what differs."""
    differing = [change for change in changes if change.differences]
    for change in differing:
        _rename(change, user, ports, uow)
    if differing:
        kind = differing[0].table.kind
        if kind is ReferenceKind.PARTNERSHIPS:
            uow.history.add(corrected(differing, user, ports, uow))
        uow.reference.save(kind, [change.after for change in differing])
    differences: list[Difference] = []
    for change in changes:
        effect = None
        if change.table.kind is ReferenceKind.PARTNERSHIPS:
            effect = follow(change, user, ports, uow)
        differences += change.differences
        differences += effect.differences(change) if effect else []
        uow.history.add(_history(change, effect, user, ports))
        uow.history.add(effect.lines if effect else ())
    return differences


def _rename(change: RowChange, user: str, ports: Ports, uow: UnitOfWork) -> None:
    kind, before = change.table.organisation, change.before
    if kind is not None and before is not None and before["name"] != change.after["name"]:
        id, name = OrganisationId(UUID(str(before["id"]))), str(before["name"])
        rename_in(uow, Organisation(id, kind, name), str(change.after["name"]), user, ports)


def _history(
    change: RowChange, effect: Effect | None, user: str, ports: Ports
) -> Iterable[Change]:
    """Yields the lines of history about a row: none when nothing differs."""
    differing = change.differences
    if effect is not None and change.after["active"] and (effect.confirmed or differing):
        line = partnership_line(effect.partnership, user, ports.clock.stamp())
        yield reported(line, effect.confirmed)
        return
    organisation = change.table.organisation
    if organisation is not None and change.before is not None:
        differing = [each for each in differing if each.column != "name"]  # see _rename
    if differing:
        line = _line(change, differing, user, ports)
        released = {"trainings": effect.released} if effect and effect.released else {}
        yield attrs.evolve(line, after={**line.after, **released})


def _line(change: RowChange, differing: Sequence[Difference], user: str, ports: Ports) -> Change:
    row, kind = change.after, change.table.kind
    named: Evidence = {"kind": kind.value, "key": change.shown_key}
    school = {ReferenceKind.SCHOOLS: "urn", ReferenceKind.PARTNERSHIPS: "school"}.get(kind)
    return Change(
        at=ports.clock.stamp(),
        actor=user,
        school=Urn(str(row[school])) if school else None,
        what=What.REFERENCE_CHANGED,
        rules=(REFERENCE_CHANGES.id,),
        about=UUID(str(row["id"])) if change.table.organisation else None,
        before={**named, **{each.column: _plain(each.before) for each in differing}},
        after={each.column: _plain(each.after) for each in differing},
    )


def _plain(value: Value) -> Plain:
    return value.isoformat() if isinstance(value, date) else value
