"""What TRS says an induction came to."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import attrs


class Outcome(StrEnum):
    """How an induction ended. Failed in Wales is failed."""

    PASSED = "passed"
    FAILED = "failed"
    EXEMPT = "exempt"


@attrs.frozen
class Completion:
    """The outcome on an ECT period that TRS marks completed.

    A period that had not begun is withdrawn instead, and keeps the outcome as the reason.
    """

    outcome: Outcome
    day: date | None  # TRS does not always have it
    marked_before: bool = False  # by data brought in, which TRS does not take back
