"""Undoing a registration that was a mistake, and looking at what that comes to."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import cast

import attrs

from ect_registration.domain.decisions import Blocked, Evidence
from ect_registration.domain.notice import Happening, Role
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.outputs.notices import Subject
from ect_registration.domain.rules.school_year.changing import ended_by
from ect_registration.domain.rules.school_year.undoing import REGISTERED_BY_MISTAKE
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.beside import standing_again
from ect_registration.use_cases.changing.records import (
    about_row,
    mentor_training_changed,
    mentors_told,
    mentorships_moved,
    said_with,
    signed,
    with_email_lost,
)
from ect_registration.use_cases.changing.saving_person import if_as_shown
from ect_registration.use_cases.changing.undo.undo_plans import (
    Pair,
    Undoing,
    ect_rests_on,
    mentor_rests_on,
    plan_for_ect,
    plan_for_mentor,
)
from ect_registration.use_cases.holding import hold_what_it_rests_on
from ect_registration.use_cases.notifying.announcing import announce_return
from ect_registration.use_cases.notifying.write import telling_of
from ect_registration.use_cases.registering.write_ect import last_day_of
from ect_registration.use_cases.transactions import Actor, Ports, transact


def undo_ect(
    id: EctId,
    actor: Actor,
    ports: Ports,
    *,
    any_day: bool = False,
    shown: Undoing | None = None,
) -> Undoing | Blocked:
    """Undoes the registration of an ECT. Undoing it again changes nothing.

    Nothing is saved if it comes to something else than was ``shown``.
    """

    def work(uow: UnitOfWork) -> Undoing | Blocked:
        hold_what_it_rests_on(uow, partial(ect_rests_on, id))
        today = ports.clock.today()
        plan = plan_for_ect(id, actor, today, uow, any_day=any_day)
        plan = if_as_shown(plan, shown)
        return plan if isinstance(plan, Blocked) else _carried_out(plan, today, actor, ports, uow)

    return transact(ports, work)


def undo_mentor(
    id: MentorId,
    actor: Actor,
    ports: Ports,
    *,
    any_day: bool = False,
    shown: Undoing | None = None,
) -> Undoing | Blocked:
    """Undoes the registration of a mentor. Undoing it again changes nothing.

    Nothing is saved if it comes to something else than was ``shown``.
    """

    def work(uow: UnitOfWork) -> Undoing | Blocked:
        hold_what_it_rests_on(uow, partial(mentor_rests_on, id))
        today = ports.clock.today()
        plan = plan_for_mentor(id, actor, today, uow, any_day=any_day)
        plan = if_as_shown(plan, shown)
        return plan if isinstance(plan, Blocked) else _carried_out(plan, today, actor, ports, uow)

    return transact(ports, work)


def look_at_undoing_ect(
    id: EctId, actor: Actor, ports: Ports, *, any_day: bool = False
) -> Undoing | Blocked:
    """Returns what ``undo_ect`` would come to. Nothing is written."""
    with ports.reading() as uow:
        return plan_for_ect(id, actor, ports.clock.today(), uow, any_day=any_day)


def look_at_undoing_mentor(
    id: MentorId, actor: Actor, ports: Ports, *, any_day: bool = False
) -> Undoing | Blocked:
    """Returns what ``undo_mentor`` would come to. Nothing is written."""
    with ports.reading() as uow:
        return plan_for_mentor(id, actor, ports.clock.today(), uow, any_day=any_day)


def _carried_out(
    plan: Undoing, today: date, actor: Actor, ports: Ports, uow: UnitOfWork
) -> Undoing:
    """Writes a plan with its history, announcements and notices."""
    before, after = plan.undone
    if before == after:
        return plan
    role = Role.ECT if isinstance(after, EctAtSchool) else Role.MENTOR
    what = What.ECT_UNDONE if role is Role.ECT else What.MENTOR_UNDONE
    change = signed(actor, ports, what, REGISTERED_BY_MISTAKE, {}, {})
    for pair in plan.pairs:
        uow.history.add(_written(pair, before, change, today, ports, uow))
    subject = Subject(role, after.id, after.school)
    telling_of(actor, ports).tell(Happening.UNDONE, subject, uow)
    uow.commit()
    return plan


def _written(
    pair: Pair,
    undone: EctAtSchool | MentorAtSchool,
    change: Change,
    today: date,
    ports: Ports,
    uow: UnitOfWork,
) -> list[Change]:
    """Writes one record, and returns its lines of history, in the history of its school."""
    before, after = pair
    lines: list[Change] = []
    if isinstance(before, EctAtSchool) and isinstance(after, EctAtSchool):
        after = standing_again(before, after, uow, today, keep=True)
        uow.ects.change(before, after)
        lines = list(mentorships_moved(change, before, after))
        if undone.id == before.id or isinstance(undone, MentorAtSchool):
            told = mentors_told(change, before, after)
            lines += [line for line in told if line.about != undone.id]
    else:
        mentor, then = cast(MentorAtSchool, before), cast(MentorAtSchool, after)
        after = standing_again(mentor, then, uow, today, keep=True)
        uow.mentors.change(mentor, after)
        if isinstance(undone, EctAtSchool):
            lines = list(mentor_training_changed(change, undone, mentor, after))
    same = (before.period, before.withdrawn) == (after.period, after.withdrawn)
    if same and (before.withdrawn or not ended_by(undone, before)):
        return lines
    return [_of_the_period(change, before, after, ports, uow), *lines]


def _of_the_period(
    change: Change,
    before: EctAtSchool | MentorAtSchool,
    after: EctAtSchool | MentorAtSchool,
    ports: Ports,
    uow: UnitOfWork,
) -> Change:
    """Returns the line about a period that is undone, or that a transfer no longer ends.

    The school of the latter is told, also where its own last day stays: only it can change that.
    """
    if after.withdrawn:
        withdrawn = {"started_on": after.period.started_on.isoformat()}
        said = {**change.after, "withdrawn": True}
        return about_row(attrs.evolve(change, before=withdrawn, after=said), after)
    announce_return(after, ports, uow)
    old, new = ({"finished_on": last_day_of(each.period)} for each in (before, after))
    returned: Evidence = {**new, **said_with(change, after)}
    line = attrs.evolve(change, before=old, after=returned)
    return with_email_lost(about_row(line, after), before, after)
