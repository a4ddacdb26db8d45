"""Changing a mentor's details: looked at first, then all of it saved, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial

import attrs

from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.change_draft import MentorChangeDraft
from ect_registration.domain.notice import Happening, Role
from ect_registration.domain.people.bringing_back import TakenBack
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentor import MentorAtSchool, trainings_standing
from ect_registration.domain.people.moving import moved_mentor, moved_mentorships
from ect_registration.domain.people.retraining import retrained
from ect_registration.domain.people.training import TrainingId
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.outputs.notices import Subject
from ect_registration.domain.rules.registering.programme import partnership_with
from ect_registration.domain.rules.school_year.changing import DETAILS_CAN_CHANGE, keeps_end_of
from ect_registration.journeys.change_case import MentorChangeCase
from ect_registration.journeys.change_mentor import CHANGE_MENTOR
from ect_registration.journeys.engine import Progress, stop_of, walk
from ect_registration.journeys.identify import asks_same_person
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.changing.beside import (
    extents_of_mentors,
    other_mentor_periods,
    standing_beside,
    write_mentor_and_ects,
)
from ect_registration.use_cases.changing.change_outcomes import (
    EctPair,
    MentorChange,
    MentorPair,
)
from ect_registration.use_cases.changing.gather_changes import gather_mentor_change
from ect_registration.use_cases.changing.records import (
    about_row,
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
from ect_registration.use_cases.transactions import Actor, NewId, Ports, transact

Walked = tuple[MentorChangeCase, Progress[MentorChangeCase]]


def look_at_mentor_change(
    changes: MentorChangeDraft, actor: Actor, ports: Ports
) -> MentorChange | Blocked:
    """Returns what saving these answers would come to, or what stops it. Nothing is written."""
    with ports.reading() as uow:
        return _planned(changes, ports.clock.today(), actor, ports, uow)


def walk_mentor_change(changes: MentorChangeDraft, actor: Actor, ports: Ports) -> Walked | Blocked:
    """Returns the case of a change and how far its answers get, for a page to show."""
    with ports.reading() as uow:
        case = gather_mentor_change(changes, actor, ports.clock.today(), uow)
    return case if isinstance(case, Blocked) else (case, walk(CHANGE_MENTOR, case))


def change_mentor(
    changes: MentorChangeDraft,
    actor: Actor,
    ports: Ports,
    *,
    shown: MentorChange | None = None,
) -> MentorChange | Blocked:
    """Saves these answers, if every rule allows them and they come to what was shown."""

    def work(uow: UnitOfWork) -> MentorChange | Blocked:
        hold_what_it_rests_on(uow, partial(_rests_on, changes))
        today = ports.clock.today()
        change = _planned(changes, today, actor, ports, uow)
        write = partial(_write, today=today, actor=actor, ports=ports, uow=uow)
        return save_if_as_shown(change, shown, write, uow)

    return transact(ports, work)


def _planned(
    changes: MentorChangeDraft, today: date, actor: Actor, ports: Ports, uow: UnitOfWork
) -> MentorChange | Blocked:
    case = gather_mentor_change(changes, actor, today, uow)
    if isinstance(case, Blocked):
        return case
    stop = stop_of(walk(CHANGE_MENTOR, case), case)
    return stop or _plan(case, uow, ports.new_id)


def _plan(case: MentorChangeCase, uow: UnitOfWork, new_id: NewId) -> MentorChange:
    """Returns what the answers come to, once every rule has allowed them."""
    before = case.mentor
    mentor = attrs.evolve(before, teacher=case.teacher, email=case.draft.email)
    ects: list[EctPair] = []
    elsewhere: list[MentorPair] = []
    if case.start_date != before.period.started_on:
        mentor = moved_mentor(mentor, case.start_date, case.today)
        mentored_here = uow.mentors.mentored_by(before.id)
        mentors = extents_of_mentors(mentored_here, uow, mentor)
        for ect in mentored_here:
            moved = moved_mentorships(ect, before, case.start_date, case.today, mentors)
            ects += [(ect, moved)] if moved != ect else []
        elsewhere = [(other, _moved_along(other, case)) for other in _ended(case)]
    if case.changes.lead_provider is not None:
        mentor = _retrained(mentor, case.changes.lead_provider, case, uow, new_id)
    mentored = [each for pair in elsewhere for each in _mentored_elsewhere(*pair, case, uow)]
    same_person = "name" in case.changes.asked and asks_same_person(case)
    return MentorChange(
        before, mentor, tuple(ects), tuple(elsewhere), tuple(mentored), same_person
    )


def _ended(case: MentorChangeCase) -> Collection[MentorAtSchool]:
    return [other for other in case.others if keeps_end_of(case.mentor, other)]


def _moved_along(other: MentorAtSchool, case: MentorChangeCase) -> MentorAtSchool:
    """Returns a period that ends by this registration, which does so before its new start."""
    beside = [each for each in case.others if each.id != other.id]
    back = other.taken_back(
        TakenBack(Cause.TRANSFER, case.mentor.id, case.today),
        standing_beside(other, beside),
        trainings_standing(beside),
    )
    return back.ended_again(_end_elsewhere(case), other)


def _end_elsewhere(case: MentorChangeCase) -> End:
    return End(Cause.TRANSFER, case.mentor.id, day_before(case.start_date), case.today)


def _mentored_elsewhere(
    before: MentorAtSchool, after: MentorAtSchool, case: MentorChangeCase, uow: UnitOfWork
) -> Iterator[EctPair]:
    """Yields the ECTs there, whose mentorships end as the mentor's period does."""
    taken = TakenBack(Cause.TRANSFER, case.mentor.id, case.today)
    ects = uow.mentors.mentored_by(before.id, withdrawn=True)
    mentors = extents_of_mentors(ects, uow, after)
    for ect in ects:
        back = ect.mentorships_taken_back(taken, mentors)
        moved = back.mentor_ended(after, _end_elsewhere(case))
        if moved != ect:
            yield ect, moved


def _retrained(
    mentor: MentorAtSchool,
    provider: str,
    case: MentorChangeCase,
    uow: UnitOfWork,
    new_id: NewId,
) -> MentorAtSchool:
    """Returns the mentor with this lead provider from today, or from the first day, on."""
    training = mentor.open_training(case.today)
    if training is None:  # the first day moved past its last
        return mentor
    partnerships = uow.partnerships.of_school(mentor.school)
    found = partnership_with(partnerships, provider, training.year)
    new = attrs.evolve(
        training,
        id=TrainingId(new_id()),
        period=Period(max(case.today, training.period.started_on)),
        lead_provider=provider,
        delivery_partner=found.delivery_partner if found else None,
        ends=(),
    )
    return attrs.evolve(mentor, trainings=retrained(mentor, new, case.today))


def _rests_on(changes: MentorChangeDraft, uow: UnitOfWork) -> Collection[Hold]:
    """Returns the mentor, their ECTs, the school's partnerships and the addresses concerned."""
    mentor = uow.mentors.find(changes.mentor)
    if mentor is None:
        return ()
    others = other_mentor_periods(mentor, uow)
    ids = [mentor.id, *(other.id for other in others if keeps_end_of(mentor, other))]
    mentored = [ect for id in ids for ect in uow.mentors.mentored_by(id, withdrawn=True)]
    holds = [Hold.school(mentor.school), Hold.person(mentor.teacher.trn)]
    holds += [Hold.person(ect.teacher.trn) for ect in mentored]
    return [*holds, *holds_on_others(changes.email, mentor, others)]


def _write(change: MentorChange, today: date, actor: Actor, ports: Ports, uow: UnitOfWork) -> None:
    """Writes every record that changes, with its history and notices."""
    before, after = change.before, change.mentor
    save_person(before, after, today, ports, uow)
    later = after.period.started_on > before.period.started_on
    if later:
        write_mentor_and_ects(before, after, change.ects, uow)
    elsewhere = with_their_emails(change.elsewhere, uow, today)
    for pair in elsewhere:
        there = [each for each in change.mentored_elsewhere if each[0].school == pair[0].school]
        write_mentor_and_ects(*pair, there, uow)
    if not later:
        write_mentor_and_ects(before, after, change.ects, uow)
    old, new = change.in_history
    line = signed(actor, ports, What.DETAILS_CHANGED, DETAILS_CAN_CHANGE, old, new)
    ects = (*change.ects, *change.mentored_elsewhere)
    told = [each for pair in ects for each in mentorships_moved(line, *pair)]
    uow.history.add([about_row(line, after), *told, *moved_elsewhere(line, elsewhere)])
    if "lead_provider" in change.changed:
        subject = Subject(Role.MENTOR, after.id, after.school)
        telling_of(actor, ports).tell(Happening.LEAD_PROVIDER_CHANGED, subject, uow)
