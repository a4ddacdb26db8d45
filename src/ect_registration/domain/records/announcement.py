"""What a school is to be told of its own records, until a user there has read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.notice import Unreached
from ect_registration.domain.values import Urn

AnnouncementId = NewType("AnnouncementId", UUID)


class Announced(StrEnum):
    """What another school's registration did to a record of this school."""

    TRANSFERRED = "transferred"  # it ended the record
    TRANSFER_UNDONE = "transfer-undone"  # it was a mistake: the record is restored


@attrs.frozen
class Announcement:
    """One thing to tell a school. It names nothing of the other school."""

    id: AnnouncementId
    school: Urn
    what: Announced
    about: UUID  # the public id of the period of an ECT or a mentor
    last_day: date | None  # of the period when this was written; it may have moved since
    written_at: datetime


@attrs.frozen
class Unread:
    """An announcement that no user at the school has read, with the person it is about."""

    announcement: Announcement
    name: str  # that is shown of the person
    is_mentor: bool
    last_day: date | None  # of the period by now


@attrs.frozen
class ToTell:
    """What a school is told on its first page, besides what its ECTs need."""

    unread: Sequence[Unread] = ()  # what other schools did to records of this one, oldest first
    unreached: Unreached = attrs.Factory(Unreached)
