"""Moves the records of a school that has closed to the school that took its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.operating.schools import (
    SCHOOL_MERGED,
    SCHOOL_REPLACED,
    check_goes_on,
    check_mentors_of_both,
)
from ect_registration.domain.school import Partnership, SchoolRecords, Succession
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.gias.closing import take_closing_back
from ect_registration.use_cases.gias.merging import MentorOfBoth
from ect_registration.use_cases.gias.partnerships import (
    confirm_or_release,
    keys_confirmed,
    keys_of,
    replaced_there,
    take_up_ended,
    trained_there_by_another,
)
from ect_registration.use_cases.transactions import Ports, transact


@attrs.frozen
class Moved:
    """What has moved, and what became of partnerships that both schools have."""

    records: SchoolRecords
    replaced: Sequence[Partnership] = ()  # by the successor's, with another delivery partner
    taken_up: Sequence[Partnership] = ()  # the successor's, which had ended


def move_school(
    old: Urn,
    new: Urn,
    user: str,
    ports: Ports,
    *,
    published: bool = False,
    dry_run: bool = False,
) -> Moved | Blocked:
    """Moves every record of a school to another, which may have records of its own.

    Ends that the closing brought about are taken back first. When a person mentors at both at
    once, the longer-standing period takes over the other. Blocked for an unknown school, for one
    to move to that has closed, unless GIAS says that it goes on, and for a person with more than
    two periods there.
    """

    def work(uow: UnitOfWork) -> Moved | Blocked:
        uow.hold([Hold.EVERYTHING])
        if not published and (blocked := has_closed(new, uow)):
            return blocked
        moved = _move(old, new, user, ports, uow)
        if isinstance(moved, Moved) and not dry_run:
            uow.commit()
        return moved

    return transact(ports, work)


def _move(old: Urn, new: Urn, user: str, ports: Ports, uow: UnitOfWork) -> Moved | Blocked:
    if blocked := unknown_schools(old, new, uow):
        return blocked
    take_closing_back(old, user, ports, uow)
    both, today = MentorOfBoth.all_of(old, new, uow), ports.clock.today()
    decision = check_mentors_of_both([each.kept.teacher.trn for each in both])
    if isinstance(decision, Blocked):
        return decision
    for each in both:
        each.withdraw_other(today, uow)
    records = uow.schools.records(today, [old, new])
    rows: list[EctAtSchool | MentorAtSchool] = [*uow.ects.at_school(old, withdrawn=True)]
    rows += uow.mentors.at_school(old, withdrawn=True)
    concerned = keys_of(uow.partnerships.of_school(old)) | keys_confirmed(rows)
    taken_up = take_up_ended(old, new, concerned, user, ports, uow)
    replaced = replaced_there(old, new, concerned, uow)
    rule = SCHOOL_MERGED if records.get(new, SchoolRecords()).any else SCHOOL_REPLACED
    line = Change(ports.clock.stamp(), user, old, What.SCHOOL_MOVED, (rule.id,))
    by_another = trained_there_by_another(replaced, new, line, uow)
    _end_sessions(old, uow)
    uow.schools.move_records(Succession(old, new, today))
    moved = Moved(records.get(old, SchoolRecords()), replaced, taken_up)
    uow.history.add(history_of_moving(line, new, moved.records, rows))
    uow.history.add(by_another)
    for each in both:
        each.take_over(new, line, today, ports, uow)
    confirm_or_release(new, line, today, uow)
    return moved


def unknown_schools(old: Urn, new: Urn, uow: UnitOfWork) -> Blocked | None:
    """Blocks what is not two schools that we know."""
    if old == new or len(uow.schools.with_urns([old, new])) < len((old, new)):
        return OWN_SCHOOL_ONLY.finds_invalid("school", "Give the URNs of two schools we know")
    return None


def has_closed(new: Urn, uow: UnitOfWork) -> Blocked | None:
    """Blocks a school to move to that has closed."""
    school = uow.schools.find(new)
    decision = None if school is None else check_goes_on(school)
    return decision if isinstance(decision, Blocked) else None


def _end_sessions(urn: Urn, uow: UnitOfWork) -> None:
    """Signs users of a school out: they act for its successor when they sign in again.

    Those who act for another of their schools, too: they could go on to choose this one.
    """
    for session in uow.sessions.everybody():
        if urn in session.schools:
            uow.sessions.remove(session.id)


def history_of_moving(
    line: Change,
    new: Urn,
    records: SchoolRecords,
    rows: Iterable[EctAtSchool | MentorAtSchool],
) -> Sequence[Change]:
    """Returns a line for each of the two schools, and one for each record that moved."""
    counts = attrs.asdict(records)
    old, there = {"school": str(line.school)}, {"school": new.digits}
    return [
        attrs.evolve(line, after={**there, **counts}),
        attrs.evolve(line, school=new, before=old, after=counts),
        *(
            attrs.evolve(
                line, school=new, trn=row.teacher.trn, about=row.id, before=old, after=there
            )
            for row in rows
        ),
    ]
