"""Finds the name of the ECT or mentor whose record changes."""

from __future__ import annotations

from uuid import UUID

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.notice import Role
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.use_cases.changing.records import own_ect, own_mentor_of
from ect_registration.use_cases.transactions import Actor, Ports


def name_of(role: Role, id: UUID, actor: Actor, ports: Ports) -> str | Blocked:
    """Returns the name of an ECT or a mentor of the user's school."""
    with ports.reading() as uow:
        found = (
            own_ect(EctId(id), actor, uow)
            if role is Role.ECT
            else own_mentor_of(MentorId(id), actor, uow)
        )
    return found if isinstance(found, Blocked) else found.teacher.name
