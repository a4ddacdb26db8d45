"""Takes notices along in memory: for tests, and for trying things out."""

from __future__ import annotations

from collections.abc import Sequence

from ect_registration.domain.notice import Message, NoticeId
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.notices import Refused


class MemoryNotifier:
    """Keeps every message; an address can be refused, and the whole can be out of reach."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.refused: dict[str, str] = {}  # by address: why
        self.away = ""  # why it is out of reach

    def send(self, message: Message) -> None:
        """Keeps the message."""
        if self.away:
            raise Unavailable("notifier", self.away)
        if message.address in self.refused:
            raise Refused(self.refused[message.address])
        self.sent.append(message)

    def has_sent(self, reference: NoticeId) -> bool:
        """Says whether a message with this reference was kept."""
        if self.away:
            raise Unavailable("notifier", self.away)
        return any(message.reference == reference for message in self.sent)

    def messages(self) -> Sequence[Message]:
        """Returns what was sent, latest first."""
        return self.sent[::-1]
