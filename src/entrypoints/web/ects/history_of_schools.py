"""What the history of an ECT or a mentor says when their school closed or was replaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ect_registration.domain.decisions import Evidence
from ect_registration.domain.records.history import What
from entrypoints.web.ects.history_days import day_in


def _school_closed(before: Evidence, after: Evidence) -> str:
    """Describes the end of a period, or of a mentorship in the history of the ECT."""
    mentor, last_day = before.get("mentor"), day_in(after, "finished_on")
    if after.get("withdrawn"):
        who = f"{mentor} started as mentor" if mentor else "they started"
        return f"The school closed before {who}"
    if mentor:
        return f"The school closed, so the last day of {mentor} as mentor is {last_day}"
    return f"The school closed, so their last day is {last_day}"


def _closing_taken_back(before: Evidence, after: Evidence) -> str:
    last_day = after.get("finished_on")
    until = f", until {day_in(after, 'finished_on')}" if last_day else ""
    if mentor := before.get("mentor"):
        return f"The school has not closed after all, so {mentor} continues as mentor{until}"
    return f"The school has not closed after all, so they continue{until}"


def _school_moved(before: Evidence, after: Evidence) -> str:
    if mentor := before.get("mentor"):
        return f"{mentor} continues as mentor: their records at two schools have become one"
    if "merged_into" in before:
        return (
            "They mentored at two schools that are one now, so this record became part of another"
        )
    if "merged_with" in before:
        until = day_in(after, "finished_on") if after.get("finished_on") else None
        days = f", until {until}" if until else ""
        return f"They mentored at two schools that are one now, and continue here{days}"
    return f"Their school closed (URN {before.get('school')}), and your school took its place"


SAID_OF_SCHOOLS: Mapping[What, Callable[[Evidence, Evidence], str]] = {
    What.SCHOOL_CLOSED: _school_closed,
    What.SCHOOL_CLOSING_TAKEN_BACK: _closing_taken_back,
    What.SCHOOL_MOVED: _school_moved,
}
