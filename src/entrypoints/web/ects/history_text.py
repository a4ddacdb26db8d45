"""The history of an ECT or a mentor in plain words: what happened, and who did it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import datetime

import attrs

from ect_registration.domain.decisions import Evidence
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.operating.operators import OPERATOR
from ect_registration.use_cases.school.ect_details import Event
from ect_registration.use_cases.signing_in.sessions import names_of_users
from entrypoints.web.ects.history_days import day_in as _day
from entrypoints.web.ects.history_of_changes import OF_CHANGES, same_person
from entrypoints.web.ects.history_of_partnerships import (
    SAID_OF_PARTNERSHIPS,
    is_of_lead_provider,
)
from entrypoints.web.ects.history_of_schools import SAID_OF_SCHOOLS
from entrypoints.web.ects.history_of_trs import SAID_BY_TRS
from entrypoints.web.platform import access
from entrypoints.web.platform.context import current_ports

EMAIL_LOST = "Their email was removed, because another person was using it"
TRS = "The Teaching Record System (TRS)"


@attrs.frozen
class Happening:
    """One line of history."""

    at: datetime
    who: str
    what: str


def happenings(events: Sequence[Event]) -> Sequence[Happening]:
    """Returns events in plain words, in the order in which they are given, each line once."""
    users = {event.actor for event in events if not is_of_lead_provider(event)}
    names = _names({user for user in users if user is not None})
    lines = (Happening(event.at, _who(event, names), _what(event)) for event in events)
    return list(dict.fromkeys(lines))


def _what(event: Event) -> str:
    """Returns what happened, and that a record came back without its email if it did."""
    says = WORDS.get(event.what, _of_a_newer_version)
    if event.after.get("email", "") is not None:
        return says(event.before, event.after)
    after = {key: value for key, value in event.after.items() if key != "email"}
    return f"{says(event.before, after)}. {EMAIL_LOST}"


def _who(event: Event, names: Mapping[str, str]) -> str:
    """Returns the name of a colleague; users of another school are not named."""
    if event.what is What.BROUGHT_IN:
        return "The service"
    if event.what in SAID_BY_TRS:
        return TRS
    if event.actor is None:
        return "A user at another school"
    if event.actor.split(":")[0] == OPERATOR:
        return "Support"
    if is_of_lead_provider(event):
        return event.actor
    return names.get(event.actor, "A user at your school")


def _names(users: Set[str]) -> Mapping[str, str]:
    me = access.signed_in()
    you = {me.user: f"You ({me.name})"} if me else {}
    others = users - you.keys()
    return {**(names_of_users(others, current_ports()) if others else {}), **you}


def _of_a_newer_version(*_: Evidence) -> str:
    return "Changed. This server does not know this kind of change yet"


def _registered(_: Evidence, after: Evidence) -> str:
    starts = f"Registered, starting on {_day(after, 'started_on')}"
    name, trs_name = after.get("name"), after.get("trs_name")
    if name == trs_name:
        return starts
    if not trs_name:
        return f"{starts}. The school entered the name {name}. The teacher record has no name"
    corrected = f". The name was corrected to {name}. The name on the teacher record is {trs_name}"
    return starts + corrected + same_person(after)


def _transferred(_: Evidence, after: Evidence) -> str:
    return (
        "Registered at another school, so their last day at your school is "
        f"{_day(after, 'finished_on')}"
    )


def _leaving(before: Evidence, after: Evidence) -> str:
    if after.get("withdrawn"):
        return f"{before.get('mentor')} will not start as mentor, because the ECT is leaving"
    old, new = before.get("finished_on"), after.get("finished_on")
    if new is None:
        return f"No longer leaving on {_day(before, 'finished_on')}"
    if old is None:
        return f"Reported as leaving. Their last day is {_day(after, 'finished_on')}"
    return f"Last day changed from {_day(before, 'finished_on')} to {_day(after, 'finished_on')}"


def _mentor_leaving(before: Evidence, after: Evidence) -> str:
    """Describes a leaving mentor, for the mentor's history or the history of their ECT."""
    mentor = before.get("mentor")
    if not mentor:
        return _leaving(before, after)
    old, new = before.get("finished_on"), after.get("finished_on")
    if after.get("withdrawn"):
        return f"{mentor} will leave your school before their start date as mentor"
    if new is None:
        last_day = _day(before, "finished_on")
        return f"{mentor} is no longer leaving on {last_day} and will continue as mentor"
    if old is None:
        last_day = _day(after, "finished_on")
        return f"{mentor} is leaving your school. Their last day as mentor is {last_day}"
    days = f"from {_day(before, 'finished_on')} to {_day(after, 'finished_on')}"
    return f"The last day of {mentor} as mentor changed {days}"


def _email_changed(before: Evidence, after: Evidence) -> str:
    if "email" in before and before["email"] is None:
        return f"Email address added: {after.get('email')}"
    return f"Email address changed from {before.get('email')} to {after.get('email')}"


def _renamed(before: Evidence, after: Evidence) -> str:
    return f"{before.get('name')} is now called {after.get('name')}"


def _brought_in(_: Evidence, after: Evidence) -> str:
    mentor = after.get("mentor")
    if mentor:
        return f"{mentor} added as mentor from earlier records, {_days(after)}"
    return "Added from earlier records"


def _mentor_registered(_: Evidence, after: Evidence) -> str:
    """Describes the registration of a mentor in the words for an ECT's."""
    return _registered(_, after).replace("Registered", "Registered as a mentor", 1)


def _mentor_assigned(before: Evidence, after: Evidence) -> str:
    replaced = before.get("mentor")
    instead = f" instead of {replaced}" if replaced else ""
    return f"{after.get('mentor')} assigned as mentor{instead}, {_days(after)}"


def _ect_assigned(_: Evidence, after: Evidence) -> str:
    lead_provider = after.get("lead_provider")
    training = f". We will pass their details on to {lead_provider} for mentor training"
    assigned = f"Assigned as mentor of {after.get('ect')}, {_days(after)}"
    return assigned + (training if lead_provider else "")


def _mentorship_ended(_: Evidence, after: Evidence) -> str:
    return f"Another mentor supports {after.get('ect')} from {_day(after, 'until')}"


def _mentor_moved(before: Evidence, after: Evidence) -> str:
    """Describes a mentor's move, for the mentor's history or the history of their ECT."""
    mentor, last_day = before.get("mentor"), _day(after, "finished_on")
    if after.get("withdrawn"):
        return f"{mentor} now mentors only at another school. They did not start at your school"
    if mentor:
        return (
            f"{mentor} now mentors only at another school. Their last day as mentor is {last_day}"
        )
    return (
        "Registered as a mentor only at another school, so their last day at your school is "
        f"{last_day}"
    )


def _days(evidence: Evidence) -> str:
    from_day = f"from {_day(evidence, 'started_on')}"
    return (
        f"{from_day} to {_day(evidence, 'finished_on')}"
        if evidence.get("finished_on")
        else from_day
    )


def _mentor_training_loaded(_: Evidence, __: Evidence) -> str:
    return "Earlier mentor training added from DfE’s records"


def _of_the_service(_: Evidence, __: Evidence) -> str:
    """Describes what is about no person, should it ever stand in a person's history."""
    return "The service’s own records were changed"


WORDS: Mapping[What, Callable[[Evidence, Evidence], str]] = {
    What.ECT_REGISTERED: _registered,
    What.ECT_TRANSFERRED: _transferred,
    What.ECT_LEAVING: _leaving,
    What.MENTOR_LEAVING: _mentor_leaving,
    What.MENTOR_REGISTERED: _mentor_registered,
    What.MENTOR_MOVED: _mentor_moved,
    What.MENTOR_ASSIGNED: _mentor_assigned,
    What.ECT_ASSIGNED: _ect_assigned,
    What.MENTORSHIP_ENDED: _mentorship_ended,
    **OF_CHANGES,
    What.MENTOR_TRAINING_LOADED: _mentor_training_loaded,
    What.EMAIL_CHANGED: _email_changed,
    What.ORGANISATION_RENAMED: _renamed,
    What.BROUGHT_IN: _brought_in,
    What.REFERENCE_CHANGED: _of_the_service,
    What.TOKEN_CREATED: _of_the_service,
    What.TOKEN_REVOKED: _of_the_service,
    What.SESSION_REVOKED: _of_the_service,
    What.LOOKED_UP: _of_the_service,
    **SAID_BY_TRS,
    **SAID_OF_SCHOOLS,
    **SAID_OF_PARTNERSHIPS,
}
