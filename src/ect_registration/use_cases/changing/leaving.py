"""Reports, corrects and withdraws the last day of an ECT or a mentor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.effects import Effect, effects_on_ect, effects_on_mentor
from ect_registration.domain.people.mentor import MentorAtSchool, trainings_standing
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.periods.leaving import LEAVING, check_leaving, reported_on
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.beside import (
    Changed,
    extents_of_mentors,
    next_start,
    other_ect_periods,
    other_mentor_periods,
    rests_on,
    standing_again,
    standing_beside,
    write_mentor_and_ects,
)
from ect_registration.use_cases.changing.records import (
    about_row,
    mentors_told,
    mentorships_moved,
    own_ect,
    own_mentor_of,
    signed,
    with_email_lost,
)
from ect_registration.use_cases.changing.saving_person import if_as_shown
from ect_registration.use_cases.holding import hold_what_it_rests_on
from ect_registration.use_cases.registering.write_ect import last_day_of
from ect_registration.use_cases.transactions import Actor, Ports, transact


@attrs.frozen
class EctLeaving:
    """An ECT with a last day reported, corrected or withdrawn, and what that comes to."""

    before: EctAtSchool
    ect: EctAtSchool

    @property
    def effects(self) -> Sequence[Effect]:
        """Returns what ends, moves or comes back: the ECT's period first."""
        return effects_on_ect(self.before, self.ect)


@attrs.frozen
class MentorLeaving:
    """A mentor with a last day reported, corrected or withdrawn, and what that comes to."""

    before: MentorAtSchool
    mentor: MentorAtSchool
    ects: Changed = ()

    @property
    def effects(self) -> Sequence[Effect]:
        """Returns what ends, moves or comes back: the mentor's period first, then mentorships."""
        moved = [effect for both in self.ects for effect in effects_on_ect(*both)]
        return [*effects_on_mentor(self.before, self.mentor), *moved]


def report_ect_leaving(
    id: EctId,
    last_day: date | None,
    actor: Actor,
    ports: Ports,
    *,
    any_day: bool = False,
    shown: EctLeaving | None = None,
) -> EctAtSchool | Blocked:
    """Sets, corrects or (with None) withdraws an ECT's last day at the school.

    ``any_day`` lifts the limits that lie in today's date, for operators. Nothing is saved if it
    comes to something else than was ``shown``.
    """

    def work(uow: UnitOfWork) -> EctAtSchool | Blocked:
        hold_what_it_rests_on(uow, partial(rests_on, uow.ects.find, id))
        today = ports.clock.today()
        outcome = _ect_leaving(id, last_day, actor, today, uow, any_day=any_day)
        outcome = if_as_shown(outcome, shown)
        if isinstance(outcome, Blocked) or outcome.ect == outcome.before:
            return outcome if isinstance(outcome, Blocked) else outcome.ect
        before = outcome.before
        after = standing_again(before, outcome.ect, uow, today, keep=True)
        uow.ects.change(before, after)
        change = _moved(actor, ports, What.ECT_LEAVING, before, after)
        moved = mentorships_moved(change, before, after)
        cancelled = (line for line in moved if line.after.get("withdrawn"))  # others end with it
        told = mentors_told(change, before, after)
        uow.history.add([about_row(change, after), *cancelled, *told])
        uow.commit()
        return after

    return transact(ports, work)


def look_at_ect_leaving(
    id: EctId,
    last_day: date | None,
    actor: Actor,
    ports: Ports,
    *,
    any_day: bool = False,
) -> EctLeaving | Blocked:
    """Returns what ``report_ect_leaving`` would come to. Nothing is written."""
    with ports.reading() as uow:
        return _ect_leaving(id, last_day, actor, ports.clock.today(), uow, any_day=any_day)


def report_mentor_leaving(
    id: MentorId,
    last_day: date | None,
    actor: Actor,
    ports: Ports,
    *,
    any_day: bool = False,
    shown: MentorLeaving | None = None,
) -> MentorAtSchool | Blocked:
    """Sets, corrects or withdraws a mentor's last day; their ECTs then need a mentor again.

    ``any_day`` lifts the limits that lie in today's date, for operators. Nothing is saved if it
    comes to something else than was ``shown``.
    """

    def work(uow: UnitOfWork) -> MentorAtSchool | Blocked:
        hold_what_it_rests_on(uow, partial(rests_on, uow.mentors.find, id))
        today = ports.clock.today()
        outcome = _mentor_leaving(id, last_day, actor, today, uow, any_day=any_day)
        outcome = if_as_shown(outcome, shown)
        if isinstance(outcome, Blocked) or outcome.mentor == outcome.before:
            return outcome if isinstance(outcome, Blocked) else outcome.mentor
        before = outcome.before
        after = standing_again(before, outcome.mentor, uow, today, keep=True)
        write_mentor_and_ects(before, after, outcome.ects, uow)
        change = _moved(actor, ports, What.MENTOR_LEAVING, before, after)
        told = [each for ects in outcome.ects for each in mentorships_moved(change, *ects)]
        uow.history.add([about_row(change, after), *told])
        uow.commit()
        return after

    return transact(ports, work)


def look_at_mentor_leaving(
    id: MentorId,
    last_day: date | None,
    actor: Actor,
    ports: Ports,
    *,
    any_day: bool = False,
) -> MentorLeaving | Blocked:
    """Returns what ``report_mentor_leaving`` would come to. Nothing is written."""
    with ports.reading() as uow:
        return _mentor_leaving(id, last_day, actor, ports.clock.today(), uow, any_day=any_day)


def _ect_leaving(
    id: EctId,
    last_day: date | None,
    actor: Actor,
    today: date,
    uow: UnitOfWork,
    *,
    any_day: bool,
) -> EctLeaving | Blocked:
    before = own_ect(id, actor, uow)
    if isinstance(before, Blocked):
        return before
    others = other_ect_periods(before, uow)
    decision = check_leaving(before, last_day, today, next_start(before, others), any_day=any_day)
    if isinstance(decision, Blocked):
        return decision
    if before.period.finished_on == last_day:
        return EctLeaving(before, before)
    beside = [other.standing for other in others]
    mentors = extents_of_mentors([before], uow)
    recorded_on = reported_on(before, last_day, today)
    after = before.leaving(last_day, recorded_on, beside, mentors)
    return EctLeaving(before, standing_again(before, after, uow, today, keep=False))


def _mentor_leaving(
    id: MentorId,
    last_day: date | None,
    actor: Actor,
    today: date,
    uow: UnitOfWork,
    *,
    any_day: bool,
) -> MentorLeaving | Blocked:
    before = own_mentor_of(id, actor, uow)
    if isinstance(before, Blocked):
        return before
    others = other_mentor_periods(before, uow)
    here = [other for other in others if other.school == before.school]
    decision = check_leaving(before, last_day, today, next_start(before, here), any_day=any_day)
    if isinstance(decision, Blocked):
        return decision
    if before.period.finished_on == last_day:
        return MentorLeaving(before, before)
    recorded_on = reported_on(before, last_day, today)
    after = before.leaving(
        last_day, recorded_on, standing_beside(before, others), trainings_standing(others)
    )
    after = standing_again(before, after, uow, today, keep=False)
    return MentorLeaving(before, after, _mentorships(before, after, last_day, recorded_on, uow))


def _mentorships(
    before: MentorAtSchool,
    after: MentorAtSchool,
    last_day: date | None,
    recorded_on: date,
    uow: UnitOfWork,
) -> Changed:
    """Returns the ECTs whose mentorships move with the mentor's last day, before and after."""
    ects = uow.mentors.mentored_by(before.id, withdrawn=True)
    mentors = extents_of_mentors(ects, uow, after)
    moved = [(ect, ect.mentor_leaving(before, last_day, recorded_on, mentors)) for ect in ects]
    return [(ect, after) for ect, after in moved if after != ect]


def _moved(
    actor: Actor,
    ports: Ports,
    what: What,
    before: EctAtSchool | MentorAtSchool,
    after: EctAtSchool | MentorAtSchool,
) -> Change:
    old, new = ({"finished_on": last_day_of(each.period)} for each in (before, after))
    return with_email_lost(signed(actor, ports, what, LEAVING, old, new), before, after)
