"""Contests about one ECT in a school year: everything that may be done to them, all at once.

Whoever wins, each attempt is done or refused by a rule, and what is kept holds together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

import attrs

from contests import (
    BORN_ON,
    CONTESTANTS,
    EMAIL_IN_USE,
    HUB,
    PROVIDER,
    SCHOOLS,
    TODAY,
    Attempt,
    Ring,
    people,
)
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.values import Trn
from ect_registration.use_cases.changing.change_documents import change_ect_by, change_mentor_by
from ect_registration.use_cases.changing.leaving import report_ect_leaving, report_mentor_leaving
from ect_registration.use_cases.changing.removing_mentor import remove_mentor
from ect_registration.use_cases.changing.undo.undoing import undo_ect, undo_mentor
from ect_registration.use_cases.registering.outcomes import Assigned, Registered
from ect_registration.use_cases.registering.register_ect import register_ect
from ect_registration.use_cases.registering.register_mentor import register_mentor
from ect_registration.use_cases.transactions import Actor, Ports

THERE, HERE = SCHOOLS[0], SCHOOLS[1]
PEOPLE_A_ROUND = 2
ATTEMPTS_A_ROUND = 2 * CONTESTANTS
DONE = "done"
LAST_DAY = date(2025, 11, 28)
RULES = frozenset(
    {
        EMAIL_IN_USE,
        "already-in-progress-here",
        "details-can-change",
        "leaving",
        "mentor-removed",
        "mentor-start-date",
        "overlaps-previous",
        "registered-by-mistake",
        "start-date-correction",
    }
)


def _word(outcome: object) -> str:
    return outcome.rule.id if isinstance(outcome, Blocked) else DONE


def _document(trn: Trn, school: object, start_date: str) -> dict[str, object]:
    return {
        "school": str(school),
        "trn": trn.digits,
        "date_of_birth": BORN_ON.isoformat(),
        "email": f"ect{trn}@example.org",
        "start_date": start_date,
        "working_pattern": "full_time",
        "appropriate_body": HUB,
        "programme": "provider_led",
        "lead_provider": PROVIDER,
    }


@attrs.frozen
class DoToEct:
    """One thing that a school does to an ECT."""

    what: str
    ect: EctId
    trn: Trn

    def __call__(self, ports: Ports) -> str:
        """Done, or the rule that stood against it."""
        actor = Actor("contestant", HERE)
        match self.what:
            case "undo":
                return _word(undo_ect(self.ect, actor, ports))
            case "leave":
                return _word(report_ect_leaving(self.ect, LAST_DAY, actor, ports))
            case "remove":
                return _word(remove_mentor(self.ect, None, actor, ports))
            case "transfer":
                document = _document(self.trn, THERE, "2025-10-06")
                return _word(register_ect(document, "contestant", ports))
            case _:
                change = {"school": str(HERE), **CHANGES[self.what]}
                return _word(change_ect_by(self.ect, change, "contestant", ports))


CHANGES: dict[str, dict[str, object]] = {
    "start": {"start_date": "2025-09-15"},
    "pattern": {"working_pattern": "part_time"},
    "school-led": {"programme": "school_led"},
}


@attrs.frozen
class DoToMentor:
    """One thing that a school does to a mentor."""

    what: str
    mentor: MentorId

    def __call__(self, ports: Ports) -> str:
        """Done, or the rule that stood against it."""
        actor = Actor("contestant", HERE)
        match self.what:
            case "undo":
                return _word(undo_mentor(self.mentor, actor, ports))
            case "leave":
                return _word(report_mentor_leaving(self.mentor, LAST_DAY, actor, ports))
            case _:
                document = {"school": str(HERE), "start_date": "2025-09-12"}
                return _word(change_mentor_by(self.mentor, document, "contestant", ports))


def hold_year_round(number: int, ring: Ring, ports: Ports) -> list[str]:
    """Hold both contests of a round; the faults found."""
    first = number * PEOPLE_A_ROUND
    trn, mentor_trn = (each.trn for each in people(first + PEOPLE_A_ROUND)[first:])
    before = _registered(trn, THERE, "2025-09-01", ports)
    ect = _registered(trn, HERE, "2025-09-08", ports)
    mentor = _mentored(ect, mentor_trn, ports)
    faults: list[str] = []
    for attempts in (_changes(ect, mentor, trn), _endings(ect, mentor, trn)):
        words = ring.hold(attempts)
        faults += [f"round {number}: {word}" for word in words if word not in {DONE, *RULES}]
    return [*faults, *_broken(before, ect, trn, mentor_trn, ports)]


def _registered(trn: Trn, school: object, start_date: str, ports: Ports) -> EctAtSchool:
    outcome = register_ect(_document(trn, school, start_date), "contest", ports)
    assert isinstance(outcome, Registered), outcome
    return outcome.ect


def _mentored(ect: EctAtSchool, trn: Trn, ports: Ports) -> MentorAtSchool:
    document = {
        "school": str(ect.school),
        "ect": str(ect.id),
        "trn": trn.digits,
        "date_of_birth": BORN_ON.isoformat(),
        "email": f"mentor{trn}@example.org",
    }
    outcome = register_mentor(document, "contest", ports)
    assert isinstance(outcome, Assigned), outcome
    return outcome.mentor


def _changes(ect: EctAtSchool, mentor: MentorAtSchool, trn: Trn) -> Sequence[Attempt]:
    return [
        *(DoToEct(what, ect.id, trn) for what in (*CHANGES, "remove", "leave")),
        *(DoToMentor(what, mentor.id) for what in ("start", "leave")),
        DoToEct("pattern", ect.id, trn),
    ]


def _endings(ect: EctAtSchool, mentor: MentorAtSchool, trn: Trn) -> Sequence[Attempt]:
    return [
        *(DoToEct(what, ect.id, trn) for what in ("undo", "undo", "transfer", "leave", "start")),
        *(DoToMentor(what, mentor.id) for what in ("undo", "undo", "leave")),
    ]


def _broken(
    before: EctAtSchool, ect: EctAtSchool, trn: Trn, mentor_trn: Trn, ports: Ports
) -> Iterator[str]:
    """What does not hold, of all that must, whoever won."""
    with ports.reading() as uow:
        periods = uow.ects.of_people([trn])
        undone = uow.ects.find(ect.id)
        mentors = {m.id: m for m in uow.mentors.of_people([mentor_trn], withdrawn=True)}
        holders = uow.emails.holders(ect.email, TODAY) if ect.email else []
    if any(a.period.overlaps(b.period) for a, b in combinations(periods, 2)):
        yield f"ECT {trn} is at two schools at once"
    if undone is not None and undone.withdrawn:
        first = next(each for each in periods if each.id == before.id)
        follows = [each for each in periods if each.id != before.id]
        if not follows and first != before:
            yield f"ECT {trn}: undoing did not restore the record of before"
    if not set(holders) <= {trn}:
        yield f"ECT {trn}: the address is somebody else's"
    for period in periods:
        for each in period.mentorships:
            mentor = mentors.get(each.mentor)
            if (
                not each.withdrawn
                and mentor is not None
                and (mentor.withdrawn or not mentor.period.contains(each.period))
            ):
                yield f"ECT {trn}: a mentorship outside the mentor's period"
