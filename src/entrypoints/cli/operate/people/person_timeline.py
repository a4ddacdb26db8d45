"""Shows what happened to a person as one timeline over all schools, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import UTC, date, datetime, time

import attrs

from ect_registration.domain.records.history import Change, What
from ect_registration.domain.records.kept_data import Held
from ect_registration.domain.records.refusal import Refusal
from ect_registration.domain.rules.operating.operators import OPERATOR
from ect_registration.journeys.answers import given
from ect_registration.ports.clock import LONDON, day_in_london
from entrypoints.cli.operate.people.person_summary import value_in_words
from entrypoints.cli.terminal.output import Row

COLUMNS = ("day", "school", "says", "who")

WORDS: Mapping[What, str] = {
    What.ECT_REGISTERED: "registered as an ECT",
    What.ECT_TRANSFERRED: "registered at another school",
    What.ECT_LEAVING: "leaving as an ECT",
    What.MENTOR_REGISTERED: "registered as a mentor",
    What.MENTOR_MOVED: "mentors only at another school",
    What.MENTOR_ASSIGNED: "given a mentor",
    What.ECT_ASSIGNED: "given an ECT to mentor",
    What.MENTORSHIP_ENDED: "another mentor takes over",
    What.ECT_UNDONE: "ECT registration undone",
    What.MENTOR_UNDONE: "mentor registration undone",
    What.PARTNERSHIP_REPORTED: "training confirmed",
    What.PARTNERSHIP_CHANGED: "delivery partner changed",
    What.PARTNERSHIP_ENDED: "partnership ended, and training waits again",
    What.LOOKED_UP: "looked up by an operator",
}
NAMES = {
    "started_on": "first day",
    "finished_on": "last day",
    "trs_name": "name in TRS",
    "withdrawn": "never began",
}
# What a registration chose is long, and shown above the timeline.
REGISTERED = {What.ECT_REGISTERED, What.MENTOR_REGISTERED}
SHOWN_OF_A_REGISTRATION = ("name", "started_on", "lead_provider")


@attrs.frozen
class _Event:
    at: datetime
    kind: str
    school: str | None
    says: str
    actor: str


def timeline_rows(held: Held, names_of: Callable[[Set[str]], Mapping[str, str]]) -> Sequence[Row]:
    """Returns a row for each event, oldest first. ``names_of`` says what users are called."""
    events = sorted(_events(held), key=lambda event: event.at)
    names = names_of(
        {event.actor for event in events if not event.actor.startswith(f"{OPERATOR}:")}
    )
    return [
        {
            "kind": event.kind,
            "day": day_in_london(event.at),
            "until": None,
            "school": event.school,
            "says": event.says,
            "who": names.get(event.actor, event.actor.removeprefix(f"{OPERATOR}:")),
        }
        for event in events
    ]


def _events(held: Held) -> Iterator[_Event]:
    for change in held.history:
        school = None if change.school is None else change.school.digits
        yield _Event(change.at, "history", school, said_of(change), change.actor)
    for refusal in held.refusals:
        yield _refused(refusal)
    for attempt in held.wrong_facts:
        yield _Event(attempt.at, "wrong facts", None, "facts that do not match", attempt.key)


def _refused(refusal: Refusal) -> _Event:
    person = given(refusal.person)
    says = f"refused as {_a(refusal.role)}: {refusal.rule}"
    return _Event(_end_of(refusal.day), "refused", person.school.digits, says, person.user)


def _a(role: str) -> str:
    return "an ECT" if role == "ect" else "a mentor"


def _end_of(day: date) -> datetime:
    """Returns the moment to sort a day without a time by: after everything else on it."""
    return datetime.combine(day, time(23, 59, 59), LONDON).astimezone(UTC)


def said_of(change: Change) -> str:
    """Returns what happened: ``leaving as an ECT: last day nothing → 2026-07-31``."""
    words = WORDS.get(change.what, change.what.value.replace("-", " "))
    parts = [_part(key, change) for key in _keys(change)]
    reason = change.after.get("reason")
    said = f"{words}: {'; '.join(parts)}" if parts else words
    return f"{said}. Reason: {reason}" if reason else said


def _keys(change: Change) -> Sequence[str]:
    if change.what in REGISTERED:
        return [key for key in SHOWN_OF_A_REGISTRATION if change.after.get(key)]
    kept = [*change.after, *(key for key in change.before if key not in change.after)]
    return [key for key in kept if key != "reason"]


def _part(key: str, change: Change) -> str:
    name = NAMES.get(key, key.replace("_", " "))
    if key not in change.after:
        return f"{name} {value_in_words(change.before[key])}"
    after = value_in_words(change.after[key])
    if key not in change.before:
        return f"{name} {after}"
    return f"{name} {value_in_words(change.before[key])} → {after}"
