"""The answers of a change, encrypted into the address of its check page.

A change has one or two answers and is over within minutes, so nothing of it is kept: the address
of the check page carries the answers, for the user, school and person that they were given for.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import cast
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from ect_registration.domain.policy import JOURNEY_LIFE
from ect_registration.use_cases.transactions import Actor
from entrypoints.web.platform.context import current_ports, here

Answers = Mapping[str, str]

PURPOSE = b"answers of a change: "
PADDING = "="


def seal(answers: Answers, path: str, id: UUID, who: Actor) -> str:
    """Returns the answers as a part of an address that only this user can use."""
    sealed = json.dumps([*_context(path, id, who), dict(answers)], separators=(",", ":"))
    now = int(current_ports().clock.now().timestamp())
    return _keys().encrypt_at_time(sealed.encode(), now).decode().rstrip(PADDING)


class Expired(Exception):
    """The answers were given too long ago."""


def unseal(token: str, path: str, id: UUID, who: Actor) -> Answers | None:
    """Returns the answers; None for another user, change or person. Raises Expired after a day."""
    now = int(current_ports().clock.now().timestamp())
    life = int(JOURNEY_LIFE.value.total_seconds())
    padded = token + PADDING * (-len(token) % 4)
    keys = _keys()
    try:
        *context, answers = json.loads(keys.decrypt(padded))
    except (InvalidToken, ValueError):
        return None
    if context != _context(path, id, who):
        return None
    try:
        keys.decrypt_at_time(padded, ttl=life, current_time=now)
    except InvalidToken:
        raise Expired from None
    return cast(Answers, answers)


def _context(path: str, id: UUID, who: Actor) -> list[str]:
    return [path, str(id), who.user, who.school.digits]


def _keys() -> MultiFernet:
    """Returns a key for each accepted signing key, the present one first."""
    keys = reversed(here().settings.signing_keys)
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(PURPOSE + secret.encode()).digest())
