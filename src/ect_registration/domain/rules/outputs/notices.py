"""Who is told what by email, in which words, and how long a notice is tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import attrs

from ect_registration.domain.decisions import OurDecision, Rule
from ect_registration.domain.notice import (
    Happening,
    KeptNotice,
    Notice,
    NoticeId,
    Recipient,
    Role,
)
from ect_registration.domain.policy import NOTICE_LIFE, NOTICE_PATIENCE
from ect_registration.domain.values import Urn

NOTICES = Rule(
    id="notices",
    says="A notice is written in the transaction of what it tells, sent after it to the address "
    "of that moment, dropped when what it tells was undone by then, and removed after "
    f"{NOTICE_LIFE}.",
    source=OurDecision("people should know that a school has registered them, or no longer has"),
    enforced_by=(
        "ect_registration.domain.rules.outputs.notices.notices_of",
        "ect_registration.domain.rules.outputs.notices.why_dropped",
        "ect_registration.use_cases.notifying.send.send_notices",
    ),
)

# A receipt is for the user who did it; the person is the ECT or mentor it happened to.
TOLD: Mapping[Happening, Sequence[Recipient]] = {
    Happening.REGISTERED: (Recipient.USER, Recipient.PERSON),
    Happening.ASSIGNED: (Recipient.USER, Recipient.PERSON),
    Happening.LEAD_PROVIDER_CHANGED: (Recipient.PERSON,),
    Happening.UNDONE: (Recipient.PERSON,),
    Happening.UPLOADED: (Recipient.USER,),
}

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_DOUBLINGS = 10

UNDONE = "what it tells has been undone"
NO_ADDRESS = "there is no email address"
TOO_OLD = "it has waited for too long"


@attrs.frozen
class Subject:
    """The person at the school that a notice is about: an ECT or a mentor."""

    role: Role
    id: UUID  # the public id of the period
    school: Urn
    ect: UUID | None = None  # the public id of the ECT that a mentor was assigned to


def notices_of(
    happened: Happening,
    subject: Subject,
    user: str | None,
    at: datetime,
    new_id: Callable[[], UUID],
) -> Sequence[Notice]:
    """Returns a notice for each recipient; without ``user`` there is no receipt."""
    return [
        Notice(
            id=NoticeId(new_id()),
            happened=happened,
            role=subject.role,
            to=to,
            school=subject.school,
            written_at=at,
            about=subject.id,
            ect=subject.ect,
            user=user if to is Recipient.USER else None,
        )
        for to in TOLD[happened]
        if to is Recipient.PERSON or user is not None
    ]


def receipt_of_upload(
    school: Urn, registrations: int, user: str, at: datetime, new_id: Callable[[], UUID]
) -> Notice:
    """Returns the one receipt for a file, whatever the number of its rows."""
    return Notice(
        id=NoticeId(new_id()),
        happened=Happening.UPLOADED,
        role=Role.ECT,
        to=Recipient.USER,
        school=school,
        written_at=at,
        user=user,
        registrations=registrations,
    )


def why_dropped(
    kept: KeptNotice, address: str | None, now: datetime, *, undone: bool
) -> str | None:
    """Returns why a notice is not sent any more; None when it is to be sent."""
    if undone and kept.notice.happened is not Happening.UNDONE:
        return UNDONE
    if now - kept.notice.written_at >= NOTICE_PATIENCE.value:
        return TOO_OLD
    return None if address else NO_ADDRESS


def wait_after(tries: int) -> timedelta:
    """Returns how long a notice waits after it was tried so many times; longer each time."""
    doublings = max(0, min(tries - 1, MOST_DOUBLINGS))
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


_ROLES = {
    Role.ECT: "an early career teacher (ECT)",
    Role.MENTOR: "a mentor of early career teachers (ECTs)",
}
_NOT_RIGHT = "If this is not right, contact the school."

_TO_PERSON: Mapping[Happening, tuple[str, str]] = {
    Happening.REGISTERED: (
        "You are registered at {school}",
        "{school} has registered you as {role}.\n\n" + _NOT_RIGHT,
    ),
    Happening.ASSIGNED: (
        "You are mentoring an ECT at {school}",
        "{school} has assigned you to an early career teacher (ECT) as their mentor.\n\n"
        + _NOT_RIGHT,
    ),
    Happening.LEAD_PROVIDER_CHANGED: (
        "Your lead provider has changed at {school}",
        "{school} has changed the lead provider for your training.\n\n" + _NOT_RIGHT,
    ),
    Happening.UNDONE: (
        "You are no longer registered at {school}",
        "{school} registered you as {role} by mistake, and has undone it.\n\n" + _NOT_RIGHT,
    ),
}
_RECEIPTS: Mapping[Happening, tuple[str, str]] = {
    Happening.REGISTERED: (
        "You registered {name}",
        "You registered {name} as {role} at {school}.",
    ),
    Happening.ASSIGNED: (
        "You assigned {name} as a mentor",
        "You assigned {name} to an early career teacher (ECT) at {school} as their mentor.",
    ),
    Happening.UPLOADED: (
        "You registered ECTs at {school}",
        "You uploaded a file for {school}. Early career teachers (ECTs) registered: {number}.",
    ),
}


def words_of(notice: Notice, name: str, school: str) -> tuple[str, str]:
    """Returns the subject and the body: they hold a name and a school, and no number of anybody.

    ``name`` is that of the ECT or mentor; an upload has none.
    """
    texts = _TO_PERSON if notice.to is Recipient.PERSON else _RECEIPTS
    subject, body = texts[notice.happened]
    values = {
        "name": name,
        "school": school,
        "role": _ROLES[notice.role],
        "number": notice.registrations,
    }
    greeting = f"Dear {name}\n\n" if notice.to is Recipient.PERSON else ""
    return subject.format(**values), f"{greeting}{body.format(**values)}\n"
