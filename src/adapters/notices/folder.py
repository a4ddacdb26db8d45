"""Writes notices as text files into a folder, where there is no GOV.UK Notify."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import attrs

from ect_registration.domain.notice import Message, NoticeId
from ect_registration.ports.errors import Unavailable

FOLDER = "folder of notices"
OWNER_ONLY = 0o600  # a file holds a name and an address


@attrs.frozen
class NoticesFolder:
    """Writes each message into a file of its own, named after its reference."""

    folder: Path

    def send(self, message: Message) -> None:
        """Writes the message: all of it, or nothing. The same message again is the same file."""
        text = f"To: {message.address}\nSubject: {message.subject}\n\n{message.body}"
        file = self._file(message.reference)
        unfinished = file.with_suffix(f".{os.getpid()}")
        with _speaking_our_errors():
            descriptor = os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, OWNER_ONLY)
            with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
                opened.write(text)
            unfinished.replace(file)

    def has_sent(self, reference: NoticeId) -> bool:
        """Says whether the file is there."""
        return self._file(reference).exists()

    def messages(self) -> Sequence[Message]:
        """Returns what was sent, latest first."""
        with _speaking_our_errors():
            files = sorted(self.folder.glob("*.txt"), key=_written_at, reverse=True)
            return [_message_in(file) for file in files]

    def check(self) -> None:
        """Raises Unavailable unless files can be written into the folder."""
        if not self.folder.is_dir() or not os.access(self.folder, os.W_OK):
            raise Unavailable(FOLDER, "it is not there, or cannot be written to")

    def _file(self, reference: NoticeId) -> Path:
        return self.folder / f"{reference}.txt"


def _written_at(file: Path) -> int:
    return file.stat().st_mtime_ns


def _message_in(file: Path) -> Message:
    head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    address, _, subject = head.partition("\n")
    return Message(
        NoticeId(UUID(file.stem)),
        address.removeprefix("To: "),
        subject.removeprefix("Subject: "),
        body,
    )


@contextmanager
def _speaking_our_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(FOLDER, os.strerror(error.errno or 0)) from None
