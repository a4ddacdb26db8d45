"""Finds the record that a change is about, and writes the change in history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked, Evidence, Rule
from ect_registration.domain.email import address_of
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.effects import mentorships_changed
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId, Mentorship
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.change_outcomes import EctPair, MentorPair
from ect_registration.use_cases.registering.write_ect import last_day_of, write_names
from ect_registration.use_cases.transactions import Actor, Ports

# On a line of history of another school than the user's, who is not named there.
ELSEWHERE = "elsewhere"


def own_ect(id: EctId, actor: Actor, uow: UnitOfWork) -> EctAtSchool | Blocked:
    """Returns an ECT of the user's school; another school's id is as an unknown one."""
    ect = uow.ects.find(id)
    if ect is None or ect.school != actor.school:
        return OWN_SCHOOL_ONLY.refuses()
    return ect


def own_mentor_of(id: MentorId, actor: Actor, uow: UnitOfWork) -> MentorAtSchool | Blocked:
    """Returns a mentor of the user's school; another school's id is as an unknown one."""
    mentor = uow.mentors.find(id)
    if mentor is None or mentor.school != actor.school:
        return OWN_SCHOOL_ONLY.refuses()
    return mentor


def signed(
    actor: Actor, ports: Ports, what: What, rule: Rule, before: Evidence, after: Evidence
) -> Change:
    """Returns a line of history of this user's, about no person yet."""
    return Change(
        at=ports.clock.stamp(),
        actor=actor.user,
        school=actor.school,
        what=what,
        rules=(rule.id,),
        before=before,
        after=after if actor.reason is None else {**after, "reason": actor.reason},
    )


def about_row(change: Change, row: EctAtSchool | MentorAtSchool) -> Change:
    """Returns a line of history about this period, in the history of its school."""
    return attrs.evolve(change, school=row.school, trn=row.teacher.trn, about=row.id)


def save_name(teacher: Teacher, uow: UnitOfWork) -> None:
    """Saves the name to show of a person, under every TRN that they are known by."""
    write_names(teacher, uow.teachers.known_as([teacher.trn]), uow)


def with_email_lost(
    change: Change, before: EctAtSchool | MentorAtSchool, after: EctAtSchool | MentorAtSchool
) -> Change:
    """Returns a line about a period that came back, with the email that it came back without.

    Another person uses the address by now, so the period has none, and only history has it.
    """
    if before.email == after.email:
        return change
    return attrs.evolve(
        change,
        before={**change.before, "email": address_of(before.email)},
        after={**change.after, "email": None},
    )


def moved_elsewhere(
    change: Change,
    pairs: Iterable[EctPair | MentorPair],
) -> Iterator[Change]:
    """Yields the history of periods at other schools whose last day moves along."""
    for before, after in pairs:
        if before.period == after.period:
            continue
        line = attrs.evolve(
            about_row(change, after),
            before={"finished_on": last_day_of(before.period)},
            after={"finished_on": last_day_of(after.period), **said_with(change, after)},
        )
        yield with_email_lost(line, before, after)


def mentorships_moved(change: Change, before: EctAtSchool, after: EctAtSchool) -> Iterator[Change]:
    """Yields the history of this ECT's mentorships that a change moved, ended or brought back."""
    for mentorship, was, moved in _moved(before, after):
        yield attrs.evolve(
            about_row(change, before),
            before={"mentor": mentorship.mentor_teacher.name, **was},
            after={**moved, **said_with(change, before)},
        )


def mentors_told(change: Change, before: EctAtSchool, after: EctAtSchool) -> Iterator[Change]:
    """Yields the history of the mentors whose mentorship a change of this ECT moved or ended."""
    for mentorship, was, moved in _moved(before, after):
        yield attrs.evolve(
            change,
            school=before.school,
            what=What.MENTORSHIP_MOVED,
            trn=mentorship.mentor_teacher.trn,
            about=mentorship.mentor,
            before={"ect": before.teacher.name, **was},
            after={**moved, "because": change.what.value, **said_with(change, before)},
        )


def _moved(
    before: EctAtSchool, after: EctAtSchool
) -> Iterator[tuple[Mentorship, Evidence, Evidence]]:
    """Yields each mentorship that moved, ended or came back, with its days before and after."""
    for old, new in mentorships_changed(before, after):
        was, moved = _days_moved(old.period, new.period)
        yield old, was, {"withdrawn": True} if new.withdrawn else moved


def mentor_training_changed(
    change: Change, ect: EctAtSchool, before: MentorAtSchool, after: MentorAtSchool
) -> Iterator[Change]:
    """Yields the history of a mentor's training that a change of this ECT set up or withdrew."""
    old = {training.id: training for training in before.trainings}
    for training in after.trainings:
        was = old.get(training.id)
        if training.withdrawn == (was is None or was.withdrawn):
            continue
        said: Evidence = {
            "ect": ect.teacher.name,
            "lead_provider": training.lead_provider,
            "delivery_partner": training.delivery_partner,
            "started_on": training.period.started_on.isoformat(),
        }
        gone: Evidence = {"withdrawn": True}
        then, now = (said, gone) if training.withdrawn else ({}, said)
        yield attrs.evolve(
            about_row(change, after), before=then, after={**now, **said_with(change, after)}
        )


def _days_moved(old: Period, new: Period) -> tuple[Evidence, Evidence]:
    """Returns the last day before and after, and the first day where that is another."""
    was, becomes = ({"finished_on": last_day_of(each)} for each in (old, new))
    if old.started_on == new.started_on:
        return was, becomes
    first, moved = ({"started_on": each.started_on.isoformat()} for each in (old, new))
    return {**first, **was}, {**moved, **becomes}


def said_with(change: Change, row: EctAtSchool | MentorAtSchool) -> Evidence:
    """Returns what every line says: an operator's reason, and that another school did it.

    ``change`` is as it was signed, with the school of the user who made it.
    """
    reason = {key: value for key, value in change.after.items() if key == "reason"}
    return reason if change.school in {None, row.school} else {**reason, ELSEWHERE: True}
