"""The history of an ECT in plain words: what happened, and who did it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, datetime

import attrs

from ect_registration.domain.decisions import Evidence
from ect_registration.domain.history import What
from ect_registration.use_cases.ect_in_detail import Event
from ect_registration.use_cases.sessions import names_of_users
from entrypoints.web import access
from entrypoints.web.context import current_ports
from entrypoints.web.words import academic_year, long_date

OPERATOR = "operator"  # how the names of those who run the service begin


@attrs.frozen
class Happening:
    """One line of history."""

    at: datetime
    who: str
    what: str


def happenings(events: Sequence[Event]) -> Sequence[Happening]:
    """Events for people to read, in the order in which they are given."""
    names = _names({event.actor for event in events if event.actor is not None})
    return [
        Happening(event.at, _who(event, names), WORDS[event.what](event.before, event.after))
        for event in events
    ]


def _who(event: Event, names: Mapping[str, str]) -> str:
    """Colleagues know each other's names; of another school nobody is named."""
    if event.what is What.BROUGHT_IN:
        return "The service"
    if event.actor is None:
        return "Somebody at another school"
    if event.actor.split(":")[0] == OPERATOR:
        return "Somebody who runs the service"
    return names.get(event.actor, "Somebody at your school")


def _names(users: Set[str]) -> Mapping[str, str]:
    me = access.signed_in()
    you = {me.user: f"You ({me.name})"} if me else {}
    others = users - you.keys()
    return {**(names_of_users(others, current_ports()) if others else {}), **you}


def _registered(_: Evidence, after: Evidence) -> str:
    starts = f"Registered, starting on {_day(after, 'started_on')}"
    name, trs_name = after.get("name"), after.get("trs_name")
    corrected = f". The name was corrected to {name}; teacher records have {trs_name}"
    return starts if name == trs_name else starts + corrected


def _transferred(_: Evidence, after: Evidence) -> str:
    return (
        "Registered at another school. Their last day at yours is therefore "
        f"{_day(after, 'finished_on')}"
    )


def _leaving(before: Evidence, after: Evidence) -> str:
    old, new = before.get("finished_on"), after.get("finished_on")
    if new is None:
        return f"Not leaving on {_day(before, 'finished_on')} after all"
    if old is None:
        return f"Reported as leaving, with {_day(after, 'finished_on')} as the last day"
    return f"Last day changed from {_day(before, 'finished_on')} to {_day(after, 'finished_on')}"


def _email_changed(before: Evidence, after: Evidence) -> str:
    return f"Email address changed from {before.get('email')} to {after.get('email')}"


def _partnership(_: Evidence, after: Evidence) -> str:
    year = academic_year(int(after.get("year") or 0))
    return (
        f"{after.get('lead_provider')} works with {after.get('delivery_partner')} "
        f"at your school in the academic year {year}"
    )


def _brought_in(_: Evidence, __: Evidence) -> str:
    return "Brought in from earlier records"


WORDS: Mapping[What, Callable[[Evidence, Evidence], str]] = {
    What.ECT_REGISTERED: _registered,
    What.ECT_TRANSFERRED: _transferred,
    What.ECT_LEAVING: _leaving,
    What.MENTOR_LEAVING: _leaving,
    What.EMAIL_CHANGED: _email_changed,
    What.PARTNERSHIP_REPORTED: _partnership,
    What.BROUGHT_IN: _brought_in,
}


def _day(evidence: Evidence, name: str) -> str:
    day = evidence.get(name)
    return long_date(date.fromisoformat(day)) if isinstance(day, str) else "a day not known"
