"""Who is using the service, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.policy import SESSION_IDLE, SESSION_IN_ALL
from ect_registration.domain.school import School
from ect_registration.domain.values import Urn

SessionId = NewType("SessionId", UUID)

# A use is written down when the last one is this long ago: not every page has to write.
NOTED_EVERY = timedelta(minutes=1)


@attrs.frozen
class Organisation:
    """One that a person belongs to, as DfE Sign-in knows it."""

    id: str
    name: str
    urn: str | None = None  # what is given for one, right or wrong


@attrs.frozen
class Person:
    """A person whose identity DfE Sign-in confirms."""

    user: str
    name: str
    email: str = ""
    organisation: Organisation | None = None  # the one they chose there
    proof: str | None = attrs.field(default=None, repr=False)  # what signs them out there


@attrs.frozen
class Session:
    """One person in one browser, from signing in to signing out."""

    id: SessionId  # for operators
    key: str = attrs.field(repr=False)  # a hash of what the browser has
    user: str
    name: str
    begun_at: datetime
    used_at: datetime
    school: School | None = None  # none before one is chosen, and for those who have none
    schools: tuple[Urn, ...] = ()  # those where the user holds the role
    signed_in_as: str = ""  # told to those who have no school
    why_not: str = ""  # they have none
    proof: str | None = attrs.field(default=None, repr=False)
    email: str = attrs.field(default="", eq=False, repr=False)  # where receipts go

    @property
    def ends_at(self) -> datetime:
        """Returns when the session ends if it is not used again."""
        return min(self.used_at + SESSION_IDLE.value, self.begun_at + SESSION_IN_ALL.value)

    @property
    def last_moment(self) -> datetime:
        """Returns when the session ends however much it is used."""
        return self.begun_at + SESSION_IN_ALL.value

    def is_over(self, now: datetime) -> bool:
        """Says whether the session was idle for too long, or is as old as a session gets."""
        return now >= self.ends_at

    def is_to_be_noted(self, now: datetime) -> bool:
        """Says whether this use is worth writing down."""
        return now - self.used_at >= NOTED_EVERY
