"""The shape of the failure table's rows, and what many of them share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import httpx

from integration.trs.support import (
    ANOTHER_TRN,
    BORN_ON,
    NUMBER,
    TRN,
    a_body,
    a_record,
    reply,
)

Replies = Sequence[httpx.Response | Exception]

UNAVAILABLE = "unavailable"
FOUND = a_record()
MERGED = a_record(trn=ANOTHER_TRN, merged_from=TRN)

GOOD = reply(200, a_body())
RETAINED = reply(200, a_body(trn=ANOTHER_TRN.digits))
PAGE = b"<html><body>Bad gateway</body></html>"
LONG = b'{"trn": "' + b"3" * 1_100_000 + b'"}'
DEEP = b"[" * 200_000 + b"]" * 200_000

ECHO = (
    f"TRN: '{TRN}'\nDate of birth: '{BORN_ON}'\nNational insurance number: '{NUMBER.characters}'"
)


@attrs.frozen
class Row:
    """A situation, what comes back, what a lookup by date of birth makes of it, in how many calls.

    ``by_number`` is what a lookup by National Insurance number makes of it, where that differs.
    """

    situation: str
    replies: Replies
    expected: Any
    calls: int = 1
    by_number: Any = None
    slept: list[float] | None = None
