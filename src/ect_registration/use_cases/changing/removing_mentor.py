"""Ends an ECT's mentorships without a new mentor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.effects import Effect, effects_on_ect
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.mentors.removal import (
    MENTOR_REMOVED,
    check_mentor_removed,
)
from ect_registration.domain.rules.periods.status import days_without_mentor
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.changing.records import (
    mentors_told,
    mentorships_moved,
    own_ect,
    signed,
)
from ect_registration.use_cases.changing.saving_person import if_as_shown
from ect_registration.use_cases.transactions import Actor, Ports, transact


@attrs.frozen
class Removal:
    """An ECT whose mentorships end, and what that comes to."""

    before: EctAtSchool
    ect: EctAtSchool
    without_mentor: Sequence[Period]

    @property
    def effects(self) -> Sequence[Effect]:
        """Returns the mentorships that end, or will not begin."""
        return effects_on_ect(self.before, self.ect)


def remove_mentor(
    id: EctId,
    last_day: date | None,
    actor: Actor,
    ports: Ports,
    *,
    shown: Removal | None = None,
) -> Removal | Blocked:
    """Ends an ECT's mentorships on this day, today without one; none to end changes nothing.

    Nothing is saved if it comes to something else than was ``shown``.
    """

    def work(uow: UnitOfWork) -> Removal | Blocked:
        uow.hold(map(Hold.person, uow.people.with_periods([id])))
        removal = _removal(id, last_day, actor, ports, uow)
        removal = if_as_shown(removal, shown)
        if isinstance(removal, Blocked) or removal.before == removal.ect:
            return removal
        uow.ects.change(removal.before, removal.ect)
        change = signed(actor, ports, What.MENTOR_REMOVED, MENTOR_REMOVED, {}, {})
        pair = removal.before, removal.ect
        uow.history.add([*mentorships_moved(change, *pair), *mentors_told(change, *pair)])
        uow.commit()
        return removal

    return transact(ports, work)


def look_at_removing_mentor(
    id: EctId, last_day: date | None, actor: Actor, ports: Ports
) -> Removal | Blocked:
    """Returns what ``remove_mentor`` would come to. Nothing is written."""
    with ports.reading() as uow:
        return _removal(id, last_day, actor, ports, uow)


def _removal(
    id: EctId, last_day: date | None, actor: Actor, ports: Ports, uow: UnitOfWork
) -> Removal | Blocked:
    today = ports.clock.today()
    ect = own_ect(id, actor, uow)
    if isinstance(ect, Blocked):
        return ect
    on = last_day or today
    decision = check_mentor_removed(ect, on, today)
    if isinstance(decision, Blocked):
        return decision
    after = ect.without_mentors_after(on, today)
    return Removal(ect, after, days_without_mentor(after, today))
