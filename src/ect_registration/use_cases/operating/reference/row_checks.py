"""What has to fit together within a row, or with rows of other tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.reference.columns import Row, Value
from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.ports.store import UnitOfWork

# Yields the column and what to do about it, given the row as it is and as it would be.
RowCheck = Callable[[Row | None, Row], Iterator[tuple[str, str]]]


def check_of(kind: ReferenceKind, uow: UnitOfWork) -> RowCheck:
    """Returns the check of the rows of one kind."""
    return _CHECKS[kind](uow) if kind in _CHECKS else _any


def _any(_before: Row | None, _after: Row) -> Iterator[tuple[str, str]]:
    return iter(())


def _in_order(first: str, last: str) -> Callable[[UnitOfWork], RowCheck]:
    def check(_: Row | None, after: Row) -> Iterator[tuple[str, str]]:
        if _is_before(after[last], after[first]):
            yield last, f"Give a day on or after {first}, which is {after[first]}"

    return lambda _: check


def _is_before(one: Value, other: Value) -> bool:
    return None not in {one, other} and str(one) < str(other)  # ISO dates sort as text


def _partnership(uow: UnitOfWork) -> RowCheck:
    schools = {row["urn"] for row in uow.reference.rows(ReferenceKind.SCHOOLS)}
    pairs = {
        (row["lead_provider"], row["delivery_partner"], row["year"])
        for row in uow.reference.rows(ReferenceKind.PAIRINGS)
        if row["active"]
    }

    def check(before: Row | None, after: Row) -> Iterator[tuple[str, str]]:
        if after["school"] not in schools:
            yield "school", "Give the URN of a school we know"
        was = before or {}
        parts = ("delivery_partner", "active")
        unchanged = all(was.get(part) == after[part] for part in parts)
        pair = (after["lead_provider"], after["delivery_partner"], after["year"])
        if after["active"] and not unchanged and pair not in pairs:
            year = AcademicYear(int(str(after["year"])))
            provider = after["lead_provider"]
            works = f"Give a delivery partner that works with {provider} in {year}"
            yield "delivery_partner", f"{works}, or import their pairing first"

    return check


_CHECKS: Mapping[ReferenceKind, Callable[[UnitOfWork], RowCheck]] = {
    ReferenceKind.CLOSED_DAYS: _in_order("from", "to"),
    ReferenceKind.APPROPRIATE_BODIES: _in_order("active_from", "active_until"),
    ReferenceKind.PARTNERSHIPS: _partnership,
}
