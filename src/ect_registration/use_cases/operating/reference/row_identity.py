"""Which row of a table a given row is about, and which organisations it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Self
from uuid import UUID

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.reference.columns import Row, Value
from ect_registration.domain.reference.tables import ReferenceTable, key_text
from ect_registration.domain.rules.operating.organisations import check_new_name, name_meant
from ect_registration.domain.school import Organisation, OrganisationId, OrganisationKind
from ect_registration.domain.text import name_key
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import NewId

Key = tuple[Value, ...]


@attrs.frozen
class Names:
    """The organisations of one kind, by the names that they have or had."""

    kind: OrganisationKind
    meant: Callable[[str], str | None]  # the present name; None for a name that none has
    all: Sequence[str]

    @classmethod
    def of(cls, kind: OrganisationKind, organisations: Sequence[Organisation]) -> Self:
        """Returns the names of these organisations."""
        names = {each.name for each in organisations}
        former = [(old, each.name) for each in organisations for old in each.former_names]

        @cache
        def meant(typed: str) -> str | None:
            name = name_meant(typed, names, former)
            return name if name in names else None

        return cls(kind, meant, sorted(names))

    def advice_on(self, typed: str) -> str:
        """Returns what to do about a name that no organisation has."""
        near = get_close_matches(typed, self.all, n=1, cutoff=0.6)
        hint = f". Did you mean {near[0]}?" if near else ""
        return f"Give the name of a {self.kind.replace('_', ' ')} we know{hint}"


@attrs.define
class Identities:
    """Finds the rows that given rows are about; organisations by id, or else by name."""

    table: ReferenceTable
    rows: Mapping[Key, Row]
    _by_id: dict[Value, Organisation]
    _by_name: dict[str, Organisation]  # by the key of the name; present names win

    @classmethod
    def of(cls, table: ReferenceTable, uow: UnitOfWork) -> Self:
        """Returns the rows of a table, as they are now."""
        rows = {
            tuple(row[name] for name in table.key): row for row in uow.reference.rows(table.kind)
        }
        kind = table.organisation
        known = uow.organisations.of_kind(kind) if kind else ()
        named = {name_key(old): each for each in known for old in each.former_names}
        named |= {name_key(each.name): each for each in known}
        return cls(table, rows, {str(each.id): each for each in known}, named)

    def key_of(self, values: Row, new_id: NewId) -> Key:
        """Returns the key of the row that these values are about, which may be a new one."""
        if not self.table.organisation or values.get("id") is not None:
            return tuple(values[name] for name in self.table.key)
        known = self._by_name.get(name_key(str(values["name"])))
        return (str(known.id if known else new_id()),)

    def text_of(self, key: Key, values: Row) -> str:
        """Returns the key as it is shown: of organisations the id or name that was given."""
        if not self.table.organisation or values.get("id") is not None:
            return key_text(key)
        known = self._by_id.get(key[0])
        return key_text([known.name if known else values["name"]])

    def problem_of_name(self, kind: OrganisationKind, key: Key, name: str) -> str | None:
        """Gives an organisation a name, unless another has it; returns what is wrong then."""
        known = self._by_id.get(key[0])
        one = known or Organisation(OrganisationId(UUID(str(key[0]))), kind, name)
        holder = self._by_name.get(name_key(name))
        present = [holder] if holder and name_key(holder.name) == name_key(name) else []
        decision = check_new_name(name, one, present)
        if isinstance(decision, Blocked):
            return decision.message
        if known is not None:
            self._by_name.pop(name_key(known.name), None)
        self._by_id[key[0]] = self._by_name[name_key(name)] = attrs.evolve(one, name=name)
        return None


def names_used(table: ReferenceTable, uow: UnitOfWork) -> Mapping[OrganisationKind, Names]:
    """Returns the names of the kinds of organisation that columns of a table name."""
    kinds = {column.organisation for column in table.columns if column.organisation}
    return {kind: Names.of(kind, uow.organisations.of_kind(kind)) for kind in kinds}
