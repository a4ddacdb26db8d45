"""What becomes of trainings when a partnership begins, comes back or ends."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.training import TrainingState
from ect_registration.domain.reference.tables import Difference
from ect_registration.domain.school import Partnership
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.operating.reference.plan import RowChange
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class Effect:
    """How many trainings a partnership confirmed, or how many wait again after it ended."""

    partnership: Partnership
    confirmed: int = 0
    released: int = 0

    def differences(self, change: RowChange) -> Sequence[Difference]:
        """Returns a line about the trainings; none when nothing becomes of any."""
        interest, confirmed = TrainingState.EXPRESSION_OF_INTEREST, TrainingState.CONFIRMED
        if self.confirmed:
            return [_line(change, self.confirmed, interest, confirmed)]
        return [_line(change, self.released, confirmed, interest)] if self.released else []


def follow(change: RowChange, ports: Ports, uow: UnitOfWork) -> Effect:
    """Confirms what waits for an active partnership; one that ends makes open trainings wait."""
    row = change.after
    partnership = Partnership(
        Urn(str(row["school"])),
        str(row["lead_provider"]),
        str(row["delivery_partner"]),
        AcademicYear(int(str(row["year"]))),
    )
    today = ports.clock.today()
    if row["active"]:
        confirmed = uow.partnerships.confirm_waiting(partnership, today)
        return Effect(partnership, confirmed=confirmed)
    if change.before is None or not change.before["active"]:
        return Effect(partnership)
    return Effect(partnership, released=uow.partnerships.release(partnership, today))


def _line(
    change: RowChange, number: int, before: TrainingState, after: TrainingState
) -> Difference:
    return change.difference("trainings", f"{number} {before}", f"{number} {after}")
