"""What the Teaching Record System (TRS) said of an ECT or mentor, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ect_registration.domain.decisions import Evidence
from ect_registration.domain.records.history import What
from entrypoints.web.ects.history_days import day_in


def _merged(before: Evidence, after: Evidence) -> str:
    return f"TRN changed from {before.get('trn')} to {after.get('trn')}: two records became one"


def _trs_name_changed(_: Evidence, after: Evidence) -> str:
    name, shown = after.get("trs_name"), after.get("name")
    stays = "" if name == shown else f". Shown is the name that a school gave: {shown}"
    return f"The name on the teacher record is now {name}{stays}"


_INDUCTIONS = {
    "none": "no induction",
    "required_to_complete": "induction required",
    "in_progress": "induction in progress",
    "exempt": "exempt from induction",
    "passed": "induction passed",
    "failed": "induction failed",
    "failed_in_wales": "induction failed in Wales",
    "unknown": "an unknown state of induction",
}


def _trs_facts_changed(_: Evidence, after: Evidence) -> str:
    said = []
    if "has_qts" in after:
        status = "qualified teacher status (QTS)"
        said.append(status if after["has_qts"] else f"no {status}")
    if "induction" in after:
        said.append(_INDUCTIONS.get(str(after["induction"]), _INDUCTIONS["unknown"]))
    if after.get("induction_started_on"):
        said.append(f"induction from {day_in(after, 'induction_started_on')}")
    if after.get("induction_completed_on"):
        said.append(f"induction until {day_in(after, 'induction_completed_on')}")
    return f"The teacher record shows {', '.join(said) or 'other days of induction'}"


_OUTCOMES = {
    "passed": "passed induction",
    "failed": "failed induction",
    "exempt": "is exempt from induction",
}


def _completed(before: Evidence, after: Evidence) -> str:
    """Describes an ECT who completed, or a mentorship that ended with that."""
    if before.get("mentor"):
        return _with_mentor(before, after, "because induction is over")
    outcome = _OUTCOMES.get(str(after.get("outcome")), "completed induction")
    on = f" on {day_in(after, 'outcome_on')}" if after.get("outcome_on") else ""
    never = ", so they do not start at your school" if after.get("withdrawn") else ""
    return f"The ECT {outcome}{on}{never}"


def _reopened(before: Evidence, after: Evidence) -> str:
    if before.get("mentor"):
        return _with_mentor(before, after, "because induction is open again")
    return "Induction is open again"


def _with_mentor(before: Evidence, after: Evidence, why: str) -> str:
    if after.get("withdrawn"):
        return f"{before['mentor']} does not become the mentor, {why}"
    last_day = after.get("finished_on")
    until = f"until {day_in(after, 'finished_on')}" if last_day else "again, without a last day"
    return f"{before['mentor']} is the mentor {until}, {why}"


SAID_BY_TRS: Mapping[What, Callable[[Evidence, Evidence], str]] = {
    What.TRNS_MERGED: _merged,
    What.TRS_NAME_CHANGED: _trs_name_changed,
    What.TRS_FACTS_CHANGED: _trs_facts_changed,
    What.ECT_COMPLETED: _completed,
    What.ECT_REOPENED: _reopened,
}
