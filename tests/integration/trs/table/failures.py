"""What a client of TRS must make of all that can come back: the contract's failure table."""

from __future__ import annotations

from integration.trs.table.bodies import ALERTS, MALFORMED, MISSING, SOMEBODY_ELSE, TOLERATED
from integration.trs.table.statuses import (
    FAILING,
    LIMITED,
    MERGERS,
    MISCONFIGURED,
    NOT_AGREED,
    NOT_FOUND,
    OUT_OF_REACH,
)

TABLE = [
    *OUT_OF_REACH,
    *FAILING,
    *LIMITED,
    *MISCONFIGURED,
    *NOT_FOUND,
    *MERGERS,
    *NOT_AGREED,
    *MALFORMED,
    *SOMEBODY_ELSE,
    *MISSING,
    *TOLERATED,
    *ALERTS,
]
