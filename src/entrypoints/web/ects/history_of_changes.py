"""What changed after a registration, or was undone, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ect_registration.domain.decisions import Evidence
from ect_registration.domain.records.history import What
from entrypoints.web.ects.history_days import day_in as _day
from entrypoints.web.ects.history_of_details import details_changed


def _details_changed(before: Evidence, after: Evidence) -> str:
    """Describes changed details, or what a change of another person's details moved or set up."""
    if after.get("ect"):
        day = _day(after, "started_on")
        return (
            f"{_mentor_training(after)} set up from {day}, because the training programme of "
            f"{after['ect']} changed to provider-led"
        )
    changed = details_changed(before, after)
    if changed:
        return f"{changed}{same_person(after)}"
    mentor = before.get("mentor")
    if mentor is None:
        moved = f"Last day moved to {_day(after, 'finished_on')}"
    elif after.get("withdrawn"):
        moved = f"{mentor} will no longer become the mentor"
    elif "started_on" in after:
        moved = f"{mentor} mentors from {_day(after, 'started_on')}{_until(after)}"
    else:
        moved = f"{mentor} continues as mentor{_until(after)}"
    return f"{moved}, because a start date was corrected"


def _mentor_training(evidence: Evidence) -> str:
    provider = evidence.get("lead_provider")
    return f"Mentor training with {provider}" if provider else "Mentor training"


def _mentor_removed(before: Evidence, after: Evidence) -> str:
    mentor = before.get("mentor")
    if after.get("withdrawn"):
        return f"{mentor} was removed as mentor before they started"
    return (
        f"{mentor} was removed as mentor. Their last day as mentor is {_day(after, 'finished_on')}"
    )


_WHY_MOVED: Mapping[object, str] = {
    What.MENTOR_REMOVED: ", because they were removed as mentor",
    What.DETAILS_CHANGED: ", because the ECT’s start date was corrected",
    What.ECT_UNDONE: ", because the ECT’s registration was undone",
    What.MENTOR_UNDONE: ", because another mentor’s registration was undone",
    What.ECT_LEAVING: ", because the ECT’s last day changed",
}


def _mentorship_moved(before: Evidence, after: Evidence) -> str:
    """Describes what a change of an ECT's record did, for the history of their mentor."""
    ect, because = before.get("ect"), _WHY_MOVED.get(after.get("because"), "")
    if after.get("withdrawn"):
        return f"No longer the mentor of {ect}{because}"
    if "started_on" in after:
        return f"Mentor of {ect} from {_day(after, 'started_on')}{_until(after)}{because}"
    if after.get("finished_on") is None:
        return f"Continues as mentor of {ect}{because}"
    return f"Last day as mentor of {ect} is {_day(after, 'finished_on')}{because}"


def _undone(before: Evidence, after: Evidence) -> str:
    """Describes a registration that was undone, or what came back when another one was."""
    mentor, ect = before.get("mentor"), before.get("ect")
    if ect:
        return (
            f"{_mentor_training(before)} cancelled, because the registration of {ect} was undone"
        )
    if mentor and after.get("withdrawn"):
        return f"{mentor} is no longer the mentor, because their registration was undone"
    if mentor:
        return (
            f"{mentor} continues as mentor{_until(after)}, because another registration was undone"
        )
    if after.get("withdrawn"):
        return "Registration undone, because it was a mistake"
    if before.get("finished_on") and before["finished_on"] == after.get("finished_on"):
        last_day = _day(after, "finished_on")
        return (
            "The registration at another school was undone. Their last day at your school is "
            f"still {last_day}"
        )
    return (
        f"At your school again{_until(after)}, because the registration at another school was "
        "undone"
    )


def _until(evidence: Evidence) -> str:
    return f" until {_day(evidence, 'finished_on')}" if evidence.get("finished_on") else ""


def same_person(after: Evidence) -> str:
    """Returns what the school said of a name that is quite another, if it was asked."""
    confirmed = ". The school confirmed that this is the same person"
    return confirmed if after.get("same_person") else ""


OF_CHANGES: Mapping[What, Callable[[Evidence, Evidence], str]] = {
    What.MENTOR_REMOVED: _mentor_removed,
    What.MENTORSHIP_MOVED: _mentorship_moved,
    What.DETAILS_CHANGED: _details_changed,
    What.ECT_UNDONE: _undone,
    What.MENTOR_UNDONE: _undone,
}
