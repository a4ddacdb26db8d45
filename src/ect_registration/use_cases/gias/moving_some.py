"""Moves some ECTs and mentors of a school to another, where several came after one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.operating.schools import SCHOOL_MERGED, check_mentors_of_both
from ect_registration.domain.school import SchoolRecords
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.gias.closing import take_closing_back
from ect_registration.use_cases.gias.merging import MentorOfBoth
from ect_registration.use_cases.gias.moving import (
    Moved,
    has_closed,
    history_of_moving,
    unknown_schools,
)
from ect_registration.use_cases.gias.partnerships import (
    confirm_or_release,
    keys_confirmed,
    replaced_there,
    take_up_ended,
    trained_there_by_another,
)
from ect_registration.use_cases.transactions import Ports, transact


def move_some(
    ids: Collection[UUID], old: Urn, new: Urn, user: str, ports: Ports, *, dry_run: bool = False
) -> Moved | Blocked:
    """Moves some ECTs and mentors of a school to another, with training and mentorships.

    Ends that the closing brought about are taken back from them first. The school does not count
    as replaced: what is not named stays, unfinished registrations too. Blocked for an unknown
    school, for one to move to that has closed, for an id that no period there has, and where a
    person who mentors or mentored one of them, or was mentored by one of them, is not named.
    """

    def work(uow: UnitOfWork) -> Moved | Blocked:
        uow.hold([Hold.EVERYTHING])
        moved = _move(set(ids), old, new, user, ports, uow)
        if isinstance(moved, Moved) and not dry_run:
            uow.commit()
        return moved

    return transact(ports, work)


def _move(
    ids: set[UUID], old: Urn, new: Urn, user: str, ports: Ports, uow: UnitOfWork
) -> Moved | Blocked:
    if blocked := unknown_schools(old, new, uow) or has_closed(new, uow):
        return blocked
    ects = uow.ects.at_school(old, withdrawn=True)
    mentors = uow.mentors.at_school(old, withdrawn=True)
    if blocked := _not_to_be_moved(ids, ects, mentors):
        return blocked
    take_closing_back(old, user, ports, uow, only=ids)
    both, today = _mentors_of_both(ids, old, new, uow), ports.clock.today()
    decision = check_mentors_of_both([each.kept.teacher.trn for each in both])
    if isinstance(decision, Blocked):
        return decision
    for each in both:
        each.withdraw_other(today, uow)
    rows: list[EctAtSchool | MentorAtSchool] = [*ects, *mentors]
    named = [each for each in rows if each.id in ids]
    concerned = keys_confirmed(named)
    taken_up = take_up_ended(old, new, concerned, user, ports, uow)
    replaced = replaced_there(old, new, concerned, uow)
    line = Change(ports.clock.stamp(), user, old, What.SCHOOL_MOVED, (SCHOOL_MERGED.id,))
    by_another = trained_there_by_another(replaced, new, line, uow)
    uow.schools.move_periods(ids, old, new)
    moved = SchoolRecords(
        ects=sum(each.id in ids for each in ects), mentors=sum(each.id in ids for each in mentors)
    )
    uow.history.add(history_of_moving(line, new, moved, named))
    uow.history.add(each for each in by_another if each.about in ids)
    for each in both:
        each.take_over(new, line, today, ports, uow)
    confirm_or_release(new, line, today, uow)
    return Moved(moved, replaced, taken_up)


def _not_to_be_moved(
    ids: set[UUID], ects: Sequence[EctAtSchool], mentors: Sequence[MentorAtSchool]
) -> Blocked | None:
    if unknown := ids - {ect.id for ect in ects} - {mentor.id for mentor in mentors}:
        names = ", ".join(map(str, sorted(unknown)))
        return OWN_SCHOOL_ONLY.finds_invalid("id", f"No ECT or mentor there has the id {names}")
    if parted := sorted(set(_parted(ids, ects))):
        names = ", ".join(parted)
        return OWN_SCHOOL_ONLY.finds_invalid(
            "id", f"ECTs move with those who mentor or mentored them: name {names} too"
        )
    return None


def _parted(ids: set[UUID], ects: Sequence[EctAtSchool]) -> Iterator[str]:
    """Yields who would stay behind, although the other side of a mentorship moves."""
    for ect in ects:
        for each in ect.mentorships:
            if ect.id in ids and each.mentor not in ids:
                yield f"{each.mentor} ({each.mentor_teacher.name})"
            if ect.id not in ids and each.mentor in ids:
                yield f"{ect.id} ({ect.teacher.name})"


def _mentors_of_both(
    ids: set[UUID], old: Urn, new: Urn, uow: UnitOfWork
) -> Sequence[MentorOfBoth]:
    both = MentorOfBoth.all_of(old, new, uow)
    return [each for each in both if ids & {each.kept.id, each.other.id}]
