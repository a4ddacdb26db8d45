"""What becomes of trainings when a partnership begins, comes back or ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.training import TrainingState
from ect_registration.domain.records.history import Change
from ect_registration.domain.reference.tables import Difference
from ect_registration.domain.rules.operating.operators import REFERENCE_CHANGES
from ect_registration.domain.school import Partnership
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.operating.partnerships import partnership_line
from ect_registration.use_cases.operating.reference.plan import RowChange
from ect_registration.use_cases.trained_people import (
    confirm_waiting,
    delivered_by_another,
    release,
)
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class Effect:
    """How many trainings a partnership confirmed, or how many wait again after it ended.

    ``lines`` is the history of the people concerned.
    """

    partnership: Partnership
    confirmed: int = 0
    released: int = 0
    lines: Sequence[Change] = ()

    def differences(self, change: RowChange) -> Sequence[Difference]:
        """Returns a line about the trainings; none when nothing becomes of any."""
        interest, confirmed = TrainingState.EXPRESSION_OF_INTEREST, TrainingState.CONFIRMED
        if self.confirmed:
            return [_line(change, self.confirmed, interest, confirmed)]
        return [_line(change, self.released, confirmed, interest)] if self.released else []


def follow(change: RowChange, user: str, ports: Ports, uow: UnitOfWork) -> Effect:
    """Confirms what waits for an active partnership; one that ends makes open trainings wait."""
    partnership, today = partnership_of(change), ports.clock.today()
    line = partnership_line(partnership, user, ports.clock.stamp())
    if change.after["active"]:
        confirmed = confirm_waiting(partnership, line, today, uow)
        return Effect(partnership, confirmed=confirmed.number, lines=confirmed.lines)
    if change.before is None or not change.before["active"]:
        return Effect(partnership)
    ended = attrs.evolve(line, rules=(REFERENCE_CHANGES.id,))
    released = release(partnership, ended, today, uow)
    return Effect(partnership, released=released.number, lines=released.lines)


def corrected(
    changes: Iterable[RowChange], user: str, ports: Ports, uow: UnitOfWork
) -> Sequence[Change]:
    """Returns the history of people whose training gets another delivery partner by these rows.

    It is read before the rows are saved.
    """
    lines: list[Change] = []
    for change in changes:
        before, after = change.before, change.after
        if before is not None and before["delivery_partner"] != after["delivery_partner"]:
            partnership = partnership_of(change)
            line = partnership_line(partnership, user, ports.clock.stamp())
            lines += delivered_by_another(partnership, line, uow)
    return lines


def partnership_of(change: RowChange) -> Partnership:
    """Returns the partnership that a row is by now."""
    row = change.after
    return Partnership(
        Urn(str(row["school"])),
        str(row["lead_provider"]),
        str(row["delivery_partner"]),
        AcademicYear(int(str(row["year"]))),
    )


def _line(
    change: RowChange, number: int, before: TrainingState, after: TrainingState
) -> Difference:
    return change.difference("trainings", f"{number} {before}", f"{number} {after}")
