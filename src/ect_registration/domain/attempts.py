"""Attempts that are counted, because too many of them in a short time are refused."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.values import Trn

AttemptId = NewType("AttemptId", UUID)


class Attempted(StrEnum):
    """What is counted."""

    WRONG_FACT = "wrong-fact"
    SIGN_IN = "sign-in"
    DOWNLOAD = "download"
    EMAIL_QUESTION = "email-question"


@attrs.frozen
class Attempt:
    """One attempt. ``key`` says who made it: a user, or another limited source."""

    id: AttemptId
    what: Attempted
    key: str
    at: datetime
    trn: Trn | None = None  # what a wrong fact was about; an email address is never kept
