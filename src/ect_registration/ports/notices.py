"""Notices on their way to people: where they wait, and who takes them along."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ect_registration.domain.notice import (
    KeptNotice,
    Message,
    Notice,
    NoticeId,
    NoticeState,
)


class Outbox(Protocol):
    """Where notices wait: a part of the store, so that they are kept with what they tell."""

    def add(self, notices: Iterable[Notice]) -> None:
        """Adds notices, due at once. Raises Conflict when an id is taken."""

    def claim(self, now: datetime, until: datetime) -> KeptNotice | None:
        """Returns the notice that has been due for longest, with this try counted; else None.

        No other work is given it before ``until``, however this one ends.
        """

    def settle(self, id: NoticeId, state: NoticeState, at: datetime, why: str = "") -> None:
        """Records what became of a notice that waits."""

    def postpone(self, id: NoticeId, due_at: datetime, why: str) -> None:
        """Lets a notice that waits wait until then."""

    def try_again(self, about: UUID, due_at: datetime) -> int:
        """Lets the refused notices to one person wait again; returns the number of them.

        ``about`` is the public id of the person's period.
        """

    def in_states(self, states: Collection[NoticeState], most: int) -> Sequence[KeptNotice]:
        """Returns up to ``most`` notices in these states, oldest first."""

    def number_in(self, state: NoticeState) -> int:
        """Returns how many notices are in a state."""

    def address_of_user(self, user: str) -> str | None:
        """Returns the email address that a user last signed in with; None when none is known."""

    def remove_written_until(self, moment: datetime) -> int:
        """Removes the notices written at that moment or before, and returns the number."""


class Refused(Exception):
    """A message is refused for good; the text says why, and holds no personal data."""


class Notifier(Protocol):
    """Sends messages. Each method may raise Unavailable: the same again may well succeed."""

    def send(self, message: Message) -> None:
        """Sends a message; raises Refused when it can never be sent."""

    def has_sent(self, reference: NoticeId) -> bool:
        """Says whether a message with this reference was taken before."""
