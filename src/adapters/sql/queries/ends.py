"""Converts what ended a row to the text that its column keeps, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from adapters.sql.queries.json_rows import day_of
from ect_registration.domain.people.endings import Cause, End

NONE = "[]"


def ends_to_text(ends: Iterable[End]) -> str:
    """Returns what ended a row, as JSON."""
    return json.dumps(
        [
            {
                "cause": end.cause,
                "by": str(end.by),
                "last_day": end.last_day.isoformat(),
                "recorded_on": end.recorded_on.isoformat(),
                "before": end.before and end.before.isoformat(),
            }
            for end in ends
        ]
    )


def ends_from_text(text: str) -> tuple[End, ...]:
    """Returns what ended a row."""
    if text == NONE:
        return ()
    return tuple(
        End(
            cause=Cause(end["cause"]),
            by=UUID(end["by"]),
            last_day=date.fromisoformat(end["last_day"]),
            recorded_on=date.fromisoformat(end["recorded_on"]),
            before=day_of(end["before"]),
        )
        for end in json.loads(text)
    )
