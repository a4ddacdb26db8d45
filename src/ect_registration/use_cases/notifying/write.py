"""Writing notices in the transaction of what they tell."""

from __future__ import annotations

from datetime import datetime

import attrs

from ect_registration.domain.notice import Happening
from ect_registration.domain.rules.outputs.notices import Subject, notices_of, receipt_of_upload
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Actor, NewId, Ports, Tells


@attrs.frozen
class Telling:
    """Who is told of what an actor does, and the moment of it by the real clock."""

    actor: Actor
    now: datetime
    new_id: NewId

    def tell(self, happened: Happening, subject: Subject, uow: UnitOfWork) -> None:
        """Adds the notices to the outbox, to be kept or discarded with the unit of work."""
        if self.actor.tells is Tells.NOBODY:
            return
        user = self.actor.user if self.actor.tells is Tells.EVERYBODY else None
        uow.outbox.add(notices_of(happened, subject, user, self.now, self.new_id))

    def tell_of_upload(self, registrations: int, uow: UnitOfWork) -> None:
        """Adds the one receipt for a file of so many registrations."""
        if self.actor.tells is Tells.EVERYBODY:
            user, school = self.actor.user, self.actor.school
            uow.outbox.add([receipt_of_upload(school, registrations, user, self.now, self.new_id)])


def telling_of(actor: Actor, ports: Ports) -> Telling:
    """Returns who is told of what this actor does now."""
    return Telling(actor, ports.clock.now(), ports.new_id)
