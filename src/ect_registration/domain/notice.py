"""Notices: what users, ECTs and mentors are told by email, and what became of each notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.values import Urn

NoticeId = NewType("NoticeId", UUID)  # also the reference under which it is sent


class Happening(StrEnum):
    """What a notice tells."""

    REGISTERED = "registered"
    ASSIGNED = "assigned"  # a mentor of the school, to an ECT
    LEAD_PROVIDER_CHANGED = "lead-provider-changed"
    UNDONE = "undone"
    UPLOADED = "uploaded"  # a file of many registrations


class Role(StrEnum):
    """The role, at the school, of the person a notice is about."""

    ECT = "ect"
    MENTOR = "mentor"


class Recipient(StrEnum):
    """Who gets a notice."""

    USER = "user"  # a receipt
    PERSON = "person"  # the ECT or mentor


class NoticeState(StrEnum):
    """What became of a notice."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"  # for good, as where an address does not exist
    DROPPED = "dropped"  # there was no need to send it any more, or nowhere to send it to


@attrs.frozen
class Notice:
    """Something to tell one recipient. Names and the address are looked up when it is sent."""

    id: NoticeId
    happened: Happening
    role: Role
    to: Recipient
    school: Urn
    written_at: datetime
    about: UUID | None = None  # the public id of the period; None for an upload
    user: str | None = None  # who gets the receipt
    registrations: int | None = None  # in the upload
    ect: UUID | None = None  # the public id of the ECT that a mentor was assigned to


@attrs.frozen
class KeptNotice:
    """A notice, and what became of it so far."""

    notice: Notice
    due_at: datetime  # not tried before then
    state: NoticeState = NoticeState.WAITING
    tries: int = 0
    settled_at: datetime | None = None
    why: str = ""  # it was refused or dropped, or is tried again later


@attrs.frozen
class Undelivered:
    """A person at a school that emails do not reach."""

    role: Role
    id: UUID  # the public id of the period
    name: str


@attrs.frozen
class Unreached:
    """The people that emails from a school do not reach, apart from ECTs without an address."""

    refused: Sequence[Undelivered] = ()  # the first whose addresses take no emails
    mentors: Sequence[Undelivered] = ()  # the first mentors who are here without an address
    mentors_in_all: int = 0  # who are here without an address


@attrs.frozen
class Message:
    """A notice as it is sent."""

    reference: NoticeId
    address: str
    subject: str
    body: str
