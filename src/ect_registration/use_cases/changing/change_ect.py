"""Changing an ECT's details: looked at first, then all of it saved, or nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.change_draft import EctChangeDraft
from ect_registration.domain.notice import Happening, Role
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.outputs.notices import Subject
from ect_registration.domain.rules.school_year.changing import DETAILS_CAN_CHANGE
from ect_registration.journeys.change_case import EctChangeCase
from ect_registration.journeys.change_ect import CHANGE_ECT
from ect_registration.journeys.engine import Progress, stop_of, walk
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.changing.beside import other_ect_periods
from ect_registration.use_cases.changing.change_outcomes import EctChange
from ect_registration.use_cases.changing.gather_changes import gather_ect_change
from ect_registration.use_cases.changing.plan_ect_change import planned_ect_change
from ect_registration.use_cases.changing.records import (
    about_row,
    mentor_training_changed,
    mentors_told,
    mentorships_moved,
    moved_elsewhere,
    signed,
)
from ect_registration.use_cases.changing.saving_person import (
    holds_on_others,
    save_if_as_shown,
    save_person,
    with_their_emails,
)
from ect_registration.use_cases.holding import hold_what_it_rests_on
from ect_registration.use_cases.notifying.write import telling_of
from ect_registration.use_cases.transactions import Actor, Ports, transact

Walked = tuple[EctChangeCase, Progress[EctChangeCase]]


def look_at_ect_change(changes: EctChangeDraft, actor: Actor, ports: Ports) -> EctChange | Blocked:
    """Returns what saving these answers would come to, or what stops it. Nothing is written."""
    with ports.reading() as uow:
        return _planned(changes, ports.clock.today(), actor, ports, uow)


def walk_ect_change(changes: EctChangeDraft, actor: Actor, ports: Ports) -> Walked | Blocked:
    """Returns the case of a change and how far its answers get, for a page to show."""
    with ports.reading() as uow:
        case = gather_ect_change(changes, actor, ports.clock.today(), uow)
    return case if isinstance(case, Blocked) else (case, walk(CHANGE_ECT, case))


def change_ect(
    changes: EctChangeDraft,
    actor: Actor,
    ports: Ports,
    *,
    shown: EctChange | None = None,
) -> EctChange | Blocked:
    """Saves these answers, if every rule allows them and they come to what was shown."""

    def work(uow: UnitOfWork) -> EctChange | Blocked:
        hold_what_it_rests_on(uow, partial(_rests_on, changes))
        today = ports.clock.today()
        change = _planned(changes, today, actor, ports, uow)
        write = partial(_write, today=today, actor=actor, ports=ports, uow=uow)
        return save_if_as_shown(change, shown, write, uow)

    return transact(ports, work)


def _planned(
    changes: EctChangeDraft, today: date, actor: Actor, ports: Ports, uow: UnitOfWork
) -> EctChange | Blocked:
    case = gather_ect_change(changes, actor, today, uow)
    if isinstance(case, Blocked):
        return case
    stop = stop_of(walk(CHANGE_ECT, case), case)
    return stop or planned_ect_change(case, uow, ports.new_id)


def _rests_on(changes: EctChangeDraft, uow: UnitOfWork) -> Collection[Hold]:
    """Returns the ECT, their mentors, the school's partnerships and the addresses concerned."""
    ect = uow.ects.find(changes.ect)
    if ect is None:
        return ()
    mentors = uow.people.with_periods([each.mentor for each in ect.mentorships])
    holds = [Hold.school(ect.school), Hold.person(ect.teacher.trn), *map(Hold.person, mentors)]
    others = other_ect_periods(ect, uow)
    return [*holds, *holds_on_others(changes.email, ect, others)]


def _write(change: EctChange, today: date, actor: Actor, ports: Ports, uow: UnitOfWork) -> None:
    """Writes every record that changes, with its history and notices."""
    before, after = change.before, change.ect
    save_person(before, after, today, ports, uow)
    later = after.period.started_on > before.period.started_on
    own = [(before, after)]
    elsewhere = with_their_emails(change.elsewhere, uow, today)
    for pair in [*own, *elsewhere] if later else [*elsewhere, *own]:
        uow.ects.change(*pair)
    for mentor_before, mentor_after in change.mentors:
        uow.mentors.change(mentor_before, mentor_after)
    old, new = change.in_history
    line = signed(actor, ports, What.DETAILS_CHANGED, DETAILS_CAN_CHANGE, old, new)
    mentorships = [each for pair in (*own, *elsewhere) for each in mentorships_moved(line, *pair)]
    trained = [
        each for pair in change.mentors for each in mentor_training_changed(line, after, *pair)
    ]
    moved = moved_elsewhere(line, elsewhere)
    told = mentors_told(line, before, after)
    uow.history.add([about_row(line, after), *mentorships, *told, *trained, *moved])
    if "lead_provider" in change.changed and after.lead_provider is not None:
        subject = Subject(Role.ECT, after.id, after.school)
        telling_of(actor, ports).tell(Happening.LEAD_PROVIDER_CHANGED, subject, uow)
