"""What given rows come to: which rows change, from what to what, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from ect_registration.domain.reference.columns import Row, Value, same
from ect_registration.domain.reference.tables import Difference, ReferenceTable
from ect_registration.domain.school import OrganisationKind
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.operating.reference.given import (
    GivenRow,
    InvalidReference,
    RowMistake,
)
from ect_registration.use_cases.operating.reference.row_checks import RowCheck, check_of
from ect_registration.use_cases.operating.reference.row_identity import (
    Identities,
    Key,
    Names,
    names_used,
)
from ect_registration.use_cases.transactions import NewId


@attrs.frozen
class RowChange:
    """One row that was given, as it is and as it will be. ``before`` is None for a new one."""

    table: ReferenceTable
    shown_key: str
    before: Row | None
    after: Row
    given: Sequence[str]  # the columns that were given, in the order of the table

    @property
    def differences(self) -> Sequence[Difference]:
        """Returns a line for each given column that differs; a new row had nothing before."""
        before = self.before or {}
        return [
            self.difference(name, before.get(name), self.after[name])
            for name in self.given
            if not same(before.get(name), self.after[name])
        ]

    def difference(self, column: str, before: Value, after: Value) -> Difference:
        """Returns a line about this row."""
        return Difference(self.table.kind, self.shown_key, column, before, after)


def plan(
    table: ReferenceTable,
    given: Sequence[GivenRow],
    uow: UnitOfWork,
    new_id: NewId,
    *,
    adding: bool,
) -> Sequence[RowChange]:
    """Returns what becomes of each given row; raises InvalidReference with every mistake."""
    planner = _Planner(
        table,
        Identities.of(table, uow),
        names_used(table, uow),
        check_of(table.kind, uow),
        new_id,
        adding,
    )
    changes = [change for row in given if (change := planner.change_of(row)) is not None]
    if planner.mistakes:
        raise InvalidReference(planner.mistakes)
    return changes


@attrs.define
class _Planner:
    """Plans row after row, and gathers the mistakes of all of them."""

    table: ReferenceTable
    _identities: Identities
    _names: Mapping[OrganisationKind, Names]
    _check: RowCheck
    _new_id: NewId
    _adding: bool
    mistakes: list[RowMistake] = attrs.Factory(list)
    _lines: dict[Key, int | None] = attrs.Factory(dict)

    def change_of(self, row: GivenRow) -> RowChange | None:
        """Returns what becomes of a row, or None and more mistakes."""
        values = self._under_present_names(row.values)
        meant = values if row.key is None else self._under_present_names(row.key)
        problems = [*self._missing_parts_of_key(meant), *self._problems_of({**meant, **values})]
        if self._finds(row, problems):
            return None
        key = self._identities.key_of(meant, self._new_id)
        shown = self._identities.text_of(key, meant)
        before = self._identities.rows.get(key)
        if self._finds(row, self._problems_of_key(key, shown, before)):
            return None
        self._lines[key] = row.line
        after = self._new(values, key) if before is None else {**before, **values}
        named = self.table.organisation is not None and row.key is None and "id" not in meant
        if before is not None and named:
            after["name"] = before["name"]  # the name said which row is meant
        if self._finds(row, self._problems_of_row(key, before, after, values)):
            return None
        given = [name for name in self.table.names if name in values]
        return RowChange(self.table, shown, before, after, given)

    def _problems_of_row(
        self, key: Key, before: Row | None, after: Row, values: Row
    ) -> Sequence[tuple[str, str]]:
        """Returns the first kind of problem that a whole row has."""
        missing = [] if before is not None else list(self._missing(after, values))
        return (
            missing
            or list(self._problems_of_name(key, before, after))
            or list(self._check(before, after))
        )

    def _problems_of_key(
        self, key: Key, shown: str, before: Row | None
    ) -> Iterator[tuple[str | None, str]]:
        if key in self._lines:
            twice = f"Give each row once. Line {self._lines[key]} is about {shown} too"
            yield self.table.key_names[-1], twice
        elif before is None and not self._adding:
            what = self.table.kind
            yield None, f"There is no {shown} among the {what}. ect reference import adds rows"

    def _under_present_names(self, values: Row) -> Row:
        """Returns the values with organisations under their present names, where they have one.

        An organisation without an id is found by its name.
        """
        now = {
            column.name: self._names[column.organisation].meant(str(values[column.name]))
            for column in self.table.columns
            if column.organisation and values.get(column.name) is not None
        }
        named = {name: present for name, present in now.items() if present is not None}
        unidentified = bool(self.table.organisation) and values.get("id") is None
        kept = {name: value for name, value in values.items() if name != "id" or not unidentified}
        return {**kept, **named}

    def _missing_parts_of_key(self, meant: Row) -> Iterator[tuple[str, str]]:
        if self.table.organisation is None:
            missing = [name for name in self.table.key if meant.get(name) is None]
        else:
            missing = [] if "id" in meant or "name" in meant else ["name"]
        for name in missing:
            yield name, "Give a value. It says which row is meant"

    def _problems_of(self, values: Row) -> Iterator[tuple[str, str]]:
        for name, value in values.items():
            column = self.table.column(name)
            if value is None and name in self.table.key:
                continue  # told as a missing part of the key
            problem = column.problem_of(value)
            if problem is not None:
                yield name, problem
            elif column.organisation is not None:
                names = self._names[column.organisation]
                if names.meant(str(value)) is None:
                    yield name, names.advice_on(str(value))

    def _new(self, values: Row, key: Key) -> dict[str, Value]:
        defaults = {column.name: column.default for column in self.table.columns}
        return {**defaults, **values, **dict(zip(self.table.key, key, strict=True))}

    def _missing(self, after: Row, values: Row) -> Iterator[tuple[str, str]]:
        for column in self.table.columns:
            if column.required and after[column.name] is None and column.name not in values:
                yield column.name, "Give a value. A new row needs it"

    def _problems_of_name(
        self, key: Key, before: Row | None, after: Row
    ) -> Iterator[tuple[str, str]]:
        kind = self.table.organisation
        if kind and (before is None or before["name"] != after["name"]):
            problem = self._identities.problem_of_name(kind, key, str(after["name"]))
            if problem is not None:
                yield "name", problem

    def _finds(self, row: GivenRow, problems: Iterable[tuple[str | None, str]]) -> bool:
        """Adds what is wrong with a row to the mistakes, and says whether anything is."""
        found = [RowMistake(row.line, column, message) for column, message in problems]
        self.mistakes += found
        return bool(found)
