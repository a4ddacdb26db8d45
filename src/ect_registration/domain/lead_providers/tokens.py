"""Tokens with which the programs of lead providers sign in."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.calendar import day_before

TokenId = NewType("TokenId", UUID)

BEGINNING = "ect_lp_"  # how every token begins, so that one that leaked is recognised


@attrs.frozen
class Token:
    """A token of one lead provider. The secret itself is not kept, only its SHA-256."""

    id: TokenId
    lead_provider: str
    secret_hash: str
    created_at: datetime
    expires_on: date  # the last day on which it is accepted
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_accepted(self, day: date) -> bool:
        """Says whether the token is neither revoked nor expired on a day."""
        return self.revoked_at is None and day <= self.expires_on


def hash_of(secret: str) -> str:
    """Returns the SHA-256 of a token's secret, in hexadecimal digits.

    A secret has 256 bits of chance, so nothing slower is needed to keep it from being guessed.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def a_year_from(day: date) -> date:
    """Returns the last day of the year that begins on a day, for a token without another."""
    try:
        return day_before(day.replace(year=day.year + 1))
    except ValueError:  # 29 February
        return date(day.year + 1, 2, 28)
